//! The command `yimen`.

use std::process::ExitCode;

/// A city's pages take and give back memory in small pieces from many threads at once; glibc keeps what each
/// thread gave back to itself, which doubled what a resting portal holds.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    yimen::app::run()
}
