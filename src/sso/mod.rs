//! Signing in and out, from a national provider too, and being an OpenID provider to agencies' own sites.

pub mod assertion;
pub mod provider;
pub mod signing;
pub mod upstream;
