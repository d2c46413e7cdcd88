# An appointment is given back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    yydh: .booking,
    qxlx: (.reason | { person: "1", expired: "2" }[.])
} | known
