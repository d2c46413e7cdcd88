# Whether a case of the portal's number arrived.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    ywbh: .case
} | known
