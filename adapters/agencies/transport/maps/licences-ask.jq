# Whose licences, and which kinds.
def known: with_entries(select(.value != null));

({ SQR: (.person | { XM: .name, SFZHM: .identity_number } | known), ZZLX: .kinds } | known)
