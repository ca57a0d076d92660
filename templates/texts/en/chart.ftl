# The same figure week after week.
chart-outcome = mean outcome
chart-promises = promises kept, of 100
chart-rating = mean rating of “{ $element }”
chart-friction = customers who met friction at “{ $element }”, of 100
chart-kept = promises kept of “{ $element }”, of 100
chart-about = { $place }. Week after week: { $measured }
chart-quiet = Nothing beyond chance: no week stands out from the others.
chart-asks = { $count ->
    [one] One thing is worth asking about. What happened?
   *[other] { $count } things are worth asking about. What happened?
 }
chart-outside-above = The week of { $from } lies above what quiet weeks stay within.
chart-outside-below = The week of { $from } lies below what quiet weeks stay within.
chart-shift-above = { $count } releases in a row, from the week of { $from } to that of { $to }, lie above the usual level.
chart-shift-below = { $count } releases in a row, from the week of { $from } to that of { $to }, lie below the usual level.
chart-trend-up = { $count } releases in a row, from the week of { $from } to that of { $to }, rise.
chart-trend-down = { $count } releases in a row, from the week of { $from } to that of { $to }, fall.
chart-near-above = Two of three releases up to the week of { $to } lie far above the usual level.
chart-near-below = Two of three releases up to the week of { $to } lie far below the usual level.
chart-points = { $points } points
chart-trial = The limits are on trial: they move until twelve releases are known.
chart-column-week = Week of
chart-column-figure = Figure
chart-column-size = Made of
chart-column-limits = Quiet weeks
chart-unknown-measure = “{ $given }” is nothing that can be charted. Give outcome, step:X, handoff:A:B, promise:X or promise, with steps of this service.
chart-unrecorded = Nothing of the kind was recorded there.

# Pictures of charts
chart-picture-title = Week after week: { $measured }
chart-picture-note = The table holds every week.
chart-legend = Grey: what quiet weeks stay within; a broken edge: limits on trial. A ring: worth asking about. A cross: not shown. A letter: something was tried.
chart-marks = What was tried
chart-table = The weeks as a table
chart-choose = Follow another figure
chart-watch = Small departures that last
chart-watch-title = Small departures added up: { $measured }
chart-watch-legend = Above the middle: more than usual adds up. Below: less than usual. Beyond a thin line it is more than chance.
chart-watch-quiet = Small departures from the usual level do not add up to more than chance does.
chart-watch-up = Since about the week of { $since } small departures upwards have added up; by the week of { $at } they are more than chance. What changed then?
chart-watch-down = Since about the week of { $since } small departures downwards have added up; by the week of { $at } they are more than chance. What changed then?
chart-days-lost = days lost by the dates of “{ $element }”, per journey
chart-days = { $points } days
chart-weeks = { $from } to { $to }
chart-pooled = Where too few answered in a week, a point stands for several: each holds whole releases, and no answer is in two.
