# What is sent to people: codes, and what happened to their account

mail-greeting = Hello,
mail-hotline = Questions? Call { $phone }.
mail-code-subject = Your code for { $city } city services
mail-code-lead = Your code to { $purpose } is:
mail-code-life = It is valid until { $until } and works once.
mail-code-secret = Do not tell it to anyone. Our staff will never ask you for it.
mail-code-unasked = If you did not ask for it, you can ignore this message: without the code nobody can go on.
code-for-register = register
code-for-sign-in = sign in
code-for-recover = get back into your account
code-for-contact = change how we reach you
code-for-other = confirm that it is you
sms-code = Your code to { $purpose } is { $code }, valid until { $until }. Tell nobody: our staff never ask for it. Not you? Ignore this message.

mail-news-subject = { $city } city services: news about your account
mail-news-device = Device: { $device }
mail-news-not-you = If this was not you, sign in at once, look at your devices and change your password:
news-new-device = Somebody signed in to your account on a new device.
news-password-changed = The password of your account was changed.
news-second-factor-changed = The second step of signing in to your account was changed.
news-passkey-added = A passkey was added to your account.
news-contact-changed = How we reach you was changed in your account.
news-contact-removed = A phone or e-mail was removed from your account. The removed one was told, too.
news-no-longer-yours = This phone or e-mail was removed from an account with us. Nothing about that account is sent here any more, and nobody can sign in with it.
news-national-linked = A national identity was linked to your account and can be used to sign in.
news-identity-tried = Somebody tried to use your identity number in another account. It was refused.
news-register-tried = Somebody tried to register another account with your phone or e-mail. Your account has not changed; if it was you, just sign in.
news-identity-corrected = At a counter, the name and identity number of your account were corrected.
news-accounts-merged = At a counter, two accounts that are said to be yours became one. Who did it and why is on record under “Who looked at my data”.
sms-news = { $news } If this was not you, sign in and check, or call { $phone }.

mail-returned-subject = { $agency } answers again
mail-returned-lead = { $agency } was not answering, and you asked us to tell you when it is back. It is now, and you can go on:
sms-returned = { $agency } answers again. You can go on: { $address }
mail-case-subject = { $service }: { $state }
mail-case-lead = Your application { $reference } ({ $service }) stands differently now: { $state }. See it here:
mail-case-lead-outcome = Your application { $reference } ({ $service }) stands differently now: { $state }. What comes of it: { $outcome }. How you get it stands here:
news-outlet-added = From now on, messages of your account also go to a browser, a program or an app that was added to it.
news-question-answered = You asked why your data was looked at, and there is an answer.
news-correction-answered = There is an answer to the correction you asked for.
mail-news-answer = Sign in and read the answer here:
sms-news-answer = { $news } Sign in to read it: { $address }

# The inbox

notices-title = Messages
notices-about = How your matters go on, changes to your account, and how you want to be told
notices-none = There are no messages yet
notices-none-text = When something you applied for goes on, or your account changes, you are told here.
notices-unread = { $count } unread
notices-read-all = Mark all as read
notices-new = Unread
notices-said-read = All are marked as read
notices-said-saved = Saved
notices-choose = How to tell me
notices-choose-lead = All messages stay here. Choose which of them you also want as a text message or mail. Changes to your account’s security always reach you at once, in every way.
notices-quiet = Quiet hours
notices-quiet-hint = Text messages and mails of these hours wait until they are over, but not warnings you follow and what happens to your account’s security. If both times are the same there are no quiet hours.
notices-quiet-from = From
notices-quiet-until = Until
notices-gathered-at = All mails of the day in one, at
notices-gathered-hint = Leave it empty to get each mail at once. Text messages, and mails about your account’s security, come at once in any case.
notices-save = Save
notices-for-title = Matters of those you act for
notices-for-lead = By default you hear of these matters as of your own. Choose here if you want to hear of this one’s matters another way, or not at all: everything stays among your messages in any case.
notices-for-as-own = As with my own matters
notices-unreached = { $channel ->
    [sms] Text messages do not reach your telephone
    [webhook] Notices do not reach your program
    [push] Notices do not reach your browser
    [app] Notices do not reach the city’s app
   *[email] Mails do not reach your mailbox
}
notices-unreached-text = The last one did not arrive, so we send you none until you say that it works again. You do not miss anything: all messages stay here.
notices-unreached-change = Change how we reach you
notices-unreached-works = It works again
notice-topic = { $topic ->
    [account] Security of your account
    [dates] Reminders of dates
    [cases] Your applications
    [voice] What you asked or reported
    [bookings] Your bookings
    [payments] Your payments
    [bulletins] Notices you follow
    [warnings] Warnings you follow
    [all] Everything you can choose
   *[agencies] An agency is back
}
notice-channel = { $channel ->
    [sms] Text message
    [webhook] Your own program
    [push] Browser
    [app] The city’s app
   *[email] Mail
}
notice-go = Go there
notice-by-law = Required by law
notice-by-law-text = The law says that you must be told this. Terms, such as those for putting something right or objecting, can begin with it.
notice-of-person = For somebody you act for
notice-of-company = For a company
notice-ways = Other ways in which you were told
notice-way = { $state ->
    [waiting] waits to be sent
    [trying] is being sent
    [sent] sent
    [arrived] arrived
   *[failed] could not be delivered
}
notice-suppressed = { $reason ->
    [chosen] not sent, as you chose
    [another-way] you were told another way
    [no-address] you have given none
    [enough] many were sent that day; it is here
    [unreached] nothing arrived there before
   *[no-channel] not available in this city
}
notice-account-when = When: { $when }
notice-account-device = When: { $when }; device: { $device }
notice-returned = { $agency } is back
notice-returned-text = You can go on now. If you have questions, call { $phone }.

# Programs and browsers that notices go to

outlets-title = Browsers and programs
outlets-lead = Beside text messages and mail, notices can come up in a browser or go to a program of your own. They say what it is about and where to go on, as a text message does.
outlets-yours = Where notices go
outlets-choose = Choose which notices go there
outlet-works = Works
outlet-open = Not confirmed yet
outlet-asked = The challenge is on its way
outlet-silent = The challenge did not come back
outlet-failing = The last notice did not arrive
outlet-unreached = Nothing arrives there
outlet-unreached-text = Several notices in a row did not arrive, so none are sent there until you say that it works again. All messages stay in your inbox.
outlet-ask = Send the challenge
outlet-said-asked = The challenge is on its way. Reload this page in a moment to see whether it came back.
outlet-said-browser = Notices can come up in this browser now
outlet-said-removed = Removed
outlet-said-full = You can have { $most } of these. Please remove one first.
outlet-browser = In this browser
outlet-browser-lead = Notices come up on this device, also while no page of ours is open. Whoever carries them there cannot read them. Only turn this on on a device that nobody else uses: it goes on after you sign out.
outlet-browser-on = Turn on in this browser
outlet-browser-failed = This browser did not allow it. Look into its settings for notifications of this site and try again.
outlet-browser-script = This needs JavaScript, which is off in your browser. Text messages and mail work without.
outlet-app = In the city’s app
outlet-app-lead = Open the app on your telephone, sign in and allow notices there: the telephone then stands on this page. Take it off the list before you give the telephone away. Whoever carries notices to telephones sees their titles.
outlet-program = To a program of your own
outlet-program-lead = For people who run a program on the internet that is to hear of notices. Each comes as a signed POST; the handbook for developers says how to check it.
outlet-address = Address of your program
outlet-address-hint = Such as https://bot.example.org/notices. It must be reachable from the internet.
outlet-add = Add
outlet-wrong-https = The address must begin with https://
outlet-wrong-address = This is no address. Write it in full, such as https://bot.example.org/notices
outlet-wrong-known = You have this address already
outlet-secret = The secret of this address
outlet-secret-lead = Keep it in your program: by it you check that a message is from us. It is shown now and never again. Then have us send the challenge, which your program must answer with.

# No more mails

notices-stop-title = No more mails about this?
notices-stop-lead = You will get no more mails about: { $topic }. Everything goes on standing among your messages in My Yimen, and what happens to your account’s security always reaches you.
notices-stop-button = No more mails about this
notices-stopped-title = No more mails about this
notices-stopped-lead = From now on you get no mails about: { $topic }. You can change that at any time:
mail-stop = No more mails about “{ $topic }”:
mail-gathered-subject = { $city } city services: { $count } messages
mail-gathered-lead = Your messages since the last mail:

# About a matter of somebody's: the same in every way

sms-matter = { $said } { $address }
sms-matter-by-law = Required by law: { $said } { $address }
reminder-of = { $source ->
    [booking] Your appointment
    [case] Your application
    [document] Your document
    [due] What you have to pay
   *[own] A date of yours
}
reminder-for-other = { $name } (of somebody you act for)
reminder-subject = { $days ->
    [0] { $name }: today
    [1] { $name }: tomorrow
   *[other] { $name }: in { $days } days
}
reminder-passed = { $days ->
    [one] { $name }: 1 day ago
   *[other] { $name }: { $days } days ago
}
reminder-passed-lead = { $name }: { $day } has passed. See what can still be done:
reminder-lead = { $what ->
    [renewal] { $name } is valid until { $day }. Renew it in time:
    [endorsement] { $name } has to be endorsed by { $day }:
    [inspection] { $name }: the inspection is due by { $day }:
    [check] { $name }: the check is due by { $day }:
    [report] { $name }: the report is due by { $day }:
    [tied] { $name } ends on { $day }, with what it is tied to:
    [plan] { $name }: the next appointment is on { $day }:
    [again] { $name }: it can be done again from { $day }:
    [booking] { $name }: your appointment is on { $day }. Where, when and what to bring:
    [case] { $name }: what the agency asked you to put right is due by { $day }:
    [due] { $name } is to be paid by { $day }; after that the agency may charge more. See and pay it here:
   *[own] { $name }: { $day }. See what it is:
}
reminder-closes = The last day to act is { $day }. { $lead }
reminder-unchecked = { $lead } (The agency could not be asked once more; if you have renewed it already, no more is to be done.)

# What could not be delivered, for administrators

notices-desk-title = Undelivered notices
notices-desk-lead = What could not be delivered within the last 7 days. Everything stands in people’s inboxes, and where they have another way it went there. Once the cause is mended, send it again.
notices-desk-none = Everything was delivered
notices-desk-sort = { $sort ->
    [channel] By channel
    [count] Most first
   *[latest] Latest first
}
notices-desk-head = { $head ->
    [channel] Channel
    [reason] Reason
    [count] How many
    [first] First
   *[last] Last
}
notices-desk-count = { $count } not delivered
notices-desk-undelivered = It did not arrive, as the provider says. Their owners are asked to look at it.
notices-desk-again = Send again
notices-desk-again-said = { $count } are being sent again

# Notices that somebody follows

warning-level = { $level ->
    [blue] Blue warning
    [yellow] Yellow warning
    [orange] Orange warning
   *[red] Red warning
}
warning-whole-city = Whole city
agency-follow = Tell me of new notices of this agency
follow-title = Notices you follow
follow-lead = We tell you of each new one, in the ways you choose for notices and warnings. Warnings come at night as well, and each as soon as it is given.
follow-districts = Warnings for
follow-districts-hint = Weather and other dangers, as the agencies in charge give them
follow-level = From which level on
follow-agencies = Notices of these agencies
follow-agencies-none = To follow an agency, go to its page.
follow-domains = Notices about
follow-domains-hint = Whichever agency they are of
follow-save-to-follow = Press “Save” to follow this agency
mail-warning-subject = { $level }: { $title }
mail-bulletin-subject = { $agency }: { $title }
mail-bulletin-lead = { $agency } has given a notice that you follow: { $title }. Read it here:
