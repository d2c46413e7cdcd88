# An appointment is given back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    yybh: .booking,
    qxyy: (.reason | { person: "1", expired: "2" }[.])
} | known
