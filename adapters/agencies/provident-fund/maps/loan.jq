# YZ09014: the application.
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
    fwzj: (.answers.price | if . == null then null else amount_out | tostring end),
    sqje: (.answers.amount | if . == null then null else amount_out | tostring end),
    dknx: (.answers.years | if . == null then null else tostring end),
    hkfs: .answers.repay,
    pojk: (.answers.spouse | if . == null then null elif . then "1" else "0" end),
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
