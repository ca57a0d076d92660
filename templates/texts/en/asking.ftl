# Asking customers: the rules and what came of them.
asking-nav = Asking
asking-types = Asking customers
asking-title = Asking customers: { $name }
asking-about = Whom this service asks, when, how often at most, and what came of it. Nobody is followed: an invitation counts as opened when something was sent from its page.
asking-only-readers = Only administrators and process owners may see this page.

## The rules
asking-rules = Rules in force
asking-rate = Customers asked, out of a hundred who could be
asking-delay = Hours from the end of the journey to the invitation
asking-quiet-from = Nobody is written to from this hour of the day
asking-quiet-until = Nobody is written to until this hour of the day
asking-link = Days for which a link is open
asking-reminder = Days from the invitation to the reminder, 0 for none
asking-rest = Days in which one address is written to about one journey at most
asking-bounds = A whole number from { $least } to { $most }.
asking-quiet-hint = A whole number from { $least } to { $most }. The same hour twice means that there are no quiet hours.
asking-reminder-hint = A whole number from { $least } to { $most }, below the days for which a link is open.
asking-reason = Reason
asking-reason-hint = Everybody reads it in the settings journal.
asking-change = Change the rules
asking-refused = Nothing was changed. Mend these fields:
asking-problem = { $field }: { $problem }
asking-bad-quiet = Write the hours as FROM-UNTIL, such as 20-8.
asking-unknown-type = There is no journey type “{ $code }”.
asking-changed = The rules are in force, and the settings journal says why.
asking-unchanged = These rules are in force already; nothing was changed.

## What came of it
asking-weeks = What came of it
asking-no-weeks = Nothing has been decided about asking yet: that happens when journeys end.
asking-weeks-about = The response rate counts finished and partial answers among the mails that a server took; the interval holds nine times in ten. Links that were brought another way are not in it.
asking-week = Over in the week of
asking-decided = Journeys
asking-eligible = Could be asked
asking-invited = Invited
asking-links = links handed over: { $n }
asking-delivered = Delivered
asking-undelivered = mails refused by a server: { $n }
asking-unknown = mails of which nobody knows: { $n }
asking-opened = Opened
asking-partial = Partial
asking-finished = Finished
asking-withdrawn = answers taken back: { $n }
asking-response-rate = Response rate
asking-rate-with-interval = { $share }% ({ $low } to { $high })
asking-no-rate = –
asking-older = Older weeks
asking-unsent = Mails that did not go
asking-failure = What the sending said
asking-state = What became of them
asking-state-refused = refused, not tried again
asking-state-unknown = not known whether they went, not tried again
asking-state-waiting = tried again later
asking-mails = Mails
asking-line = { $day }: { $decided } journeys, { $invited } invited, { $delivered } delivered, { $answered } answered, response rate { $rate }

## Why not
asking-why-sampled-out = not drawn: { $n }
asking-why-resting = written to recently: { $n }
asking-why-opted-out = do not want mail: { $n }
asking-why-no-address = no address: { $n }
asking-why-phone = telephone only: { $n }
asking-why-nothing-to-ask = nothing to ask about: { $n }
asking-why-too-old = over for too long: { $n }
asking-why-not-asking = no questionnaire in force: { $n }
asking-why-other = { $code }: { $n }
