-- Disputes of what was decided about a rating are orders of a kind of their own.
ALTER TABLE voice_orders DROP CONSTRAINT voice_orders_kind_check;
ALTER TABLE voice_orders ADD CONSTRAINT voice_orders_kind_check CHECK (kind IN ('consultation', 'complaint', 'suggestion', 'tip-off', 'report', 'dispute'));

-- What was decided about a rating, and who speaks against it. One of each rating.
CREATE TABLE voice_disputes (
    order_id BYTEA NOT NULL PRIMARY KEY REFERENCES voice_orders (id),
    rating_id BYTEA NOT NULL UNIQUE,
    side TEXT NOT NULL CHECK (side IN ('citizen', 'agency')),
    -- Whose rating it is, by public name. It does not deal with the dispute itself.
    agency TEXT NOT NULL,
    -- Who decided first: not the one who decides now.
    first_by BYTEA NOT NULL,
    -- What the agency says, sealed. A person's words are kept with their report.
    words BYTEA,
    -- Whether the first decision does not hold any more.
    changed BOOLEAN NOT NULL
);
