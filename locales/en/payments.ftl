## What is owed

dues-ask = Look up what is due
dues-title = To be paid
dues-nothing = Nothing is due
dues-nothing-text = The agency says there is nothing for you to pay. What was just paid is not listed once it is booked.
dues-away-text = How much is due cannot be asked now, so it cannot be paid. Please try again later; the agency’s amount at that time counts.
dues-anybody = Anyone may pay for anyone. The page shows the bill and nothing about whose it is.
dues-amount = Amount due
dues-surcharge = Of which late payment
dues-surcharge-note = The agency works out the amount and any surcharge. We check it once more before you pay.
dues-due-on = Pay by
dues-raised = Issued on
dues-number = Bill or decision number
dues-overdue = Overdue
dues-settled = Paid
dues-cancelled = Cancelled
dues-refunded = Paid back
dues-basis = By what right:{" "}
dues-pay = Pay { $amount }
dues-changed = The amount has changed; nothing was paid
dues-changed-text = The agency has just named another amount than the one shown before. It is marked. Please check it and decide anew.
dues-changed-tag = New amount
dues-gone = This cannot be paid now
dues-gone-text = It is paid or cancelled, or somebody is just paying it. Nothing was taken from you. If you paid before, see:
dues-no-till = Nothing can be paid online now
dues-no-till-text = The payment provider is away. Nothing was taken from you. Please try again later or pay at a counter.

## Payments

payments-title = My payments
payments-about = What you paid, receipts and refunds
payments-all = All
payments-open = Under way
payments-done = Paid
payments-back = Refunds
payments-none = No payments
payments-none-text = Choose what you want to pay in its guide and begin there.
payments-owed = To be paid
payments-owed-text = Agencies have told us of this by themselves. The amount is asked for once more when you open it.
payments-owed-by = pay by { $day }
payments-waiting = { $count ->
    [one] One payment waits for you
   *[other] { $count } payments wait for you
}
payment-title = Payment { $reference }
payment-state = { $state ->
    [created] To be paid
    [paying] To be paid
    [unknown] Being checked
    [paid] Paid, being booked
    [settling] Paid, being booked
    [settle-unknown] Paid, booking being checked
    [settled] Settled
    [failed] Not paid
    [cancelled] Cancelled
    [expired] Expired
    [refund-asked] Refund asked for
    [refunding] Being paid back
    [refunded] Paid back
    [with-staff] With our staff
   *[other] Under way
}
payment-step = { $act ->
    [make] Order made
    [open] Opened at the provider
    [cancel] Cancelled
    [expire] Expired
    [fail] Not paid
    [confirm] Paid
    [lose] Outcome unknown, being checked
    [settle] Agency being told
    [hold] Agency could not be reached, told again later
    [book] Booked by the agency
    [refuse] Not booked by the agency
    [ask-refund] Refund asked for
    [refund] Refund granted
    [keep] Refund not granted
    [give-back] Paid back
   *[other] Step
}
payment-by = { $who ->
    [payer] You
    [provider] Payment provider
    [agency] Agency
    [staff] Our staff
    [clock] This portal, by time
   *[other] This portal
}
payment-go = Go and pay { $amount }
payment-cancel = Do not pay
payment-prove = This is a large amount: please prove once more that it is you
payment-prove-text = After “Go and pay” you give your password or passkey once, and come back here. Nothing was taken from you yet.
payment-leave = You go to a page of { $provider } to pay, and come back here afterwards.
payment-pay-at = Go to { $provider } and pay { $amount }
payment-until = Please pay by { $until }. After that it is cancelled by itself and nothing is taken.
payment-waiting = No payment has arrived yet
payment-waiting-text = If you paid, do not pay again: this page asks the provider by itself. If you did not, you can go on.
payment-opening = { $provider } is being asked
payment-opening-text = Nothing was taken from you yet. This page renews itself; you can also come back later from “My payments”.
payment-asking = { $provider } is being asked whether it was paid
payment-asking-text = The time to pay is over. We are finding out whether it was paid; please do not pay again.
payment-unknown-text = The provider has not said whether it was paid. We go on asking; please do not pay again. What was paid is booked, and what was not is not taken.
payment-paid = Paid
payment-paid-text = { $agency } is being told, which usually takes seconds.
payment-settle-unknown-text = { $agency } was told and has not answered. We ask first and never pay twice.
payment-settled = Settled
payment-settled-text = { $agency } has booked it.
payment-refund-asked = Your wish for a refund is noted
payment-refund-asked-text = Our staff check it with the agency and tell you what comes of it.
payment-refunding = The money is going back
payment-refunding-text = It goes back the way it came, usually in minutes and at most in a few working days.
payment-refunded = Paid back
payment-refunded-text = The money went back the way it came.
payment-failed = Not paid
payment-cancelled = Cancelled
payment-expired = The time to pay is over
payment-nothing-taken = Nothing was taken from you. If you still want to pay, begin again.
payment-with-staff = Our staff are looking into it
payment-with-staff-text = We tried for a long time without result. Your money is not lost: our staff find out, and it is settled or paid back; you are told either way. Please do not pay again.
payment-again = Begin again
payment-receipt = Receipt
payment-to = Paid to
payment-number = Order number
payment-provider = Payment provider
payment-provider-number = Payment number
payment-created = Ordered
payment-paid-at = Paid at
payment-refunded-at = Paid back at
payment-history = What happened
payment-refund = Ask for a refund
payment-refund-text = If you paid by mistake or too much, you can ask for it back. { $agency } has to agree.
payment-refund-reason = Reason for the refund
payment-refund-reason-hint = For example: wrong account number
payment-refund-reason-wrong = Please give a reason of at most 300 letters.
payment-refund-submit = Ask for a refund

## Receipts

receipt-title = Receipt
receipt-for = For
receipt-amount = Amount paid
receipt-payer = Paid by
receipt-agency-number = Agency’s receipt number
receipt-code = Verification code
receipt-scan = Scan to check receipt { $code }
receipt-check = Anyone can check this receipt:
receipt-note = This receipt shows that the amount was paid to { $agency }. Where a fiscal receipt or an invoice is needed, the agency’s own counts.
receipt-print = Your browser prints it or saves it as PDF.
receipt-void = This money went back or is on its way back
receipt-void-text = The receipt is not valid any more, and checking it says so.

## Notices

mail-payment-subject = { $service }: { $state }
due-news-subject = { $state ->
    [raised] To be paid: { $service }
    [changed] { $service }: what is to be paid has changed
   *[gone] { $service }: nothing is to be paid any more
}
due-news-lead = { $state ->
    [raised] { $agency } asks you to pay { $amount } ({ $service }). See and pay it here:
    [changed] { $agency } now asks you to pay { $amount } ({ $service }). See and pay it here:
   *[gone] { $agency } has withdrawn what you were to pay ({ $service }, { $amount }). You need do nothing.
}
due-news-lead-by = { $state ->
    [raised] { $agency } asks you to pay { $amount } ({ $service }) by { $day }. See and pay it here:
    [changed] { $agency } now asks you to pay { $amount } ({ $service }) by { $day }. See and pay it here:
   *[gone] { $agency } has withdrawn what you were to pay by { $day } ({ $service }, { $amount }). You need do nothing.
}
mail-payment-lead = Your payment { $reference } ({ $service }, { $amount }): { $state }.

## Checking a code

check-title = Check a document
check-lead = Type the code on a receipt, a decision or a licence to see whether the city issued it and whether it is valid now.
check-code = Verification code
check-code-hint = The groups of letters and digits on the paper, in capitals or not, with or without hyphens
check-submit = Check
check-file = Check a file
check-file-lead = A result that was downloaded here carries our signature. Choose the file as you got it: whoever opens and saves it again changes it.
check-file-field = The file
check-file-submit = Check the file
check-file-missing = Please choose a file.
check-file-right = We gave out this file, and nothing in it was changed
check-file-right-text = How the matter stands now is looked up below.
check-file-wrong = This file is not as we gave it out
check-file-wrong-text = It is not from this portal, or something in it was changed. Ask whoever gave it to you for the original file, or check the code that stands in it.
check-file-keys = To check a file without us, use our public keys:
check-unknown = There is no such code
check-unknown-text = Please compare it with the paper and type it again. If it is still not found, the city may not have issued it.
check-valid = { $kind ->
    [receipt] Valid: this is a receipt issued by the city
    [decision] Valid: an agency of the city made this decision
    [licence] Valid: this document is in force
   *[other] Valid: the city issued this
}
check-valid-text = Please compare what follows with the paper.
check-void = { $kind ->
    [receipt] Not valid any more: the money went back or is on its way back
    [licence] This document is not in force
   *[other] Not valid any more
}
check-void-text = The city issued this code, but the paper does not count any more.
check-covered = To protect people only the last signs of numbers are shown, and no full names.
check-fact = { $fact ->
    [service] Service
    [agency] Agency
    [amount] Amount
    [paid-on] Paid on
    [due] Bill or decision number
    [order] Order number
    [case] Case number
    [decided-on] Decided on
    [outcome] Outcome
    [licence] Document
    [stands] How it stands now
    [as-of] As its issuer said on
    [holder] Holder
    [number] Number
    [issued-on] Issued on
    [expires-on] Valid until
    [remarks] Remarks
   *[other] Content
}

## Reconciliation

desk-payments = Payments to settle
desk-payments-lead = What the three parties do not agree on, and what no machine could end: a person settles each with a reason.
desk-payments-none = Nothing waits for a person
desk-payments-orders = Orders that wait for a person
desk-payments-differences = Differences
desk-payments-days = Days compared last
desk-payments-day-line = { $payments ->
    [one] 1 payment
   *[other] { $payments } payments
}, { $came }; { $refunds ->
    [one] 1 refund
   *[other] { $refunds } refunds
}, { $went }
desk-payments-balanced = Balanced
desk-payments-open = { $count ->
    [one] One difference
   *[other] { $count } differences
}
desk-payments-unchecked = { $count } not confirmed by their agency
desk-payments-way = { $count } on their way
desk-payments-why = { $kind ->
    [with-staff] No machine could end it
    [refund-asked] The payer asks for a refund
    [not-in-statement] Paid here, not in the provider’s statement
    [unknown-order] In the provider’s statement, unknown here
    [amount] Amounts differ
    [refund-not-in-statement] Paid back here, not in the provider’s statement
    [refund-unknown] Paid back by the provider, not here
    [agency-not-booked] Settled here, not booked by the agency
    [agency-still-booked] Paid back, still booked by the agency
    [decision] Settled by staff
   *[other] To be checked
}
desk-payments-portal = Portal
desk-payments-provider = Provider
desk-payments-agency = Agency
desk-payments-settle = Settle
desk-payment-title = Settle payment { $reference }
desk-payment-lead = Ask the agency and the provider first. Your account, the time and your reason are recorded.
desk-payment-what = What is to be done
desk-payment-book = The agency has booked it: settled
desk-payment-refund = Pay it back
desk-payment-keep = No refund: it stays settled
desk-payment-again = Let the machine try again
desk-payment-explained = Explained: nothing is to be done with the order
desk-payment-citizen-says = The payer’s reason: { $reason }
desk-payment-reason-hint = With whom you checked it, and what came of it. It is kept on record.
desk-payment-submit = Confirm
desk-payment-done = Settled
desk-payment-not-now = The order has moved on; please look again.
