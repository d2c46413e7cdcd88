# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "tourDay": "tour_day",
  "orderNumber": "order_number",
  "amountClaimed": "amount_claimed",
  "guideExam": "guide_exam",
  "guideLanguage": "guide_language",
  "contractWith": "contract_with",
  "certNumber": "cert_number",
  "certExpires": "cert_expires",
};

.data
| {
    reference: .applicationId,
    status: (.state | word({
      "RECEIVED": "received",
      "CORRECTION_REQUIRED": "correction-required",
      "ACCEPTED": "accepted",
      "NOT_ACCEPTED": "not-accepted",
      "IN_REVIEW": "in-review",
      "SUSPENDED": "suspended",
      "EXTENDED": "extended",
      "GRANTED": "granted",
      "REFUSED": "refused",
      "TERMINATED": "terminated",
      "DELIVERING": "delivering",
      "DELIVERED": "delivered",
      "WITHDRAWN": "withdrawn",
    })),
    since: (.updatedAt | date_in),
    due: (.dueDate | date_in),
    reason: .reason,
    parcel: .trackingNo,
    corrections: (.issues | list | map({ about: (.field | . as $name | ours[$name] // $name), text: .message }) | if . == [] then null else . end),
  }
| known
