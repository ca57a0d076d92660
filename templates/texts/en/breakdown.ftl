## Names of the parts
breakdown-step = { $step }
breakdown-handoff = { $from } → { $to }
breakdown-in-steps-of = at the steps of the team { $team }, together
breakdown-steps-of = Steps of { $team }, together
breakdown-handoff-other = Other handoffs
breakdown-promise = { $step }: dates and delays
breakdown-untraced = Not traced
breakdown-untraced-or-hidden = Not traced, or not shown
breakdown-in-step = at the step “{ $step }”
breakdown-in-handoff = between “{ $from }” and “{ $to }”
breakdown-in-handoff-other = in the rarer handoffs
breakdown-in-promise = in the dates and delays of “{ $step }”
breakdown-network = the whole network
breakdown-region = region { $code }
breakdown-site = site { $code }
breakdown-and = { $first } and { $last }

## Figures
breakdown-interval = { $low } to { $high }
breakdown-with-interval = { $points } ({ $low } to { $high })
breakdown-at-least = at least { $figure }
breakdown-between = between { $low } and { $high }
breakdown-no-difference = cannot be told apart from zero
breakdown-no-interval = too few days for an interval
breakdown-stands-out = stands out

## The words first
breakdown-title = Where the points are lost
breakdown-of = { $journey }: { $partition }
breakdown-leads = Of { $all } points lost, { $figure } are lost { $where }.
breakdown-set-leads = Of { $all } points lost, these parts cost more than the others: { $where }. Which of them costs most cannot be told.
breakdown-set-leads-against = More points are lost here than in the rest of the network { $where }. Which of these parts it is cannot be told.
breakdown-lower-here = Rated lower, or later, than in the rest of the network: { $where }. That the outcome is lower here is not certain.
breakdown-none-leads = Of 100 points, { $all } are lost; no element stands out.
breakdown-leads-against = Compared with the rest of the network, { $figure } points more are lost { $where }.
breakdown-leads-against-fewer = Compared with the rest of the network, { $figure } points fewer are lost { $where }.
breakdown-none-leads-against = Compared with the rest of the network, no element stands out.
breakdown-not-split = Of 100 points, { $all } are lost. { $pooled ->
    [one] With { $pooled } answer in all they cannot be split over the chain yet
   *[other] With { $pooled } answers in all they cannot be split over the chain yet
 }: it takes { $least }. Until then only the ratings are shown.
breakdown-level = Outcome { $outcome } out of 100, shortfall { $shortfall }.
breakdown-gap-more = That is { $figure } points more than in the rest of the network.
breakdown-gap-fewer = That is { $figure } points fewer than in the rest of the network.
breakdown-gap-none = The shortfall cannot be told apart from that of the rest of the network.
breakdown-made-up = { $lost } lost time, and with it points; { $who } made up { $points } points of it.
breakdown-made-up-alone = { $who } made up { $points } points that lateness would have cost.

## Beside the picture
breakdown-facts = Behind these figures
breakdown-fact-period = Period
breakdown-period = { $from } to { $to }
breakdown-fact-journeys = Journeys
breakdown-fact-invited = Invited
breakdown-fact-responses = Answered
breakdown-not-known = not known
breakdown-responses-of-unknown = { $count } (of how many is not known)
breakdown-fact-timings = Times known
breakdown-timings = For { $share } of 100 journeys all times are known; they speak for the others of the same path and place.
breakdown-timings-unstated = These weeks were published before it was counted of how many journeys all times are known.
breakdown-other-paths = Other paths than elsewhere
breakdown-other-weeks = Other weeks than elsewhere
breakdown-responses = { $count } ({ $share }%)
breakdown-fact-lateness = Late at the end
breakdown-lateness = { $answered } days on average for those who answered, { $all } days for all journeys. The figures are corrected for it.
breakdown-your-part-note = Its steps, and the handoffs it shares with its neighbours
breakdown-your-part-of = Your part: { $team }
breakdown-whole-chain = The whole chain
breakdown-no-part = No part of this chain belongs to { $team }.

## The picture
breakdown-picture-title = { $journey }: points lost along the chain
breakdown-picture-note = Depth of a band: points lost there. Stroke across it: interval. Above the line: points made up.
breakdown-line-of-visibility = Line of visibility: below it, what the customer does not meet
breakdown-backstage = out of the customer’s sight
breakdown-made-up-mark = made up { $points }
breakdown-hidden-mark = not shown
breakdown-mean-mark = rated { $mean }
breakdown-as-rated = rated
breakdown-handoff-mark = handoff
breakdown-dates = dates
breakdown-detours = Detours
breakdown-scroll = The chain, to be scrolled sideways
breakdown-legend = How to read the picture
breakdown-legend-rated = lost, as customers rated it
breakdown-legend-dates = lost by dates and delays
breakdown-legend-uncertain = cannot be told apart from zero
breakdown-legend-made-up = made up
breakdown-legend-interval = interval, 90%
breakdown-legend-own = your part

## The table
breakdown-table = The same as a table
breakdown-column-element = Part of the chain
breakdown-column-points = Points lost (90% interval)
breakdown-column-contrast = More than the rest of the network (90% interval)
breakdown-short-points = Points lost
breakdown-short-contrast = More than the rest
breakdown-column-mean = Rating
breakdown-column-answers = Ratings
breakdown-column-made-up = Made up
breakdown-total = Shortfall
breakdown-seam = { $range }, as the handoff is read
breakdown-hidden = Not shown
breakdown-hidden-none = Nothing had to be hidden.
breakdown-hidden-why = The points of what is not shown are counted among “not traced”.

## What these figures are, and are not
breakdown-notes = How far these figures carry
breakdown-note-order = Parts stand in the order of the chain, never in the order of their points.

## Choosing whose journeys
breakdown-choose-heading = Other journeys, another period
breakdown-choose-journey = Service
breakdown-choose-partition = Where
breakdown-choose-against = Comparison
breakdown-choose-network = The whole network
breakdown-choose-nothing = none
breakdown-choose-rest = with the rest of the network
breakdown-choose-from = First week
breakdown-choose-to = Last week
breakdown-choose-show = Show
breakdown-regions = Regions
breakdown-sites = Sites

## When nothing can be shown
breakdown-withheld = Nothing is shown here yet
breakdown-withheld-because = Nothing can be shown. { $why }
breakdown-not-your-place = Your team is not at this place. Choose its site, its region or the whole network.
breakdown-reads-no-figure = Administrators and representatives read no figure. Process owners and members of a team do.
breakdown-teams-first = The teams read a new period first. This one is open to you from { $date }.

## What was asked for and cannot be given
breakdown-unknown-journey-type = There is no journey type “{ $code }”. Known: { $known }.
breakdown-no-journey-type = No journey type has been set up. Import events, or apply a blueprint.
breakdown-which-journey-type = There are several journey types. Name one of: { $known }.
breakdown-unknown-partition = “{ $given }” is no partition. Give network, region:CODE or site:CODE.
breakdown-unknown-site = There is no site “{ $code }”.
breakdown-unknown-region = There is no region “{ $code }”.
breakdown-unknown-against = “{ $given }” cannot be compared with. Give rest, or nothing.
breakdown-network-has-no-rest = The whole network has no rest to be compared with. Choose a region or a site.
breakdown-unknown-date = “{ $given }” is no date. Write it as 2026-01-31.
breakdown-dates-reversed = The first day ({ $from }) comes after the last ({ $to }).
breakdown-unknown-team = There is no team “{ $code }”.

## Who answered, and what that does to the level
breakdown-rate = { $share } of 100 ({ $low } to { $high })
breakdown-fact-calibrated = Corrected for lateness
breakdown-calibrated = Those who answered lost { $observed } points; with the lateness of all journeys it is { $all }. A day late costs { $day } points.
breakdown-fact-weighted = Weighted to look like all journeys
breakdown-weighted = Outcome { $outcome }, by variant, lateness, site, channel and month. The answers then say as much as { $effective } equal ones.
breakdown-fact-silent = If the silent were less happy, or happier
breakdown-if-silent = Were those who did not answer { $less } points less happy, the outcome would be { $outcome }; were they as much happier, { $happier }.
breakdown-fact-pulled = Beside its like
breakdown-pulled = Outcome { $outcome } when what the others are like is taken into account; { $kept } of 100 of the distance to them is kept.
breakdown-fact-rescued = Rescued journeys
breakdown-rescued = { $trouble } met friction or a broken promise; of those, { $saved } ended well all the same. Effort hides a fault there.
breakdown-rescued-by = { $trouble } met friction or a broken promise; of those, { $saved } ended well all the same. Effort hides a fault there: { $who }.
breakdown-fact-variance = System or site
breakdown-variance = Of what differs between outcomes, { $path } of 100 go with the path that journeys took, { $site } with the site, { $week } with the week; { $rest } differ from one journey to the next within all of these.
breakdown-fact-importance = What differences between customers go with
breakdown-importance = { $all } of 100 of what differs between customers is explained; { $lateness } by lateness, the rest by ratings: { $parts }.

## What was ticked
breakdown-friction = { $share } of 100 met friction: { $kinds }
breakdown-friction-none = { $share } of 100 met friction
breakdown-friction-repeated = repeated themselves { $share }
breakdown-friction-waited = waited without news { $share }
breakdown-friction-chased = had to chase { $share }
breakdown-friction-sent-elsewhere = were sent elsewhere { $share }
breakdown-friction-told-different = were told different things { $share }
