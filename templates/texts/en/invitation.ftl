# The mails to customers, and the links for another sender.
invitation-subject = { $organisation }: how did it go?
invitation-reminder-subject = { $organisation }: there is still time to tell us how it went
invitation-hello = Hello,
invitation-lead = Your “{ $journey }” with { $organisation } ended on { $day }. How did it go, from the first contact to the end? Three short pages, two minutes; no answer is compulsory.
invitation-reminder-lead = We wrote to you about your “{ $journey }” with { $organisation }, which ended on { $day }. If you have two minutes, what you say will help; we shall not ask a third time.
invitation-trust = You speak of a journey, not of a person: nobody is given a mark. The teams read together where it stuck between them, and what went well.
invitation-answer = Answer in two minutes
invitation-open-until = This link is yours alone; it stays open until { $until }.
invitation-stop = Receive no more of these messages
invitation-not-asking = Nobody is asked about “{ $code }” yet: publish its questionnaire first, with relais questionnaire publish --journey-type { $code }.
invitation-links-chosen = The list holds { $listed } of the { $all } journeys of { $site } in the week of { $week }. Relais draws whom it asks; a list may only leave out who cannot be reached, and holds at least { $percent } % and { $least } of a place’s journeys of a week. Nothing was made. Leave “--journeys” out, or list all of them.
invitation-links-reason = links for another sender
invitation-links-file-there = { $file } is there already and is not overwritten: its links would be nowhere else. Choose another name.
invitation-links-written = { $count ->
    [0] No new link: { $file } holds the heading alone.
    [1] 1 link written to { $file }.
   *[other] { $count } links written to { $file }.
 }
invitation-links-missing = { $count ->
    [1] For 1 journey asked for there is no link: it was invited before, was over too long ago, is not known, or its customer wants no more questions.
   *[other] For { $count } journeys asked for there is no link: they were invited before, were over too long ago, are not known, or their customers want no more questions.
 }
invitation-told = What customers said, and what was done about it:
