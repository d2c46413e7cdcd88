# Households that are helped: records, visits, counts

household-desk = Households we help
household-desk-lead = A record each: how many live there, what they live on and need, and who looked in when. Opening one stands in their record of looks.
household-new = Begin a record
household-new-lead = Whom you deal with is found by their verified identity number. The look and its reason stand in their record, and they read everything that is kept.
household-begin = Begin
household-none = There are no such households.
household-show = { $show ->
    [late] Visits overdue
    [ended] Ended
   *[open] Helped now
}
household-late = Visit overdue
household-people = { $people ->
    [one] { $people } person
   *[other] { $people } people
}
household-visited = Last visit: { $day }
household-next-by = Next visit by { $day }
household-members = How many live there
household-about = How they live and what they need
household-about-hint = Income, health, housing, what is needed. Only what matters for helping them.
household-next = Next visit by
household-ended = Ended on
household-recorded = That you opened this is recorded, and they can see it.
household-visits = Visits
household-visits-none = Nobody has looked in yet.
household-on = Day of the visit
household-found = What was found
household-outcome = { $outcome ->
    [needs-more] More help is needed
    [needs-less] Things are better
    [absent] Nobody was there
   *[steady] Things are steady
}
household-words = What you saw and did
household-words-hint = They can read this.
household-act = { $act ->
    [change] Put down what changed
    [end] End the help
   *[visit] Put down a visit
}
household-end-text = Nobody looks in any more. The record stays, and they can read it.
household-wrong-day = Please give the day of the visit: today, or within the last year
household-wrong-next = Please give the day of the next visit: after today, within a year
household-wrong-members = Please give a number from 1 to 99
household-wrong-words = Please write something, in { $most } characters at most
household-said-done = It is put down
household-said-meanwhile = The record changed a moment ago, so nothing was put down: see below
household-figures = Households helped, in numbers
household-figures-lead = How many households agencies help, and how often somebody looks in. Sums only, which open nobody’s record; fewer than { $least } are not shown.
household-head = { $head ->
    [late] Visit overdue
    [visits] Visits in twelve months
    [more] Of these: more help needed
   *[households] Households helped now
}
household-few = not shown
household-mine = My household’s record
household-mine-about = What agencies that help you put down, and who looked in
household-mine-lead = What the agencies that help your household put down, and when somebody looked in. Who opened it stands under “Who looked at my data”.
household-mine-none = No agency keeps a record of your household.
household-correct = Something is wrong? Ask for a correction
