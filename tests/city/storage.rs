//! A database that may not be written, or has no room: said with the file and the remedy, and never a panic.

use std::{
    fs,
    os::unix::{fs as unix, fs::MetadataExt as _, fs::PermissionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::Command,
};

use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection as _};
use tempfile::TempDir;

use crate::town::{
    Answer, Engine, Held, Town,
    browser::{Browser, PASSWORD},
    outside::Post,
    program::{Running, ended, run, surroundings},
    template, visitor,
};

/// Somebody without rights over anything.
const NOBODY: u32 = 65534;

/// Runs the program as somebody for whom permissions count, which they do not for root.
struct Unprivileged {
    folder: TempDir,
    program: PathBuf,
}

impl Unprivileged {
    /// With a city in the folder `city`.
    fn with_a_city() -> Self {
        let folder = TempDir::new().unwrap();
        let built = PathBuf::from(env!("CARGO_BIN_EXE_yimen"));
        let open_to_all = |path: &Path| fs::metadata(path).unwrap().mode() & 0o001 != 0;
        let program = if built.ancestors().all(open_to_all) {
            built
        } else {
            let own = folder.path().join("yimen");
            fs::copy(built, &own).unwrap();
            own
        };
        let found = Self { folder, program };
        fs::create_dir(found.path("city")).unwrap();
        assert_eq!(run(found.folder.path(), &["migrate", "--data", "city"]).0, 0);
        assert_eq!(run(found.folder.path(), &["keys", "new", "--data", "city"]).0, 0);
        // As after a clean stop: nothing beside the database.
        let mut conn =
            SqliteConnection::establish(&found.path("city/yimen.sqlite").display().to_string()).unwrap();
        conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        drop(conn);
        for path in ["", "city", "city/yimen.sqlite", "city/yimen.keys"] {
            if is_root() {
                unix::chown(found.path(path), Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        found
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn mode(&self, below: &str, mode: u32) {
        fs::set_permissions(self.path(below), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        surroundings(&mut command, self.folder.path());
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        ended(&mut command)
    }

    /// Every command that opens the database is refused, with these words.
    #[track_caller]
    fn refused(&self, words: &[&str]) {
        for command in [
            &["serve", "--data", "city"][..],
            &["demo", "--no-sandbox", "--listen", "127.0.0.1:0", "--data", "city"],
            &["migrate", "--data", "city"],
            &["package", "list", "--data", "city"],
            &["ledger", "verify", "--data", "city"],
            &["search", "驾照", "--data", "city"],
        ] {
            let (status, _, told) = self.run(command);
            assert_eq!(status, 3, "{command:?}: {told}");
            assert!(!told.contains("panicked"), "{command:?}: {told}");
            for word in words {
                assert!(told.contains(word), "{command:?}: {word}: {told}");
            }
        }
        let (status, report, _) = self.run(&["doctor", "--data", "city"]);
        assert_eq!(status, 1);
        assert!(words.iter().all(|word| report.contains(word)), "{report}");
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

#[test]
fn a_database_that_may_not_be_written_is_named_with_the_remedy() {
    let city = Unprivileged::with_a_city();
    assert_eq!(city.run(&["package", "list", "--data", "city"]).0, 0, "as it is, all is well");
    city.mode("city/yimen.sqlite", 0o444);
    city.refused(&["city/yimen.sqlite may not be written", "Give this user the right", "database.url"]);
    // The file alone is not enough: SQLite writes beside it.
    city.mode("city/yimen.sqlite", 0o644);
    for beside in ["city/yimen.sqlite-wal", "city/yimen.sqlite-shm"] {
        let _ = fs::remove_file(city.path(beside));
    }
    city.mode("city", 0o555);
    let (status, _, told) = city.run(&["demo", "--listen", "127.0.0.1:0", "--data", "city"]);
    assert_eq!(status, 3);
    assert!(told.contains("city/demo.json cannot be written") && told.contains("--data"), "{told}");
    for command in ["serve", "migrate"] {
        let (status, _, told) = city.run(&[command, "--data", "city"]);
        assert_eq!(status, 3, "{told}");
        for word in
            ["city/yimen.sqlite", "-wal and -shm", "Give this user the right to write the folder city "]
        {
            assert!(told.contains(word), "{word}: {told}");
        }
    }
    city.mode("city", 0o755);
}

/// Whoever runs a command as root leaves such a file behind.
#[test]
fn a_file_beside_the_database_that_belongs_to_somebody_else_is_told() {
    let city = Unprivileged::with_a_city();
    let mut conn =
        SqliteConnection::establish(&city.path("city/yimen.sqlite").display().to_string()).unwrap();
    conn.batch_execute("PRAGMA journal_mode = WAL; CREATE TABLE left_behind (x)").unwrap();
    for beside in ["city/yimen.sqlite-wal", "city/yimen.sqlite-shm"] {
        city.mode(beside, 0o400);
    }
    city.refused(&["city/yimen.sqlite", "-wal and -shm", "Give this user the right"]);
    drop(conn);
}

#[test]
fn a_folder_that_cannot_be_made_and_keys_that_cannot_be_kept_are_told() {
    let city = Unprivileged::with_a_city();
    fs::create_dir(city.path("closed")).unwrap();
    city.mode("closed", 0o555);
    for (command, words) in [
        (&["demo", "--data", "closed/city"][..], ["the folder closed/city cannot be made", "--data"]),
        (&["keys", "new", "--data", "closed"], ["closed/yimen.keys cannot be written", "keys.file"]),
        (&["migrate", "--data", "closed"], ["closed/yimen.sqlite may not be written", "database.url"]),
    ] {
        let (status, _, told) = city.run(command);
        assert_eq!(status, 3, "{command:?}: {told}");
        assert!(words.iter().all(|word| told.contains(word)), "{command:?}: {told}");
    }
}

async fn register(browser: &Browser<'_>, phone: &str) -> Answer {
    let fields = [("reach", phone), ("password", PASSWORD), ("again", PASSWORD), ("agree", "yes")];
    browser.submit("/register", &fields).await
}

/// A limit on the size of files stands for the full disk: for the program both are a write that the system refuses.
#[actix_web::test]
async fn a_disk_that_fills_while_running_stops_writing_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let database = template::database(Engine::Sqlite, folder.path()).await;
    let (_post, settings) = Post::open();
    let held = Held::port();
    let health = held.address;
    // The signal that comes with this limit, and not with a full disk, would end the program.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_yimen"), "serve"]);
    surroundings(&mut command, folder.path());
    command.env("DATABASE_URL", &database).env("YIMEN_SERVER_LISTEN", "127.0.0.1:0").envs(settings);
    command.env("YIMEN_SERVER_OPERATOR_LISTEN", health.to_string());
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let log = folder.path().join("log");
    let portal = Running::serving(command, &log);
    let client = visitor();
    let browser = Browser::at(&client, &portal.address);
    let limit = |bytes: &str| {
        let arguments = ["--pid".to_owned(), portal.id().to_string(), format!("--fsize={bytes}:unlimited")];
        assert!(Command::new("prlimit").args(arguments).status().unwrap().success());
    };
    assert_eq!(register(&browser, "13800000001").await.status, 303);
    let deep = format!("http://{health}/health/deep");
    let sound = Answer::of(client.get(&deep)).await.ok().body;
    assert!(sound.contains("\"writable\":true"), "{sound}");

    limit("4096");
    let busy = register(&browser, "13800000002").await;
    assert_eq!(busy.status, 503, "{}", busy.body);
    assert!(
        busy.body.contains("12345") && !busy.body.contains("disk"),
        "a way on, and no cause: {}",
        busy.body
    );
    // What can be read goes on.
    browser.get("/services/YZ02022").await.ok();
    browser.get("/search?q=a").await.ok();
    let told = Answer::of(client.get(&deep)).await;
    assert_eq!(told.status, 503);
    assert!(
        told.body.contains("\"writable\":false") && told.body.contains("cannot be written"),
        "{}",
        told.body
    );
    let said = fs::read_to_string(&log).unwrap();
    for word in ["town.sqlite", "the database cannot be written", "Look for a full disk"] {
        assert!(said.contains(word), "{word}: {said}");
    }

    limit("unlimited");
    assert_eq!(register(&browser, "13800000003").await.status, 303, "it goes on by itself");
    Answer::of(client.get(&deep)).await.ok();
    assert!(!fs::read_to_string(&log).unwrap().contains("panicked"));
    assert_eq!(portal.stop(), 0);
}

#[actix_web::test]
async fn a_server_that_only_lets_itself_be_read_is_told_and_waited_for() {
    let (_post, settings) = Post::open();
    let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let town = Town::open_with(Engine::Postgres, &settings).await;
    let address = town.config.database.url.clone();
    let browser = town.browser();
    assert_eq!(register(&browser, "13800000001").await.status, 303);

    template::only_read(&address, true);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(register(&browser, "13800000002").await.status, 503);
    browser.get("/services/YZ02022").await.ok();
    let folder = TempDir::new().unwrap();
    for command in ["serve", "migrate"] {
        let (status, _, told) = ended(
            crate::town::program::yimen(folder.path(), &[command]).env("DATABASE_URL", address.as_str()),
        );
        assert_eq!(status, 3, "{told}");
        assert!(told.contains("only lets itself be read") && told.contains("database.url"), "{told}");
    }

    template::only_read(&address, false);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(register(&browser, "13800000003").await.status, 303, "it goes on by itself");
    town.close().await;
}

/// Whoever closes the last connection to a database throws its journal away. A program that comes and goes beside a running
/// portal is not that one: what the portal wrote afterwards would be gone with its next start.
#[actix_web::test]
async fn a_program_that_comes_and_goes_leaves_a_running_portal_its_journal() {
    let town = Town::open(Engine::Sqlite).await;
    town.sql("CREATE TABLE before_it (x INTEGER)").await;
    let database = town.config.database.url.as_str();
    let journal = format!("{database}-wal");
    let was = fs::metadata(&journal).unwrap().ino();
    let folder = TempDir::new().unwrap();
    let environment = [
        ("YIMEN_DATABASE_URL", database.to_owned()),
        ("YIMEN_KEYS_FILE", town.config.keys.display().to_string()),
    ];
    let mut program = crate::town::program::yimen(folder.path(), &["jobs", "list"]);
    let (status, _, told) = ended(program.envs(environment));
    assert_eq!(status, 0, "{told}");
    assert_eq!(
        fs::metadata(&journal).unwrap().ino(),
        was,
        "the journal is the one that the portal writes to"
    );
    town.sql("CREATE TABLE after_it (x INTEGER)").await;
    let mut beside = SqliteConnection::establish(database).unwrap();
    beside.batch_execute("SELECT x FROM before_it; SELECT x FROM after_it").unwrap();
    drop(beside);
    town.close().await;
}
