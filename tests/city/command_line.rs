//! The command `yimen`, run as a person runs it.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection as _};
use tempfile::TempDir;

use crate::town::{
    packages,
    program::{Running, run, yimen},
};

#[actix_web::test]
async fn one_command_opens_the_city_and_again_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    yimen::platform::tls::provide();
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().unwrap();
    let (demo, said) = Running::demo(folder.path(), &["--listen", "127.0.0.1:0"]);
    assert!(said.iter().any(|line| line.contains("云州市")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("536 services of 60 agencies")), "{said:?}");
    assert!(demo.address.starts_with("http://localhost:"), "{}", demo.address);
    let home = client.get(&demo.address).send().await.unwrap();
    assert_eq!(home.status(), 200);
    // Passkeys and cookies belong to a name: whoever comes by the bare number is sent to it.
    let bare =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let number = demo.address.replace("localhost", "127.0.0.1");
    let sent = bare.get(format!("{number}/about?x=1")).send().await.unwrap();
    assert_eq!(sent.status(), 307);
    assert_eq!(sent.headers()["location"], format!("{}/about?x=1", demo.address));
    // Beside a running city, the commands work.
    let (status, list, _) = run(folder.path(), &["package", "list"]);
    assert_eq!((status, list.lines().count()), (0, 65));
    let outage = |words: &[&str]| run(folder.path(), &[&["agency", "outage"], words].concat());
    assert_eq!(outage(&["weather", "--for", "30m", "--by", "wu", "--reason", "an exercise"]).0, 0);
    let (status, lasting, _) = outage(&[]);
    assert_eq!((status, lasting.lines().count()), (0, 1), "{lasting}");
    assert!(lasting.starts_with("weather ") && lasting.contains("by wu: an exercise"), "{lasting}");
    for wrong in [&["weather"][..], &["nobody", "--by", "wu"], &["weather", "--for", "soon", "--by", "wu"]] {
        assert_eq!(outage(wrong).0, 2, "{wrong:?}");
    }
    assert_eq!(outage(&["weather", "--end"]).0, 0);
    assert_eq!(outage(&[]).1, "");
    let (status, found, _) = run(folder.path(), &["search", "换驾照"]);
    assert_eq!(status, 0);
    assert!(found.lines().take(3).any(|line| line.contains("YZ02022")), "{found}");
    fs::write(folder.path().join("asked.tsv"), "# asked\n换驾照\tYZ02022\tformal\npasport\tYZ03006\ttypo\n")
        .unwrap();
    let (status, measured, _) = run(folder.path(), &["search", "eval", "asked.tsv", "--time", "--json"]);
    let measured: serde_json::Value = serde_json::from_str(&measured).unwrap();
    assert_eq!(
        (status, &measured["asked"], &measured["services"]),
        (0, &2.into(), &536.into()),
        "{measured}"
    );
    let kinds: Vec<_> = measured["times"].as_array().unwrap().iter().map(|times| &times["kind"]).collect();
    assert_eq!(kinds, ["formal", "typo", "all"]);
    let (status, report, _) = run(folder.path(), &["doctor"]);
    assert_eq!(status, 0, "{report}");
    // The books of the provider, of the agencies and of the portal, beside the running city.
    let (status, compared, trouble) = run(folder.path(), &["payments", "reconcile", "--json"]);
    let compared: serde_json::Value = serde_json::from_str(&compared).unwrap_or_else(|_| panic!("{trouble}"));
    assert_eq!((status, &compared["ok"]), (0, &true.into()), "{compared}");
    assert_eq!(compared["days"][0]["provider"], "city-pay", "{compared}");
    let (status, said, _) = run(folder.path(), &["payments", "reconcile", "--day", "2026-01-05"]);
    assert!(
        status == 0 && said.contains("2026-01-05 city-pay: 0 payments") && said.contains("It balances."),
        "{said}"
    );
    assert_eq!(run(folder.path(), &["payments", "reconcile", "--day", "someday"]).0, 2);
    books_that_differ(folder.path());
    assert_eq!(demo.stop(), 0, "it stops cleanly");
    // Whoever gives no statement leaves it open whether the books agree.
    assert_eq!(run(folder.path(), &["payments", "reconcile"]).0, 3);
    let keys = fs::read(folder.path().join(".yimen/yimen.keys")).unwrap();
    let (again, said) = Running::demo(folder.path(), &["--listen", "127.0.0.1:0"]);
    assert!(!said.iter().any(|line| line.contains("Setting up")), "{said:?}");
    assert_eq!(client.get(format!("{}/services/YZ02022", again.address)).send().await.unwrap().status(), 200);
    assert_eq!(fs::read(folder.path().join(".yimen/yimen.keys")).unwrap(), keys);
    assert_eq!(again.stop(), 0);
}

/// A payment that the portal has and the provider has not, beside a running city: the command says so by its exit status too,
/// until a person has settled it.
fn books_that_differ(folder: &Path) {
    const PAYMENT: &str = "INSERT INTO payment_orders (citizen_id, id, reference, relation, level, service, agency, due, \
        due_key, title, amount_fen, surcharge_fen, provider, state, created_at, changed_at, expires_at, paid_at) \
        VALUES (randomblob(16), randomblob(16), 'P-2026-7KQ3-MFXD', 'self', 2, 'YZ17010', 'gas-supply', 'G-1', \
        randomblob(32), randomblob(64), 8650, 0, 'city-pay', 'paid', '2026-01-06 03:00:00', '2026-01-06 03:01:00', \
        '2026-01-06 03:30:00', '2026-01-06 03:01:00')";
    let file = folder.join(".yimen/yimen.sqlite").display().to_string();
    let mut conn = SqliteConnection::establish(&file).unwrap();
    conn.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
    let reconcile =
        |more: &[&str]| run(folder, &[&["payments", "reconcile", "--day", "2026-01-06"], more].concat());
    assert_eq!(reconcile(&[]).0, 0);
    conn.batch_execute(PAYMENT).unwrap();
    let (status, said, _) = reconcile(&[]);
    assert_eq!(status, 1, "{said}");
    let line = "P-2026-7KQ3-MFXD not-in-statement: portal 86.50, provider -";
    assert!(said.contains(line) && said.contains("It does not balance"), "{said}");
    let (status, compared, trouble) = reconcile(&["--json"]);
    let compared: serde_json::Value = serde_json::from_str(&compared).unwrap_or_else(|_| panic!("{trouble}"));
    assert_eq!((status, &compared["ok"]), (1, &false.into()), "asked again it is still open: {compared}");
    let open = &compared["days"][0]["differences"];
    assert_eq!((open.as_array().unwrap().len(), &open[0]["portal_fen"]), (1, &8650.into()), "{compared}");
    conn.batch_execute(
        "UPDATE payment_differences SET settled_at = found_at, settled_by = 'wu', reason = 'booked by hand'",
    )
    .unwrap();
    assert_eq!(reconcile(&[]).0, 0, "a person has settled it");
}

#[test]
fn a_port_in_use_is_said_aloud() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let (status, _, error) = run(folder.path(), &["--listen", &address.to_string()]);
    assert_eq!(status, 3);
    assert!(error.contains("in use") && error.contains("--listen"), "{error}");
    // Without a wish, the next free port is taken, and it says so.
    fs::write(folder.path().join(".yimen/port"), address.port().to_string()).unwrap();
    let (demo, said) = Running::demo(folder.path(), &[]);
    assert!(said.iter().any(|line| line.contains(&format!("Port {} is in use", address.port()))), "{said:?}");
    drop(demo);
    let (status, _, error) = run(folder.path(), &["--listen", "0.0.0.0:0"]);
    assert_eq!(status, 2);
    assert!(error.contains("loopback"), "{error}");
}

#[test]
fn a_configuration_with_five_mistakes_reports_all_five() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("yimen.toml");
    fs::write(
        &file,
        "[server]\nlisten = \"somewhere\"\nthreads = \"many\"\n[databse]\nurl = \"x\"\n[log]\nformat = \"xml\"\n[jobs]\nrunners = 0\n",
    )
    .unwrap();
    let (status, _, error) = run(folder.path(), &["config", "check", "--config", "yimen.toml"]);
    assert_eq!(status, 2);
    for key in ["server.listen", "server.threads", "databse.url", "log.format", "jobs.runners"] {
        assert!(error.contains(key), "{key}: {error}");
    }
    assert!(error.contains("yimen.toml:2"), "{error}");
    let (status, _, error) = run(folder.path(), &["serve", "--config", "nowhere.toml"]);
    assert_eq!(status, 2);
    assert!(error.contains("nowhere.toml"), "{error}");
    let (status, defaults, _) = run(folder.path(), &["config", "show"]);
    assert_eq!(status, 0);
    fs::write(&file, defaults).unwrap();
    assert_eq!(
        run(folder.path(), &["config", "check", "--config", "yimen.toml"]).0,
        0,
        "what is shown can be used"
    );
}

#[test]
fn serving_without_schema_or_keys_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let (status, _, error) = run(folder.path(), &["serve"]);
    assert_eq!(status, 3);
    assert!(error.contains("yimen migrate"), "{error}");
    assert_eq!(run(folder.path(), &["migrate"]).0, 0);
    let (status, _, error) = run(folder.path(), &["serve"]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("yimen.keys"), "{error}");
    let (status, report, _) = run(folder.path(), &["doctor", "--json"]);
    assert_eq!(status, 1);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&report).unwrap()["ok"], false);
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 2, "keys are never overwritten");
    assert_eq!(run(folder.path(), &["doctor"]).0, 0);
}

#[test]
fn packages_are_installed_checked_and_refused_by_hand() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(folder.path(), &["migrate"]).0, 0);
    let city = packages().join("city").display().to_string();
    let library = packages().join("agencies/library").display().to_string();
    let (status, said, error) = run(folder.path(), &["package", "install", &city, &library]);
    assert_eq!(status, 0, "{said}{error}");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        ["city: installed, version 1", "library: installed, version 1"]
    );
    let (_, said, _) = run(folder.path(), &["package", "install", &library]);
    assert_eq!(said.trim(), "library: unchanged, version 1");
    // A broken one is refused and the rest go on.
    let broken = folder.path().join("museum");
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join("agency.toml"), "format = 1\ncode = \"A47\"\nnmae = 3\n").unwrap();
    let tax = packages().join("agencies/tax").display().to_string();
    let (status, said, _) = run(folder.path(), &["package", "install", "museum", &tax]);
    assert_eq!(status, 1);
    assert!(
        said.contains("museum: refused") && said.contains("agency.toml:3") && said.contains("nmae"),
        "{said}"
    );
    assert!(said.contains("tax: installed, version 1"), "{said}");
    let (status, said, _) = run(folder.path(), &["package", "check", "museum", &library]);
    assert_eq!(status, 1);
    assert!(said.contains("agency.toml:3"), "{said}");
    let (status, ..) = run(folder.path(), &["package", "schema", "schemas"]);
    assert_eq!(status, 0);
    assert!(fs::read_dir(folder.path().join("schemas")).unwrap().count() >= 5);
    // What a backend is asked and may answer stands there as well, for every capability there is.
    for capability in yimen_contract::capability::Capability::ALL {
        for side in ["input", "output"] {
            let file = folder.path().join(format!("schemas/{}.{side}.schema.json", capability.name()));
            let schema: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
            assert_eq!(schema["type"], "object", "{} {side}", capability.name());
        }
    }
    let (status, routes, _) = run(folder.path(), &["routes"]);
    assert_eq!(status, 0);
    assert!(routes.contains("GET   anyone    /services/{code}\n"), "{routes}");
}

#[test]
fn a_site_is_registered_by_one_and_approved_by_another() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(folder.path(), &["migrate"]).0, 0);
    let library = packages().join("agencies/library").display().to_string();
    assert_eq!(run(folder.path(), &["package", "install", &library]).0, 0);
    let file = folder.path().join("site.toml");
    let site = "agency = \"library\"\nname = { zh = \"读者服务\", en = \"Readers\" }\nauth = \"client_secret_basic\"\n";
    let client = |arguments: &[&str]| {
        let all: Vec<&str> = ["client"].iter().chain(arguments).copied().collect();
        run(folder.path(), &all)
    };
    let path = file.display().to_string();
    fs::write(&file, format!("{site}redirect_uris = [\"http://library.example/\"]\n")).unwrap();
    let (status, _, told) = client(&["register", &path, "--by", "Chen Jing"]);
    assert!(
        status == 2 && told.contains("redirect_uris: http://library.example/: it must be https."),
        "{told}"
    );
    fs::write(&file, format!("{site}redirect_uris = [\"https://library.example/back\"]\n")).unwrap();
    let (status, told, _) = client(&["register", &path, "--by", "Chen Jing", "--json"]);
    assert_eq!(status, 0);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert!(told["client_secret"].as_str().unwrap().len() >= 43);
    let id = told["client_id"].as_str().unwrap();
    assert!(client(&["list"]).1.contains("pending"));
    assert_eq!(client(&["approve", id, "--by", "Chen Jing"]).0, 2);
    assert_eq!(client(&["approve", id, "--by", "Wu Min"]).0, 0);
    assert!(client(&["list"]).1.contains("approved"));
    assert_eq!(client(&["suspend", id]).0, 0);
    assert!(client(&["list"]).1.contains("suspended"));
    assert_eq!(client(&["suspend", "x"]).0, 2);
}

/// Where an agency's backend is, one proposes and another approves; what opens it is never shown.
#[test]
fn a_binding_is_proposed_by_one_and_approved_by_another() {
    const REGISTER: &str = "household-registration";
    const ADDRESS: &str = "https://register.example/";
    let folder = TempDir::new().unwrap();
    assert_eq!(run(folder.path(), &["migrate"]).0, 0);
    assert_eq!(run(folder.path(), &["keys", "new"]).0, 0);
    let register = packages().join("agencies/household-registration").display().to_string();
    assert_eq!(run(folder.path(), &["package", "install", &register]).0, 0);
    let binding = |arguments: &[&str], input: &str| {
        let all: Vec<&str> = ["binding"].iter().chain(arguments).copied().collect();
        let mut child = yimen(folder.path(), &all)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that refuses before it reads leaves the other end closed.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let said = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
        (status.code().unwrap(), said)
    };
    let secret = "hmac-key=0123456789abcdef0123456789abcdef\n";
    let set = |agency, address, by, input| binding(&["set", agency, address, "--by", by, "--secrets"], input);
    for (agency, address, by, input) in [
        ("nobody-s-agency", ADDRESS, "Chen Jing", secret),
        (REGISTER, "ftp://register.example/", "Chen Jing", secret),
        (REGISTER, "https://user:pass@register.example/", "Chen Jing", secret),
        (REGISTER, ADDRESS, " ", secret),
        (REGISTER, ADDRESS, "Chen Jing", "another-key=0123456789abcdef0123456789abcdef\n"),
        (REGISTER, ADDRESS, "Chen Jing", "0123456789abcdef0123456789abcdef\n"),
        (REGISTER, ADDRESS, "Chen Jing", ""),
    ] {
        let (status, said) = set(agency, address, by, input);
        assert_eq!(status, 2, "{agency} {address} {by}: {said}");
        assert!(!said.contains("0123456789abcdef"), "{said}");
    }
    assert_eq!(binding(&["approve", REGISTER, "--by", "Wu Min"], "").0, 2, "nothing waits");
    let (status, said) = set(REGISTER, ADDRESS, "Chen Jing", secret);
    assert_eq!(status, 0, "{said}");
    let list = || binding(&["list"], "").1;
    assert!(list().contains("waits for approval, proposed by chen jing"), "{}", list());
    for same in ["Chen Jing", " chen  JING "] {
        assert_eq!(binding(&["approve", REGISTER, "--by", same], "").0, 2, "{same}");
    }
    assert!(list().contains("waits for approval"), "{}", list());
    assert_eq!(binding(&["approve", REGISTER, "--by", "Wu Min"], "").0, 0);
    assert!(list().contains("in force, proposed by chen jing, approved by wu min"), "{}", list());
    let (_, told) = binding(&["list", "--json"], "");
    let told: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    assert_eq!(told["address"], ADDRESS);
    assert!(!list().contains("0123456789abcdef") && !told.to_string().contains("0123456789abcdef"));
}
