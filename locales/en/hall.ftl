# About this site, accessibility, open data, and what is said where there is nothing

ways-search = Search with other words
domains-none = The catalogue is being put together: there is nothing to show yet
domain-none = There are no online services here yet
events-none = No life events have been put together yet
event-none = None of the services for this event are online yet
event-order = The order is a suggestion: skip whatever you have done already.
zones-none = No zones have been put together yet
zone-none = There are no online services here yet
bulletins-all-agencies = See the notices of all agencies

about-numbers-how = We count them from the catalogue as it is now.
about-not-yet = What you cannot do yet
about-not-yet-lead = We are working on the following. Until then, please go to a counter or call the hotline:
about-not-yet-sign-in = signing in, and seeing your own documents and applications
about-not-yet-apply = applying online, booking a time, following an application
about-not-yet-pay = paying online
about-not-yet-remind = reminders before something expires, ratings and complaints

access-gaps-sign = There are no sign-language videos, no easy-read version and no read-aloud button yet.
access-gaps-translation = Some texts written by agencies have no English yet. Pages mark them as Chinese.
access-gaps-links = We do not run the other sites that we link to. They may be less accessible.
access-gaps-audit = No outside body has carried out a full audit yet: this is what we found ourselves.
access-report = Call us or come in person, and we will first help you to get things done. Please also tell us which page it was and what got in your way, so that we can put it right.

open-none = There is nothing to download yet
open-files = Files to download
open-format = {" "}({ $format })
open-use-free = You may copy, change and publish the data for free, also commercially.
open-use-source = Please name the source, “Yimen, { $city }”, and the day of the download.
open-use-personal = It contains no personal data.
open-use-stable = The names and meanings of the fields stay as they are. New fields may be added.
open-use-sample = Do not rely on anything marked as a sample.
open-programs = Addresses for programs
open-programs-sitemap = the site map for search engines
open-programs-search = lets a browser search this site from its address bar

sitemap-lead = Every part of this site. If you look for one service, the search at the top is quicker.
display-cookie = Your choice is kept in a cookie on this device. You do not need to sign in, and it does not say who you are.
