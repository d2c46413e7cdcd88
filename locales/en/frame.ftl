# On every page: header, footer, navigation, dates, words used everywhere

portal-name = Yimen
portal-line = One door to the whole city
text-in-chinese = in Chinese
skip-to-content = Skip to the content
nav-label = Main
nav-services = Services
nav-agencies = Agencies
nav-events = Life events
nav-zones = For you
nav-bulletins = Notices
nav-policies = Policies
crumbs-label = You are here
crumbs-home = Home
frame-tools = Language and display
frame-large-on = Large text
frame-large-off = Normal text
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-acting = You are acting for { $name }
frame-acting-change = Change or stop
frame-theme = Appearance
frame-theme-auto = As my device
frame-theme-light = Light
frame-theme-dark = Dark
frame-print = Print this page
search-label = Search services, agencies and policies
search-placeholder = What do you need? Try “renew licence”
search-button = Search
search-suggestions = Suggestions
footer-help = Help
footer-hotline = Hotline, day and night
footer-hall = In person
footer-portal = This site
footer-about = About Yimen
footer-accessibility = Accessibility
footer-sitemap = Site map
footer-open = Open data
footer-display = Display settings
footer-higher = Other levels of government
print-address = Address: { $url }
print-hotline = Hotline: { $hotline }
more-all = See all
list-comma = {" · "}
pager-label = Pages
pager-previous = Previous
pager-next = Next
pager-page = Page { $number }
pager-gap = Some pages left out
sample-mark = Sample
sample-explained = The text of this page is an example. Do not rely on it.
count-services = { $count ->
    [one] 1 service
   *[other] { $count } services
}
error-summary = Please check the following
error-prefix = Error:
field-optional = optional

date-day = { $day } { $month ->
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
date-moment = { $day } { $month ->
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
} { $year }, { $time }
date-short-moment = { $day } { $month ->
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
}, { $time }
month-name = { $month ->
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
}
money = ¥{ $amount }

# The end of a session
session-soon = You have not done anything for a while. You will be signed out in less than three minutes. What you have filled in will not be lost.
session-last = This sign-in has reached its longest time and ends in less than three minutes. Sign in again then: what you have filled in will not be lost.
session-over = You have been signed out. What you have filled in is not lost: send it, sign in again, and go on.
session-stay = Stay signed in
session-until = Signed in until { $time }
stay-title = Stay signed in
stay-until = Signed in until { $time }
stay-longest = This sign-in has reached its longest time and cannot last longer. Sign in again then: what you have filled in will not be lost.
stay-back-lead = If you were filling in a form, go back with your browser’s Back button: what you typed is still there.
stay-back = Open that page afresh
session-kept = What you filled in is kept. You go on with it after this step.

# Going on
resume-title = Go on where you were
resume-lead = What you had filled in is still here. One button sends it.
resume-secrets = Passwords and codes are not kept. If one is needed, the next page asks for it again.
resume-submit = Send it
resume-answers = What you filled in
resume-no-answers = There was nothing to fill in.
resume-another = You filled this in for somebody else. Switch to acting for them first.
resume-leave = Do not send it
