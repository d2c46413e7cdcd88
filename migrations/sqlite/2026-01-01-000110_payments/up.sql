-- A payment of something that an agency is owed. The owner is whoever pays; for whom the due is asked for, where that is
-- somebody else, stands beside.
CREATE TABLE payment_orders (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    reference TEXT NOT NULL,
    for_id BLOB,
    company_id BLOB,
    relation TEXT NOT NULL CHECK (relation IN ('self', 'guardian', 'authorised', 'company')),
    level INTEGER NOT NULL,
    service TEXT NOT NULL,
    agency TEXT NOT NULL,
    -- The agency's own number of the due, and a keyed digest by which all orders for it are found.
    due TEXT NOT NULL,
    due_key BLOB NOT NULL,
    -- What it is for, as the agency calls it: encrypted for the payer.
    title BLOB NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    surcharge_fen BIGINT NOT NULL,
    due_on DATE,
    provider TEXT NOT NULL,
    -- The provider's number, and where the payer is sent.
    provider_payment TEXT,
    pay_at TEXT,
    state TEXT NOT NULL,
    -- A person looks: no machine could bring it to its end in time.
    with_staff BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    -- From when on it can no longer be paid.
    expires_at TIMESTAMP NOT NULL,
    -- When the provider was asked last, and how often.
    asked_at TIMESTAMP,
    asked INTEGER NOT NULL DEFAULT 0,
    paid_at TIMESTAMP,
    -- The agency's number of its receipt, and the code under which anybody can check ours.
    agency_receipt TEXT,
    receipt_code TEXT,
    refund_reason BLOB,
    refunded_at TIMESTAMP,
    PRIMARY KEY (citizen_id, id)
);
CREATE UNIQUE INDEX payment_orders_reference ON payment_orders (reference);
CREATE UNIQUE INDEX payment_orders_receipt ON payment_orders (receipt_code);
-- Of one payer at most one order for a due is on its way: the second click finds the first.
CREATE UNIQUE INDEX payment_orders_open ON payment_orders (citizen_id, due_key)
    WHERE state IN ('created', 'paying', 'unknown', 'paid', 'settling', 'settle-unknown');
CREATE INDEX payment_orders_of ON payment_orders (citizen_id, created_at);
CREATE INDEX payment_orders_due ON payment_orders (due_key);
CREATE INDEX payment_orders_paid ON payment_orders (paid_at);
CREATE INDEX payment_orders_refunded ON payment_orders (refunded_at);
CREATE INDEX payment_orders_staff ON payment_orders (with_staff, changed_at);

-- What happened to an order. Nothing is changed or removed while the order is there.
CREATE TABLE payment_steps (
    citizen_id BLOB NOT NULL,
    id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    at TIMESTAMP NOT NULL,
    by_kind TEXT NOT NULL CHECK (by_kind IN ('payer', 'portal', 'provider', 'agency', 'clock', 'staff')),
    by_whom TEXT NOT NULL,
    act TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    PRIMARY KEY (citizen_id, id)
);
CREATE INDEX payment_steps_of ON payment_steps (citizen_id, order_id, id);

-- Where portal, provider and agency do not say the same of an order, until a person has settled it.
CREATE TABLE payment_differences (
    id BLOB NOT NULL PRIMARY KEY,
    day DATE NOT NULL,
    provider TEXT NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    portal_fen BIGINT,
    provider_fen BIGINT,
    agency_says TEXT,
    found_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    settled_by TEXT,
    reason TEXT
);
CREATE UNIQUE INDEX payment_differences_of ON payment_differences (reference, kind);
CREATE INDEX payment_differences_open ON payment_differences (settled_at, found_at);

-- Every day that was compared, and how it came out the last time.
CREATE TABLE payment_days (
    day DATE NOT NULL,
    provider TEXT NOT NULL,
    compared_at TIMESTAMP NOT NULL,
    -- Whether the provider will add nothing to its statement.
    closed BOOLEAN NOT NULL,
    payments INTEGER NOT NULL,
    refunds INTEGER NOT NULL,
    in_fen BIGINT NOT NULL,
    out_fen BIGINT NOT NULL,
    on_the_way INTEGER NOT NULL,
    unchecked INTEGER NOT NULL,
    differences INTEGER NOT NULL,
    PRIMARY KEY (day, provider)
);
