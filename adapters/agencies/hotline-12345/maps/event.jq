# What the hotline pushes, as CloudEvents. A kind of message that is not listed is refused: it is told again.
def known: with_entries(select(.value != null));
def ours: {
  "fsdd": "where",
  "fssj": "when",
  "sqnr": "what",
  "sqyq": "wish",
  "hfff": "reply_by",
  "bfyr": "who",
};

{
  specversion: "1.0",
  id: .xxbh,
  source: "hotline-12345",
  type: ({ "gdbd": "case.changed" }[.xxlx] // error("another kind of message")),
  time: .fssj,
  subject: .gd.ywh,
  data: (.gd | {
    case: .wbh,
    sequence: .xh,
    reference: .ywh,
    status: (.zt | word({
      "10": "received",
      "20": "correction-required",
      "30": "accepted",
      "40": "not-accepted",
      "50": "in-review",
      "60": "suspended",
      "70": "extended",
      "80": "granted",
      "90": "refused",
      "100": "terminated",
      "110": "delivering",
      "120": "delivered",
      "130": "withdrawn",
    })),
    since: (.czsj | date_in),
    due: (.qx | date_in),
    reason: .sm,
    parcel: .yjh,
    corrections: (.bz | list | map({ about: (.zd | . as $name | ours[$name] // $name), text: .nr }) | if . == [] then null else . end),
  } | known),
}
