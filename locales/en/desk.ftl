# The desk: corrections, officers at work, results

case-corrected = Your correction is in
case-corrected-text = The agency will look again. You need do nothing.
case-basis = Legal basis
case-turn-to = Who is responsible
mend-do = Correct it
mend-title = Correct your application
mend-lead = Only this has to be changed. What you filled in before is still here.
mend-else = Without it the application counts as withdrawn. You can apply again later.
mend-submit = Send the correction

decision-read = Read the decision
decision-title = Decision
decision-lead = Your application of { $at } (number { $reference }) has been decided:
decision-to-company = The applicant
decision-on = Date
decision-pay = To pay: by the agency's number, at “{ $service }” on this portal.
decision-phone = Questions
decision-code = Verification code
decision-check = Check it here
decision-file = Download the signed file
decision-file-text = The file can be kept, printed and passed on. Anybody can check on the portal that it is real and was not changed.
decision-file-check = To see whether this is real: scan the picture, or open { $address }. Under “Check a file” this file itself can be checked.
decision-file-given = Given out { $at }
decision-print = You can print this page. Anybody can check it by its code.

desk-title = Cases
desk-lead = The cases of your unit, the most urgent first. The list does not say whose they are; opening one is recorded, and the person sees it.
desk-only-failed = Only cases that could not be handed over to their agency. What was filled in is not shown here.
desk-late = { $count } past their date
desk-show = { $show ->
    [waiting] To do
    [mine] Mine
    [free] Nobody's
    [unread] Unread
    [soon] Due within days
    [late] Late
    [approve] To approve
    [applicant] Being corrected
    [done] Done
   *[failed] Not handed over
}
desk-every-service = All services
desk-sort = Order
desk-sort-by = { $sort ->
    [clock] By date due
    [oldest] Oldest first
   *[newest] Newest first
}
desk-filter = Show
desk-none = No cases here
desk-none-text = New applications appear here, the most urgent first.
desk-count = { $count } in all
desk-unread = Unread
desk-tick = Select { $reference }
desk-ticked = With the selected cases
desk-claim = I take it
desk-release = Put it back
desk-give = Hand over
desk-give-to = To
desk-give-title = Who has it
desk-due = Due { $day }
desk-clock-applicant = Being corrected, the clock stands still
desk-clock-paused = The clock stands still
desk-clock-failed = Not handed over
desk-failed = This application could not be handed over to the agency's system
desk-failed-text = Ask the agency first whether it has it, so that nothing is handed in twice.
desk-acts = What you can do
desk-do = { $act ->
    [accept] Accept
    [ask-correction] Ask for a correction, once
    [not-accept] Do not accept
    [grant] Grant
    [refuse] Refuse
    [suspend] Stop the clock
    [resume] Start the clock again
    [extend] Lengthen the term
    [terminate] End without a decision
    [send] Send the result, or put it at the counter
    [deliver] Confirm delivery
    [again] It did not arrive: send it again
    [arrived] The agency has it
   *[close] Do not go on with it
}
desk-about = { $act ->
    [accept] Everything is there and in order. The term begins tomorrow, and the applicant is told at once.
    [ask-correction] Write beside each question what has to be changed, and leave the others empty. Ask for everything now: what was seen cannot be asked for a second time.
    [not-accept] Say why, and who is responsible. The applicant can ask for reconsideration or sue.
    [grant] The applicant is told at once, and gets a decision that can be verified.
    [refuse] Give the facts, the reasons and the law. The applicant can ask for reconsideration or sue.
    [suspend] The time of a hearing, a test, an expert's review is not counted.
    [resume] The clock goes on tomorrow.
    [extend] Once, confirmed by a manager.
    [terminate] Say why it does not go on.
    [send] The result is in the post, or at the counter where it is picked up.
    [deliver] The applicant has the result.
    [again] Once you know that the agency does not have it.
    [arrived] The agency has the application, and its system tells how it goes on.
   *[close] It cannot be handed over any more; say why. The applicant can ask for reconsideration or sue.
}
desk-extends = By { $days }, once, confirmed by a manager.
desk-submit = Confirm
desk-back = Back to the case
desk-words = What the applicant reads
desk-words-hint = In words that people understand, and without data of others
desk-words-wrong = Please fill this in, with at most 2000 characters
desk-turn-to-hint = Such as: apply at the Civil Affairs Bureau, 0990-1234567
desk-basis-hint = Such as: Administrative Permit Law, article 45
desk-correct-by = To be corrected by
desk-suspend-until = Until
desk-until = Until
desk-day-wrong = Please enter a day after today and within three years, such as 2026-12-31
desk-ask-nothing = Say beside at least one question what has to be changed
copies-title = Copies of decisions
copies-lead = Decisions of other agencies that are sent to you to know. The list does not say whom they are about; opening one is recorded, and the person sees it.
copies-none = No decisions have been sent here
copy-title = Copy of an application
copy-make = Print a copy for the citizen
copy-lead = With the answers, the papers' names and the decision. That a copy was made, by whom and why, stands on the person's record.
copy-why = Why a copy is made
copy-show = Show the copy
copy-scan = Follow or check it here: { $address }
copy-made = Copy made { $at } by { $name }
copy-print = Print
desk-pickup-place = Where it can be picked up
desk-pickup-place-hint = Counter, address and hours. The applicant gets a code for it.
desk-pickup-code = Pick-up code
desk-pickup-code-hint = Eight letters and digits that the person has on their telephone or on paper
desk-by-code = Handed over against the code
desk-signed = Signed for by
desk-signed-hint = Only where the code is not at hand: the name of whoever showed an identity document and signed the slip
desk-code-or-signed = Please type the code, or the name of whoever signed.
desk-code-wrong = This is not the code of this application.
desk-seen-before = This had been seen the first time, and cannot be asked for now. Where it must be, a manager asks and says why.
desk-above = Why it is asked for a second time (managers)
desk-above-hint = Only where you ask for something that was not asked for the first time
desk-text-grant = Your application "{ $service }" meets the { $law } and is granted.
desk-text-refuse = Your application "{ $service }" does not meet article … of the { $law } (facts and reasons: …) and is refused.
desk-text-not-accept = "{ $service }" is not ours to decide (reason: …), and your application is not accepted.
desk-text-terminate = "{ $service }" cannot go on (reason: …) and is ended.
desk-draft = Draft: { $act }
desk-draft-own = You drafted this. Another manager has to confirm it.
desk-draft-over = The case is over; nothing comes of this draft.
desk-draft-waits = It waits for a manager.
desk-remark = Remark (needed to give it back)
desk-confirm = Confirm
desk-return = Give back
desk-confirmed = Confirmed
desk-returned = Given back
desk-person = Applicant
desk-name = Name
desk-acts-as = Applies
desk-relation = { $relation ->
    [guardian] As the guardian
    [authorised] As an agent
    [company] For a company; the name is the agent's
   *[self] For themselves
}
desk-answers = Application
desk-before = Before the correction
desk-guide = Guide
desk-number = Show the full identity number
desk-number-reason = Why you need it
desk-number-hint = The reason is recorded, and the person sees it
desk-number-show = Show
desk-no-number = No verified identity number
desk-reason-needed = Please give a reason of at most 300 characters
desk-said-done = Done. The applicant is told.
desk-said-proposed = Drafted. It waits for a manager.
desk-said-confirmed = Confirmed. The applicant is told.
desk-said-returned = Given back to whoever drafted it.
desk-said-assigned = Handed over.
desk-said-claimed = It is with you now.
desk-said-released = Put back: nobody has it now.
desk-said-nothing = No case was selected; nothing was changed.
desk-said-mended = Done.
desk-said-taken = Somebody else has some of these; they were not changed.
desk-said-not-now = The case has moved on, and this cannot be done now.
desk-said-pending = A draft waits to be confirmed. Nothing else can be done before.
desk-said-own = Nobody confirms their own draft.
desk-said-words = Something is missing; nothing was changed.
staff-act-approve-cases = Approve cases
staff-act-redrive = See to cases that were not handed over
staff-kind-cases = Cases

case-counter-title = Apply at the counter
case-counter-lead = For somebody who comes in person with an identity document. They are found by their verified number; that is recorded, and they see it.
case-counter-go = Find and fill in
case-counter-for = Applicant
case-counter-next = Next person
counter-receipt-title = Receipt
counter-receipt-by = Taken by
counter-receipt-text = Please print this and hand it over. It also stands under "My applications"; on the telephone, the number is enough.

## What officers put down for whoever asks

note-lead = Kept up to date by officers of
note-mine = Your own matters there
note-mine-none = You have nothing there that was begun in this portal. If you began it elsewhere, please call.
note-known = What holds now
note-at = As of { $at }
note-none = Nothing has been put down yet
note-none-text = Please call the agency:
note-ask = For anything that does not stand here, call{" "}
note-search = Look for words
note-search-go = Look
note-desk = Answers to questions
note-desk-lead = What people ask here is answered by what you put down. Keep it true: take away what does not hold any more.
note-desk-none = No service of your agencies is answered this way.
note-public = As people see it
note-new = Put something down
note-title-zh = Heading, in Chinese
note-title-en = Heading, in English
note-text-zh = Text, in Chinese
note-text-en = Text, in English
note-wrong = Please write this, in at most { $most } characters, without hidden signs.
note-put = Publish
note-end = Take away
note-said-put = It is published
note-said-ended = It is taken away

ahead-title = Applications soon to be late
ahead-lead = What waits at the desks of the agencies below you and is to be decided within some working days. It is not shown whose it is.
ahead-days = Due
ahead-within = { $days ->
    [one] Within one working day
   *[other] Within { $days } working days
}
ahead-none = Nothing is due in that time
ahead-table = Applications that are due
ahead-number = Number
ahead-due = Last day
