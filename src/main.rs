//! The command `yimen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    yimen::app::run()
}
