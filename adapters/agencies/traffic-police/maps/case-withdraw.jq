# The applicant takes the application back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jkid: .service,
    lsh: .reference,
    chyy: .reason
} | known
