# YZ09010: the application.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    wblsh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    htbh: .answers.contract,
    gflx: .answers.kind,
    tqje: (.answers.amount | if . == null then null else amount_out | tostring end),
    poty: (.answers.spouse | if . == null then null elif . then "1" else "0" end),
    khyh: .answers.bank,
    yhzh: .answers.account,
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
