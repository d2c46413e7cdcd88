# Ratings

score-title = What people thought
score-none = Nobody has rated it yet
score-line = { $rated } rated it, { $share } satisfied ({ $low } to { $high })
score-response = { $finished } finished, { $response } of them rated
score-small = Few ratings, so it says little
score-all = Ratings, and what was done about them

rating-ask = Rate this service
rating-level = { $level ->
    [very-satisfied] Very satisfied
    [satisfied] Satisfied
    [basically-satisfied] Basically satisfied
    [dissatisfied] Dissatisfied
   *[very-dissatisfied] Very dissatisfied
}
rating-question = How did it go?
rating-free = You need not rate it; you can until { $day }. If you do not, it counts as no rating, and never as any of these.
rating-next = Next
rating-not-now = Not now
rating-private = The officers do not see who rated. Before the agency reads what you write, telephone numbers, identity numbers and names are hidden. To reach you it must say why, and that stands in “Who looked at my data”.
rating-chosen = You chose
rating-choose-again = Choose again
rating-choose = Choose one of these
rating-tags = What about it? Tick any, or none
rating-words = Anything you want to say
rating-words-bad = What went wrong?
rating-words-hint = You may leave it empty. Please give no telephone or identity numbers, and no names of others.
rating-too-long = Write { $most } characters at most, without invisible signs
rating-send = Send
rating-over = The time for rating this is over
rating-over-text = If you still have something to say, call { $hotline }.
rating-matter = See the matter itself
rating-yours = Your rating
rating-first = (at first: { $level })
rating-given-at = Rated
rating-your-words = What you wrote
rating-standing = { $standing ->
    [review] Under review
    [aside] Does not count
   *[counts] Counts
}
rating-follow = What was done about it
rating-state = { $state ->
    [opened] To be contacted
    [contacted] Being put right
    [answered] Answered
    [escalated] With the level above
    [closed] Closed
    [settled] Settled by the level above
   *[dropped] Ended
}
rating-state-text = { $state ->
    [opened] The agency has not contacted you yet.
    [contacted] The agency has contacted you and is dealing with it.
    [answered] The agency has answered. Please say whether that will do.
    [escalated] The answer did not satisfy you. An administrator above the agency is dealing with it.
    [closed] This is closed.
    [settled] The administrator above the agency has decided.
   *[dropped] Nothing more is done about it.
}
rating-due = { $day } at the latest
rating-step = { $act ->
    [take] Taken in hand by a member of staff
    [hand-over] Handed over to a colleague
    [open] Bad rating given
    [contact] The person was contacted
    [lengthen] Complex: the term is longer
    [answer] The agency answered
    [accept] The person accepted the answer
    [object] The person did not accept the answer
    [lapse] The person said nothing more
    [send-back] Sent back to the agency
    [settle] Settled by the level above
   *[drop] Ended
}
rating-by = { $by ->
    [person] Whoever rated
    [agency] The agency
    [above] An administrator above
   *[portal] Yimen itself
}
rating-verdict-question = Are you satisfied with the answer and what was done?
rating-verdict = { $verdict ->
    [satisfied] Satisfied
    [basic] Basically satisfied
   *[unsatisfied] Not satisfied
}
rating-verdict-theirs = Whoever rated, about this: { $verdict }
rating-verdict-was = What you said: { $verdict }
rating-verdict-until = You can say so until { $day }. If you are not satisfied, it goes to an administrator above the agency.
rating-verdict-send = Send
rating-still = What is still wrong?
rating-still-hint = If you are not satisfied, please say why: the administrator reads it.
rating-amend = Change your rating
rating-amend-text = Something was done about it, so you can change your rating once. The first one is kept as well.
rating-amend-question = What do you think now?
rating-amend-send = Change it to this
rating-appeal-is = { $standing ->
    [review] The agency objects to this rating; it is under review
    [aside] After review, this rating does not count
   *[counts] The agency objected; after review, this rating still counts
}
rating-fault-told = { $fault ->
    [malicious] The agency says it is malicious. Somebody outside the agency decides; until then it counts.
   *[mistaken] The agency says it is mistaken. Somebody outside the agency decides; until then it counts.
}
rating-appeal-reason = Why it was decided so
rating-said = { $word ->
    [counter] There is nothing that you finished with this agency and can rate just now
    [hall] There is nothing that you finished and can rate just now
    [which] You finished more than one thing: choose which to rate
    [given] Your rating has been taken. Thank you
    [amended] Your new rating has been taken. Thank you
    [heard] What you said has been taken
    [already] This was sent before; what stands below counts
    [over] The time is over; nothing was sent
    [not-now] Something changed meanwhile, so nothing was sent: see below
    [own] What you object to yourself is decided by somebody else
    [done] Written down
   *[other] {""}
}

ratings-title = My ratings
ratings-about = Rate what is finished, and see what was done about a bad rating
ratings-lead = What is finished can be rated once, if you want to.
ratings-open = To rate
ratings-open-none = There is nothing to rate just now.
ratings-rated = Rated
ratings-ended = Finished on { $day }
ratings-until = Can be rated until { $day }

rating-news-subject = { $what ->
    [contact] { $service }: the agency contacted you
    [lengthen] { $service }: it takes longer
    [answer] { $service }: your rating was answered
    [send-back] { $service }: the agency has to do it again
    [settle] { $service }: the level above has decided
    [review] { $service }: the agency objects to your rating
    [upheld] { $service }: your rating was reviewed
   *[rejected] { $service }: your rating was reviewed
}
rating-news-lead = { $what ->
    [contact] { $agency } noted that it contacted you about your rating ({ $service }). If it did not, please tell us. See:
    [lengthen] What you rated ({ $service }) is complex, and { $agency } needs longer. Why:
    [answer] { $agency } answered your rating ({ $service }). Please read it and say whether that will do:
    [send-back] You were not satisfied with the answer of { $agency } ({ $service }). It has to do it again. See:
    [settle] You were not satisfied with the answer of { $agency } ({ $service }). The level above has decided. See:
    [review] { $agency } objects to your rating ({ $service }). Somebody outside it decides; until then the rating counts. See:
    [upheld] After review, your rating ({ $service }) does not count, and is kept. Why:
   *[rejected] After review, your rating ({ $service }) still counts. See:
}

rating-desk = Ratings and follow-up
rating-admin = Ratings: decisions and delays
rating-desk-lead = Whoever gave a bad rating is contacted and answered in time. Who they are is not shown here.
rating-desk-above = Answers that people did not accept, objections of agencies, and what is late. Who rated is not shown here.
rating-desk-none = None.
rating-ended-in = Finished in
rating-level-label = Rated as
rating-every-service = Of all services
rating-late = Late
rating-show = { $show ->
    [mine] In my hands
    [open] To do
    [late] Late
    [escalated] Not accepted
    [appeals] Under review
   *[all] All
}
rating-their-words = What they wrote
rating-hid = Hidden:{ " " }
rating-hidden = { $kind ->
    [identity] identity number
    [credit-code] credit code
    [bank-card] bank card
    [phone] telephone
    [plate] number plate
    [mail] mailbox
    [number] long number
   *[name] name
}
rating-contact-by = To be contacted by
rating-fix-by = To be answered by
rating-provisional = Next year’s holidays are not published yet; it will be counted anew.
rating-reply = What was done, for everybody
rating-which = The matter that was rated
rating-matter-kind = { $kind ->
    [case] Application
    [booking] Appointment
   *[payment] Payment
}
rating-reach = How to reach whoever rated
rating-reach-recorded = This look and its reason are recorded, and they can see it.
rating-appeal = Objection
rating-fault = Kind
rating-appeal-at = Made
rating-evidence = What shows it
rating-ruling = Decision
rating-proof = { $what ->
    [fix] What shows that it was put right
   *[appeal] What shows the objection
}
rating-proof-hint = PDF, JPG or PNG, up to 8 MB. Hidden notes such as where a picture was taken are removed. If something has to be corrected, choose the file again.
rating-proofs = Files
rating-proofs-recorded = Opening one is recorded, and whoever rated can see it.
rating-code = A code for the counter
rating-code-lead = Print it and put it up at the counter or in the hall. Whoever scans it rates what they finished with this agency: an appointment they kept, an application that was decided (also one handed in at the counter without an appointment), something they paid. The hall’s code is for every agency. Without anything that is finished nothing can be rated.
rating-code-where = Where it is put up
rating-code-counter = Counter
rating-code-counter-hint = It stands on the print, such as “Counter 3”. You may leave it empty.
rating-code-show = Show
rating-code-asks = How did it go?
rating-code-picture = Code to scan, of { $address }
rating-code-text = Scan this with your telephone to rate what you came for. You need not; if you do not, it counts as no rating.
rating-hand = In hand
rating-hand-nobody = Nobody has taken this yet.
rating-hand-me = Myself ({ $name })
rating-hand-to = Give it to
rating-hand-give = Take or hand over
staff-kind-ratings = Follow-ups of bad ratings
rating-order = { $act ->
    [matter] See which matter it was
    [look] See how to reach them
    [contact] Note a contact
    [lengthen] Lengthen the term
    [answer] Answer
    [appeal] Object
    [send-back] Send back to the agency
    [settle] Settle
   *[decide] Decide
}
rating-order-text = { $act ->
    [matter] Only to decide about the rating. The look and your reason stand in their “Who looked at my data”.
    [look] Only to contact them. The look and your reason stand in their “Who looked at my data”.
    [contact] When and how you spoke with them, and what came of it. They are told.
    [lengthen] What is complex may take longer, once, with a reason. They are told.
    [answer] Your answer to them, and what everybody may read. They say whether that will do.
    [appeal] If it is malicious or mistaken, say what shows it. Somebody outside the agency decides. Once only.
    [send-back] Say what is still to be done. The agency’s term begins anew.
    [settle] Say what was decided. It is the last word.
   *[decide] Say why. If it is upheld, the rating does not count any more, and is kept.
}
rating-order-words = { $act ->
    [matter] Why you want to know
    [look] Why you want to know
    [contact] What was said
    [lengthen] Why it takes longer
    [answer] Your answer
    [appeal] What shows it
    [send-back] What is still to be done
    [settle] What was decided
   *[decide] Why
}
rating-order-hint = { $act ->
    [look] Whoever rated reads this.
    [contact] Only those who work on it read this.
    [appeal] Only those who work on it read this.
   *[other] Whoever rated reads this.
}
rating-order-what = { $act ->
    [answer] Outcome
    [appeal] It is
   *[decide] Decision
}
rating-order-choice = { $tag ->
    [fixed] Put right
    [explained] Cannot be put right; explained
    [malicious] Malicious
    [mistaken] Mistaken
    [upheld] Upheld: it does not count
   *[rejected] Rejected: it counts
}
rating-order-reply = What was done, for everybody
rating-order-reply-hint = Stands on the page of the service’s ratings. Write nothing by which whoever rated can be known.
rating-order-missing = Please fill this in

rating-public = { $name }: ratings
rating-public-title = Ratings, and what was done about them
rating-public-about = Of what was finished in the last twelve months. No answer counts as no rating. In brackets: the true share lies in this range in 95 of 100 cases.
rating-public-aside = { $count } more do not count after review.
rating-public-levels = How many gave what
rating-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
rating-public-months = Month by month
rating-public-none = Nothing has been finished that could be rated
rating-public-followed = Bad ratings, and what was done
rating-public-followed-text = The latest bad ratings and those that agencies object to. What people wrote is not published.
rating-public-fault = { $fault ->
    [malicious] The agency says it is malicious.
   *[mistaken] The agency says it is mistaken.
}
rating-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
rating-sort = { $sort ->
    [newest] Latest first
    [oldest] Oldest first
    [worst] Worst first
   *[urgent] What is due first
}
