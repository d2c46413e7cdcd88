# The appointments, by time.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;
def number: if blank then null else tonumber end;
def flag: if blank then null else . == "1" end;

{ slots: [.body | entries("yyhy") | .[] | {
  id: (.hybh | text),
  starts: (.sdks | date_in),
  ends: (.sdjs | date_in),
  free: (.kyys | number),
  place: (.ddbh | text),
  place_name: (.ddmc | text),
  fee_fen: (.sfje | amount_in),
  stopped: (.sfqx | flag)
} | known] }
