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

{ slots: [.Body | entries("HY") | .[] | {
  id: (.HYBH | text),
  starts: (.KSSJ | date_from("yyyy-MM-dd HH:mm:ss")),
  ends: (.JSSJ | date_from("yyyy-MM-dd HH:mm:ss")),
  free: (.SYS | number),
  place: (.WDBH | text),
  place_name: (.WDMC | text)
} | known] }
