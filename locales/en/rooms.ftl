# Texts of the pages beyond the home page and the guide.
about-lead = One door to the whole city: find a service, read its guide, know what to bring and where to go.
about-promises = What we promise
about-one-door = Every agency's services are here; you need not know who is in charge of what.
about-guide = Every service states its conditions, papers, steps, time, fee and legal basis. Nothing beyond the guide may be asked of you.
about-honest = Plain truth: examples are marked as examples, what is not online says how to do it today, and when something fails you are told whom to ask.
about-everyone = For everyone: two languages, large text, keyboard and screen reader, no script needed.
about-open = The catalogue is published as open data for anyone to use.
about-numbers = At present { $all } services of { $bodies } agencies are online: { $none } need no visit in person, { $once } need one.
about-privacy = Your privacy
about-privacy-text = You need not sign in to read and search, and we do not record who you are. Your device keeps only your choice of language and appearance, and a random number that protects forms. There are no outside statistics and no advertising.
accessibility-lead = This site is for everyone. Here is what we have done, what is still missing, and whom to ask when something is in your way.
accessibility-what = What works
accessibility-keyboard = Every page works with the keyboard alone, and you can see where you are.
accessibility-reader = Headings, lists, forms and messages are announced correctly by screen readers.
accessibility-large = Large-text mode: bigger letters, stronger contrast and a simpler layout, switched at the top of every page.
accessibility-contrast = Text stands out from its background by at least 4.5:1, in large-text mode 7:1; colour is never the only sign.
accessibility-zoom = At 200% zoom or on a very narrow screen nothing is cut off and you need not scroll sideways.
accessibility-script = Everything can be done without script.
accessibility-motion = Nothing plays, flashes or pops up by itself.
accessibility-print = Every page prints, and only what is useful.
accessibility-keys = Using the keyboard
accessibility-key-tab = Tab key
accessibility-key-tab-does = Goes to the next link or field; with Shift, to the one before.
accessibility-key-first = The first Tab on a page
accessibility-key-first-does = Offers “Skip to content”; Enter takes you to the main part.
accessibility-key-arrows = Up and down in the search box
accessibility-key-arrows-does = Choose among the suggested services; Enter opens, Esc closes.
accessibility-standard = The standard we follow
accessibility-standard-text = We aim at WCAG 2.2 level AA, with the Law on Barrier-free Environments and the national standard GB/T 37668 in view. Every page is checked automatically with each update.
accessibility-limits = What is still missing
accessibility-other = If the site does not work for you
agencies-by-field = By field
agencies-lead = { $count ->
    [one] One agency: what it does, how to reach it, what you can do there.
   *[other] { $count } agencies: what they do, how to reach them, what you can do there.
}
agencies-none = No agency in this field yet
agencies-title = Agencies
agency-bulletins = Notices
agency-contact = Contact
agency-credit-code = Unified credit code: { $code }
agency-email = E-mail
agency-licences = Licences it issues
agency-no-services = Nothing is online yet. Call { $phone } to ask.
agency-parent = Part of{" "}
agency-services = { $count ->
    [one] 1 service online
   *[other] { $count } services online
}
agency-verified = Identity checked
agency-website = Website
bulletin-expired = This notice has ended
bulletin-expired-when = It was in force until { $when } and is kept for reference only.
bulletin-others = Other notices of this agency
bulletin-services = Services concerned
bulletin-until = In force until { $when }
bulletins-all = See all notices
bulletins-found = { $count ->
    [one] 1 notice
   *[other] { $count } notices
}
bulletins-kinds = Kinds of notices
bulletins-lead = Notices of all agencies on one page; you need not follow each of them.
bulletins-none = No such notices
bulletins-show = Show
bulletins-title = Notices
display-language = Language
display-lead = Choose what is comfortable for you; every page will then look that way.
display-save = Save
display-saved = Saved. All pages will look this way.
display-size = Text size
display-size-large = Large
display-size-large-hint = Bigger letters, stronger contrast, simpler pages
display-size-normal = Normal
display-theme = Light or dark
domain-class-empty = Nothing here is online yet. Call { $hotline } to ask how it is done.
domain-classes = Kinds
domain-counts = { $services ->
    [one] 1 service, { $zero } of them without a visit
   *[other] { $services } services, { $zero } of them without a visit
}
domain-zero = Only those without a visit
domains-all = All services
domains-lead = { $services } services in { $domains } subjects. Choose one to see what is in it.
domains-title = All services
event-counts = { $steps ->
    [one] One step
   *[other] { $steps } steps
}, { $agencies ->
    [one] one agency
   *[other] { $agencies } agencies
}
event-help = Not sure where to begin? Call { $hotline } and someone will sort it out with you.
event-others = Other life events
events-title = Life events
open-lead = The catalogue is public. Use it to make something better.
open-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
open-use = Terms of use
policies-lead = { $count ->
    [one] One policy explained, with the services it concerns.
   *[other] { $count } policies explained, each with the services it concerns.
}
policies-none = No policies explained yet
policies-title = Policies explained
policy-ended = This policy is no longer in force
policy-ended-what = It is kept for reference. Call { $hotline } for the rules in force.
policy-explained-by = Explained by
policy-from = From { $from }
policy-from-to = { $from } to { $until }
policy-issued = Issued
policy-issuer = Issued by
policy-services = Services concerned
policy-validity = In force
sitemap-pages = About this site
start-back = Back to the guide
start-bring = Bring:{" "}
start-counter = At the counter
start-hall = At the service hall
start-papers = Have these ready
start-phone = Call before you go
start-phone-text = They will tell you whether you can apply, what to bring and when to come.
start-soon = Coming online soon
start-soon-text = This cannot be done online yet. Here is how to do it today.
start-title = How to do it: { $name }
start-today = How to do it today
leave-title = You are about to leave for the site of { $agency }
leave-text = This is done on the agency's own site, not here.
leave-agency = Agency
leave-site = Site
leave-nothing = We tell that site nothing about who you are.
leave-check = Once there, check that the address is the one above.
leave-trouble = This site did not open when we looked at it on { $at }
leave-trouble-since = It has not opened since { $since }.
leave-trouble-then = It may be back by now, so you can try. If it does not open, ask the agency by telephone, at the number below.
leave-go = Go to the agency's site
bulletin-text = Plain text (for reading aloud)
zone-help = Help you can get
zone-large-button = Switch to large text
zone-large-title = Letters too small? There is a large-text mode
zone-others = Others
zone-services = { $count ->
    [one] 1 service
   *[other] { $count } services
}
zones-lead = Services and help that the same people need, in one place.
zones-title = Made for you
