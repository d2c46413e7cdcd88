# A report as a file, by its number.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{ FileId: .id, Subject: .person.subject } | known
