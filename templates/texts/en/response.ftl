response-unknown-column = Answers have no such column. They have: journey, answered_at, site, outcome, step.<code>, handoff.<from>.<to>, promise.late_days, comment. Rename or remove it. Nothing was stored.
response-unknown-step = The blueprint has no such step. Customers meet: { $known }. Rename the column or add the step to the blueprint. Nothing was stored.
response-unknown-handoff = This is not handoff.<from>.<to> of two known steps. Customers meet: { $known }. Nothing was stored.
response-ambiguous-handoff = The codes have dots, and this name can be read as more than one handoff. Rename the column. Nothing was stored.
response-handoff-to-itself = A handoff joins two different steps. Nothing was stored.
response-backstage = Customers do not meet the step { $step }, so they cannot have been asked about it. Mark it as frontstage in the blueprint or remove the column. Nothing was stored.
response-column-twice = Two columns mean the same. Remove one. Nothing was stored.
response-bad-step = This is no code of a step: it must be there, without control characters, and of at most { $most } bytes. Nothing was stored.
response-too-many-steps = The columns name more than { $most } steps. Nothing was stored.
response-no-answered-at = There is no column answered_at, which says when each response was given. Nothing was stored.
response-no-question = There is neither an outcome nor any step.<code> or handoff.<from>.<to>. Nothing was stored.
response-wrong-width = The header has { $columns } columns and this row { $fields }.
response-not-utf8 = This is not UTF-8.
response-no-time = It is not said when this was answered.
response-future = This lies in the future.
response-not-whole = This is neither a whole number from { $low } to { $high }, nor blank, nor na.
response-outside-scale = This lies outside the scale, which goes from { $low } to { $high }.
response-not-days = This is no number of days, such as 0, 1.5 or -0.25.
response-late-impossible = This is more than { $most } days. The column is in days.
response-comment-too-long = This comment is longer than { $most } bytes.
response-nothing = Nothing is answered in this row.
response-unknown-site = The blueprint has no such site. Add it to the blueprint, or correct the name.
response-journey-too-long = An identifier has at most { $most } bytes.
response-second = This journey has answered already, and differently. The first answer stays.
response-part-missing = This journey did not have that part, so it cannot have been asked about it.
response-broke-off = The database gave up after { $kept } responses were stored; the log names the cause. Mend it, then import the same file again: nothing is stored twice.

## The customer's pages: the frame
response-window = { $page } · { $heading }
response-window-problem = To correct · { $page } · { $heading }
response-page = Step { $page } of { $of }
response-continue = Continue
response-back = Back to the previous page
response-send = Send my answers
response-foot-privacy = What becomes of your answers (new tab)
response-foot-stop = Stop sending me questions

## Page 1: how it went
response-title = Your journey with { $organisation }
response-outcome = All in all, how did your journey go?
response-very-well = Very well
response-fairly-well = Fairly well
response-neither = Neither well nor badly
response-fairly-badly = Fairly badly
response-very-badly = Very badly
response-passage = Your journey, stop by stop
response-passage-none = We do not know the details of this journey.
response-not-mine = This was not my journey
response-not-mine-note = Your answer will be kept, without any link to this journey.
response-not-mine-said = You told us that this was not your journey: your answer is kept without any link to it.
response-days = { $from } to { $to }
response-offered = { $days ->
    [0] First date offered: the day you asked for
    [one] First date offered: one day later than you asked for
   *[other] First date offered: { $days } days later than you asked for
 }
response-moved = { $times ->
    [one] The date was moved once
   *[other] The date was moved { $times } times
 }
response-wait-none = straight after
response-wait-minutes = { $minutes ->
    [one] one minute later
   *[other] { $minutes } minutes later
 }
response-wait-hours = { $hours ->
    [one] the same day, one hour later
   *[other] the same day, { $hours } hours later
 }
response-wait-days = { $days ->
    [one] the next day
   *[other] { $days } days later
 }

## Page 2: some moments
response-parts-title = { $n ->
    [one] One moment of your journey
    [2] Two moments of your journey
   *[other] Three moments of your journey
 }
response-parts-note = They were drawn at random. Leave out whatever you would rather not say.
response-step = { $step }: how did it go?
response-handoff = Between “{ $from }” and “{ $to }”, what happened?
response-between = Between “{ $from }” and “{ $to }”
response-tick-all = Tick everything that happened to you.
response-unknown = I don’t know
response-friction-repeated = I had to repeat what I had already said
response-friction-waited = I waited without news
response-friction-chased = I had to chase
response-friction-sent-elsewhere = I was sent elsewhere
response-friction-told-different = I was told different things
response-friction-none = None of these
response-another = Did another part go badly?
response-another-note = This one is your own choice, so it is counted apart.
response-another-none = No, no other

## Page 3: in his words
response-words-title = In your own words
response-closing = What should we know?
response-nobody-named = You are rating a journey, not a person: please name nobody.
response-pressure = Did someone suggest which answer to give?
response-pressure-why = This question accuses nobody: it helps us to know what our figures are worth.
response-yes = Yes
response-no = No

## What is wrong with a page
response-problems = There is something to correct
response-form-too-large = This is too large to be one of our pages. Nothing was stored. Go back to the page and shorten your text.
response-form-not-utf8 = This cannot be read: it is not UTF-8. Nothing was stored. Go back to the page and send it from your browser.
response-form-stray = Something other than the answers of this page was sent. Check what is shown, then send it again.
response-form-choose = This answer is not one of those offered. Choose one of them, or leave the question out.
response-form-none-and-some = “None of these” does not go with another box. Untick one or the other.
response-form-comment-too-long = { $over ->
    [one] Your text is one character too long. It is still here: shorten it a little, then send it again.
   *[other] Your text is { $over } characters too long. It is still here: shorten it a little, then send it again.
 }

## Around the three pages
response-thanks-title = Thank you
response-thanks-read = Your answers are stored. The teams of { $organisation } will read them together with those of other customers, to find out where the journey gets stuck. They will find no name there.
response-thanks-waiting = Changed your mind? You can still take everything back.
response-thanks-released = Changed your mind? You can still take your answers back; only the anonymous sums that they have already gone into remain.
response-thanks-withdraw = Take my answers back
response-withdraw-title = Take your answers back?
response-withdraw-all = Everything you answered and wrote will be deleted.
response-withdraw-released = Everything you answered and wrote will be deleted. Your answers have already gone into published sums: those are anonymous, and remain.
response-withdraw-final = This cannot be undone.
response-withdraw = Delete my answers
response-withdraw-keep = Keep them
response-withdrawn-title = Your answers are deleted
response-withdrawn-all = Nothing of them is left with us. Thank you for your time.
response-withdrawn-released = Only their anonymous share in sums already published is left. Thank you for your time.
response-closed-title = This link no longer opens anything
response-closed = It has expired, the questions were answered through another link, it was copied only in part, or it never existed.
response-closed-do = Open it again from the message you received. If it still opens nothing, it is too late to answer, and there is nothing more for you to do.
response-unsubscribe-title = Stop receiving our questions?
response-unsubscribe-about = { $organisation } will send no more questions about your journeys to this address. Its other messages do not change.
response-unsubscribe = Stop writing to me about this
response-unsubscribed-title = Understood
response-unsubscribed = { $organisation } will send no more questions about your journeys to this address.

## What becomes of the answers
response-privacy-title = What becomes of your answers
response-privacy-lead = { $organisation } asks how your journey went, to improve how its teams hand over to each other. Answering is up to you, and so is every question.
response-privacy-lead-unknown = You are asked how your journey went, to improve how the teams hand over to each other. Answering is up to you, and so is every question.
response-privacy-what = What is kept
response-privacy-answers = What you answered and wrote, page by page, from the moment you send it.
response-privacy-journey = The stops and dates of your journey, without your name. If you say that it was not yours, your answers are no longer linked to it.
response-privacy-address = Your address, encrypted and kept apart, deleted 30 days after the link ends.
response-privacy-nothing = Nothing else: no cookie, no pixel, no tracking. Opening a page leaves no trace.
response-privacy-who = Who sees what
response-privacy-figures = The teams and the organisation see figures on at least ten answers at a time, never yours alone.
response-privacy-comments = Your words are read only once names, addresses and numbers have been taken out.
response-privacy-persons = Nobody is rated: neither you, nor those you met.
response-privacy-rights = What you can do
response-privacy-withdraw = Take your answers back: open your link again, then “Take my answers back”.
response-privacy-stop = Not be asked again: the link at the foot of every message and of every page.
response-saved-elsewhere = Something was already saved through another link. It is not shown here, and what you send now takes its place.
response-import-reason = answers of another tool were imported
response-not-saved = This page could not be saved; the fault is on our side. What you entered is still shown: send it again in a moment.

## The page of the questionnaire
response-editor-title = Questionnaire: { $name }
response-editor-nobody = No version is published: nobody is asked yet.
response-editor-asked = Customers are asked version { $version }. Saving here prepares the next one and changes nothing in this one.
response-editor-asked-and-draft = Customers are asked version { $version }; version { $draft } is a draft.
response-editor-languages = Languages
response-editor-languages-why = Languages offered to customers
response-editor-french = French
response-editor-english = English
response-editor-in-french = in French
response-editor-in-english = in English
response-editor-parts = Length
response-editor-parts-asked = Parts of the journey that each customer is asked about
response-editor-parts-why = They are drawn at random, steps and handoffs alike, so that every pair is asked together now and then. More parts find a fault with fewer answers; fewer make a shorter page. Three are the usual.
response-editor-parts-power = What could be seen with your answers, and with five parts
response-editor-parts-of = { $parts } parts
response-editor-texts = Texts
response-editor-texts-why = A blank field leaves our words, which the field shows in grey. A text written in one language must be written in every language you offer.
response-editor-outcome = The question about the whole journey
response-editor-step = The question about a step
response-editor-one-step = The question about the step “{ $step }” alone
response-editor-handoff = The question about a handoff
response-editor-closing = The open question
response-editor-offered = Offer this box
response-editor-blanks = The text must contain { $blanks }: the name of the step goes there.
response-editor-publish-title = Save or publish
response-editor-publish-why = A draft is shown to nobody. A published version no longer changes: answers can be compared because the question stays the same.
response-editor-reason = Why publish, for the settings journal
response-editor-save = Save the draft
response-editor-publish = Publish
response-editor-versions = Versions
response-editor-versions-none = None yet.
response-editor-version = Version
response-editor-made = Made on
response-editor-published = Published on
response-editor-draft = draft
response-editor-in-force = in force
response-editor-replaced = replaced
response-editor-imported = another tool’s questionnaire
response-editor-preview = What three customers would see
response-editor-preview-why = Three recent journeys that went different ways, with the texts as saved. The moments asked about are drawn at random; here they are always the same.
response-editor-preview-french = See it in French
response-editor-preview-english = See it in English
response-editor-preview-none = There is no finished journey to show yet. Import an event log:
response-editor-no-language = Offer at least one language.
response-editor-few-frictions = Offer at least two boxes to tick at a handoff.
response-editor-long = This text is longer than { $most } characters. Shorten it: it is read on a phone.
response-editor-blank-missing = { $blank } is missing in this text: without it nobody would know what is meant.
response-editor-blank-unknown = In braces, this text can only have { $known }. Take the other braces out.
response-editor-no-blanks = This text is shown as it is: take the braces out.
response-editor-gap-fr = The French of “{ $part }” is missing. Write it, or blank the English to go back to our words.
response-editor-gap-en = The English of “{ $part }” is missing. Write it, or blank the French to go back to our words.
response-told = You said, we did
