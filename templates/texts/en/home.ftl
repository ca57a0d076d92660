# Where a member of a team begins, and where actions stand.
home-where = Where the points are lost
home-evidence = The evidence: { $where }
home-breakdown = The whole chain
home-chart = Week after week
home-new = New since last time
home-since-discussion = Since your last discussion: what was released after the week of { $date }.
home-since-release = Since the release before this one, the week of { $date }.
home-nothing-new = Nothing beyond chance: no figure of your part departs from its usual level by more than weeks always do.
home-news-up = Since about the week of { $since }, this has been above its usual level by more than chance: { $measured }. What changed?
home-news-down = Since about the week of { $since }, this has been below its usual level by more than chance: { $measured }. What changed?
home-news-pattern = { $measured }: { $seen }
home-usual = On the charts, and worth asking what happened, though 4 of 10 quiet figures show such a thing in half a year:
home-next = The next discussion
home-next-open = It is open, about
home-next-with = The neighbour is { $team }.
home-next-since = Opened on { $date }.
home-next-proposed = None is open. Of your handoffs, most customers met friction at
home-next-nothing = None is open, and no handoff of yours may be shown yet.
home-pack = The sheet to print
home-actions = What we try
home-actions-caption = What is being tried comes first. The figure leads to its chart, with the action marked on it.
home-no-actions = Nothing is being tried at the moment.
home-column-standing = Where it stands
home-looked = Who has looked in the last four weeks
home-times = { $count ->
    [one] once
    [2] twice
   *[other] { $count } times
 }
home-readers = Every look, by role, place and time
home-discussions = Discussions and actions
home-waiting = { $count ->
    [one] A change that touches privacy waits: read it before it is in force
   *[other] { $count } changes that touch privacy wait: read them before they are in force
}
