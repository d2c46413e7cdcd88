# A file by its number: the photograph of a record (01), or a written decision (02).
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    zpbh: .id,
    wjlb: (if .id // "" | startswith("JDS") then "02" else "01" end),
    cxr: .person.subject
} | known
