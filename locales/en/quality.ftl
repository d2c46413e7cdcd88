# How good services are, month by month

quality-title = How good services are
quality-lead = Every month each service and each agency gets one to five stars, by a published formula and from figures that everybody can check.
quality-months = Months
quality-provisional = Ratings of this month still come in until { $day }; until then the figures can change.
quality-none = No month has been published yet
quality-none-text = A month is published some days after its end.
quality-league = Agencies, the best first
quality-league-text = Beside how good an agency is stands how much it finished: much is not good.
quality-league-none = No agency has stars in this month.
quality-others = Agencies without stars
quality-services = Services
quality-services-none = There are no services here.
quality-domain = Domain
quality-domain-card = The scorecard of this domain
quality-domain-text = The sums of the domain's services, whoever serves them. A service that is about fewer than { $people } people, or that could be counted back to one, is left out.
quality-agency = Agency
quality-everything = All
quality-filter = Show
quality-trend = Month by month
quality-trend-about = Of those who rated, how many were satisfied; and how many of all rated: from { $from } to { $to }.
quality-satisfied = Satisfied
quality-response = Rated
quality-month = Month
quality-how = How the stars come about
quality-how-text = Each part counts as much as its weight says. What could not be measured gives its weight to the others. The sum, out of 100 points, makes the stars.
quality-how-satisfaction = Satisfied are those who rated “basically satisfied” or better. The lower end of the range counts in which the true share lies in 95 of 100 cases, so that few ratings are worth less than many. Whoever says nothing is not counted as satisfied.
quality-how-speed = Speed: all points where half of the matters are done at once, half of them where they take the promised time, none from twice that on.
quality-how-version = Version { $version }, in force since { $since }
quality-how-least = Fewer than { $ratings } ratings, or less than { $weight } of 100 parts measured: no star.
quality-how-from = { $stars } stars from { $points } points
quality-weight = Weight
quality-part-head = Part
quality-part = { $part ->
    [satisfaction] Satisfaction
    [on-time] Decided in time
    [first-pass] Nothing sent back
    [availability] Could be reached
    [speed] Speed
   *[guide] Complete guide
}
quality-value = Value
quality-files = Open data
quality-files-text = The month's figures, from which the stars can be counted again. What is about fewer than { $people } people is left out, with what it could be counted back from.
quality-file-table = Table (CSV)
quality-file-document = For programs (JSON)
quality-file-domains = Table of domains (CSV)
quality-unknown = Not known
quality-stars = { $stars ->
    [one] 1 of 5 stars
   *[other] { $stars } of 5 stars
}
quality-few = No star: { $have } ratings, { $need } are needed
quality-little = No star: only { $weight } of 100 parts could be measured
quality-no-formula = No star: there was no formula yet
quality-hidden = Too few people to be shown
quality-head = { $head ->
    [name] Name
    [stars] Stars
    [quality] Place by quality
    [quantity] Place by quantity
    [points] Points
    [finished] Finished
    [rated] Rated
    [satisfied] Satisfied
    [on-time] In time
    [first-pass] Nothing sent back
    [reachable] Reachable
    [half] Half done within
    [nine-in-ten] Nine in ten took at most
    [range] Satisfied, the range
    [complaints] Complaints
   *[guide] Guide
}
quality-gap = { $places } places better by quantity than by quality
quality-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
quality-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
quality-millis = { $count } ms
quality-of = { $name }: how good it is
quality-whole = The agency as a whole
quality-stage = { $stage ->
    [running] Not over
    [preview] Not public yet
    [open] Ratings still come in
   *[closed] Final
}
quality-public-from = Everybody sees this month from { $day }.
quality-reply = What the agency says
quality-how-link = How the stars come about
quality-nothing = Nothing was counted in this month.
quality-parts = What the stars of { $month } are made of
quality-more = More of that month
quality-fact = { $fact ->
    [services] Services counted
    [left-out] Services left out because they are about too few people
    [handed-in] Handed in
    [left-lying] Begun and left lying
    [unvisited] Finished without a visit
    [latency] Half of the agency's answers came within
    [looked-at] Guide looked at
    [complaints] Complaints
    [per-thousand] Complaints to a thousand finished
    [other-complaints] Complaints about other things that it dealt with
    [left-share] Of what was begun, left lying
   *[maturity] Done online
}
quality-maturity = { $stage ->
    [information] Explained here, done elsewhere
    [enquiry] Asked and answered here
    [transaction] Applied for here
    [connected] Done in full without a visit
   *[other] Not known
}
quality-desk = Our services' figures
quality-desk-lead = What was counted of your services. A month is yours first: you can say something to it before everybody sees it.
quality-reply-title = What you say to this month
quality-reply-label = For everybody, beside the figures
quality-reply-hint = Write nothing by which a person can be known. An empty text takes back what was said.
quality-reply-long = Write { $most } characters at most, without invisible signs
quality-reply-send = Publish with the figures
quality-said = { $word ->
    [replied] Written down
    [asked] The agency has been asked
    [noted] Written down
    [back] Taken back
   *[other] {""}
}
quality-admin = Quality of services
quality-admin-lead = All services below you, what nobody uses, and ratings that somebody should look at.
quality-show = { $show ->
    [few] One or two stars
    [none] Without stars
   *[all] All
}
quality-show-label = Stars
quality-sort = { $sort ->
    [points] Fewest points first
    [satisfied] Least satisfied first
    [finished] Most finished first
   *[name] By agency
}
quality-sort-label = Order
quality-ratings = Single ratings
quality-alarms = To be looked at
quality-alarms-text = Ratings that are not what is usual there. It accuses nobody: somebody should ask.
quality-alarms-none = Nothing is unusual.
quality-alarm = { $kind ->
    [burst] More praise in a day than there can be reason for
   *[saturation] Nearly everybody rates, and nearly all the best
}
quality-alarm-days = { $from } to { $to }
quality-silent = Used by nobody
quality-silent-text = Nobody applied, booked, paid or asked for { $days } days or longer.
quality-silent-none = Every service is used.
quality-silent-since = Last used on { $day }
quality-silent-never = Not used since it was published on { $day }
quality-retire = Ask the agency to retire it
quality-retire-day = By when
quality-retire-reason = Why
quality-retire-successor = Which service takes its place
quality-retire-successor-hint = Its code. Whoever opens the old address is led there. Leave it empty if none does.
quality-retire-successor-wrong = Write the code of another service that is offered
quality-retire-day-wrong = Choose a day from today on
quality-retire-reason-wrong = Say why, in { $most } characters at most
quality-retire-send = Ask
quality-retire-back = Take this back
quality-retire-missing = Give a day from today on, and a reason of { $most } characters at most
quality-retire-asked = To be retired by { $day }
quality-retire-late = Overdue
quality-retire-why = Why:{ " " }
quality-retire-answered = The agency says:{ " " }
quality-retire-title = Services that you are asked to retire
quality-retire-text = Take the service out of your package by that day, or say why it stays.
quality-retire-answer = Why it stays
quality-retire-answer-send = Say so
quality-complaints = Complaints
quality-left = Where the form was left
quality-left-text = Applications that were begun in the month and that nobody went on with for a week, by the page that was shown last.
quality-left-about = How many left the form at each step in { $month }
quality-left-here = Left here
quality-step-head = Step
quality-step = { $step ->
    [begun] Before the first page was filled in
    [filled-in] Filled in, with papers or the summary to go
   *[gone] A page that the form has no more
}
quality-step-page = { $number }. { $name }
quality-range = { $from } to { $to }
quality-districts = Districts
quality-districts-lead = How satisfied people were with what was dealt with in each district of the city, and how much of it was done in time.
quality-districts-text = A matter belongs to the district of the address in its application. What asks for no address is counted for no district. The order is that of the lower end of the range in which the true share lies in 95 of 100 cases.
quality-alarm-outcome = { $outcome ->
    [explained] There was a reason for it
    [put-right] Put right
   *[passed-on] Passed on
}
quality-alarm-open = Nobody has said yet what came of it.
quality-alarm-say = Say what came of it
quality-alarm-came = What came of it
quality-alarm-words = What was found, and what was done
quality-alarm-send = Write down
quality-alarm-unsaid = Say what was found, in { $most } characters at most
quality-whole-city = All agencies
quality-span = { $from } to { $to }
quality-report = Quality of services: { $month }
quality-report-link = The report of this month
quality-report-lead = The month in figures, what stands out, and what became of complaints and bad ratings. Of the agencies below you.
quality-report-until = What is counted can change until { $day }.
quality-report-figures = The month in figures
quality-report-now = This month
quality-report-before = The month before
quality-figure = { $figure ->
    [finished] Finished
    [rated] Rated
    [response] Of what was finished, rated
    [satisfied] Satisfied
    [range] Satisfied, the range
    [on-time] In time
    [first-pass] Nothing sent back
    [half] Half done within
    [most] Nine of ten done within
    [reachable] Reachable
    [unvisited] Finished without a visit
    [left-lying] Begun and left lying
    [complaints] Complaints
   *[per-thousand] Complaints to a thousand finished
}
quality-report-ends = The best and the worst
quality-report-ends-text = Of services with stars. The best by the lower end of the range in which satisfaction lies, the worst by its upper end.
quality-report-ends-none = Too few services have stars.
quality-report-best = Surest to satisfy
quality-report-worst = Surest not to
quality-report-open = open
quality-report-head = { $head ->
    [bad] Bad ratings
    [contacted] Spoken with
    [contacted-in-time] of them in time
    [contact-late] Overdue
    [answered] Answered
    [answered-in-time] of them in time
    [objected] Objections
    [upheld] Upheld
   *[rejected] Rejected
}
quality-report-followed = What became of bad ratings
quality-report-followed-text = Whoever gave a bad rating is spoken with: every one of them. Ratings that were set aside are left out.
quality-report-followed-none = There were no bad ratings.
quality-report-waiting = Not spoken with yet
quality-report-due = Due on { $day }
quality-report-objections = Objections of agencies
quality-report-objections-none = No agency objected to a rating.
quality-report-complaints-none = Nobody complained.

funnel-title = How far people come
funnel-lead = Of each service: how many looked at its guide, began to fill in, handed in, were accepted and had their answer, and where they stopped.
funnel-text = Guides are counted by visits, the rest by applications. What was begun and left alone for a week counts as not handed in; answers count in the month in which they were given.
funnel-least = Numbers below { $least } are not told.
funnel-few = fewer than { $least }
funnel-share = { $count }%
funnel-none = Nothing counted yet
funnel-none-text = It is counted every night, and there the next day.
funnel-by = By
funnel-by-word = { $by ->
    [agency] Agency
   *[other] Service
}
funnel-sort = Order
funnel-sort-word = { $sort ->
    [lost] Most begun and not handed in first
    [handed-in] Most handed in first
    [looked-at] Most looked at first
   *[other] By agency and code
}
funnel-step = { $step ->
    [looked-at] Looked at the guide
    [begun] Began
    [handed-in] Handed in
    [accepted] Accepted
   *[other] Answered
}
funnel-all = All together
funnel-code = Code
funnel-name = Service
funnel-finished = Of those begun, handed in
funnel-export = Take the list away (CSV)

use-title = What is used
use-lead = The last { $days } days: how often guides were looked at, and whom agencies served. Nobody is told apart.
use-agencies = Agencies
use-agencies-text = How far their services go, and how many people had a matter ended. The gap says how many places an agency lies lower by people than by services.
use-services = Guides that are looked at most
use-days = Day by day
use-day = Day
use-none = Nothing yet
use-head = { $head ->
    [services] Services
    [views] Looked at
    [people] People served
    [ended] Matters ended
    [by-services] Place by services
    [by-people] Place by people
   *[gap] Gap
}
