//! A worker by itself, as `yimen map-worker` is one: for tests.

fn main() -> std::process::ExitCode {
    yimen_maps::worker::main()
}
