# An appointment is given back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    YYDH: .booking,
    QXLX: (.reason | { person: "1", expired: "2" }[.])
  } | known)
}
