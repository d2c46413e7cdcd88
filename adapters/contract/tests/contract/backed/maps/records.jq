{ records: [.rows[] | {
    reference: .xh,
    title: .wfnr,
    state: ({ "0": "unhandled", "1": "handled" }[.clbj] // "pending"),
    facts: { at: .wfsj, place: .wfdz, fine: .fkje, points: .wfjfs }
  }] }
