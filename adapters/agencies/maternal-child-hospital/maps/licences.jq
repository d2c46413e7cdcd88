# Their licences as ours.
def known: with_entries(select(.value != null));

{
  licences: [
    .result.licences | .[]
    | {
        kind: .kind,
        number: .number,
        status: (.state | word({ "VALID": "valid", "SUSPENDED": "suspended", "FROZEN": "frozen", "EXPIRED": "expired", "CANCELLED": "cancelled", "REVOKED": "revoked", "RENEWAL_PENDING": "renewal-pending", "LOST": "lost" })),
        issued: (.issuedOn | date_in),
        expires: (.validUntil | date_in),
        remarks: (.note | list | if . == [] then null else . end),
      }
    | known
  ],
}
