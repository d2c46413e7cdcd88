# What maps know beyond jq. `$call` holds: id, key, time, agency, capability, amount_unit, date_format, and in
# a map that reads an answer the question as input.

# A code in the contract's words; one that the table does not list means neither success nor failure.
def word($table): $table[tostring] // "pending";

# XML knows no lists: one element is a value, several are a list, none is nothing.
def list: if . == null or . == "" then [] elif isarray then . else [.] end;

# Nothing, whatever the backend writes for it.
def blank: . == null or . == "";

# Amounts are whole fen here. How the backend writes them stands in its package.
def amount_in:
  if blank then null elif $call.amount_unit == "yuan-2dp" then fen_from_yuan else whole_fen end;
def amount_out:
  if blank then null elif $call.amount_unit == "yuan-2dp" then yuan_from_fen else whole_fen end;

# Dates are 2026-11-21 here, and times 2026-11-21T08:00:00+08:00.
def date_from($format): if blank then null else read_date($format) end;
def date_to($format):   if blank then null else write_date($format) end;
def date_in:  date_from($call.date_format);
def date_out: date_to($call.date_format);

# Says what came of the call instead of making an answer of it.
def verdict($kind; $code): error({ "yimen verdict": $kind, code: ($code | tostring) });
def refused($code):     verdict("refused"; $code);
def credentials($code): verdict("credentials"; $code);
def busy:               verdict("busy"; "");
def unknown_outcome:    verdict("unknown"; "");
