# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    jdsbh: .reference,
    ddh: .order
} | known
