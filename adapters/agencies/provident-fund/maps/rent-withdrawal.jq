# YZ09009: the application.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    wblsh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    zfdz: .answers.address,
    zqks: (.answers.from | if . == null then null else .[0:4] + .[5:7] end),
    zqjs: (.answers.until | if . == null then null else .[0:4] + .[5:7] end),
    yzj: (.answers.rent | if . == null then null else amount_out | tostring end),
    fylx: .answers.kind,
    aytq: (.answers.monthly | if . == null then null elif . then "1" else "0" end),
    khyh: .answers.bank,
    yhzh: .answers.account,
    wfcn: (.answers.no_home | if . == null then null elif . then "1" else "0" end),
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
