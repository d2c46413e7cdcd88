# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    hdbh: .reference,
    ddh: .order
} | known
