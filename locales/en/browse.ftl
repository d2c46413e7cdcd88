# Browsing: subjects, agencies, life events, zones, policies, notices

domains-title = Services by subject
domains-lead = { $domains } subjects, { $services } services online.
domains-all = Or see them all
domain-counts = { $services ->
    [one] 1 service; { $zero } without a visit.
   *[other] { $services } services; { $zero } without a visit.
}
domain-zero = Only those
domain-classes = Groups
domain-class-empty = Nothing here is online yet. Call { $hotline } to ask how it is done.
agencies-title = Agencies
agencies-lead = { $count ->
    [one] One agency: what it does, how to reach it, what you can do there.
   *[other] { $count } agencies: what they do, how to reach them, what you can do there.
}
agencies-by-field = By field
agencies-none = No agency matches
agency-verified = Identity checked
agency-parent = Part of{" "}
agency-contact = Contact
agency-email = E-mail
agency-website = Website
agency-bulletins = Notices
agency-services = { $count ->
    [one] 1 service online
   *[other] { $count } services online
}
agency-no-services = Nothing is online yet. Call { $phone } to ask.
agency-licences = Documents it issues
agency-credit-code = Unified credit code { $code }
events-title = Life events
event-counts = { $steps ->
    [one] One step,
   *[other] { $steps } steps,
} { $agencies ->
    [one] one agency.
   *[other] { $agencies } agencies.
}
event-help = Not sure where to begin? Call { $hotline } and someone will sort it out with you.
event-others = Other life events
zones-title = Made for you
zones-lead = Services and help that the same people need, in one place.
zone-large-title = Letters too small?
zone-large-button = Switch to large text
zone-help = Help you can get
zone-services = { $count ->
    [one] 1 service
   *[other] { $count } services
}
zone-others = Others
policies-title = Policies explained
policies-lead = { $count ->
    [one] One explanation: what the policy is about, when it applies, where to go.
   *[other] { $count } explanations: what each policy is about, when it applies, where to go.
}
policies-none = No explanations yet
policy-ended = This policy is no longer in force
policy-ended-what = The page is kept for reference. Call { $hotline } to ask what applies now.
policy-issuer = Issued by
policy-issued = Issued
policy-validity = In force
policy-from = From { $from }
policy-from-to = { $from } to { $to }
policy-explained-by = Explained by
policy-services = Services it concerns
bulletins-title = Notices
bulletins-lead = The notices of every agency on one page.
bulletins-kinds = Kinds of notice
bulletins-show = Show
bulletins-none = No notice matches
bulletins-all = See all notices
bulletins-found = { $count ->
    [one] 1 notice
   *[other] { $count } notices
}
bulletin-expired = This notice has expired
bulletin-expired-when = It was in force until { $time }.
bulletin-until = In force until { $time }
bulletin-services = Services it concerns
bulletin-others = More from this agency
start-title = Start: { $name }
start-soon = { $kind } online: coming soon
start-soon-text = This service is being connected. Until then you can do it in the ways below; documents and times are those of the guide.
start-today = How to do it today
start-phone = Call before you go
start-phone-text = A question first may save you a trip.
start-counter = At the counter
start-bring = Bring:{" "}
start-hall = At the service hall
start-papers = Have these ready
start-back = Back to the guide
