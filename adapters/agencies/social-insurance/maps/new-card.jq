# YZ04034: the application.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    wblsh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    khyh: .answers.bank,
    lkfs: .answers.receive_by,
    lkdz: .answers.deliver_to,
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
