# A case by the agency's number.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    lsh: .reference
} | known
