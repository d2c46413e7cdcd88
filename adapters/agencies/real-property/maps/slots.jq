# Which appointments there are.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    KSRQ: (.from | date_out),
    JSRQ: (.to | date_out),
    WDBH: .place
  } | known)
}
