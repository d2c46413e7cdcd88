# Who looked at my data, the privacy centre

looks-title = Who looked at my data
looks-mine = My page
looks-lead = Every time an agency, a member of staff or this site itself sees or uses your personal data, it is written down here, within a minute.
looks-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries, the latest first
}
looks-none = Nobody has looked at your data yet
looks-none-text = As soon as somebody does, you will see here who it was, what for and what they saw.
looks-yourself = You
looks-citizen = Somebody who acts for you
looks-staff = A member of the city’s staff
looks-portal = Yimen (this site itself)
looks-what-for = What for
looks-detail = In detail
looks-fields = What was used
looks-by-right = By which right
looks-ask = Ask why
looks-asked = You asked why
looks-answer = Answer
looks-asked-done = Your question has been written down
looks-asked-done-text = The answer will appear below the entry.
looks-sure = Could anybody change these entries?
looks-sure-text = Within seconds every entry is bound to those before it and signed, so that changing, removing or exchanging any of them is found out. The signatures are public: anyone may keep and compare them.
looks-heads = The published signatures
look-purpose = { $tag ->
    [verify-identity] Comparing your name and identity number with the population register
    [sign-on] You signed in to the agency’s own site, which was given the data
    [service] Carrying out a service you asked for
    [notify] Sending you a code or a notice
    [counter] Helping you at a counter
    [data-request] Doing what you yourself asked to have done with your data
    [legal-order] A search ordered by law
    [administration] Managing your account, without seeing your data
   *[other] Unknown
}
look-basis = { $tag ->
    [consent] You asked for it or agreed
    [duty] A duty that a law gives the agency
    [order] An order of a court or an authority
   *[other] Unknown
}
data-field = { $field ->
    [name] name
    [identity-number] identity number
    [birth-date] date of birth
    [webhook] your own program’s address
    [browser] browser for notices
    [app] the city’s app for notices
    [for-another] of another’s matters
    [phone] telephone
    [email] e-mail
    [gathered-at] mails all in one
    [notice] message
    [company] company’s name
    [credit-code] unified credit code
    [payment] that something was paid
    [amount] amount
    [answers] what you filled in
    [title] title
    [licences] licences and certificates
    [dates] dates and reminders
    [dues] what is to be paid
    [licence] document
    [number] number
    [issued-on] issued on
    [expires-on] until
    [checked-on] last checked
    [next-on] next day
    [remarks] remarks
    [household] household
    [visit] visit
    [papers] the papers you handed in
    [evidence] file about your rating
    [file] file name
    [paper] paper
    [digest] fingerprint of the file
    [due] due
    [address] address
    [delivery] how the result comes
    [level] assurance level
    [language] language
    [gender] sex
    [photo] photograph
    [biometrics] biometric data
    [finance] financial data
    [health] health data
    [location] location
    [under-14] data of a child under fourteen
    [everything] everything this site holds
    [at] when
    [who] who
    [actor] by name
    [purpose] what for
    [basis] by which right
    [fields] what was used
    [detail] in detail
    [asked-at] you asked why
    [answer] answer
    [recipient] recipient
    [version] version
    [given-at] agreed
    [withdrawn-at] ended
    [verified-at] verified
    [made-at] since
    [used-at] last used
    [answered-at] answered
    [turn-to] what else you can do
    [objected-at] you said it was no answer
    [objection] what was missing
    [ended-at] settled
    [outcome] outcome
    [request] request
    [said] your words
    [way] way of signing in
    [label] label
    [device] device
    [other] something else
    [acts-for-me] acts for me
    [i-act-for] I act for
    [acting-kind] kind of authorisation
    [state] state
    [from] from
    [until] until
    [proof] proof
    [done-by] done by
    [done] what was done
    [service] service
    [place] place
    [reference] number
    [reason] why
   *[unknown] { $field }
}
data-word = { $word ->
    [delivery-electronic] sent by wire
    [delivery-post] by post
    [delivery-counter] at the counter
    [sms] text message
    [email] mail
    [webhook] own program
    [push] browser
    [app] the city’s app
    [voice-received] Received
    [voice-classified] Classified
    [voice-dispatched] Given to a unit
    [voice-handling] Being dealt with
    [voice-returned] Another unit is being found
    [voice-replied] Answered
    [voice-visited] Asked back
    [voice-closed] Closed
    [voice-not-taken] Not dealt with here
    [voice-merged] Dealt with together with another
    [voice-withdrawn] Taken back
    [yourself] you
    [citizen] somebody who acts for you
    [staff] staff
    [agency] an agency
    [portal] this site itself
    [verify-identity] checking your identity
    [prefill] filling in an application
    [sign-on] signing in to an agency’s site
    [service] carrying out a service
    [notify] sending notices
    [counter] help at a counter
    [data-request] doing what you asked
    [legal-order] a search ordered by law
    [administration] managing the account
    [consent] your consent
    [duty] a legal duty
    [order] a legal order
    [password] password
    [totp] authenticator app
    [passkey] passkey
    [recovery] recovery code
    [erase] erase everything
    [why] asking why somebody looked
    [explained] explained
    [corrected] corrected
    [partly] partly corrected
    [rating-very-satisfied] Very satisfied
    [rating-satisfied] Satisfied
    [rating-basically-satisfied] Basically satisfied
    [rating-dissatisfied] Dissatisfied
    [rating-very-dissatisfied] Very dissatisfied
    [inquiry-open] waiting for an answer
    [inquiry-answered] answered
    [inquiry-objected] waiting for the level above
    [inquiry-closed] answered by the level above
    [correct] correct something
    [done] done
    [withdrawn] taken back
    [refused] not accepted
    [child] parent for a child
    [person] authorised agent
    [company] agent of a company
    [proposed] waiting
    [active] in force
    [revoked] stopped
    [ended] over
    [began] began acting
    [saw-details] looked at the details
    [saw-documents] looked at documents or dates
    [kept-documents] changed something about documents or dates
    [claimed] waiting to be checked
    [confirmed] checked
    [closed] closed
   *[unknown] { $word }
}
privacy-title = Privacy centre
privacy-lead = What this site holds about you and what you agreed to. You can take a copy, have it corrected or have it erased.
privacy-held = What this site holds
privacy-count = { $count ->
    [one] ({ $count } entry)
   *[other] ({ $count } entries)
}
privacy-kind = { $kind ->
    [voice] Questions, complaints and reports
    [follows] What you follow
    [account] Your account
    [sessions] Devices signed in
    [looks] Who looked at your data
    [consents] What you agreed to
    [requests] What you asked for
    [inquiries] Your questions and corrections
    [keys] Your encryption key
    [delegations] Acting for others
    [access-links] Links given at a counter
    [breach-notices] Notices of data breaches
    [sign-ons] Agencies’ sites you signed in to
    [national] National identity provider
    [wishes] Wishes to be told
    [notices] Messages
    [wallet] Documents
    [applications] Your applications
    [payments] Payments
    [introductions] Names by which agencies know you
    [dates] Dates and reminders
    [bookings] Your bookings
    [survey-answers] Your answers to surveys
    [households] household’s record
    [ratings] Ratings
   *[other] { $kind }
}
privacy-kind-about = { $kind ->
    [voice] What you asked, complained of, suggested and reported.
    [follows] Agencies, domains and districts of which you are told new notices
    [account] Name, identity number, ways to reach you and to sign in. Parts are hidden here; the copy has them in full.
    [sessions] Devices on which your account is signed in now.
    [looks] Every look, shown one by one under “Who looked at my data”.
    [consents] To whom you agreed to hand data: see below.
    [requests] Requests to correct or erase: see below.
    [inquiries] What you asked about looks, what you wanted corrected, and the answers: shown beside the looks and below.
    [keys] Your data is kept encrypted with a key that is yours alone.
    [delegations] Whom you let act for you, and for whom you act.
    [access-links] One-time links to your account that were not used.
    [breach-notices] What you were told of data that got into wrong hands.
    [sign-ons] Sites of agencies that you signed in to with this account.
    [national] The national provider you sign in with: only which one it is.
    [wishes] Agencies whose return you wanted to be told of.
    [notices] What was said to you in the last three years, and how you want to be told.
    [wallet] Licences and certificates that agencies named or you wrote down, and whom we ask about them.
    [survey-answers] What you answered in surveys under your name, and the files that you put there.
    [households] What agencies that help your household put down, and their visits.
    [ratings] What you finished and could rate, your ratings and what you wrote. Once your account is erased only levels are left, without a name.
    [bookings] Appointments you made, and waiting lists.
    [applications] What you handed in or have begun, and what became of it.
    [payments] What you paid, and what agencies said is to be paid.
    [introductions] Each agency that was asked something of you knows you by a name of its own; by it the agency can tell you something by itself.
    [dates] What falls due for you, and when you were reminded. What has ended is deleted after two years.
   *[other] Other things this site holds.
}
privacy-kept = { $reason ->
    [look-record] The Personal Information Protection Law wants a record of what was done with data. The reasons in it become unreadable with your key.
    [consent-proof] The Personal Information Protection Law wants proof that you agreed. Only recipient, purpose and time stay, none of the data.
    [request-proof] It must be provable that your request was dealt with. What you wrote becomes unreadable with your key.
    [key-destroyed] Only that and when the key was destroyed. The key itself is gone.
   *[other] A law wants it kept.
}
privacy-copy = Take a copy
privacy-copy-text = The copy has everything in full: keep it where nobody else can see it. Taking one is noted under “Who looked at my data”.
privacy-copy-html = A page to read (HTML)
privacy-copy-json = Data for programs (JSON)
privacy-consents = What you agreed to
privacy-consents-text = Withdrawing is as easy as agreeing was: one button, and nothing else you do here suffers. From then on nothing more is handed over; to have erased what they already hold, please ask the recipient.
privacy-consents-none = You have not agreed to hand data to anybody.
privacy-given = Agreed
privacy-ended = Ended
privacy-withdraw = Withdraw
privacy-withdrawn = Your consent has been withdrawn
privacy-ask = Correct or erase
privacy-corrections = Corrections you asked for
privacy-requests = Erasures you asked for
privacy-answer-by = to be answered or done by { $day }
privacy-erasing = Your request to be erased has been written down
privacy-erasing-title = Your data is about to be erased
privacy-erasing-on = It will be erased after { $time }. Until then you can stop it at any time.
privacy-stop = Stop, keep my data
privacy-stopped = Stopped: all your data is still here
privacy-corrected = Your request has been written down. Its term and the answer are shown below
export-title = My data held by Yimen
export-kept = Kept after erasure
export-nothing = Nothing
erase-title = Erase all my data
erase-lead = If you ask now, your data is erased on { $day }. Until then you can change your mind. Afterwards nothing can be brought back, and the account is gone.
erase-goes = What goes
erase-stays = What the law wants kept
erase-stays-text = The following has to stay. We use it for nothing else:
erase-agencies = What is not here
erase-agencies-text = Records that agencies keep themselves, such as household, social insurance or property registers, are not this site’s and are not affected.
erase-sure = Please confirm
erase-sure-yes = I understand that this cannot be undone
erase-sure-missing = Please tick the box to say that you understand it cannot be undone
erase-submit = Ask to be erased
erase-not = Keep my data
correct-title = Correct my data
correct-lead = You can change telephone and e-mail yourself under “Account and security”. For anything else, tell us what is wrong; staff check it and put it right.
correct-agency = Whose record is it? (optional)
correct-agency-hint = If you do not know, leave it: we will find out who has to answer
correct-agency-none = I do not know
correct-too-many = Many corrections of yours wait for an answer. Please wait for some of them first
correct-what = What is wrong?
correct-words = What is wrong, and how should it be?
correct-words-hint = Write how it should be, and which document shows it
correct-words-wrong = Please write what is wrong and how it should be, in at most 2000 characters
correct-submit = Send
