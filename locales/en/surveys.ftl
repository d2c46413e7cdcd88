# Surveys and collection forms

surveys-title = Surveys
surveys-lead = What agencies are asking just now. Each person answers once, and can change the answer until the last day.
surveys-open = { $count ->
    [one] One can be answered now
   *[other] { $count } can be answered now
}
surveys-none = Nothing is being asked just now
surveys-none-text = New surveys will be listed here.
surveys-others = Coming soon and finished
footer-surveys = Surveys

survey-stage = { $stage ->
    [draft] Draft
    [soon] Coming soon
    [open] Open
   *[over] Finished
}
survey-days = { $from } to { $until }
survey-when = When
survey-of = Asked by
survey-who = Who can answer
survey-who-is = { $who ->
    [everybody] Anybody, without signing in
    [signed-in] People who are signed in, once each
   *[verified] People whose identity is verified, once each
}
survey-names = Names
survey-names-are = { $names ->
    [named] The agency gets your answers with your name. Every time staff read them it is recorded, and you see it under “Who looked at my data”.
    [choice] You choose whether your name goes with your answers.
   *[unnamed] Without names: we know that you answered, but not which answers are yours.
}
survey-kept = How long it is kept
survey-kept-until = What you write is kept until { $day } and then deleted; only the totals stay

survey-answer = Answer
survey-change = Change my answers
survey-sign-in = Sign in to answer
survey-with-name = Sign in first: then your name can go with it, and you can change it later
survey-verify = Verify your identity to answer
survey-acting = You are acting for somebody else; here you can only answer for yourself
survey-acting-back = Switch back to yourself
survey-answered = You have answered
survey-answered-text = You left your name out, so we cannot find your answers and they cannot be changed.
survey-soon = You can answer from { $day }
survey-over = This survey is finished. Thank you for your interest
survey-take-back = Take my answers back
survey-send = Send
survey-not-now = Not now
survey-again = What you answered before is below
survey-again-text = What you send takes its place.
survey-name = Shall your name go with your answers?
survey-name-hint = Without your name you cannot change them or take them back afterwards.
survey-name-choice = { $choice ->
    [named] With my name
   *[unnamed] Without my name
}
survey-name-missing = Choose whether your name goes with your answers
survey-said-sent = Sent. Thank you
survey-said-changed = Your new answers have taken the place of the old ones
survey-said-back = Your answers have been taken back

survey-files = Files
survey-files-title = Upload files
survey-files-lead = Please upload these files first, and answer the other questions then. You can replace a wrong one.
survey-files-again = You have answered already. A file that you change here is changed in your answer at once.
survey-files-safe = Files are kept encrypted. Only you and the agency that asks can see them, and each time the agency looks is on your record. Files that were not sent are deleted when the survey is over. What cameras hide in pictures, such as the place, is removed.
survey-files-next = Go on to the questions
survey-files-change = Upload or change files
survey-files-too-much = All files of this answer together may have { $most } MB at most.
survey-file-optional = If you like
survey-file-none = Nothing uploaded
survey-file-replace = Your answer must have this file, so it cannot just be removed. Please upload another in its place.
survey-file-meanwhile = You have just uploaded a file in another window. Please see which one is here now, and upload again if needed.

survey-desk-title = Surveys
survey-desk-lead = Put questions together, publish them, see the totals at any time, and export the answers.
survey-desk-none = There are no surveys yet.
survey-new = New survey
survey-said-discarded = The draft is deleted
survey-plan-title = About the survey
survey-plan-lead = First say what you ask, whom, and until when. Then add the questions.
survey-agency = Agency
survey-title-zh = Title in Chinese
survey-title-en = Title in English
survey-lead-zh = Explanation in Chinese
survey-lead-zh-hint = Why you ask and what the answers are for, in everyday words.
survey-lead-en = Explanation in English
survey-names-option = { $names ->
    [named] With names
    [choice] Each person chooses
   *[unnamed] Without names
}
survey-opens = First day
survey-closes = Last day
survey-closes-hint = Answers are still taken on this day
survey-plan-save = Save
survey-plan-change = Change explanation and days
survey-wrong-words = Write 2 to { $most } characters
survey-wrong-long = Write at most { $most } characters
survey-wrong-choice = Choose one
survey-wrong-day = Choose a day
survey-wrong-order = The last day cannot be before the first day or before today
survey-wrong-term = A survey lasts at most a year
survey-wrong-names = A survey that anybody can answer without signing in cannot ask for names

survey-questions = Questions
survey-questions-none = There are no questions yet.
survey-question-new = Add a question
survey-question-title = Question
survey-question-change = Change
survey-question-save = Save the question
survey-question-zh = Question in Chinese
survey-question-en = Question in English
survey-hint-zh = Hint in Chinese
survey-hint-en = Hint in English
survey-asked = How it is answered
survey-asked-as = { $asked ->
    [one] One choice
    [several] Several choices
    [yes-no] Yes or no
    [number] A number
    [date] A date
    [line] A few words
    [file] A file
   *[long] A text
}
survey-choices = Choices
survey-choices-hint = For one choice and several choices. One in each line, English after a bar, such as: 赞成 | In favour
survey-wrong-choices = One choice and several choices need 2 to { $most } choices of at most 100 characters each
survey-wrong-file = A file often shows whose it is. Make this a survey under names before asking for one
survey-wrong-names-files = This survey asks for files, so people answer it under their names
survey-required = Must be answered
survey-required-yes = Nothing can be sent without it
survey-up = Up
survey-down = Down
survey-out = Delete
survey-preview = Preview
survey-preview-title = Preview
survey-preview-text = This is what people see. What you fill in here is not kept.
survey-publish = Publish
survey-publish-text = Once it is published the questions stay as they are: whoever answers early answers the same as whoever answers late.
survey-publish-who = A manager of the agency publishes it.
survey-discard = Delete the draft
survey-said-saved = Saved
survey-said-published = Published
survey-said-ended = Ended
survey-said-extended = The last day is put off
survey-said-not-now = This cannot be done now; see how it stands
survey-said-full = There are enough questions; no more can be added
survey-said-why = Say what the export is for, in 2 to 200 characters
survey-said-last = Choose a day not before the present last day; a survey lasts at most a year

survey-public = Public address
survey-count = Answers
survey-counted = { $named } with names, { $unnamed } without
survey-count-everybody = Anybody can answer without signing in, so somebody may have answered several times.
survey-totals = Totals
survey-answered-count = { $count ->
    [one] 1 person answered
   *[other] { $count } people answered
}
survey-numbers = sum { $sum }, mean { $mean }
survey-choice = Choice
survey-chosen = People
survey-share = Of those who answered
survey-percent = { $share }%
survey-yes = Yes
survey-no = No
survey-words = What people wrote
survey-words-text = Reading an answer with a name leaves an entry in that person’s record. All answers are kept until { $day }.
survey-cleared = The time is over: what people wrote is deleted, and only the totals stay.
survey-read = Read the answers
survey-why = What the export is for
survey-why-hint = People see these words under “Who looked at my data”
survey-export = Export as CSV
survey-end-title = Put off the end, or end it
survey-last = New last day
survey-extend = Put off the last day
survey-end = End it now
survey-tab = { $part ->
    [named] With names
   *[unnamed] Without names
}
survey-read-recorded = Everybody whose answer you see here will know that you read it.
survey-read-unnamed = These answers have no names, and nothing that leads to whoever gave them.
survey-read-none = There are no answers here yet.
survey-no-name = Without a name
survey-csv-name = Name
survey-csv-day = Day

# Surveys about the portal itself
survey-portal = What people say of this portal
survey-portal-text = From surveys about the portal itself, counted apart from the ratings of single services. While a survey is open its result can change.
survey-portal-title = Surveys about the portal
survey-portal-lead = Say which surveys ask about the portal itself. What they came to stands on the pages of quality and in the report on each month, beside the ratings of services.
survey-portal-none = No survey is published just now.
survey-portal-named = In the report
survey-portal-name = Put into the report
survey-portal-leave-out = Leave out of the report
