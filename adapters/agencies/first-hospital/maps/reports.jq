# YZ07001: what the backend is asked.
def known: with_entries(select(.value != null));

{
  TradeCode: .service,
  TradeNo: $call.id,
  PatientName: .person.name,
  IdCardNo: .person.identity_number,
  Param: ({ BeginDate: (.answers.from | date_out), ReportType: .answers.kind } | known)
} | known
