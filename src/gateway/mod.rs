//! The only way to an agency.
