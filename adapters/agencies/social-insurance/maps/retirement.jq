# YZ04026: the application.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    wblsh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    txny: (.answers.month | if . == null then null else .[0:4] + .[5:7] end),
    txlb: .answers.kind,
    dacf: .answers.file_place,
    khyh: .answers.bank,
    yhzh: .answers.account,
    qrqz: (.answers.signed | if . == null then null elif . then "1" else "0" end),
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
