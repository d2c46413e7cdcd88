//! The words that a form may use, by where they stand.

/// What every question may say.
pub const EVERYWHERE: &[&str] = &[
    "type",
    "title",
    "description",
    "$comment",
    "x-label",
    "x-hint",
    "examples",
    "default",
    "x-from",
    "x-show-when",
];

pub const TEXT: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "x-kind",
    "x-lines",
    "x-not-before",
    "x-not-after",
    "x-unit",
];

pub const FILE: &[&str] = &["x-kind", "x-accept", "x-max-bytes", "minLength", "maxLength", "format"];

pub const CHOICE: &[&str] = &["enum", "x-choices"];

pub const NUMBER: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "format",
    "x-kind",
    "x-unit",
];

pub const YES_NO: &[&str] = &["const"];

pub const LIST: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];

pub const GROUP: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "x-order",
    "if",
    "then",
    "else",
    "allOf",
    "dependentRequired",
];

/// What the form itself may say.
pub const FORM: &[&str] = &[
    "$schema",
    "$id",
    "$comment",
    "type",
    "title",
    "description",
    "x-label",
    "x-hint",
    "x-pages",
    "properties",
    "required",
    "additionalProperties",
    "x-order",
    "if",
    "then",
    "else",
    "allOf",
    "dependentRequired",
];

/// What may be said about the shape of a case.
pub const CASE: &[&str] = &["if", "then", "else", "$comment"];
