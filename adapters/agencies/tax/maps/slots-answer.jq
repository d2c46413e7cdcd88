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

{ slots: [.sj | entries("yysd") | .[] | {
  id: (.sdbh | text),
  starts: (.kssj | date_from("yyyy-MM-dd HH:mm:ss")),
  ends: (.jssj | date_from("yyyy-MM-dd HH:mm:ss")),
  free: (.syhy | number),
  place: (.bstdm | text),
  place_name: (.bstmc | text)
} | known] }
