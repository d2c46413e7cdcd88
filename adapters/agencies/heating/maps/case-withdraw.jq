# That it is taken back becomes a line of the next file.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    fwdm: .service,
    jhh: .reference,
    yy: .reason
} | known
