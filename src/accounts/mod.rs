//! People: citizens and staff, how they prove who they are, how they are reached, whom they act for.
