# A payment is reported.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    JFDH: .reference,
    DDH: .order,
    JYLSH: .payment,
    ZFQD: .provider,
    YJJE: (.amount_fen | amount_out),
    JFSJ: (.paid | date_to("yyyy-MM-dd HH:mm:ss"))
  } | known)
}
