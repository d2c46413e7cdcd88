# The guide to a service

guide-national = Nationwide
guide-promised = Time promised
guide-legal = Time allowed by law
guide-waiting = Waiting period
guide-waiting-why = Set by law, and not part of the handling time.
guide-fee = Fee
guide-fee-basis = Basis of the fee
guide-visits = In person
guide-audience = For
guide-assurance = Identity
guide-delivery = You get it
guide-maturity = How far online
maturity-information = Guide only
maturity-enquiry = Look it up here
maturity-transaction = Apply here
maturity-connected = Wholly online, nothing asked twice
maturity-count = { $stage }: { $count }
start-query = Look it up
start-handle = Apply online
start-booking = Book online
start-payment = Pay online
guide-start-open = No need to sign in.
guide-start-needs = Needed: { $assurance }.
guide-contents = On this page
guide-conditions = Who can apply
guide-agent = Someone you authorise may do this for you.
guide-no-agent = You have to do this yourself.
guide-months = Open in: { $months }.
guide-papers = Documents
guide-papers-none = You need no documents.
guide-papers-own = { $count ->
    [one] You provide one
   *[other] You provide { $count }
}
guide-papers-shared = The city already has these
guide-papers-only = Nobody will ask for anything that is not listed here, or for the same document twice.
paper-may-be-late = May follow later
paper-conditional = In some cases
paper-original = original shown
paper-copies = { $count ->
    [one] 1 copy
   *[other] { $count } copies
}
paper-when = Needed:{" "}
guide-visit = Your visit
guide-visit-place = Where
guide-visit-hours = When
guide-visit-bring = Bring
guide-visit-reason = Why in person
guide-visit-book = Book a time
guide-steps = What happens
guide-special = Special step
guide-special-counted = Counts towards the legal limit.
guide-special-not-counted = Does not count towards the legal limit.
guide-special-fee = Fee:{" "}
guide-special-basis = Basis:{" "}
guide-time-and-fee = Time and fee
guide-result = What you get
guide-result-name = Result
guide-licence = Document
guide-faq = Questions people ask
guide-basis = Legal basis
guide-remedies = If you disagree
guide-reconsideration = You may ask for an administrative reconsideration within { $days } days of learning of the decision.
guide-suit = You may go to court within { $months } months of learning of the decision.
guide-contact = Questions and complaints
guide-contact-ask = Questions
guide-contact-complain = Complaints
guide-contact-address = Counter
guide-contact-hours = Hours
guide-policies = Policies explained
guide-bulletins = Notices
guide-related = You may also need
guide-code = Service { $code }
guide-item-code = Item { $code }
guide-version = Version { $version }
guide-published = Published { $date }
service-retired = This service is no longer offered
service-retired-text = No other service takes its place. Ask the agency that offered it, or search for what you need.
service-retired-agency = It was offered by
