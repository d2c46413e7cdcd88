# Whether the interface is up.
{ status: (.xtzt | word({ "1": "up", "0": "down" })) }
