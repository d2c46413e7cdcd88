//! Which cryptography stands behind TLS: one for the whole program, said once.

/// Has every TLS connection of this process use `ring`. Calling it again changes nothing.
pub fn provide() {
    // An error says that a provider is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
