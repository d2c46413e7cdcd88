# Pages for when something did not work

failure-not-found-title = This page is not here
failure-not-found-text = It may have moved, or the address has a slip in it. If a service has ended, search by its name to find what replaced it.
failure-bad-request-title = We could not understand that
failure-bad-request-text = Something in the address or the form is incomplete. Go back, check it and try again. Nothing has been sent.
failure-refused-title = You cannot open this page
failure-refused-text = You do not have access to it, or the page stood open for too long. Please start again from the home page.
failure-too-many-title = That was a little fast
failure-too-many-seconds = { $seconds ->
    [one] Too many requests in a short time. You can try again in one second.
   *[other] Too many requests in a short time. You can try again in { $seconds } seconds.
}
failure-too-many-minutes = { $minutes ->
    [one] Too many requests in a short time. You can try again in about a minute.
   *[other] Too many requests in a short time. You can try again in about { $minutes } minutes.
}
failure-busy-title = We are very busy right now
failure-busy-text = The system is overloaded or being maintained. It is usually back within minutes. Applications already sent are safe.
failure-broken-title = Something went wrong on our side
failure-broken-text = It was nothing you did. Our staff have been told, and applications already sent are safe. Please try again in a few minutes.
failure-support = If you call, please give this number:
failure-now = What you can do now
failure-home = Go to the home page
failure-browse = Browse all services by subject
failure-hotline = Call the hotline, day and night:{" "}
failure-hall = Come in person:{" "}
