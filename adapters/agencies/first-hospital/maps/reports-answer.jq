# YZ07001: what the backend answers.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def number: if blank then null else tonumber end;

{
  records: [.Data | entries("Report") | .[] | {
    reference: (.ReportId | text),
    title: (.ReportName | text),
    state: (.Status | if blank then null else word({ "1": "taken", "2": "working", "3": "ready", "4": "withdrawn" }) end),
    facts: ({
      department: (.DeptName | text),
      doctor: (.DoctorName | text),
      taken: (.SampleTime | date_in),
      reported: (.ReportTime | date_in),
      result: (.Conclusion | text),
      abnormal: (.AbnormalCount | number),
      file: (.FileId | text)
    } | known)
  } | known]
}
