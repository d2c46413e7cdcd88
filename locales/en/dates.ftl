# What falls due

dates-title = My dates
dates-about = What falls due, and when you are reminded
dates-lead = Everything that falls due for you, whichever agency it belongs to. You are reminded in time; how, you choose under Messages.
dates-none = Nothing falls due
dates-none-text = Documents you fetch, appointments you make and dates you set yourself stand here.
date-in = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
date-passed = passed
date-line = { $what ->
    [renewal] Valid until { $day }
    [endorsement] Endorse by { $day }
    [inspection] Inspection by { $day }
    [check] Check by { $day }
    [report] Report by { $day }
    [tied] Ends on { $day }
    [plan] Next on { $day }
    [again] Again from { $day }
    [booking] Appointment on { $day }
    [case] To be put right by { $day }
    [due] To be paid by { $day }
   *[own] { $day }
}
date-line-closes = { $line } · apply by { $day }
date-muted = no reminders
date-muted-text = You want no reminders of this.
date-next = next reminder on { $day }
date-no-next = No more reminders are to come.
date-offer = From that day it may be done again. You are reminded only if you ask for it: 0 stands for the day itself.
date-reminders = Reminders
date-plan = Days before it
date-plan-hint = When to remind you, such as: 30, 7, 1
date-snooze = Not before
date-snooze-hint = Reminders wait until this day. Leave empty for none
date-mute = Reminders of this date
date-mute-yes = I want none
date-forget = Remove this date
date-add = Set a date yourself
date-add-text = Only you can read what you write here. Reminders say that a date of yours is near, not what it is.
date-words = What is it?
date-words-hint = Such as: annual tax return, next vaccination
date-due = When is it?
date-set = Set it
date-calendar = In your own calendar
date-calendar-text = Your dates and appointments as a calendar that your telephone or computer can subscribe to. Whoever has the address can read it: keep it to yourself. You can end it at any time.
date-calendar-address = Address of your calendar
date-calendar-open = Open the calendar
date-calendar-make = Make a calendar
date-calendar-another = Make another address in its place
date-calendar-end = End the calendar
date-said-set = The date is set
date-said-forgotten = The date is removed
date-said-calendar = The calendar has a new address
date-said-ended = The calendar is ended
date-said-wanted = Saved
date-wrong-words = Write what it is, in at most 60 characters
date-wrong-many = You have set very many dates; remove some first
date-wrong-due = Choose a day that is still to come
date-wrong-plan = Write numbers of days, such as 30, 7, 1: at most 16, none over 730
date-wrong-late = The last day to act is { $day }, so a reminder has to come more than { $days } days before the date
date-wrong-sleep = Choose a day up to { $day }, or leave it empty: later nothing could be done in time
date-wrong-snooze = Choose a day that is still to come, or leave it empty
reminder-state = { $state ->
    [waiting] on its way
    [sent] sent
    [suppressed] not sent
   *[failed] could not be delivered
}
reminder-reason = { $reason ->
    [overtaken] a later one was due as well
    [too-late] nothing could be done any more
    [renewed] it was renewed
    [moved] the date is another
    [muted] no reminders wanted
    [discarded] put aside, done or gone
    [rule-changed] the rule is another
    [not-agreed] not agreed to
    [account-ended] the account has ended
    [chosen] as chosen
    [another-way] told another way
    [no-address] no address
    [no-channel] channel not set up
    [enough] enough for the day
    [unreached] nothing arrived there before
   *[other] { $reason }
}

## For administrators

balance-title = Reminders and notices
balance-lead = What became of every reminder and every notice: due = waiting + sent + not sent + failed, exactly.
balance-at = As of { $when }
balance-of = { $account ->
    [reminders] Reminders
   *[notices] Notices, by each of their ways
}
balance-holds = The account holds
balance-broken = The account does not hold
balance-lost = { $count } wait and nobody works on them. Look at the queue and the log.
balance-column = What
balance-count = How many
balance-due = Due
balance-more = { $label ->
    [deadlines] Dates that are watched
    [asleep] Of those that wait: asleep, as their holder wants
    [late] Of those that wait: longer than any source is waited for
    [behind] Dates that are to be looked at now
    [unchecked] Of those sent: without another look at the source
    [said] Notices in inboxes
    [arrived] Of those sent: arrived, as providers say
   *[uncertain] May have gone out twice
}
balance-oldest = The first of those that wait does so since { $when }.

# Every year

yearly-title = Remind me every year
yearly-list = Every year
yearly-window = It is open from { $opens } to { $closes }, and in the same months every year.
yearly-text = We remind you on the day it opens, and 30, 7 and 1 days before it closes. You can change that under My dates, or remove it there.
yearly-want = Remind me every year
