## Filling in a form

form-item = Item { $number }
form-remove = Remove { $item }
form-add = Add another
form-choose = Please choose
form-yes = Yes
form-no = No
form-agree = I have read this and agree
form-unit = In { $unit }.
form-yuan = In yuan, with up to two decimals.
form-example = For example: { $example }
form-known = From your account. Please check it; you can change it.
form-brought = From { $agency }. Please check it; you can change it.
form-again = This question has changed. Please check your answer.
form-district = District and street or town
form-street = Road, house and flat
form-between = {" "}
form-comma = {", "}

wrong-missing = Please answer this.
wrong-must-agree = You can only go on if you agree. Please tick the box.
wrong-too-short = Too short: at least { $least } characters.
wrong-too-long = Too long: at most { $most } characters, and there are { $now }.
wrong-date = This is not a date. Write it like 2026-11-20.
wrong-month = This is not a month. Write it like 2026-11.
wrong-year = This is not a year. Write four digits, such as 2026.
wrong-time = This is not a time. Write it like 09:30.
wrong-before = Not before { $day }.
wrong-after = Not after { $day }.
wrong-number = Please write a number.
wrong-whole = Please write a whole number.
wrong-amount = Please write an amount, such as 120 or 120.50.
wrong-small = Not less than { $least }.
wrong-large = Not more than { $most }.
wrong-multiple = It must be a multiple of { $step }.
wrong-choice = Please choose one of the options.
wrong-yes-or-no = Please choose yes or no.
wrong-few = At least { $least } of them.
wrong-many = At most { $most } of them.
wrong-identity-number = An identity number has 18 characters; the last may be X.
wrong-credit-code = A unified social credit code has 18 digits and letters.
wrong-check-digit = One character of this number is wrong. Please compare it with the document.
wrong-phone = Please write a mobile number of 11 digits, or a landline with its area code.
wrong-mail = Please write an e-mail address, such as name@example.com.
wrong-district = Please choose the district and street. An address elsewhere is written with its province, city and district, or its country.
wrong-file = Please choose a file.
wrong-form = This does not have the right form. Please check it.
wrong-form-like = This does not have the right form. It should look like this: { $example }
wrong-fit = The agency's system does not take this. Please write it otherwise, or call the hotline.
amount-yuan = { $yuan } yuan

## Applying

apply-begin = Begin
apply-begin-new = Begin another one
apply-begun = You have begun already
apply-begun-at = Saved { $at }
apply-go-on = Go on
apply-pages = { $count ->
    [one] One page. It is saved when you go on, and you can go on with it on another device.
   *[other] { $count } pages. Each is saved when you go on, and you can go on with it on another device.
}
apply-any-time = You can send it at any time. Outside office hours we keep it, and hand it over when the office opens.
apply-told = When you send it, { $agency } gets what you filled in, and also:
apply-told-only = When you send it, { $agency } gets what you filled in.
apply-promise-working = { $days ->
    [one] Promised within one working day
   *[other] Promised within { $days } working days
}
apply-promise-calendar = { $days ->
    [one] Promised within one day
   *[other] Promised within { $days } days
}
apply-instant = Done the same day if you meet the conditions
apply-place = Page { $page } of { $pages }
apply-next = Save and go on
apply-save = Save and go on later
apply-back = Back
apply-saved = Saved
apply-saved-text = Go on with it under “My applications”, within 90 days.
apply-changed = This form has a new version
apply-changed-text = Everything you filled in is still there. Please look again at the questions that are marked.
apply-changed-review = What it no longer asks is left out; everything else is as you filled it in. Please look through it before you send it.
apply-too-much = This is more than the form can hold
apply-too-much-text = This page was not saved. Please shorten it and try again.
apply-review = Check and send
apply-review-lead = Please look through it. What you send is what the agency goes by.
apply-change = Change
apply-blank = Not filled in
apply-unfinished = It is not finished
apply-unfinished-text = Some questions are not answered yet, or something is wrong.
apply-finish = Go there
apply-submit = Send
apply-submit-note = You get a number at once. You can follow it at any time, and take it back until it is decided.
apply-discard = Delete this draft

## My applications

cases-title = My applications
cases-about = What you sent, how far it is, and what you have begun
cases-of = Applications of { $who }
cases-none = You have not sent an application yet
cases-none-text = Find what you want to do; its guide is where you begin.
cases-begun = Not finished
cases-number = Number { $reference }
case-title = Application { $reference }
case-new = We have it
case-new-text = Your number is { $reference }. Please write it down: you can ask by it on the telephone and at a counter.
case-queued = Not yet with { $agency }
case-queued-at = The agency cannot take it now. We will hand it over at { $at }. You need do nothing; it counts as sent on { $submitted }.
case-queued-away = The agency’s system is out of service until further notice. We will hand it over as soon as it is back. You need do nothing; it counts as sent on { $submitted }.
case-queued-soon = We are handing it over. You need do nothing; it counts as sent on { $submitted }.
case-unknown = We are asking { $agency } whether it arrived
case-unknown-text = It left, and there was no answer. We ask before anything is sent again: it will not be there twice.
case-failed = It did not reach { $agency }
case-failed-text = We tried for a long time and passed it to our staff. You can also call and tell them your number.
case-where = How far it is
case-next = What comes next
case-due = To be decided by { $day }
case-due-provisional = (the holidays of { $year } are not published yet; the date may change)
case-due-you = Please put it right by { $day }
case-paused-until = The clock stands still until { $day }
case-documents = Documents of the agency
case-licence = get it in My documents
case-corrections = What to put right
case-reason = What the agency says
case-parcel = Parcel number
case-carrier = Carrier
delivery-result = How you get the result
delivery-title = Way
delivery-lead = You can change this until the result is on its way.
delivery-name = Name of the person who receives it
delivery-phone = Their telephone
delivery-place = Address
delivery-only-post = Only for delivery by post
delivery-place-hint = Only for delivery by post: district, street, house and flat
delivery-box-wrong = Please fill this in, in at most { $most } characters.
delivery-save = Save
delivery-back = Back to the application
delivery-none = You have not chosen yet.
delivery-choose = Choose
delivery-change = Choose another way
delivery-ready = It is ready. Bring an identity document and show this code:
delivery-scan = The code to pick it up with, to be scanned
delivery-code-text = Give the code to nobody but whoever picks it up for you. It is good for once.
delivery-at = Pick it up at
case-history = What happened
case-answers = What you sent
case-withdraw = Take the application back
case-withdraw-text = You can take it back until the agency decides. It cannot be undone; you would have to apply again.
case-withdraw-reason = Why you take it back
case-withdrawn = It is taken back
case-not-now = It cannot be taken back now
case-not-now-text = The agency has decided, or you took it back before.
case-remedies = If you do not agree
case-ask = Ask { $agency } if something is unclear:
case-print = Print the receipt
case-scan = Scan to see how { $reference } stands
case-receipt = Receipt. Ask about it on the portal, by telephone or at the counter with the number below.
case-submitted-at = Sent
case-service = Service
case-agency = Agency
case-agency-number = The agency's number




case-state = { $state ->
    [submitted] Sent
    [correction-required] To be put right
    [resubmitted] Put right
    [accepted] Accepted
    [not-accepted] Not accepted
    [in-review] Under review
    [extended] Term lengthened
    [suspended] Clock stopped
    [granted] Granted
    [decided] Decided
    [refused] Refused
    [terminated] Ended
    [delivering] On its way
    [ready] Ready to be picked up
    [delivered] Done
    [lapsed] Not corrected in time, counts as withdrawn
    [handover-failed] Not handed over; people are seeing to it
   *[withdrawn] Taken back
}

case-next-text = { $state ->
    [submitted] The agency looks whether everything is there. If something is missing, it tells you all of it at once.
    [correction-required] Please put right what stands below.
    [resubmitted] The agency looks at what you put right.
    [accepted] The agency begins. Its time runs from the day after it accepted.
    [not-accepted] It was not accepted. The reason stands below.
    [in-review] The agency is deciding. We tell you as soon as it has.
    [suspended] A step that the law asks for is under way. This time does not count.
    [granted] The agency agrees. The result comes in the way you chose.
    [decided] The agency has decided; what and why stands below. Please pay in time. If you disagree, you can seek the remedies below.
    [refused] The agency did not agree. Why, and what you can do, stands below.
    [terminated] It was ended. The reason stands below.
    [delivering] The result is on its way to you.
    [ready] The result is at the counter. The code to pick it up with stands below.
    [delivered] It is done.
   *[withdrawn] You took it back. The agency does nothing more.
}

case-payment = Payment
case-payment-text = { $state ->
    [settled] The agency has decided, and it is paid. If you disagree, you can still seek the remedies below.
   *[paying] The agency has decided, and it is being paid: see the payment. If you disagree, you can seek the remedies below.
}

case-step = { $act ->
    [submit] Sent
    [ask-correction] Asked to put something right
    [correct] Put right
    [lapse] Not put right in time, which counts as taken back
    [accept] Accepted
    [deem] Nobody said anything in time, which counts as accepted
    [not-accept] Not accepted
    [review] Review begun
    [suspend] Clock stopped
    [resume] Clock goes on
    [extend] Time lengthened
    [grant] Granted
    [decide] Decided
    [refuse] Refused
    [terminate] Ended
    [send] Result sent
    [deliver] Delivered
   *[withdraw] Taken back
}

case-by = { $by ->
    [applicant] Applicant
    [agency] Agency
   *[clock] System
}

## From other agencies

prefill-offer = { $agency } has this on record, so you need not type it:
prefill-tells = { $what } ({ $licence })
prefill-consent = If you agree, we ask { $agency } by your name and identity number, for “{ $service }” and nothing else. You see the answer first; { $recipient } gets it only when you send the application. The question stands in “who looked at my data”, and you can withdraw your consent in the privacy centre at any time.
prefill-agree = Agree, and get it from { $agency }
prefill-or-type = You need not agree: type it below.
prefill-known = From { $agency }: please check it
prefill-nothing = { $agency } has no single record that fits; please type it
prefill-unavailable = { $agency } cannot answer now; please type it
grounds-changed = This record is not as you saw it a moment ago
grounds-changed-text = Below is how it stands now. Please check it and agree to it again; nothing has been sent.
grounds-gone = This cannot be done about the record any more
grounds-gone-text = It may have been dealt with already, or has to go through the counter. Look the record up again to see how it stands.
grounds-checks = Checked before you send it
grounds-right = In order
grounds-wrong = Not in order
grounds-open = Cannot be checked now; the agency will
grounds-submit = Confirm and send
