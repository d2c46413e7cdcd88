# How a bill stands.
def known: with_entries(select(.value != null));

{
  ver: "2",
  data: ({ billId: .reference, orderNo: .order } | known),
}
