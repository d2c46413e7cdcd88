//! The worker's side: `yimen map-worker`. It takes one program and one value after the other, and ends when
//! nobody sends any more.

use std::{
    collections::HashMap,
    io::{self, Read, Write},
    process::{ExitCode, abort},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::{
    exchange::{Ask, Said, receive, send},
    program::Program,
};

/// All the memory a worker may have: what it needs itself, and what a map may use.
const MEMORY: u64 = 384 << 20;
/// So many compiled programs are kept.
const KEPT: usize = 256;
/// How much longer than its time a run may take before the worker ends itself.
const GRACE: Duration = Duration::from_secs(1);

/// A whole worker on standard input and output.
pub fn main() -> ExitCode {
    if confine().is_err() {
        return ExitCode::FAILURE;
    }
    match serve(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Gives up what no map needs: memory beyond a bound, files, and the picture of its memory that a crash would
/// leave behind, with personal data in it.
pub fn confine() -> io::Result<()> {
    let bound = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    bound(Resource::As, MEMORY)?;
    bound(Resource::Core, 0)?;
    bound(Resource::Fsize, 0)?;
    Ok(())
}

/// Answers until the other side has gone.
pub fn serve(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let watch = watch();
    let mut programs: HashMap<String, Program> = HashMap::new();
    while let Some(bytes) = receive(from)? {
        let ask: Ask<'static> = serde_json::from_slice(&bytes)?;
        let _ = watch.send(Some(Duration::from_millis(ask.milliseconds) + GRACE));
        let said = answer(&mut programs, &ask);
        let _ = watch.send(None);
        // A result too long to be sent is the map's fault, not the worker's.
        if send(to, &said).is_err_and(|error| error.kind() == io::ErrorKind::FileTooLarge) {
            send(to, &Said::Failed("the result is too long".to_owned()))?;
        }
    }
    Ok(())
}

fn answer(programs: &mut HashMap<String, Program>, ask: &Ask<'_>) -> Said {
    let text: &str = &ask.text;
    if !programs.contains_key(text) {
        let program = match Program::new(text) {
            Ok(program) => program,
            Err(wrong) => return wrong,
        };
        if programs.len() >= KEPT {
            programs.clear();
        }
        programs.insert(text.to_owned(), program);
    }
    match programs.get(text).filter(|_| ask.run) {
        Some(program) => program.run(&ask.facts, &ask.input),
        None => Said::Compiled,
    }
}

/// Ends the process when a run takes too long. The pool would have ended it before; this is for the case that
/// the portal itself is gone.
fn watch() -> mpsc::Sender<Option<Duration>> {
    let (sender, receiver) = mpsc::channel::<Option<Duration>>();
    thread::spawn(move || {
        while let Ok(next) = receiver.recv() {
            let Some(within) = next else { continue };
            match receiver.recv_timeout(within) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => abort(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    sender
}
