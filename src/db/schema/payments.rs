//! Tables of `payments`.

diesel::table! {
    payment_orders (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        reference -> Text,
        for_id -> Nullable<Binary>,
        company_id -> Nullable<Binary>,
        relation -> Text,
        level -> Integer,
        service -> Text,
        agency -> Text,
        due -> Text,
        due_key -> Binary,
        title -> Binary,
        amount_fen -> BigInt,
        surcharge_fen -> BigInt,
        due_on -> Nullable<Date>,
        provider -> Text,
        provider_payment -> Nullable<Text>,
        pay_at -> Nullable<Text>,
        state -> Text,
        with_staff -> Bool,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        expires_at -> Timestamp,
        asked_at -> Nullable<Timestamp>,
        asked -> Integer,
        paid_at -> Nullable<Timestamp>,
        agency_receipt -> Nullable<Text>,
        receipt_code -> Nullable<Text>,
        refund_reason -> Nullable<Binary>,
        refunded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    payment_steps (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        order_id -> Binary,
        at -> Timestamp,
        by_kind -> Text,
        by_whom -> Text,
        act -> Text,
        from_state -> Nullable<Text>,
        to_state -> Text,
    }
}

diesel::table! {
    told_dues (citizen_id, id) {
        citizen_id -> Binary,
        id -> Binary,
        agency -> Text,
        service -> Text,
        due -> Binary,
        due_key -> Binary,
        title -> Binary,
        status -> Text,
        amount_fen -> BigInt,
        surcharge_fen -> BigInt,
        due_on -> Nullable<Date>,
        raised_on -> Date,
        told_at -> Timestamp,
    }
}

diesel::table! {
    payment_differences (id) {
        id -> Binary,
        day -> Date,
        provider -> Text,
        reference -> Text,
        kind -> Text,
        portal_fen -> Nullable<BigInt>,
        provider_fen -> Nullable<BigInt>,
        agency_says -> Nullable<Text>,
        found_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        settled_by -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    payment_days (day, provider) {
        day -> Date,
        provider -> Text,
        compared_at -> Timestamp,
        closed -> Bool,
        payments -> Integer,
        refunds -> Integer,
        in_fen -> BigInt,
        out_fen -> BigInt,
        on_the_way -> Integer,
        unchecked -> Integer,
        differences -> Integer,
    }
}
