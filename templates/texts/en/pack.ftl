# The sheet for a discussion.
pack-title = The sheet for the discussion
pack-back = Back to the team
pack-print = One A4 page across: print it from the browser, and take it to the meeting with your neighbour.
pack-map = The journey
pack-map-legend = Bands: points lost. Stroke: 90% interval. Hatched: dates and delays. Grey: cannot be told apart from zero.
pack-row-rated = points, as rated
pack-row-dates = points, by dates
pack-row-friction = met friction, of 100
pack-friction-share = { $share } of 100 met friction
pack-detours = Detours: { $names }.
pack-names = Names in full: { $names }.
pack-left-out = { $count ->
    [one] { $count } part is left out here; the screen shows it.
   *[other] { $count } parts are left out here; the screen shows them.
 }
pack-chart = Week after week: { $measured }
pack-no-chart = Week after week
pack-quotes = What customers wrote
pack-quote-praise = Praise
pack-quote-typical = Typical of the main friction
pack-quote-upstream = What went well before us
pack-quote-lot = By lot
pack-quote-none = No released comment of these weeks says so.
pack-no-comments = No comment is shown: { $why }.
pack-no-seam = none
pack-rule = Chosen by a rule, by nobody, of { $count } comments released since the week of { $first }: the most words of praise; the words for what was ticked most at the team’s main friction ({ $handoff }); praise that names an earlier step; one by lot, drawn from the number of the week of { $week }. None stands twice.
pack-team-only = { $count } more comments are for the team alone: somebody might be recognised in them.
pack-team-only-few = Fewer than { $floor } more comments are for the team alone: somebody might be recognised in them.
pack-team-only-title = For the team alone
pack-team-only-why = It is not certain that nobody is recognised in them. These comments are neither on the sheet nor shown to management.
pack-questions = Three questions
pack-question-teaches = What does this teach us?
pack-question-depends = What depends on us, on the neighbour, on the process owner?
pack-question-try = What do we try before next time?
pack-actions = What we try
pack-column-letter = Letter on the chart
pack-column-text = Action
pack-column-team = Who
pack-column-review = Looked at on
pack-column-figure = Which figure should move
pack-to-agree = to be agreed
pack-level-ours = ours
pack-level-neighbours = the neighbour’s
pack-level-owners = the process owner’s
pack-sentence = What customers will read
pack-sentence-none = Still to be written: “You said …, we …”
pack-answers = { $responses } answers of { $journeys } journeys.
pack-hidden-none = Nothing is hidden here.
pack-hidden = Not shown: { $names }{ $more ->
    [0] .
   *[other] ; and { $more } more.
 }
pack-thresholds = Nothing under { $answers } answers and { $heads } heads; comments from { $comments } on.
pack-looker = { $role } { $times }×
pack-looked = Looked in the last four weeks: { $who }.
pack-looked-nobody = Nobody has looked in the last four weeks.
pack-cut = […] Shortened to fit this sheet: the whole stands under it on the screen.
pack-more-actions = { $count ->
    [one] { $count } action more has no room here; the team’s page shows it.
   *[other] { $count } actions more have no room here; the team’s page shows them.
 }
pack-in-full = What the sheet had to shorten, in full
pack-thin = Of “{ $measured }” too few points may be shown yet.
pack-main-friction = Of the team’s handoffs most met friction at { $handoff }: { $share } of 100.
