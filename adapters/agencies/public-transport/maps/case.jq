# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "cardTransit": "card_transit",
  "cardNew": "card_new",
  "elderName": "elder_name",
  "elderId": "elder_id",
  "homeAddress": "home_address",
  "takeAt": "take_at",
  "postTo": "post_to",
};

.payload
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
    due: (.dueDate | (date_in | if . == null then null else .[0:10] end)),
    reason: .reason,
    parcel: .trackingNo,
    corrections: (.issues | list | map({ about: (.field | . as $name | ours[$name] // $name), text: .message }) | if . == [] then null else . end),
  }
| known
