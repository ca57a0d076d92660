# The sentences that go with figures, each written once and said wherever such a figure stands.
caveat-cause = These points show where lower scores go together with trouble; they do not prove a cause.
caveat-cautious = In a comparison, points for rated parts are estimated with the noise of ratings taken off; their interval says how far that goes. Where they read “at least”, their size could not be estimated. A level is no lower bound: part of what colours all ratings stands on the steps.
caveat-seam = A handoff and the step after it colour each other: look at both.
caveat-silent-unknown = How many of 100 answered is not known; if the silent are less happy the level is lower, if they are happier it is higher; comparisons are safer where the same people answer.
caveat-unstated-timings = Some of these weeks were published before it was counted which times are known: there a missing time counts as on time.
caveat-overshoot = What is not traced is below zero: the parts come to more than the whole, since each is estimated by itself. Their intervals say how far.
caveat-mix = Places are compared within the same weeks and the same paths; what other paths and other weeks cost stands on lines of its own.
caveat-silent = { $share } of 100 answered; if the silent are less happy the level is lower, if they are happier it is higher; comparisons are safer where the same people answer.
caveat-windows = Each answer is released once. Between two windows a step may differ by fewer than 10 ratings, never by fewer than 10 answers.
caveat-asks = A point or a run that stands out is worth asking what happened. It is no verdict: in 40 to 52 of 100 quiet half-years one of the four rules rings.
caveat-smallest = The smallest change you could notice: { $change }, in { $weeks } weeks.
caveat-unnoticeable = With so few weeks on the chart, no one can say yet which change would be noticed.
caveat-pulled = The figure of a small group is pulled towards the others: chance alone puts small groups first and last.
caveat-goes-with = What differences between customers go with is never blame: what is equally bad for everybody makes no difference.
caveat-common = A fault common to all makes no difference between sites: a small share of the site does not say that all is well.
