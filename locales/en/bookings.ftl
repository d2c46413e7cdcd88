## Choosing a day and a time

booking-window = You can book up to { $days } days ahead, today included.
booking-window-release = You can book up to { $days } days ahead, today included. The last day opens at { $at } in the morning.
booking-cancel-before = If you cannot come, cancel { $days } day(s) before, by { $at }.
booking-cancel-same-day = If you cannot come, cancel by { $at } on the day.
booking-cancel-any = You can cancel at any time before it begins.
booking-missed-rule = Being more than { $late } minutes late counts as not coming. After { $times } times within { $within } days you cannot book for { $barred } days.
booking-guardian-rule = For children under { $age } a guardian books.
booking-place = Place
booking-any-place = All places
booking-day = Day
booking-day-name = { $weekday }, { $day }
booking-weekday = { $day ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
booking-left = { $count } left
booking-full = fully booked
booking-stopped = cancelled
booking-times = Times on { $day }
booking-time = Time
booking-span = { $starts } to { $ends }
booking-choose = Next
booking-choose-one = Please choose a time.
booking-choose-again = Choose again
booking-day-full = Nothing is free on this day. Please look at other days.
booking-not-free = Not free
booking-rules = Before you book
booking-none = No appointments in these days
booking-none-text = Please look again later, or ask by telephone.
booking-away-text = It was nothing you did, and it does not mean “fully booked”. Please look again in a while.
booking-away-until = Their system is expected back at { $time }. That does not mean “fully booked”.
booking-not-entitled = They did not show any appointments. Please ask by telephone
booking-gone = Somebody else has just taken this time
booking-gone-text = You have lost nothing. Please choose another below.
booking-settled = That appointment cannot be moved any more
booking-that-day = You have a booking on that day already
booking-that-day-text = Look at my bookings
booking-too-many = You have chosen several times and not confirmed them
booking-too-many-text = Please confirm or drop those first
booking-barred = You cannot book before { $day }
booking-barred-there = { $agency } did not accept your booking
booking-barred-text = The reason is that you did not come to earlier ones. To object, or if it is urgent, please ring, or go to the counter.
booking-guardian = Under { $age }, a guardian has to book
booking-guardian-text = Ask your guardian to sign in, switch to acting for you, and book.
booking-wait = Join the waiting list
booking-wait-text = This day is full. When somebody gives up a place we tell those who wait, in order, and keep it for a while.
booking-joined = You are on the waiting list
booking-joined-text = We tell you when a place comes free. Confirm in time, or it goes to the next.
booking-instead = You are changing { $reference }
booking-instead-text = The old one is given back only once the new one is booked.

## Confirming

booking-review = Check and book
booking-when = Time and place
booking-fee = Fee
booking-address = Address
booking-cancel-until = Cancel by
booking-held = Kept for you until { $time }
booking-held-text = Please confirm before then, or it is given up.
booking-not-held = It is yours only once you confirm.
booking-over = The time to confirm is over
booking-over-text = It was given back. Please choose again.
booking-confirm = Book it
booking-drop = Give it up

## My bookings

bookings-title = My bookings
bookings-about = Times, places and tickets; changing and cancelling
bookings-coming = To come
bookings-past = Past
bookings-none = No bookings here
bookings-none-text = Find what you need; its guide leads to booking.
bookings-waits = Waiting lists
bookings-leave = Leave the list
booking-title = Booking { $reference }
booking-number = Booking number
booking-ticket = Their number
booking-code = Check-in code
booking-code-text = Show this code when you arrive, or say it. It works once.
booking-code-there = Show this number when you arrive, or say it.
booking-code-picture = Check-in code as a picture: { $code }
booking-entry = Add to my calendar
booking-entry-text = Check-in code { $code }
booking-bring = What to bring
booking-guide = See the guide
booking-new = Booked
booking-new-text = Your ticket is below. You can print it or add it to your calendar.
booking-returned = Given back
booking-not-now = It cannot be cancelled now
booking-not-now-text = The time to cancel is over, or an answer is on its way. If it is urgent, please ring.
booking-cannot-come = Cannot come?
booking-cancel-by = You can change or cancel until { $time }, so that somebody else can come.
booking-cancel-past = The time to cancel ({ $time }) is over. If you cannot come, please ring.
booking-change = Change
booking-cancel = Cancel the booking
booking-go-on = Go and confirm
booking-go-on-until = Kept for you until { $time }, not confirmed yet
booking-look-again = Look again
booking-queued = { $agency } has not got it yet
booking-queued-at = They cannot take it now. We try again at { $at }. If it does not arrive before the time itself it is not booked, and we tell you.
booking-queued-away = The agency’s system is out of service until further notice. We book it as soon as it is back. If that is not before the time itself it is not booked, and we tell you.
booking-return-at = They cannot take it now. We try again at { $at }. If it does not arrive before the time itself the booking stands; please ring.
booking-return-away = The agency’s system is out of service until further notice. We cancel it as soon as it is back. If that is not before the time itself the booking stands; please ring.
booking-queued-soon = It is on its way; this takes a few seconds.
booking-unknown-text = It was sent, and no answer has come. We ask first and book nothing twice.
booking-failed = It is not clear whether { $agency } has got it
booking-failed-text = Please ring and tell them your booking number { $reference }.
booking-refund = What you paid is given back the same way.

booking-state = { $state ->
    [chosen] To be confirmed
    [asked] Being booked
    [booked] Booked
    [cancelling] Being cancelled
    [full] Not booked
    [barred] Not accepted
    [failed] Not booked
    [lapsed] Given up
    [cancelled] Cancelled
    [stopped] Called off
    [kept] Checked in
   *[missed] Did not come
}

booking-next-text = { $state ->
    [chosen] You chose a time. Please confirm.
    [asked] We are booking it.
    [booked] Please come on time and show the ticket below.
    [cancelling] We are telling them that you do not come.
    [full] When you confirmed, this time was gone. Please choose another.
    [barred] They did not accept your booking. Please ring and ask why.
    [failed] They did not accept it, or could not be reached. Please choose another time, or ring.
    [lapsed] It was not confirmed, and was given back.
    [cancelled] You need not come. The place is somebody else's.
    [stopped] They called it off. Please choose another time.
    [kept] You were there.
   *[missed] The record says that you did not come. If that is wrong, please ring and object.
}

booking-step = { $act ->
    [choose] Time chosen
    [confirm] Confirmed
    [take] Confirmed and booked
    [drop] Given up
    [lapse] Not confirmed in time
    [book] Booked
    [fill] Was full
    [bar] Not accepted
    [refuse] Not accepted
    [fail] Could not be reached
    [cancel] Cancelled
    [return] Cancelled, place given back
    [release] Cancellation confirmed
    [retain] Could not be cancelled
    [stop] Called off
    [keep] Checked in
    [miss] Did not come
   *[excuse] Absence taken off the record
}

booking-by = { $by ->
    [person] Whoever booked
    [agency] Agency
   *[clock] System
}

## Notices

booking-news = { $state ->
    [booked] is booked
    [full] was not booked, the time is full
    [barred] was not accepted
    [failed] was not booked
    [cancelled] is cancelled
    [stopped] is called off, please choose another time
    [missed] is recorded as missed
    [offered] has a free place, please confirm soon
   *[other] has changed
}
booking-offered-until = has a free place, kept for you until { $time }
mail-booking-subject = { $service } { $state }
mail-booking-lead = Your booking { $reference } ({ $service }, { $at }) { $news }. See it here:

## Calendars of agencies

session-calendars = Booking calendars
session-calendars-none = Your agency has no calendar that is kept here.
session-none = Closed on this day.
session-check-in = Check in
session-code = Check-in code
session-code-hint = Scan it, or type the eight letters and digits, large or small.
session-taken = { $taken } of { $capacity } booked
session-stopped = Called off
session-stop = Call this one off
session-stop-reason = Reason (those who booked are told)
session-stop-now = Call off and tell everybody
session-excuse = Does not count as missed
session-said-in = Checked in
session-said-unknown = There is no such code. Please look again
session-said-not-now = That cannot be done: it is not for today, or was used
session-said-stopped = Called off. Those who booked are being told
session-said-reason = Please write a reason
session-said-excused = This one does not count

load-title = With an appointment and without
load-lead = The last { $days } days, hour by hour: who came with an appointment, who did not come, and who came without one.
load-hours = By hour
load-hour = Hour
load-hour-of = { $hour }:00
load-came = Booked and came
load-missed = Booked and did not come
load-walked = Came without an appointment
load-all = All
load-none = Nobody has been counted yet
load-write = Today, without an appointment
load-write-text = How many people came in an hour without an appointment. What is written last counts. No names.
load-people = People
load-people-hint = A number
load-send = Write it down
load-said = Written down
load-wrong = Write a number from 0 to { $most }
load-wrong-hour = Choose the hour
