# The administrators' pages: what needs a person, the queue, what staff did, how the portal is, the calendar

admin-title = Administration
admin-lead = What needs a person today, as far as you can do something about it.
admin-nothing = Nothing waits for you
admin-nothing-text = What comes up appears here. The pages below are open at any time.
admin-pages = All pages
admin-waiting = { $count ->
    [one] { $count } waiting
   *[other] { $count } waiting
}
admin-group-packages = Agencies and their packages
admin-group-backends = Agencies’ systems
admin-group-portal = The portal
admin-group-people = People
admin-need-applications = Agencies that ask to be admitted
admin-need-reviews = Versions to be reviewed
admin-need-sites = Agencies’ sites to be approved
admin-need-bindings = Addresses and secrets that wait for a second person
admin-need-failing = Systems that cannot be called just now
admin-need-suspended = Kinds of questions that are suspended
admin-need-answered = Sanctions that the agency has answered
admin-need-sanctions = Grave sanctions for you to decide
admin-need-dead = Jobs that the portal gave up
admin-need-discards = Failed jobs that somebody wants thrown away: you can confirm
admin-need-rules = Changes of policy values for you to approve
admin-group-ratings = Ratings
admin-need-escalated = Answers to bad ratings that people did not accept
admin-need-appeals = Ratings to which agencies object
admin-need-overdue = Bad ratings with which agencies are late
admin-group-voice = Reports and letters
admin-need-orders-late = Reports and letters that are late
admin-need-orders-returned = Reports and letters that units gave back
admin-need-orders-unsatisfied = Answers to reports and letters that people were not satisfied with
admin-need-reminders = Reminders that wait too long
admin-need-undelivered = Notices that did not arrive
admin-need-money = Payments to settle
admin-need-calendar = The calendar of { $year } is not in the city’s package yet: terms that reach into it are provisional
admin-need-late = Citizens’ questions that are late
admin-need-questions = Citizens’ questions that wait
admin-need-due = Applications to be decided within three working days
admin-need-claims = Claims that nobody was given

jobs-title = Jobs of the portal
jobs-lead = What the portal does by itself after somebody has done something. What a job carries is not shown.
jobs-queue = The queue
jobs-queue-none = Nothing waits and nothing runs
jobs-kind = Kind
jobs-all-kinds = All kinds
jobs-waiting = Due
jobs-oldest = Due since
jobs-running = Running
jobs-later = For later
jobs-dead = Given up
jobs-dead-lead = These failed until their time was over. Have a look at the reason before you try them once more.
jobs-dead-none = Nothing was given up
jobs-dead-count = { $count ->
    [one] { $count } job
   *[other] { $count } jobs
}
jobs-show = Show
jobs-redrive = Try once more
jobs-redrive-kind = Try all of { $kind } once more
jobs-redrive-text = The job is tried for another day. It can be tried again safely: what it has done already it does not do twice.
jobs-export = Take the list away (CSV)
jobs-attempted = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
jobs-asked-by = { $name } wants it thrown away
jobs-one-title = A job that was given up
jobs-why = Why
jobs-died = Given up at
jobs-made = Made at
jobs-attempts = Attempts
jobs-id = Number
jobs-discard = Throw away
jobs-discard-text = What the job was to do then never happens. One person asks with a reason, another confirms.
jobs-reason = Reason
jobs-reason-hint = Stands in the record of what staff did
jobs-reason-wrong = Please give a reason of at most 300 letters
jobs-ask-discard = Ask to throw it away
jobs-wish-by = Asked by
jobs-wish-at = Asked at
jobs-wish-own = You asked for it yourself: another administrator has to confirm.
jobs-confirm = Throw it away for good
jobs-keep = Keep it
jobs-said-again = { $count ->
    [0] Nothing was left to try once more: somebody did it already.
    [one] { $count } job is tried once more.
   *[other] { $count } jobs are tried once more.
}
jobs-said-asked = You asked to throw it away. Another administrator has to confirm.
jobs-said-discarded = The job was thrown away.
jobs-said-kept = The job stays.
jobs-said-gone = The job is not there any more, or nobody asks to throw it away now.
jobs-said-same = You asked for it yourself: another administrator has to confirm.

audit-title = What staff did
audit-lead = Every act of staff, record by record. At whom somebody looked, and for which reason, stands in that person’s own record and not here.
audit-chain = The record of looks
audit-chain-holds = The last signed end holds
audit-chain-broken = The last signed end does not fit the record
audit-chain-position = Entries sealed
audit-chain-at = Signed at
audit-chain-key = Key
audit-chain-waiting = Waiting to be sealed
audit-chain-none = Nothing has been sealed yet.
audit-chain-more = “yimen ledger verify” recomputes all of it.
audit-chain-heads = Signed ends and keys
audit-done = What was done
audit-records = Records
audit-source = { $source ->
    [looks] Looks at personal data
    [packages] Agencies’ packages
    [backends] Agencies’ systems
   *[other] Staff and the portal
}
audit-who = By whom
audit-who-hint = A login name; left empty, everybody
audit-act = What
audit-all-acts = Everything
audit-from = From
audit-until = Until
audit-order = Order
audit-newest = Latest first
audit-oldest = Oldest first
audit-show = Show
audit-none = Nothing was done
audit-none-text = Choose other days, or leave out what you filter by.
audit-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
audit-export = Take the list away (CSV)
audit-at = When
audit-about = About
audit-words = In detail
audit-nobody = The portal or the operator
audit-unknown = Somebody who is not known any more
audit-somebody = A person

node-title = How the portal is
node-lead = Of the node that answered you; the queue and the clock are those of all nodes.
node-at = As of { $time }.
node-version = Version
node-database = Database
node-database-words = answered in { $millis } ms; waiting: { $reading } to read, { $writing } to write
node-cache = Cache
node-cache-process = in this process
node-cache-shared = shared with other nodes
node-cache-away = away for { $seconds } s; this node goes on alone
node-queue = Queue
node-queue-words = { $waiting } due, { $running } running
node-queue-since = the oldest since { $time }
node-dead-words = { $count ->
    [0] none
   *[other] { $count }
}
node-lines = Agencies that this node cannot simply call
node-lines-none = There is none.
node-schedules = By the clock
node-schedules-lead = When everything last happened that happens by the clock, on whichever node.
node-schedule = What
node-last = Last
node-late = should have happened since

calendar-title = Holidays and make-up days
calendar-lead = By these days the portal counts every term in working days. They are data of the city’s package, taken from the State Council’s notices; a change is a new version of that package.
calendar-years = Years
calendar-published = Published
calendar-unpublished = Not published yet
calendar-unpublished-text = Terms that reach into this year are counted by weekends alone, marked as provisional, and counted again once the year is known.
calendar-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
calendar-from = From
calendar-to = To
calendar-kind = Kind
calendar-work = Working day
calendar-off = Day off
calendar-name = Name
calendar-notice = Notice
