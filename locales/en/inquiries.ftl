# What citizens ask about their data: why somebody looked, corrections, and what staff answer

inquiries-title = Citizens’ questions
inquiries-lead = Citizens ask why their data was looked at, or that it be corrected. Answer in time and in plain words. The list does not say who asked; opening one does, and the citizen sees that you opened it.
inquiries-given = Only what was given to you is listed here.
inquiries-only-reads = You can read these and not answer them.
inquiries-late = { $count ->
    [one] One is late
   *[other] { $count } are late
}
inquiries-waiting = Waiting
inquiries-done = Answered
inquiries-none = There are no questions here
inquiries-none-text = New ones appear here by the day they must be answered, the most urgent first.
inquiry-kind-why = Why was my data looked at?
inquiry-kind-correct = Please correct my data
inquiry-city = Yunzhou city services
inquiry-above = The level above
inquiry-state-open = waiting for an answer
inquiry-state-answered = answered
inquiry-state-objected = waiting for the level above
inquiry-state-closed = answered by the level above
inquiry-left = { $days ->
    [one] on time, one working day left
   *[other] on time, { $days } working days left
}
inquiry-soon = { $days ->
    [one] due soon, one working day left
   *[other] due soon, { $days } working days left
}
inquiry-last-day = today is the last day
inquiry-late = { $days ->
    [one] late by one working day
   *[other] late by { $days } working days
}
inquiry-just-late = late
inquiry-due = to be answered by { $day }
inquiry-provisional = (provisional: the holidays of a year are not published yet; it is counted again when they are)
inquiry-with = With { $name }
inquiry-with-somebody = somebody of another branch
inquiry-concerns = Concerns
inquiry-made = Asked
inquiry-state = State
inquiry-term = Term
inquiry-who-has = Who has it
inquiry-nobody = nobody yet
inquiry-asked = What was asked
inquiry-opened = That you opened this is on record, and the citizen sees it.
inquiry-person = Who asked
inquiry-what = Which data
inquiry-said = In their words
inquiry-your-words = In your words
inquiry-looked = About which look
inquiry-turn-to = What else you can do
inquiry-remedies = If you disagree you can ask for administrative reconsideration within 60 days of this answer, or go to court within 6 months.
inquiry-objected = { $time }: the citizen said that this does not answer it.
inquiry-you-objected = { $time }: you said that this does not answer it. The level above will answer.
inquiry-reply = Answer
inquiry-reply-lead = An answer cannot be changed once it is sent. The citizen is told at once.
inquiry-reply-send = Send the answer
inquiry-outcome = What came of it
inquiry-outcome-corrected = corrected
inquiry-outcome-partly = partly corrected
inquiry-outcome-refused = not corrected
inquiry-words = Your answer
inquiry-words-hint = Say what happened and by which right; write nothing about other people
inquiry-words-wrong = Write an answer of at most 4,000 characters
inquiry-turn = Where else they can turn
inquiry-turn-hint = Needed unless everything was corrected: which counter, with which papers
inquiry-turn-wrong = Unless everything was corrected, say where else they can turn, in at most 4,000 characters
inquiry-open-lead = Opening it shows who asked, with part of the name hidden, and what. That is put on record, and the citizen sees it.
inquiry-open = Open
inquiry-work = Who does it
inquiry-take = I take it
inquiry-said-assigned = It was noted who does it.
inquiry-said-answered = The answer was sent, and the citizen is being told.
inquiry-said-taken = Somebody else has this one now. To answer it yourself, take it over first.
inquiry-said-already = This one was answered already.
inquiry-said-objected = The level above will answer
inquiry-object = This does not answer it
inquiry-object-lead = You can say so once; then the level above answers.
inquiry-object-send = Ask the level above
inquiry-missing = What is missing?
inquiry-missing-hint = You need not say, but it helps
inquiry-missing-wrong = At most 2,000 characters
inquiry-more = Look at it
inquiry-hotline = If anything is unclear or late, call the hotline:{" "}
