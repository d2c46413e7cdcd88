# Questions: the form and the answer
asking-submit = Look up
asking-again = Look up something else
asking-renew = Look up again
asking-told = When you press “Look up”, we tell { $agency } the following, for this question only:
asking-recorded = Every look is written down under “Who looked at my data”.
asking-such-as = Such as { $example }
asking-month-hint = Year and month, such as 2026-11
asking-year-hint = Four digits, such as 2026
asking-missing = Fill this in
asking-choose = Choose one
asking-long = That is too long: at most 100 characters
asking-pattern = That is not how it is written. Please check it
asking-pattern-such-as = That is not how it is written: it looks like { $example }
asking-number = Enter a whole number
asking-date = Enter a real date, such as 2026-11-21
asking-month = Enter year and month, such as 2026-11
asking-year = Enter a year of four digits, such as 2026
asking-in-person = This can only be asked in person, not for somebody else
asking-not-authorised = You cannot ask this for them now: it is not among what they authorised, or the authority is over
asking-company = This is about a company. Switch to the company you act for first
asking-person = This is about a person, and you are acting for a company
asking-switch = Switch who you act for

found-title = Result
found-as-of = As of { $time }
found-earlier = The agency is not answering now. This is what it said on { $time }
found-earlier-text = It may have changed since. Please look again later.
found-nothing-text = That is what the agency’s system answered just now. If you know otherwise, call the number below.
found-away = { $agency } is not answering at the moment
found-away-text = It is no mistake of yours, and it does not mean that there is nothing. Please try again in a while.
found-away-until = It is expected back on { $time }. This does not mean that there is nothing.
found-away-else = If it is urgent, call:{" "}
found-not-entitled = The agency gave no result: check what you entered. It may also be that you may not see this
found-too-often = You have asked too often
found-too-often-text = Please wait a few minutes.
found-total = { $total } in all
found-reference = Number
found-source = From:{" "}
found-yes = Yes
found-no = No
found-undecided = Not decided yet
found-month = { $month ->
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
found-picture = Show the photograph
found-file = Get the file
found-picture-alone = Open the photograph by itself
