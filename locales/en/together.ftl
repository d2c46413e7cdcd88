## Life events: several applications filled in and handed in together

together-title = Life events you are dealing with
together-go = Apply for these together
together-go-text = { $count } of these can be filled in here in one go and handed in together.
together-parts = What would you like to apply for?
together-none = Please choose at least one.
together-once = What several agencies ask, you answer once.
together-separate = You hand everything in together; each agency handles its own part, and you follow all of them on one page.
together-to-event = About this life event
together-to-fill = To fill in
together-ready = Ready
together-go-on = Go on filling in
together-back = This one is right: back to the list
together-hand-in = { $count ->
    [one] Hand in the one that is ready
   *[other] Hand in the { $count } that are ready
}
together-rest = You can also hand in what is ready and fill in the rest later.
together-look = Everything is filled in. Open each one to look through it once more.
together-handed = Handed in
together-handed-text = Each agency handles its own part and you hear from each. You can follow all of them on this page.
together-left = { $count ->
    [one] One could not be handed in
   *[other] { $count } could not be handed in
}
together-left-text = Please open what was not handed in: it says why. The others have been handed in.
together-empty = You have thrown away all applications of this event.
