# Words that handlers put into pages.
agencies-all-fields = All fields
bulletins-all-kinds = All
filter-agency = Agency
filter-domain = Field
filter-visits = Visits in person
filter-kind = Kind
filter-audience = For whom
domain-all-classes = All
open-services-name = Catalogue of services
open-services-about = Every online service: code, name, agency, time limits, fee and visits.
form-choose-one = Choose one of the options listed
filter-zero-visit = No visit
filter-one-visit = One visit
agency-field = { $code ->
    [agriculture] Agriculture
    [civil-affairs] Civil affairs
    [court] Courts
    [culture] Culture
    [disability] Disability
    [education] Education
    [emergency] Emergencies
    [employment] Employment
    [energy] Energy
    [environment] Environment
    [exams] Examinations
    [exit-entry] Exit and entry
    [fire] Fire and rescue
    [foreign-affairs] Foreign affairs
    [government-services] Government services
    [health] Health
    [healthcare-security] Medical insurance
    [hospital] Hospitals
    [hotline] Hotline
    [household] Household registration
    [housing] Housing
    [intellectual-property] Intellectual property
    [justice] Justice
    [land] Land and property
    [legal-aid] Legal aid
    [library] Libraries
    [market] Market regulation
    [marriage] Marriage
    [museum] Museums
    [notary] Notary
    [parks] Parks
    [planning] Planning
    [provident-fund] Provident fund
    [public-security] Police
    [social-insurance] Social insurance
    [sports] Sports
    [tax] Tax
    [tobacco] Tobacco
    [tourism] Tourism
    [traffic] Traffic
    [transport] Transport
    [urban-management] City management
    [utility] Utilities
    [vehicle] Vehicles
    [veterans] Veterans
    [volunteering] Volunteering
    [water] Water
    [weather] Weather
   *[other] { $code }
}
