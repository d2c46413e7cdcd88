# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    JFDH: .reference,
    DDH: .order
  } | known)
}
