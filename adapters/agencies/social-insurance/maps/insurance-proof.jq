# YZ04019: the application.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    wblsh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    xz: .answers.kinds,
    qsny: (.answers.from | if . == null then null else .[0:4] + .[5:7] end),
    zzny: (.answers.until | if . == null then null else .[0:4] + .[5:7] end),
    yt: .answers.purpose,
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
