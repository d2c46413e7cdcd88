//! Daily files: the protocol of agencies that write a CSV file at night and read one in the morning.
//!
//! The agency puts its files into `to-portal/` below the endpoint, the portal its own into `from-portal/`; both
//! name them `TABLE-yyyyMMdd.csv` or `TABLE-yyyyMMdd-N.csv`. A file counts only when its companion is there and
//! fits: `NAME.sha256` with the digest or `NAME.ok` with the size, written last. Until then it is being written.
//!
//! [`collect`] reads what has come, [`deliver`] writes what waits; the portal runs both on a schedule. In between
//! the [`Daily`] driver answers from what was read, with the time of the newest file, and lets questions that
//! change something wait for the next one: they are `pending` until a later file says otherwise.
//!
//! A file is taken over in one step or not at all, and once: the same bytes again change nothing. A wrong head
//! line, an unreadable byte or a number of columns that does not fit refuses what it concerns, with file, line,
//! column and remedy, and the agency finds all of it in `from-portal/NAME.report.csv`. Of a file of changes the
//! good lines are taken; a file that holds everything is refused whole for one bad line, because a line that is
//! missing there would read as "nothing found".

mod drop_folder;
mod driver;
mod exchange;
mod folder;
mod names;
mod sftp;
mod table;

pub use driver::Daily;
pub use drop_folder::DropFolder;
pub use exchange::{Came, Exchange, collect, deliver};
pub use folder::{Entry, Folder, FolderError, open};
pub use names::{Named, day};
pub use sftp::Sftp;
pub use table::{Problem, Reading, check as line_fits, read, write};
