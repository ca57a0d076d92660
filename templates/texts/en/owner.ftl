# The process owner's pages.
owner-nav = The network’s pages
owner-nav-breakdown = Where points are lost
owner-nav-map = The map
owner-nav-chart = Week after week
owner-nav-help = What would help most
owner-nav-compare = Comparing places
owner-nav-system = System or people?
owner-nav-coverage = Who is heard
owner-nav-incentives = Incentives
owner-choose = What is shown
owner-scroll = to be scrolled sideways

## What would help most
owner-help-title = What would help most
owner-help-none = Of { $all } points lost, no handoff and no promise stands out. Read them along the journey: each belongs to two teams, or is given by one and lived by the next.
owner-help-leads = Of { $all } points lost, { $figure } are lost { $where }: that stands out.
owner-help-heading = Along the journey
owner-help-picture = { $journey }: what handoffs and promises cost, along the journey
owner-help-legend = A bar is what all journeys lose there on average: how many have it, times what each of them loses. The stroke is the 90% interval. Hatched grey cannot be told apart from zero. A bar to the left of the line made up what others had lost.
owner-help-made-of = { $volume } of 100 journeys × { $impact } points each
owner-help-kept-heading = If this promise were kept
owner-help-if-kept = If every date of “{ $step }” were met to the day, the model puts the outcome { $points } points higher.
owner-help-caveat = “If it were kept” is an answer of the model, not a forecast: a day late costs the same whoever was slow, all else stays as it was, and what customers would expect then is not known.
owner-help-order = Parts stand in the order of the journey, never in that of their points.
owner-help-uncertain = { $figure }, not told apart from zero
owner-help-friction = Met friction: { $rate }
owner-help-kept = Promises kept: { $share } of 100
owner-help-volume = Journeys of 100 that have it
owner-help-impact = Points each
owner-help-points = Points, all journeys

## Comparing places
owner-compare-title = Is it alike everywhere?
owner-compare-measure = What is compared
owner-compare-by = Side by side
owner-compare-unknown-by = Give sites or regions.
owner-compare-few = { $by ->
    [regions] { $found ->
        [one] { $found } region can be shown
       *[other] { $found } regions can be shown
     }
   *[other] { $found ->
        [one] { $found } site can be shown
       *[other] { $found } sites can be shown
     }
 }, and a comparison needs { $least }: fewer would be recognised, and what they differ by would not be known. Compare each with its own past.
owner-compare-alike = { $by ->
    [regions] Regions cannot be compared here: their answers do not differ.
   *[other] Sites cannot be compared here: their answers do not differ.
 }
owner-compare-quiet = { $by ->
    [regions] All { $count } regions lie within the outer limits: what they differ by is what places differ by.
   *[other] All { $count } sites lie within the outer limits: what they differ by is what places differ by.
 } There is nothing to ask.
owner-compare-asks = { $by ->
    [regions] Of { $count } regions, { $beyond ->
        [one] one lies
       *[other] { $beyond } lie
     }
   *[other] Of { $count } sites, { $beyond ->
        [one] one lies
       *[other] { $beyond } lie
     }
 } beyond the outer limits. What is different there? Inside, there is nothing to ask.
owner-compare-inside = The line is the level of all together, { $target }. The limits are wide where answers are few, and count what places differ by anyway.
owner-compare-near = { $by ->
    [regions] Regions between the limits: { $near }.
   *[other] Sites between the limits: { $near }.
 } One of twenty does by chance, so they are not named.
owner-compare-chance = { $by ->
    [regions] Of { $count } equal regions, { $expected } would lie beyond the outer limits by chance alone.
   *[other] Of { $count } equal sites, { $expected } would lie beyond the outer limits by chance alone.
 } Whoever looks at many measures will find such a one.
owner-compare-unnamed = Only what lies beyond the outer limits has a name, above them as well as below.
owner-compare-asking = A point outside is a question to the people there, not an answer about them: other customers, other journeys, a neighbour’s fault, an error of a feed.
owner-compare-hidden = { $by ->
    [regions] { $count ->
        [one] { $count } region is not drawn
       *[other] { $count } regions are not drawn
     }
   *[other] { $count ->
        [one] { $count } site is not drawn
       *[other] { $count } sites are not drawn
     }
 }: { $reason }
owner-compare-picture = Funnel: { $measured }
owner-compare-axis-answers = answers →
owner-compare-axis-promises = promises →
owner-compare-legend-unit = a place
owner-compare-legend-beyond = beyond the outer limits
owner-compare-legend-inner = inner limits, 95%
owner-compare-legend-outer = outer limits, 99.8%
owner-compare-legend-level = level of all
owner-compare-table = Beyond the outer limits
owner-compare-caption = In the order of their names.
owner-compare-place = Place
owner-compare-limits = Outer limits at its size
owner-compare-where = where its points are lost
owner-compare-weeks = its weeks
owner-compare-not-drawn = Not drawn
owner-compare-drift = Over time
owner-compare-drift-note = A funnel says how places lie over the whole period. Whether one of them drifts, its own weeks say.
owner-compare-weeks-network = The weeks of the whole network

## System or people?
owner-system-title = System or people?
owner-system-unknown = What differs between outcomes cannot be told apart yet: it takes several sites and more answers.
owner-system-lede = Of 100 parts of what differs between customers’ outcomes, { $site } go with the site they came to. The other { $rest } do not.
owner-system-means = So knowing where a customer went says little about how it ended. Whoever leads by comparing sites leads by the small part.
owner-system-means-much = So where a customer went says something about how it ended. Places differ in more than their teams: look first at what differs around them, customers, paths, buildings, dates.
owner-system-people = People work inside a journey that others planned: dates, handoffs, what was said before. Mend what all sites share first; it is felt everywhere at once.
owner-system-heading = What differs between outcomes
owner-system-caption = Parts of 100, with 90% intervals
owner-system-goes-with = Goes with
owner-system-of-hundred = Of 100
owner-system-path = The path of the journey
owner-system-path-means = Which steps it had: how the service is laid out.
owner-system-site = The site
owner-system-site-means = Everything that differs between places: teams, customers, buildings, region.
owner-system-week = The week
owner-system-week-means = Season, load, what happened to everybody at once.
owner-system-rest = From one journey to the next
owner-system-rest-means = On the same path, at the same site, in the same week: promises, handoffs, customers themselves.
owner-system-lost-heading = What is lost, and where
owner-system-lost = Of { $all } points lost, { $system } are lost between teams or by dates that one team gives and the next lives with; { $within } within steps.
owner-system-lost-caption = They add up to the shortfall.
owner-system-lost-where = Where
owner-system-between = Between teams: handoffs
owner-system-dates = Dates and delays
owner-system-within = Within steps, as rated
owner-system-untraced = Not traced, or not shown
owner-system-sums = The sums of points have no interval of their own; those of their parts stand on the page of where points are lost.

## Who is heard
owner-coverage-title = Who is heard
owner-coverage-lede = Of { $journeys } journeys, { $invited } were invited and { $answered } answered: { $rate } of 100.
owner-coverage-lede-history = Of { $journeys } journeys, { $answered } answered; how many were invited, and so how many of 100 answered, is not known of history from another tool.
owner-coverage-happier = If the silent were { $less } points happier
owner-coverage-weeks = By week
owner-coverage-spread = What a place collects over several weeks, to be released together, is drawn in equal parts over them; the table tells it by release.
owner-coverage-weeks-note = By release; one that may not be shown reads –.
owner-coverage-picture = Journeys, invited and answered by week
owner-coverage-of-journeys = Answered, of 100 journeys
owner-coverage-level = What the silent do to the level
owner-coverage-level-note = The same answers, before and after they are made to look like all journeys. Where the bars agree, those who answered are like the others in what is known of them.
owner-coverage-how = Outcome
owner-coverage-outcome = Of 100
owner-coverage-observed = As they answered
owner-coverage-weighted = Weighting makes the answers look like all journeys by path, lateness, site, channel and month; they then say as much as { $effective } equal ones.
owner-coverage-silent = If the silent were { $less } points less happy
owner-coverage-channels = By channel
owner-coverage-channels-note = In the order of their names; in a week in which a channel has fewer than 10 answers, or too few people behind it, it counts among the others.
owner-coverage-channel = Channel
owner-coverage-unsaid = not said
owner-coverage-others = other channels
owner-coverage-explains = Correcting removes what lateness, path, site, channel and month explain. It cannot remove what satisfaction itself causes: if the happy answer more often, every bar but the last two is too high; if the unhappy do, too low.
owner-feeds = What feeds us
owner-feeds-note = Days on which something arrived. A feed is judged by its own pace.
owner-feed = Feed
owner-feed-events = Events: { $service }
owner-feed-answers = Answers: { $service }
owner-feed-key = Key “{ $label }”
owner-feed-last = Last heard
owner-feed-pace = Usually
owner-feed-usual = { $days ->
    [one] at least every day
   *[other] at least every { $days } days
 }
owner-feed-young = pace not known yet
owner-feed-state = State
owner-feed-never = never used
owner-feed-fine = as usual
owner-feed-stopped = { $days ->
    [one] silent for { $days } day: ask who runs it
   *[other] silent for { $days } days: ask who runs it
 }

## Incentives
owner-incentives-title = How the score is used
owner-incentives-unknown = How many customers were told what to answer is not known yet: fewer than { $floor } were asked.
owner-incentives-lede = { $share } of 100 customers ({ $low } to { $high }) say that somebody suggested which answer to give.
owner-incentives-asked = One customer in { $in } is asked, at random; { $count } said yes or no.
owner-incentives-means = What it means
owner-incentives-means-system = Whoever begs for a good mark does so because a mark has consequences for them. It is a fault of what the organisation does with the score, and it is the organisation that can mend it.
owner-incentives-means-score = Each begged answer makes the score say less: it rises while the service stays as it is, and the next decision is taken on it.
owner-incentives-means-nobody = Nobody is looked for. Which customer, site or team it was is not told here, nor anywhere else in this product.
owner-incentives-does = What to do about it
owner-incentives-do-bonus = Take the score out of bonuses, targets and appraisals, and say in public that it is out.
owner-incentives-do-beg = Stop asking for a mark: no sign at the counter, no sentence at the hand-back, no “anything under 10 is bad for me”.
owner-incentives-do-single = Never go to anybody with a single answer. Go to two teams with their handoff.
owner-incentives-do-talk = Ask the teams what the score is used for today. Their answer is the list of what to change.
owner-incentives-do-watch = Look again in three months. If the share falls, levels may fall with it: they are truer then.
owner-incentives-coached = Do answers look coached?
owner-incentives-coached-note = Sites that show each sign, compared with journeys like theirs elsewhere
owner-incentives-sign = Sign
owner-incentives-sites = Sites
owner-incentives-signs = { $flagged ->
    [0] Of { $sites } sites, none shows two signs of coached answers or more.
    [one] Of { $sites } sites, one shows two signs of coached answers or more.
   *[other] Of { $sites } sites, { $flagged } show two signs of coached answers or more.
 } By chance alone it would be { $chance }.
owner-incentives-signs-few = There are too few sites to be compared without each of them being known: it takes ten.
owner-sign-ideal = More best outcomes than journeys like theirs explain
owner-sign-despite = Best outcomes although a part went badly
owner-sign-straight = Best marks from the first question to the last
owner-sign-spotless = Best marks for every part
owner-incentives-note-few = A customer who was asked to say nothing says nothing: the true share may be higher.
owner-incentives-note-signs = Signs ask, they do not accuse: a place that truly is far better than others like it looks the same. What all places do alike shows no sign at all.
owner-incentives-note-place = These figures are about the whole organisation only. They cannot be asked for a region, a site or a team.
