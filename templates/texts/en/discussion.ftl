# The teams' discussions, actions, verdicts, obstacles and sentences.

## Small words
discussion-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
discussion-state-open = being tried
discussion-state-kept = kept
discussion-state-changed = changed
discussion-state-dropped = dropped
discussion-state-passed = passed to the process owner
discussion-obstacle-system = The system: slow, down or in the way
discussion-obstacle-promise = A promise made elsewhere that could not be kept
discussion-obstacle-information = Information that was missing
discussion-obstacle-capacity = Capacity: more work than hands
discussion-obstacle-parts = Parts or goods that were missing

## What is refused
discussion-too-long = This is longer than { $most } characters.
discussion-enough-actions = { $most } actions of this discussion are being tried already: decide about one first. Whoever tries more at once learns nothing about any.
discussion-empty = This is empty: write something first.
discussion-choose = Choose one of those offered.
discussion-start-past = The action would have begun already. Register it before it starts: choose a day that is still to come.
discussion-review-early = Too early for a verdict: leave at least { $weeks } weeks between start and review.
discussion-review-late = Nobody waits longer than { $weeks } weeks for a verdict: choose an earlier day.

## The list
discussion-title = Discussions and actions
discussion-list-about = Each is about one handoff, with the team on its other side: what was said, what is tried, and what came of it.
discussion-none = There is no discussion yet.
discussion-about = { $place }, with { $neighbour }, opened on { $date }
discussion-no-actions = No action has been registered yet.
discussion-ideas = What moved elsewhere at one of your handoffs
discussion-ideas-about = An idea, not an instruction. Where it was tried and by how much it moved is not told.
discussion-colon = :
discussion-open-title = Open a discussion
discussion-open-about = A meeting is about a handoff, so both its teams are invited to it: both read it, and both may write.
discussion-no-seams = None of your handoffs is known from published journeys yet.
discussion-seam = Handoff
discussion-place = Whose journeys
discussion-open = Open it

## A discussion
discussion-both = Both teams take part: { $team } and { $neighbour }.
discussion-alone = Opened by { $team }. { $neighbour } reads it and has not joined yet.
discussion-join = Join the discussion
discussion-said = { $team }, { $date }
discussion-notes = What was said
discussion-no-notes = Nothing has been written down yet.
discussion-note = Note
discussion-note-new = Add a note
discussion-nobody = Name nobody: what looks like a name, an address or a number is masked. You see it as it will be stored before it is.
discussion-back = All discussions of the team
discussion-process-owner = the process owner

## Actions
discussion-actions = What is tried
discussion-action = What is tried
discussion-state = State
discussion-state-since = { $state }, { $date }
discussion-carried-by = In whose hands
discussion-level-ours = ours
discussion-should-move = The figure that should move
discussion-figure = { $measure }: { $direction }
discussion-up = upwards
discussion-down = downwards
discussion-compared = Compared with
discussion-control-past = its own past alone
discussion-control-rest = the network without { $place }
discussion-control-regions = the other regions
discussion-control-hint = What moves everybody is then taken out: a season, a campaign, a price. Choose journeys that the action does not reach.
discussion-since = Begins
discussion-review-on = Review
discussion-role = Looked after by
discussion-answered = The process owner answered on { $date }
discussion-answer-waits = Passed to the process owner, who has not answered yet.
discussion-plan-title = Register an action
discussion-plan-about = One or two at a time, and registered before they begin: whoever picks the figure afterwards finds one that moved.
discussion-plan-text = What do you try before next time?
discussion-plan-role = Looked after by (a role, if you like)
discussion-plan-role-hint = A role such as “shift coordinator”, never a name.
discussion-plan-direction = Which way
discussion-plan-start = Begins on (the first whole week from then on)
discussion-plan-review = Reviewed on

## Before it is saved
discussion-preview = Before it is saved
discussion-preview-about = This is how it will be stored and read by both teams.
discussion-preview-do = Look at it first
discussion-save = Save it
discussion-edit = Change it
discussion-masked = Something that could point at a person was masked: { $masks }. What stood there is stored nowhere.
discussion-smallest = The smallest change that { $weeks } weeks before and { $weeks } weeks after would show, with a chance of 80 in 100: { $points } points. Whatever moves less will not be seen by the review.
discussion-not-seen = How small a change could be seen cannot be said: { $why }

## Verdicts
discussion-running = The verdict comes on { $date }, once: whoever looks every week until it says “moved” lets chance win in the end.
discussion-moved = Moved
discussion-no-signal = No signal yet
discussion-too-early = Too early
discussion-too-few = Too few answers
discussion-changed-control = Changed by { $points } points ({ $low } to { $high }) against what those it is compared with did meanwhile.
discussion-changed-past = Changed by { $points } points ({ $low } to { $high }) against its own past; what moves everybody is in it too.
discussion-visible-by-now = By now a change of { $points } points would have been seen with a chance of 80 in 100.
discussion-other-way = The figure went the other way than was meant.
discussion-too-early-why = Fewer than { $weeks } weeks since it began are known.
discussion-too-few-why = { $weeks ->
    [0] No week since it began could be shown: too few answers, before or after.
    [one] One week since it began could be shown: too few answers or weeks, before or after.
   *[other] { $weeks } weeks since it began could be shown: too few answers or weeks, before or after.
 }
discussion-decide = What becomes of it?
discussion-decide-keep = Keep it: from now on it is how we work
discussion-decide-change = Change it: another attempt takes its place
discussion-decide-drop = Drop it
discussion-decide-pass = Pass it to the process owner
discussion-decide-do = Decide

## Both sides
discussion-sides = Both sides of the handoff
discussion-side-customers = Customers
discussion-side-team = { $team }: kept from good work by
discussion-no-frictions = { $answers } answers; they were not asked what went wrong here.
discussion-ticked = { $obstacle } ({ $count ->
    [one] one month
   *[other] { $count } months
 })
discussion-sides-about = The last { $months } months. What a team ticks is shown under the same minimum sizes as what customers say; a note of a team smaller than that is counted nowhere.
discussion-tick-title = What kept you from good work here in { $month }?
discussion-tick-about = One note per team and month: sending it again replaces it, and nothing tells who ticked.
discussion-tick = Note it for the team

## You said, we did
discussion-sentence-title = You said, we did
discussion-sentence-lead = What customers read after they have answered, and in the next invitation: one sentence about what was done.
discussion-sentence-element = About
discussion-sentence-fr = In French
discussion-sentence-en = In English
discussion-sentence-hint = One sentence, naming nobody. Customers read it in their language only.
discussion-sentence-about = { $element }, { $team }, { $date }
discussion-sentence-shown = Customers read it.
discussion-sentence-soon = Customers will read it within five minutes.
discussion-sentence-waits = Customers will not read it yet: what it answers is not shown to anybody so far, because too few answers or people stand behind it. That is looked at again with each week published.
discussion-sentence-no-french = The French sentence is missing: whoever reads French is not told.
discussion-sentence-no-english = The English sentence is missing: whoever reads English is not told.
discussion-sentence-withdraw = Withdraw it

## The process owner
discussion-actions-title = Actions along the chain
discussion-actions-about = What the teams try, in the order of the chain, with what came of it. You read a verdict once its weeks are open to you.
discussion-actions-none = No action has been registered yet.
discussion-worked = What moved
discussion-worked-about = Worth offering as an idea to sites with the same handoff: their teams read it on their own page, without where and by how much.
discussion-answer = Your answer, which both teams read

## Mails
discussion-mail-review-subject = An action of your team is due for review
discussion-mail-review-lead = The review of { $date } is here: “{ $text }”. The page says what the figure did, and your two teams decide what becomes of the action.
discussion-mail-review-button = Read the verdict
discussion-mail-published-subject = { $journey }: new since last time
discussion-mail-published-lead = { $journey }: the weeks up to { $date } are published. Your team reads them first.
discussion-mail-opened-lead = { $journey }: the weeks up to { $date } are open to you. Their teams have read them already.
discussion-mail-waiting-subject = A change waits that touches privacy
discussion-mail-waiting-lead = { $what }: proposed, because “{ $reason }”. It comes into force on { $date } unless a staff representative objects. Until then nothing more is shown because of it.
discussion-mail-waiting-button = Read what would change
discussion-mail-published-button = Read what is new
discussion-mail-why = You are written to because you have an account at { $organisation } that reads this page.
discussion-mail-stop = No more of these mails
discussion-nav = Discussions
discussion-nav-owner = Actions
discussion-mail-invited-subject = { $team } would like to talk about your handoff
discussion-mail-invited-lead = { $team } has opened a discussion about { $handoff } ({ $place }). Your team is on the other side of it: both teams read it, and both may write.
discussion-mail-invited-button = Join the discussion
