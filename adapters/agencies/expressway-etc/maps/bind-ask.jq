# Whose plates, and which one is untied.
def known: with_entries(select(.value != null));

({ owner: (.person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), contractId: .reference } | known)
