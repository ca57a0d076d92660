# What could be seen here: faults of known size, planted in memory.
power-title = What could be seen here
power-choose = Another place
power-response = Of 100 customers, so many answer
power-lede = With the { $answers } answers that a quarter brings here, { $large } points more lost { $where } than in the rest of the network would be named in { $many } of 10 quarters; { $small } points, in { $few } of 10.
power-lede-assumed = With the { $answers } answers that are expected here in a quarter, { $large } points more lost { $where } than in the rest of the network would be named in { $many } of 10 quarters; { $small } points, in { $few } of 10.
power-foot = What could be seen with a quarter’s answers: { $large } points lost at “{ $part }” in { $many } of 10 quarters, { $small } points in { $few } of 10.
power-no-rest = Nothing can be said of this: all journeys are at this place, and there is nothing to compare it with.
power-nothing-varies = Nothing can be said of this yet: what was answered so far is the same everywhere, so that nobody knows how much chance would move it.
power-no-part = Nothing can be said of this yet: no part of the chain that may be shown is met both here and elsewhere.
power-no-journeys = The log has no journey of this place yet. Import one, and this page says what could be seen with its traffic.
power-network-has-no-rest = What could be seen is told of a place beside the rest of the network: name a region (region:R) or a site (site:S).
power-bad-response = “{ $given }” is no whole number from 1 to 100.
power-bad-share = { $given } is no share of customers: say one above 0 and up to 1, such as 0.15.

## The table
power-caption = In how many of 10 quarters this part would be named, if so many points more were lost there than in the rest of the network
power-points = { $points } points
power-more-than = over { $points } points
power-of-ten = { $count } of 10
power-unknown = not known
power-column-seen = Named in { $count } of 10 from

## What would show more
power-changes = What would show more
power-changes-caption = In how many of 10 periods the same fault would be named
power-column-change = What changes
power-example = { $points } points: { $part }
power-now = As it is now, a quarter
power-change-parts = { $then } parts asked instead of { $now }; the customer’s page grows longer
power-change-people = { $times } times as many customers asked
power-change-answers = { $times } times as many customers who answer
power-change-response = { $then } of 100 customers answer instead of { $now }
power-change-half-year = Half a year instead of a quarter
power-change-region = The region { $code } instead of this site
power-change-larger = A place { $times } times as large
power-no-parts = What more parts asked would show is not known: another tool asked these customers, or as many as possible are asked already.
power-no-people = More answers are hardly to be had: most customers answer already.
power-no-place = A larger place would show no more: little would be left to compare it with.

## How far these figures carry
power-basis-answers = Worked out from how the answers from { $period } varied, brought to a quarter: about { $answers } answers here and { $rest } elsewhere.
power-basis-empty = { $empty ->
    [one] Of one of these { $weeks } weeks no answer about this place was released, and it is counted so.
   *[other] Of { $empty } of these { $weeks } weeks no answer about this place was released, and they are counted so.
 }
power-basis-unsized = How large rated faults are cannot be measured from these answers. It is assumed that 54 of 100 of their points are found.
power-basis-few = The answers from { $period } are too few to tell how they vary. Worked out from about { $here } journeys a week here and { $rest } elsewhere, if as many customers answer as so far, about { $answers } a quarter here, and each is asked about { $asked } parts.
power-basis-log = Worked out from the log, before any answer: about { $here } journeys a week here and { $rest } elsewhere, as if { $share } of 100 customers answered and each were asked about { $asked } parts.
power-basis-spread = Assumed besides: ratings spread by 25 of 100 points, and the outcome follows half of that; lateness spreads by half a day, and a day costs 10 points. Real answers may vary more, and then less is seen.
power-note-planted = The faults are made up: each is planted into these figures 400 times, in memory. Nothing of it is stored, and nothing of anybody is shown.
power-note-named = “Named” means that this part alone would be named as standing out. Two or three parts that cannot be told apart do not count. Figures are rounded: 10 of 10 is nearly always, 0 of 10 hardly ever.
power-note-unknown = “Not known”: what was answered or timed of this part does not vary yet, or one of the sides has nothing of it.
power-note-halo = A fault that also lowers the ratings of other parts is seen less often.
