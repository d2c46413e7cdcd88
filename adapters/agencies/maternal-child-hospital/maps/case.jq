# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "visitReason": "visit_reason",
  "chronicDisease": "chronic_disease",
  "babyName": "baby_name",
  "babySex": "baby_sex",
  "babyBorn": "baby_born",
  "motherName": "mother_name",
  "motherId": "mother_id",
  "birthHospital": "birth_hospital",
  "fixReason": "fix_reason",
};

.result
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
