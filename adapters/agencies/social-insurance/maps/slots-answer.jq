# The appointments, by time.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def number: if blank then null else tonumber end;

{ slots: [.rows // [] | .[] | {
  id: (.hybh | text),
  starts: (.kssj | date_from("yyyyMMddHHmmss")),
  ends: (.jssj | date_from("yyyyMMddHHmmss")),
  free: (.syhs | number),
  place: (.wddm | text),
  place_name: (.wdmc | text)
} | known] }
