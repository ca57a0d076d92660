erasure-nav = Erasure
erasure-title = Erase a customer
erasure-about = For a customer who asks you to erase what is known of him. You see first what there is, then you erase it. What you type here is neither stored nor logged; the settings journal says that somebody was erased, why and how much, and not whom.
erasure-by = Look for
erasure-by-journey = the identifier of a journey, as your system writes it
erasure-by-contact = an e-mail address or a telephone number
erasure-value = Identifier or address
erasure-reason = Reason
erasure-reason-hint = It stands in the settings journal, which every member reads: write nothing about the customer.
erasure-look = Show what there is
erasure-nobody = Type an identifier or an address.
erasure-too-long = This is too long for an identifier or an address.
erasure-goes = What will be deleted
erasure-gone = What was deleted
erasure-stays = What stays
erasure-nothing = Nothing is known under it. Addresses are kept for 30 days only: an identifier finds more.
erasure-published = Some of it has already gone into published sums: those are anonymous, and remain.
erasure-not-published = None of it has gone into anything that was published.
erasure-opt-out = If the customer asked not to be written to, that wish remains, as a keyed hash.
erasure-backups = Backups that were made before keep what they hold: delete those that are older than you need, or erase again after a restore.
erasure-source = Erase the customer in the system that sends the journeys first: whatever it sends once more comes back.
erasure-erase = Erase
erasure-done = It is erased.
erasure-another = Look for another
erasure-confirm = Nothing was deleted yet. Say --yes to erase it.
erasure-needs-reason = Say --reason: it stands in the settings journal.
erasure-journeys = { $count ->
    [one] one journey with everything that happened in it
   *[other] { $count } journeys with everything that happened in them
}
erasure-contacts = { $count ->
    [one] one address
   *[other] { $count } addresses
}
erasure-invitations = { $count ->
    [one] one invitation with what was saved in it
   *[other] { $count } invitations with what was saved in them
}
erasure-letters = { $count ->
    [one] one link or mail
   *[other] { $count } links and mails
}
erasure-mail-files = { $count ->
    [one] one mail that lies as a file on this machine
   *[other] { $count } mails that lie as files on this machine
}
erasure-responses = { $count ->
    [one] one answer
   *[other] { $count } answers
}
erasure-comments = { $count ->
    [one] one comment
   *[other] { $count } comments
}
erasure-notes = { $count ->
    [one] one note made in order to ask
   *[other] { $count } notes made in order to ask
}
erasure-rotated = { $count ->
    [0] The key of addresses is a new one; no address is stored.
    [one] The key of addresses is a new one; one address was sealed anew. The old key is gone.
   *[other] The key of addresses is a new one; { $count } addresses were sealed anew. The old key is gone.
}
erasure-unreadable = { $count ->
    [one] One address cannot be opened by any key that is left; it is deleted, since nobody can ever write to it.
   *[other] { $count } addresses cannot be opened by any key that is left; they are deleted, since nobody can ever write to them.
}
help-relais-erase = Erase a customer: shows what there is, and deletes it with --yes
help-relais-erase-journey = The identifier of a journey, as the source writes it
help-relais-erase-contact = An e-mail address or a telephone number
help-relais-erase-reason = Why; it stands in the settings journal, so write nothing about the customer
help-relais-erase-yes = Delete it
help-relais-rotate-addresses = Seal all customers’ addresses with a new key and forget the old one; may be stopped and run again
