//! What these pages show.
