# Whose licences, and which kinds.
def known: with_entries(select(.value != null));

({ zzlx: .kinds } | known)
+ (.person | { xm: .name, zjhm: .identity_number } | known)
