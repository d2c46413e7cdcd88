# About this site: introduction, accessibility, site map, display settings, open data

about-lead = Yimen means “one door”: the one entrance to the services of all the city’s agencies.
about-promises = How we work
about-one-door = You need not know which agency is in charge. Look by subject, by life event, or in your own words.
about-guide = Every service says first who can apply, which documents it takes, how long, what it costs and whether you have to come. Nothing beyond the guide is asked for.
about-honest = When something does not work we say so. If an agency’s system cannot be reached, you are told, with a number and a counter to turn to.
about-everyone = It works without script, with a keyboard, with a screen reader, in large text, on an old phone and a slow line.
about-open = The list of services is open for anyone to download.
about-numbers = Now online: { $services } services of { $agencies } agencies. { $zero } need no visit, { $one } need one at most. The figures are counted from the catalogue itself.
about-privacy = Your privacy
about-privacy-text = Reading guides and searching need no sign-in, and we do not record who you are. We keep only your choice of language, text size and appearance in small necessary cookies, and send nothing to third parties.

accessibility-lead = This site is for everyone. If something does not work for you, that is our fault: please tell us.
accessibility-what = What we do
accessibility-keyboard = Everything can be done with a keyboard alone, and you always see where you are.
accessibility-reader = Headings, lists, tables and forms are marked as what they are, so a screen reader reads all of it. Notices can be read aloud as plain text.
accessibility-large = Every page can switch to large text: 20 pixels and up, stronger contrast, a simpler layout.
accessibility-contrast = Text has a contrast of at least 4.5:1, and 7:1 in large text. Colour is never the only sign.
accessibility-zoom = At 200% zoom, or on a screen 320 pixels wide, the content reflows without scrolling sideways.
accessibility-script = Every page works with script turned off.
accessibility-motion = Nothing plays by itself, flashes or pops up, and we respect the setting for reduced motion.
accessibility-print = Every page prints cleanly.
accessibility-keys = With the keyboard
accessibility-key-tab = Tab
accessibility-key-tab-does = goes to the next link or field
accessibility-key-first = The first Tab
accessibility-key-first-does = offers to skip to the content; press Enter
accessibility-key-arrows = Up and down
accessibility-key-arrows-does = choose among suggestions while you search; Esc closes them
accessibility-standard = Standards
accessibility-standard-text = We aim for WCAG 2.2 level AA and GB/T 37668-2019, and keep the telephone and the counter open as the law on accessible environments asks.
accessibility-limits = What is still missing
accessibility-limits-text = Some of the agencies’ texts have no English yet; they appear in Chinese and are marked. The agencies’ own sites are not covered by this statement.
accessibility-other = Other ways
accessibility-other-text = Call { $hotline }, day and night, and someone will look things up for you. Or come in person and be helped.

sitemap-pages = Pages

display-lead = Your choice applies to every page on this device.
display-language = Language
display-size = Text and layout
display-size-normal = Normal
display-size-large = Large text
display-size-large-hint = larger letters, stronger contrast, simpler pages
display-theme = Appearance
display-save = Save
display-saved = Saved

open-lead = The list of services is public. These files follow the catalogue; no sign-in and no application is needed.
open-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
open-use = Using it
open-use-text = Download, change and republish it freely; please name the source and the date. Fields keep their meaning, and service codes are never used twice.
