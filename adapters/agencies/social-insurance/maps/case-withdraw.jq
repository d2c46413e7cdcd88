# The applicant takes the application back.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    ywlsh: .reference,
    chyy: .reason
} | known
