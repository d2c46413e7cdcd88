# A case by the agency's number.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    YWH: .reference
  } | known)
}
