//! Pages of a signed-in citizen about their own account.
