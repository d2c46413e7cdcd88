# An appointment kept for a moment.
def known: with_entries(select(.value != null));

{
  method: .service,
  bizContent: ({ bookingNo: .booking, slotId: .slot } | known),
}
