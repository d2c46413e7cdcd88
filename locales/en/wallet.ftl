# Licences and certificates

wallet-title = My documents
wallet-about = Licences and certificates with their dates, to show and to renew in time
wallet-lead = Your licences and certificates, those that end soon first. You are reminded in time, and can show others that a document is in force.
wallet-none = No documents yet
wallet-none-text = Have them fetched from those who issue them, or write one down yourself.
wallet-group = { $group ->
    [soon] To be looked at soon
    [licences] Licences and certificates
    [vouchers] Vouchers
    [business] Business licences
    [own] Written down by you
    [over] No longer in force
   *[discarded] Put aside
}
wallet-tickets = Appointments and tickets
wallet-number = No. { $number }
wallet-add = Write down a document
wallet-fetch-title = Fetch documents
wallet-fetch-text = { $count ->
    [one] 1 agency that issues documents is asked what you hold. It learns your name and identity number, and you find this under “Who looked at my data”.
   *[other] { $count } agencies that issue documents are asked what you hold. They learn your name and identity number, and you find this under “Who looked at my data”.
} From then on each is asked again once a week and before you are reminded, until you say stop.
wallet-fetch-text-company = { $count ->
    [one] 1 agency that issues documents is asked what the company holds. It learns the company’s name and its unified social credit code.
   *[other] { $count } agencies that issue documents are asked what the company holds. They learn the company’s name and its unified social credit code.
} They are asked only when somebody who acts for the company asks them here: please do so again from time to time.
wallet-fetch-whom = Who is asked
wallet-fetch = Fetch my documents
wallet-fetch-again = Ask again now
wallet-prove = Prove who you are first
wallet-no-issuers = No agency here can be asked about such documents.
wallet-asked = All were last asked on { $when }.
wallet-stop = Do not ask any more
wallet-silent-title = { $count ->
    [one] 1 agency did not say how it is now
   *[other] { $count } agencies did not say how it is now
}
wallet-silent = { $outcome ->
    [unavailable] { $agency } did not answer
    [stale] { $agency } could only say how it was before
   *[refused] { $agency } may not tell at your level of sign-in
}
wallet-silent-since = What you see of it here is as of { $when }.
wallet-silent-never = Whether you hold something of it is not known. Please ask again later.
wallet-said-fetched = Done. Below is what the agencies said.
wallet-said-discarded = It is no longer shown, and you are not reminded of it.
wallet-said-stopped = Nobody is asked any more. What is here stays as it was.
wallet-said-kept = Written down
wallet-said-restored = It is shown again
wallet-said-ended = That code proves nothing any more
wallet-said-over = The minute is over, and the code is no longer valid. You can make a new one.
wallet-said-many = There are many valid codes for this document already. Please end one first.
wallet-discarded = You put this document aside
wallet-discarded-text = You are not reminded of it and cannot show it.
wallet-restore = Take it back
wallet-gone = The agency no longer knows this document
wallet-gone-text = It said so when it was asked last. If that is wrong, please turn to the agency.
wallet-ends = Ends
wallet-field = { $field ->
    [holder] Name of the holder, covered
    [number] Number, covered to others
    [issued-on] Issued on
    [expires-on] Valid until
    [checked-on] Last checked or endorsed on
   *[remarks] Remarks
}
wallet-uncover = Show all of it
wallet-issuer = Issued by
wallet-seen = As of
wallet-renew = Renewing
wallet-overdue = If it is late
wallet-check = Checks while it is valid
wallet-office = This cannot be renewed online yet. Please go to the office:
wallet-hours = Hours
wallet-phone = Telephone
wallet-reminders = When you are reminded
wallet-show = Show it to somebody
wallet-show-text = Whoever scans the code sees what kind of document it is, who issued it and whether it is in force at that moment, and beside this only what you choose. They need no account.
wallet-show-what = What else is shown
wallet-show-screen = Show on the screen for one minute
wallet-show-paper = Make a proof to print
wallet-papers = Proofs on paper
wallet-until = can be checked until { $when }
wallet-end = End it
wallet-end-now = End it now
wallet-aside-title = Put aside
wallet-aside-text = It is no longer shown, and you are not reminded of it. The agency goes on knowing of it, and you can take it back.
wallet-discard = Put this document aside
wallet-change-title = Change or remove
wallet-change = Change what you wrote down
wallet-remove-text = What you wrote down is deleted, with its reminders.
wallet-remove = Remove it
wallet-proof = Proof
wallet-proof-picture = Code { $code } as a picture to be scanned
wallet-proof-check = To check it, scan the picture or open:
wallet-proof-shows = Whoever checks it is told how the document stands at that moment, and this:
wallet-proof-until = Can be checked until { $when }. If the document is renewed or withdrawn, checking says so.
wallet-proof-minute = Valid for one minute.
wallet-back = Back to the document
wallet-add-lead = For documents that no agency here can be asked about. You are reminded of their dates; they prove nothing to others.
wallet-add-kind = Kind of document
wallet-add-choose = Please choose
wallet-add-other = Something else
wallet-add-name = What you call it
wallet-add-name-hint = Only for “something else”, such as: gym membership
wallet-add-number = Number
wallet-add-number-hint = If you want to have it at hand
wallet-add-issued = Issued on
wallet-add-expires = Valid until
wallet-add-expires-hint = As printed on it. Leave it empty only where nothing is printed
wallet-add-checked = Last checked or endorsed on
wallet-add-checked-hint = Such as an inspection, a medical check, an endorsement
wallet-add-next = Next appointment
wallet-add-next-hint = Such as the next vaccination
wallet-keep = Keep
wallet-wrong-kind = Choose one of the kinds
wallet-wrong-name = Say what you call it
wallet-wrong-text = Write at most 60 characters, without control characters
wallet-wrong-issued = This day is still to come
wallet-wrong-checked = This day is still to come
wallet-wrong-expires = It cannot end before it was issued
wallet-wrong-twice = You have written down this document already
wallet-wrong-many = There are too many documents here already
licence-state = { $state ->
    [not-yet] Not in force yet
    [valid] Valid
    [expiring] Ends soon
    [renewal-pending] Being renewed
    [suspended] Suspended
    [frozen] Frozen
    [lost] Reported lost
    [expired] Expired
    [cancelled] Cancelled
    [revoked] Revoked
    [gone] No longer known
   *[unknown] Not known
}
licence-due = { $matter ->
    [endorsement] Endorse by { $day }
    [inspection] Inspection by { $day }
    [check] Check by { $day }
    [report] Report by { $day }
    [plan] Next on { $day }
    [again] Again from { $day }
   *[other] Until { $day }
}{ $days ->
    [0] , today
    [1] , tomorrow
   *[other] {""}
}
licence-due-never = No end
licence-due-unknown = The end is not known
licence-provisional = The calendar of that year is not published yet; the day may move a little.
licence-renew-not-needed = It does not need to be renewed.
licence-renew-from = It can be renewed from { $day }.
licence-renew-open = It can be renewed now, until { $day }.
licence-renew-any-time = It can be renewed now.
licence-renew-late = The time to renew is over. It can still be renewed late until { $day }.
licence-renew-late-always = The time to renew is over. It can still be renewed late.
licence-restore = It can no longer be renewed, but restored until { $day }.
licence-restore-always = It can no longer be renewed, but restored.
licence-renew-pending = The renewal was applied for; the agency decides.
licence-renew-closed = It can no longer be renewed. A new one has to be applied for.
