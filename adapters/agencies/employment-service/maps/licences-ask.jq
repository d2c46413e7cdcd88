# Whose licences, and which kinds.
def known: with_entries(select(.value != null));

({ sqr: (.person | { xm: .name, sfzh: .identity_number } | known), zzlx: .kinds } | known)
