# Policy values: the numbers that the city sets by itself, and who changed them when and why

rules-title = Policy values
rules-lead = Terms, limits, weights and alarm lines that the city sets by itself. One administrator asks for a change, another approves it, and it holds from its day on. Every change stays on record.
rules-waiting = { $count ->
    [one] { $count } change waits for another administrator
   *[other] { $count } changes wait for another administrator
}
rules-waiting-link = See what waits
rules-history = History of changes
rules-history-lead = Every change that was asked for: by whom, why, to what, and what became of it.
rules-history-none = No such changes
rules-history-none-text = Try another choice. What was never changed is as the city’s package says.
rules-groups = Kinds
rules-all = All
rules-every = All values
rules-any-state = Any state
rules-rule = Value
rules-state = State
rules-in-force = In force
rules-since = Since
rules-first = As in the city’s package, never changed
rules-by = By whom
rules-next = Decided for later
rules-asked-by = { $name } asks for a change
rules-group = { $group ->
    [follow-ups] Ratings and what follows from bad ones
    [scorecards] Monthly scorecards
    [stars] Stars
    [alarms] Alarms about ratings
    [orders] Work orders
   *[other] Sanctions against agencies
}

rule-name = { $rule ->
    [contact-due] First contact after a bad rating
    [fix-due] Putting right what was rated badly
    [complex-fix-due] The same where it is complex
    [appeal-window] Objecting to a rating
    [rate-window] How long something can be rated
    [amend-once] Changing a rating once after a fix
    [min-sample] Few ratings
    [preview-days] The agency sees a month first
    [least-people] Least people behind a published figure
    [silent-days] Silent services
    [star-weights] Weights of the stars
    [star-thresholds] Least points for each star
    [star-ratings] Ratings that a star takes
    [star-measured] Measured weight that a star takes
    [burst-excess] Burst alarm: ratings too many
    [burst-best] Burst alarm: share of the best level
    [saturated-ratings] Saturation alarm: least ratings
    [saturated-best] Saturation alarm: share of the best level
    [order-dispatch] Giving an order to a unit
    [order-give-back] Giving an order back
    [order-handle] Dealing with an order
    [order-answer] Answering a question
    [order-extend] Length of an extension
    [order-visit] Asking back
    [reports-own] Reports of one person in an hour
    [reports-guests] Reports of one house in an hour, without an account
    [restricted-share] What a restricted agency is left
   *[other] Longest term of a sanction
}
rule-about = { $rule ->
    [contact-due] Within so many working days the agency speaks with whoever rated badly.
    [fix-due] Within so many working days the agency puts it right, or explains.
    [complex-fix-due] Where it is complex, with a reason, the agency has so many working days.
    [appeal-window] Within so many working days the agency says that a rating is malicious or mistaken.
    [rate-window] For so many days after its end something can be rated, and for so many after the answer what was done about it.
    [amend-once] Whether somebody may change their rating once, after what was wrong was put right.
    [min-sample] Scores of fewer ratings are marked as saying little.
    [preview-days] For so many days after its end an agency sees a month before everybody does.
    [least-people] Figures about fewer people are not published.
    [silent-days] A service that nobody used for so many days is to be retired or explained by its agency.
    [star-weights] Parts of a hundred for each of the six indicators. New ones hold for months that begin afterwards; stars given before stay.
    [star-thresholds] Points, out of ten thousand, from which there are two, three, four and five stars. For months that begin afterwards.
    [star-ratings] Services with fewer ratings have no star. For months that begin afterwards.
    [star-measured] Where less of the weight could be measured there is no star. For months that begin afterwards.
    [burst-excess] A day raises an alarm when it has so many ratings more than its finished matters explain, and the next value holds too.
    [burst-best] Of the ratings too many, at least this share is of the best level.
    [saturated-ratings] A fortnight with fewer ratings raises no alarm.
    [saturated-best] A fortnight in which nearly everybody rates raises an alarm when at least this share is of the best level.
    [order-dispatch] Within so many working days an order is given to a unit.
    [order-give-back] Within so many working days a unit that is the wrong one gives it back.
    [order-handle] Within so many working days the unit deals with it and replies.
    [order-answer] Within so many working days a question is answered.
    [order-extend] By so many working days a term is lengthened, once for each order.
    [order-visit] Within so many working days after the reply somebody asks back; afterwards what nobody speaks against is closed.
    [reports-own] One person sends no more than so many in an hour.
    [reports-guests] Without an account, no more than so many come from one connection in an hour.
    [restricted-share] An agency whose calls are restricted is left one part in so many of what others have.
   *[other] A sanction with a term lasts no longer than so many days; what is to last longer has no term.
}
rule-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
rule-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
rule-ratings = { $count ->
    [one] { $count } rating
   *[other] { $count } ratings
}
rule-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
rule-percent = { $count }%
rule-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}
rule-points = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
rule-an-hour = { $count } an hour
rule-share = one part in { $count }
rule-yes = Yes
rule-no = No
rule-unit = { $unit ->
    [working-days] Working days
    [days] Days
    [ratings] Ratings
    [people] People
    [percent] Per cent, the number alone
    [parts] Parts of a hundred
    [points] Out of ten thousand
    [an-hour] In an hour
    [share] 4 is a quarter
   *[other] Choose one
}
rule-part = { $part ->
    [satisfaction] Satisfaction
    [on-time] On time
    [first-pass] First pass
    [availability] Availability
    [speed] Speed
    [guide] Guide
    [two] Two stars
    [three] Three stars
    [four] Four stars
   *[other] Five stars
}
rule-part-value = { $part } { $number }
rule-by-both = Asked for by { $asked }, approved by { $approved }
rule-next = From { $day }: { $numbers }
rule-state = { $state ->
    [asked] Waits
    [approved] Approved
    [refused] Refused
   *[other] Taken back
}
rule-first = In the city’s package
rule-allowed = Can be
rule-bounds = { $least } to { $most }
rule-running = Clocks that run already keep the value with which they began.
rule-change = Change
rule-change-text = You ask for a change and say why; another administrator approves it.
rule-change-link = Ask for a change
rule-change-title = Change: { $name }
rule-change-lead = Once another administrator approves it, it holds from the day that you choose; approved later than that, from its approval on.
rule-change-submit = Send for approval
rule-number = New value
rule-was = Before
rule-value = New value
rule-from = Holds from
rule-from-hint = Today or a later day, within two years
rule-reason = Reason
rule-reason-hint = Stays in the history
rule-asked-by = Asked by
rule-asked-at = Asked at
rule-decided-by = Decided by
rule-decided-at = Decided at
rule-refusal = Why it is refused
rule-refusal-hint = Whoever asked for it reads this
rule-late = That day is over: once approved it holds at once
rule-own = You asked for it yourself: another administrator has to approve it.
rule-approve = Approve
rule-refuse = Refuse
rule-withdraw = Take back
rule-never = Nobody ever asked for a change.
rule-all = The whole history, and as a file
rule-said-asked = Sent. Another administrator has to approve it.
rule-said-approved = Approved.
rule-said-refused = Refused.
rule-said-withdrawn = Taken back.
rule-said-own = Nobody approves or refuses their own change, or takes back somebody else’s.
rule-said-waits = A change of this value waits already. It has to be decided first.
rule-said-decided = Somebody has decided this change already.
rule-said-stale = Other values changed since it was asked for, and it does not fit them any more. Refuse it and have it asked for anew.
rule-wrong-number = Give a whole number from { $least } to { $most }
rule-wrong-sum = All together have to make 100, not { $sum }
rule-wrong-rising = Each has to be higher than the one before
rule-wrong-same = It is so already on that day
rule-wrong-order = “{ $shorter }” cannot take longer than “{ $longer }”
rule-wrong-day = Choose a day
rule-wrong-past = The day cannot be before today
rule-wrong-far = The day has to be within two years
rule-wrong-reason = Give a reason of at most { $most } letters
