# The applicant takes the application back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    YWH: .reference,
    CXYY: .reason
  } | known)
}
