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

{ slots: [.body | entries("cc") | .[] | {
  id: (.ccbh | text),
  starts: (.kssj | date_in),
  ends: (.jssj | date_in),
  free: (.syrs | number),
  place: (.cdbh | text),
  place_name: (.cdmc | text),
  fee_fen: (.fy | amount_in),
  stopped: (.tzbz | flag)
} | known] }
