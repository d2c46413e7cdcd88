//! The command `yimen` itself, run as a person or a service manager runs it.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

pub fn yimen(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yimen"));
    command.args(arguments);
    surroundings(&mut command, folder);
    command
}

/// A folder to run in, and nothing of what the tests' own environment sets.
pub fn surroundings(command: &mut Command, folder: &Path) {
    command.current_dir(folder).env_remove("DATABASE_URL").env_remove("REDIS_URL");
}

/// Exit status, what was said, and what was said about trouble.
pub fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    ended(&mut yimen(folder, arguments))
}

/// The same of any command. One that does not end, such as a server that should not have started, is killed.
pub fn ended(command: &mut Command) -> (i32, String, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_mins(1);
    while child.try_wait().unwrap().is_none() && Instant::now() < patience {
        thread::sleep(Duration::from_millis(5));
    }
    if child.try_wait().unwrap().is_none() {
        child.kill().unwrap();
        let said = child.wait_with_output().unwrap();
        panic!("{command:?} goes on and on: {}", String::from_utf8_lossy(&said.stdout));
    }
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// A running portal, killed when dropped.
pub struct Running {
    pub address: String,
    child: Child,
}

impl Running {
    /// A demo city, and what it said until it was ready.
    pub fn demo(folder: &Path, arguments: &[&str]) -> (Self, Vec<String>) {
        Self::until(yimen(folder, arguments), "Ready after")
    }

    /// `yimen serve` or a program that becomes it, whose log goes to a file.
    pub fn serving(mut command: Command, log: &Path) -> Self {
        let log = File::options().create(true).append(true).open(log).unwrap();
        command.stderr(log);
        Self::until(command, "Yimen listens on").0
    }

    fn until(mut command: Command, ready: &str) -> (Self, Vec<String>) {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines.by_ref() {
            said.push(line.unwrap());
            if said.last().unwrap().contains(ready) {
                break;
            }
        }
        let word =
            said.iter().flat_map(|line| line.split_whitespace()).find(|word| word.starts_with("http://"));
        let address = word.unwrap_or_else(|| panic!("an address: {said:?}")).trim_end_matches('/').to_owned();
        (Self { address, child }, said)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Stops it as a service manager does, and gives its exit status.
    pub fn stop(mut self) -> i32 {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code().unwrap()
    }

    /// Ends it in the middle of whatever it does. It learns nothing of it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
