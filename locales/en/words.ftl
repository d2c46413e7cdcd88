# Words of the catalogue: kinds, times, fees, papers, levels

kind-query = Look-up
kind-handle = Application
kind-booking = Booking
kind-payment = Payment
item-permit = Permit
item-confirmation = Official confirmation
item-benefit = Benefit
item-reward = Award
item-ruling = Ruling
item-other-power = Other official act
item-public-service = Public service
audience-person = Individuals
audience-enterprise = Businesses and organisations
audience-both = Individuals and businesses
level-national = National
level-provincial = Provincial
level-city = City
level-district = District
level-village = Town or village
days-at-once = On the spot
days-working = { $days ->
    [one] 1 working day
   *[other] { $days } working days
}
days-calendar = { $days ->
    [one] 1 calendar day
   *[other] { $days } calendar days
}
delivery-electronic = Electronic
delivery-post = By post
delivery-counter = Collect at the counter
fee-free = Free
fee-fixed = Fixed fee
fee-variable = By tariff
paper-electronic = Electronic
paper-paper = On paper
paper-either = Electronic or on paper
paper-from-applicant = You bring it
paper-from-city = The city already has it
paper-from-form = You fill it in online
bulletin-news = News
bulletin-change = Change
bulletin-urgent = Urgent
bulletin-clarification = Setting it straight
agency-dept = Government departments
agency-centre = Public service centres
agency-hospital = Hospitals
agency-court = Courts
agency-utility = Utilities
agency-federation = Associations
agency-operator = This portal’s operator
agency-provider = Provider of payments or messages
agency-one-dept = Government department
agency-one-centre = Public service centre
agency-one-hospital = Hospital
agency-one-court = Court
agency-one-utility = Utility
agency-one-federation = Association
agency-one-operator = This portal’s operator
agency-one-provider = Provider of payments or messages
assurance-none = No sign-in needed
assurance-account = Any account
assurance-name = Verified name
assurance-face = Verified name and face check
assurance-counter = Verified at a counter
visits-none = No visit needed
visits-some = { $visits ->
    [one] 1 visit at most
   *[other] { $visits } visits at most
}
