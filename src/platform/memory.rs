//! Memory that nobody holds any more, given back to the machine.
//!
//! glibc keeps what was freed for whoever asks next. A start reads every package and compiles an index of all words,
//! and throws most of it away again: without asking, that stays with the portal for as long as it runs.

/// Gives back what is free. Costs milliseconds, so it belongs on a thread that nobody waits for.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(
    unsafe_code,
    reason = "no kept crate offers it; the call takes no pointer and may be made by any thread at any time"
)]
pub fn give_back() {
    unsafe { libc::malloc_trim(0) };
}

/// Other allocators do so by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub const fn give_back() {}
