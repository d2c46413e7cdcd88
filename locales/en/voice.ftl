# What people ask, complain of, suggest and report

voice-title = Ask or complain
voice-lead = Ask, complain, suggest or report something. Each has a number, and you see who deals with it and by when.
voice-about = About
voice-about-service = A question or complaint about this service
voice-about-agency = A question or complaint about this agency
voice-first = See first whether there is an answer
voice-search = What do you want to know?
voice-answers = Questions and answers
voice-answers-all = All questions and answers
voice-answers-lead = What others asked and agencies answered. Everything personal is taken out.
voice-answers-none = There are no questions and answers about this
voice-guides = Guides that may help
voice-found-nothing = There is no ready answer. Turn to a person below.
voice-person = Turn to a person
voice-person-text = Whether you found an answer or not, you can write to us, and somebody answers.
voice-without-account = Send it without signing in
voice-call = Or call the hotline:{" "}
voice-ask = Write a new one
voice-elsewhere = What is not dealt with here
voice-elsewhere-text = By law others deal with the following. Please turn to them.
voice-kind = { $kind ->
    [consultation] Question
    [complaint] Complaint
    [suggestion] Suggestion
    [tip-off] Tip-off
    [dispute] Dispute of a decision
   *[report] Report
}
voice-kind-about = { $kind ->
    [consultation] Ask how something is done, or whether it can be.
    [complaint] You are not satisfied with a service, a shop or how something was handled.
    [suggestion] An idea for the city or its services.
    [tip-off] Something unlawful. Those who deal with it do not see who told them.
    [dispute] A decision about a rating that you do not accept.
   *[report] A dark street lamp, a broken manhole cover, rubbish: say where, and add a picture.
}
voice-state = { $state ->
    [received] Received
    [classified] Classified
    [dispatched] Given to a unit
    [handling] Being dealt with
    [returned] Another unit is being found
    [replied] Answered
    [visited] Asked back
    [closed] Closed
    [not-taken] Not dealt with here
    [merged] Dealt with together with another
   *[withdrawn] Taken back
}
voice-step = { $act ->
    [report] Sent
    [classify] Classified
    [dispatch] Given to a unit
    [not-take] Not taken, with where to go
    [merge] Merged with another
    [take] The unit deals with it
    [give-back] The unit gave it back
    [pass] Passed on within the unit
    [note] A helping unit's note
    [extend] More time
    [reply] Answer
    [visit] Asked back
    [close] Closed
    [reopen] Not satisfied: dealt with again
    [withdraw] Taken back
    [dissatisfied] Still not satisfied
   *[supervise] On the supervision list
}
voice-field-title = In one sentence
voice-field-text = What happened
voice-field-text-hint = When, what, and what you would like. Please do not write identity or bank card numbers.
voice-field-district = District
voice-district-none = Not sure
voice-field-place = Where it is
voice-field-place-hint = Street, number, what is nearby
voice-field-secret = Shall your name and number be kept from the unit that deals with it?
voice-field-secret-hint = If so, the unit cannot call you.
voice-secret-choice = { $choice ->
    [yes] Keep them secret
   *[no] No need
}
voice-field-phone = Telephone number
voice-field-phone-hint = Only if you want to be called back
voice-field-picture = Picture
voice-field-picture-hint = JPG or PNG, up to 8 MB. Hidden notes such as where it was taken are removed. If something has to be corrected, choose the picture again.
voice-field-file = Picture or document
voice-field-file-hint = PDF, JPG or PNG, up to 8 MB. Hidden notes such as where a picture was taken are removed. If your name is to be kept secret, only pictures are taken: documents often say who made them. If something has to be corrected, choose the file again.
voice-field-elsewhere = Is it one of these?
voice-field-elsewhere-hint = By law others deal with some matters, and we cannot take them.
voice-elsewhere-none = None of these
voice-secret-kept = Who sends it is kept secret
voice-secret-kept-text = Those who deal with it see neither your name nor your number nor your account. Only an administrator who gives a reason can, and that stands on your record of who looked.
voice-guest-told = You are not signed in. You will get a number and a code; keep them to see what becomes of it.
voice-send = Send
voice-not-now = Not now
voice-wrong-title = Say what it is about in 2 to { $most } characters
voice-wrong-text = Write it out, in { $most } characters at most
voice-wrong-district = Choose the district
voice-wrong-place = Say where it is, in { $most } characters at most
voice-wrong-choice = Choose one
voice-wrong-phone = Write a telephone number, or leave it empty
voice-wrong-elsewhere = This is not dealt with here
voice-wrong-code = Nothing was found. Check the number and the code
voice-wrong-reason = Write the reason
voice-wrong-into = Write the number of one of the same kind that is being dealt with
voice-wrong-secret = There is none with this number whose sender is secret

voice-number = Number
voice-code = Code
voice-code-hint = The 12 letters and digits that you were given
voice-what = Kind
voice-with = Dealt with by
voice-keep = Keep the number and the code
voice-keep-text = With both you can see how far it is and who answers. The code is shown this once; do not tell it to others.
voice-progress-title = Follow it by number
voice-progress-lead = For what you sent without signing in. What you sent while signed in is under My reports.
voice-progress-show = Show

my-voice-title = My reports
my-voice-about = Your questions, complaints, suggestions and tip-offs, and what became of them
my-voice-none = You have not sent any yet
voice-history = What happened
voice-goes-on = Dealt with together with number { $number }. You go on using your own number.
voice-merged = Merged
voice-supervised-told = On the supervision list
voice-picture = Download what was sent with it
voice-judge-title = Are you satisfied with the answer?
voice-judge = Your judgement
voice-judge-words = What is still not solved
voice-judge-words-hint = If you are not satisfied it is dealt with once more and put on the supervision list. You can judge each once.
voice-judge-send = Send
voice-judged = You said: { $verdict }
voice-verdict = { $verdict ->
    [satisfied] Satisfied
   *[dissatisfied] Not satisfied
}
voice-withdraw = Take it back

voice-said-sent = Sent, thank you
voice-said-judged = Your judgement is noted
voice-said-withdrawn = Taken back
voice-said-done = Done
voice-said-drafted = Saved. A colleague checks and publishes it
voice-said-published = Published
voice-said-discarded = Deleted
voice-said-not-now = That cannot be done now. See how it stands
voice-said-own = What you drafted is published by somebody else
voice-said-words = Please fill everything in

voice-desk-title = What people write
voice-desk-lead = Everything that comes in. Classify it, give it out, merge it, ask back. Opening one is on the record of whoever wrote it.
voice-unit-lead = What your unit deals with or helps with. Opening one is on the record of whoever wrote it.
voice-desk-none = There is nothing here
voice-count = { $count ->
    [one] { $count } in all
   *[other] { $count } in all
}
voice-late = { $count ->
    [one] { $count } is late or supervised
   *[other] { $count } are late or supervised
}
voice-show = { $show ->
    [new] To give out
    [working] Being dealt with
    [supervised] Supervised
    [answered] Answered
   *[done] Done
}
voice-supervised = Supervised
voice-secret = Secret
voice-topic = Topic
voice-topic-none = Not classified yet
voice-lead-unit = Leading unit
voice-lead-hint = Suggested from the words and the place; please check. Where the unit has a part for the district, that part gets it.
voice-lead-or-suggested = Leading (suggested) unit
voice-unit-none = Choose
voice-helper = Helping unit
voice-asset = Public thing
voice-return-by = Can be given back until
voice-decided = It was decided whose it is
voice-decided-hint = After a unit gave it back: what was decided is not given back again.
voice-decided-yes = Decided: it is not given back again
voice-reports = Reports ({ $count })
voice-secret-read = Who sent it is secret. Names and numbers in the text are hidden.
voice-no-name = Sent without signing in
voice-contact = See name and number
voice-contact-show = Show
voice-reason = Reason for looking
voice-reason-hint = Whoever wrote it reads this
voice-do = { $act ->
    [dispatch] Give it to a unit
    [classify] Classify
    [take] Deal with it
    [reply] Answer
    [note] Write a note
    [give-back] Give it back
    [pass] Pass it on within the unit
    [extend] More time
    [visit] Record asking back
    [merge] Merge with another
   *[not-take] Do not take it
}
voice-do-about = { $act ->
    [dispatch] Choose one unit that leads, and others that help if needed.
    [classify] Choose what it is about.
    [take] Your unit deals with it. It can then not be given back.
    [reply] The answer. Everybody who reported it reads it.
    [note] For the leading unit. Whoever wrote does not see it.
    [give-back] It is not your unit's: say why. This can be done for a short time only.
    [pass] To another part of your unit. The term stays.
    [extend] Once. The reason is told to whoever wrote.
    [visit] Whether whoever wrote is satisfied. If not, it is dealt with again and supervised.
    [merge] What is about the same is dealt with together. Everybody who wrote is told.
   *[not-take] By law it is not dealt with here: say why, and where to go.
}
voice-do-submit = Do it
voice-do-back = Back
voice-words-to-person = What whoever wrote reads
voice-words-inside = A note for colleagues
voice-not-taken-why = What it is
voice-merge-into = Merge into
voice-merge-into-hint = The number of one of the same kind that is being dealt with
voice-pass-to = Pass to
voice-visit-verdict = What they said
voice-visit-choice = { $verdict ->
    [satisfied] Satisfied
    [dissatisfied] Not satisfied
   *[unreached] Not reached
}
voice-finding = { $finding ->
    [stands] The decision stands
    [changed] The decision was changed
    [agreed] Mediation: both sides agreed
    [failed] Mediation: no agreement was reached
   *[untried] There was no mediation
}
voice-mediation = Mediation
voice-dispute-finding = What was decided
voice-dispute-title = Dispute the decision about a rating
voice-dispute-link = Dispute this decision
voice-dispute-lead = Your rating does not count after a review. If you do not accept that, say why. Neither the agency nor whoever decided decides again, and they do not learn who you are.
voice-dispute-lead-agency = This rating counts after your objection was reviewed. If you do not accept that, say why. Somebody else decides. What you write is kept without names and numbers.
voice-dispute-until = It can be disputed until { $day }, once.
voice-dispute-words = Why the decision is wrong
voice-dispute-words-hint = What was overlooked, and what shows it. Please do not write identity numbers.
voice-dispute-send = Send
voice-dispute-back = Back to the rating
voice-dispute-about = The decision that is disputed
voice-dispute-agency = The agency
voice-dispute-rating = The rating
voice-dispute-said = What the agency says against the decision
voice-publish-title = Make it a public question and answer
voice-publish-lead = Take out everything that tells who somebody is. A colleague checks it before it is public.
voice-publish-draft = Save for a colleague to check
voice-question = Question
voice-answer = Answer
voice-drafts-title = Questions and answers
voice-drafts-lead = Made from questions that were answered. Whoever drafted one does not publish it.
voice-drafts-none = There are none yet
voice-draft-public = Public
voice-draft-waits = To be checked
voice-draft-publish = Publish
voice-draft-discard = Delete
voice-draft-take-back = Take it off
voice-author-title = See who sent a secret one
voice-author-lead = Only where the law needs it. Your name and reason stand on the sender's record of who looked.
voice-author-reason-hint = The law, and what it is for
voice-author-shown = Who sent it

mail-voice-subject = Your { $kind }: { $state }
mail-voice-lead = Your { $kind } with the number { $number } stands differently now: { $state }. See it here:
voice-topics-title = What people write about
voice-topics-lead = What came in each month, by topic and district and by service, beside the month before. Merged reports are counted once.
voice-topics-kind = Kind
voice-topics-every = All
voice-topics-none = Nothing came in in this month.
voice-topics-places = By topic and district
voice-topics-services = By service
voice-topics-nowhere = No district
voice-topics-head = { $head ->
    [made] Came in
    [change] More or fewer than the month before
    [answered] Answered
    [open] Being dealt with
   *[supervised] On the supervision list
}
voice-overview-title = Everything people wrote
voice-overview-lead = Every question, complaint, suggestion, report and tip-off of the city. Nothing here says who wrote it. Opening one is on the record of whoever wrote it.
voice-overview-none = There is none like this
voice-overview-due = To be done by
voice-overview-mark = What is the matter
voice-mark = { $mark ->
    [late] Late
    [supervised] Supervised
   *[unsatisfied] Not satisfied with the answer
}
voice-sort = { $sort ->
    [newest] Latest first
    [oldest] Oldest first
   *[due] Due first
}
