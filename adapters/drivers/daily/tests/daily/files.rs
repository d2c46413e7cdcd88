//! Files as they come.

use std::fs;

use proptest::prelude::*;
use yimen_contract::{agency::Encoding, protocol::Table};
use yimen_daily::{Came, FolderError, Problem, Reading, read};

use crate::{Bureau, GOOD, digest, gbk, names};

fn problem(line: u64, column: &str, problem: &str, remedy: &str) -> Problem {
    Problem { line, column: column.to_owned(), problem: problem.to_owned(), remedy: remedy.to_owned() }
}

#[tokio::test]
async fn a_file_is_taken_once() {
    let bureau = Bureau::open();
    assert_eq!(bureau.collect().await, Ok(vec![]));
    bureau.puts("benefits-20261121.csv", GOOD);
    let file = "benefits-20261121.csv".to_owned();
    assert_eq!(bureau.collect().await, Ok(vec![Came::Taken { file: file.clone(), lines: 2, left_out: 0 }]));
    assert_eq!(bureau.collect().await, Ok(vec![Came::Known { file }]));
    // The same bytes under another name are the same file.
    bureau.puts("benefits-20261122.csv", GOOD);
    let came = bureau.collect().await.unwrap();
    assert!(came.iter().all(|came| matches!(came, Came::Known { .. })), "{came:?}");
    assert_eq!(bureau.put(), Vec::<String>::new(), "there is nothing to say");
}

#[tokio::test]
async fn a_half_written_file_is_not_read() {
    let bureau = Bureau::open();
    let (path, file) = (bureau.path("to-portal/benefits-20261121.csv"), "benefits-20261121.csv".to_owned());
    let whole = gbk(GOOD);
    fs::write(&path, &whole[..40]).unwrap();
    assert_eq!(bureau.collect().await, Ok(vec![Came::Unfinished { file: file.clone(), companion: false }]));
    // A companion that was there before the rest of the file.
    fs::write(bureau.path("to-portal/benefits-20261121.csv.sha256"), digest(&whole)).unwrap();
    assert_eq!(bureau.collect().await, Ok(vec![Came::Unfinished { file: file.clone(), companion: true }]));
    fs::write(&path, &whole).unwrap();
    assert_eq!(bureau.collect().await, Ok(vec![Came::Taken { file, lines: 2, left_out: 0 }]));
    assert_eq!(bureau.put(), Vec::<String>::new());
}

#[tokio::test]
async fn the_companion_can_hold_the_size() {
    let mut bureau = Bureau::open();
    bureau.asked.backend.files.as_mut().unwrap().companion = yimen_contract::protocol::Companion::Ok;
    let bytes = gbk(GOOD);
    fs::write(bureau.path("to-portal/benefits-20261121.csv"), &bytes).unwrap();
    for (promise, taken) in
        [("", false), ("-1", false), ("12", false), ("yes", false), (&*bytes.len().to_string(), true)]
    {
        fs::write(bureau.path("to-portal/benefits-20261121.csv.ok"), promise).unwrap();
        let came = bureau.collect().await.unwrap();
        assert_eq!(matches!(came[0], Came::Taken { .. }), taken, "{promise}");
    }
}

#[tokio::test]
async fn a_wrong_head_line_refuses_the_file_with_its_place_and_the_remedy() {
    for (head, column, says, remedy) in [
        ("id,je,xm,zt", "2", "`je` stands where `xm` should.", "Keep the order of columns."),
        ("id,name,je,zt", "2", "The column `xm` is not there.", "Write `xm` here."),
        ("990101198501010010,林晓,1,1", "1", "The column `id` is not there.", "Write `id` here."),
        ("id,xm,je", "4", "The column `zt` is missing.", "Add `zt` here."),
        ("id,xm,je,zt,bz", "5", "There is a column that nobody knows.", "Remove it."),
        ("id;xm;je;zt", "1", "The column `id` is not there.", "Write `id` here."),
        ("", "1", "The column `id` is missing.", "Add `id` here."),
    ] {
        let bureau = Bureau::open();
        bureau.puts(
            "benefits-20261121.csv",
            &GOOD.replace("id,xm,je,zt", head).trim_start().replace(
                // Without a head line the file is empty.
                if head.is_empty() { GOOD.split_once("\r\n").unwrap().1 } else { "\0" },
                "",
            ),
        );
        let came = bureau.collect().await.unwrap();
        let expected = vec![problem(1, column, says, remedy)];
        assert_eq!(
            came,
            [Came::Refused { file: "benefits-20261121.csv".to_owned(), problems: expected }],
            "{head}"
        );
        assert!(!format!("{came:?}").contains("9901"), "no value is repeated");
        // The agency is told, once.
        bureau.collect().await.unwrap();
        let reports = bureau.put();
        assert_eq!(reports.len(), 1, "{reports:?}");
        assert!(reports[0].starts_with("benefits-20261121-") && reports[0].ends_with(".report.csv"));
        assert_eq!(
            bureau.reads(&reports[0]),
            format!("line,column,problem,remedy\r\n1,{column},{says},{remedy}\r\n")
        );
    }
}

#[tokio::test]
async fn of_changes_the_good_lines_are_taken_and_of_everything_nothing() {
    let bad = "990101198501010010|1\n|2\n990101199001010020|2|3\n990101199001010020|\n";
    let bureau = Bureau::open();
    bureau.puts("changes-20261121.csv", &format!("id|zt\n{bad}"));
    let came = bureau.collect().await.unwrap();
    assert_eq!(came, [Came::Taken { file: "changes-20261121.csv".to_owned(), lines: 2, left_out: 2 }]);
    let report = bureau.reads(&bureau.put()[0]);
    assert_eq!(
        report,
        "line,column,problem,remedy\r\n3,id,`id` is empty.,Every line needs it.\r\n\
         4,,\"The line has 3 values, not 2.\",Put values that hold the delimiter into quotation marks.\r\n"
    );

    let bureau = Bureau::open();
    bureau.puts("benefits-20261121.csv", &GOOD.replace("200.50,1", "200.50,"));
    let came = bureau.collect().await.unwrap();
    let expected = vec![problem(2, "zt", "`zt` is empty.", "Every line needs it.")];
    assert_eq!(came, [Came::Refused { file: "benefits-20261121.csv".to_owned(), problems: expected }]);
    let mut asked = bureau.asked;
    asked.binding.file.as_mut().unwrap().table = "benefits".to_owned();
    assert!(asked.of(&yimen_daily::Daily).await.is_err(), "nothing of it can be asked for");
}

#[tokio::test]
async fn bytes_of_another_encoding_are_named_by_their_line() {
    let bureau = Bureau::open();
    let mut bytes = gbk(GOOD);
    let second = bytes.windows(2).rposition(|two| two == b"\r\n").unwrap();
    bytes.splice(second..second, [0xFF]);
    bureau.puts_bytes("benefits-20261121.csv", &bytes);
    let came = bureau.collect().await.unwrap();
    let expected = vec![problem(3, "", "The line is not in GBK.", "Write the whole file in GBK.")];
    assert_eq!(came, [Came::Refused { file: "benefits-20261121.csv".to_owned(), problems: expected }]);
}

#[tokio::test]
async fn what_is_no_file_of_a_table_is_left_alone() {
    let bureau = Bureau::open();
    let outside = tempfile::NamedTempFile::new().unwrap();
    fs::write(outside.path(), gbk(GOOD)).unwrap();
    // A link to a file elsewhere, with a companion that fits.
    std::os::unix::fs::symlink(outside.path(), bureau.path("to-portal/benefits-20261121.csv")).unwrap();
    fs::write(bureau.path("to-portal/benefits-20261121.csv.sha256"), digest(&gbk(GOOD))).unwrap();
    fs::create_dir(bureau.path("to-portal/benefits-20261122.csv")).unwrap();
    for name in ["benefits.csv", "other-20261121.csv", "benefits-20261121.csv.part", ".benefits-20261121.csv"]
    {
        bureau.puts(name, GOOD);
    }
    assert_eq!(bureau.collect().await, Ok(vec![]));
    // A companion that is a link elsewhere is not followed either.
    let bureau = Bureau::open();
    fs::write(bureau.path("to-portal/benefits-20261121.csv"), gbk(GOOD)).unwrap();
    fs::write(outside.path(), digest(&gbk(GOOD))).unwrap();
    std::os::unix::fs::symlink(outside.path(), bureau.path("to-portal/benefits-20261121.csv.sha256"))
        .unwrap();
    let came = bureau.collect().await.unwrap();
    assert!(matches!(came[0], Came::Unfinished { companion: false, .. }), "{came:?}");
}

/// The agency may write in its folders; it must not be able to have the portal write or read anywhere else.
#[tokio::test]
async fn links_lead_the_portal_nowhere() {
    let bureau = Bureau::open();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "untouched").unwrap();
    fs::create_dir(bureau.path("from-portal")).unwrap();
    bureau.puts("benefits-20261121.csv", "wrong\n");
    let report = format!("benefits-20261121-{}.report.csv", &digest(b"wrong\n")[..8]);
    for name in [format!(".{report}.part"), report.clone(), format!("{report}.sha256")] {
        std::os::unix::fs::symlink(&victim, bureau.path(&format!("from-portal/{name}"))).unwrap();
    }
    assert!(matches!(bureau.collect().await.unwrap()[0], Came::Refused { .. }));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched");
    assert!(bureau.reads(&report).contains("The column `id` is not there."), "the links were replaced");

    fs::write(outside.path().join("benefits-20261121.csv"), gbk(GOOD)).unwrap();
    fs::write(outside.path().join("benefits-20261121.csv.sha256"), digest(&gbk(GOOD))).unwrap();
    let bureau = Bureau::open();
    fs::remove_dir(bureau.path("to-portal")).unwrap();
    std::os::unix::fs::symlink(outside.path(), bureau.path("to-portal")).unwrap();
    assert!(matches!(bureau.collect().await, Err(FolderError::Away(_))));
}

#[tokio::test]
async fn a_folder_too_full_is_said_to_be_so() {
    let bureau = Bureau::open();
    for n in 0..=10_000 {
        fs::write(bureau.path(&format!("to-portal/{n}")), "").unwrap();
    }
    assert_eq!(bureau.collect().await, Err(FolderError::TooMany));
}

#[tokio::test]
async fn a_folder_that_is_away_is_no_empty_folder() {
    let bureau = Bureau::open();
    fs::remove_dir_all(bureau.path("to-portal")).unwrap();
    assert!(matches!(bureau.collect().await, Err(FolderError::Away(_))));
    let mut elsewhere = Bureau::open();
    elsewhere.asked.address = "http://127.0.0.1/".to_owned();
    assert!(matches!(elsewhere.collect().await, Err(FolderError::Impossible(_))));
}

#[tokio::test]
async fn a_file_too_large_is_not_read_into_memory() {
    let bureau = Bureau::open();
    let path = bureau.path("to-portal/benefits-20261121.csv");
    fs::File::create(&path).unwrap().set_len(33 << 20).unwrap();
    fs::write(bureau.path("to-portal/benefits-20261121.csv.sha256"), "00").unwrap();
    assert_eq!(bureau.collect().await, Err(FolderError::TooLarge));
    assert_eq!(names(&bureau.path("from-portal")), Vec::<String>::new());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_no_line_gets_lost(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "[a-c,\"\r\n|]{0,60}") {
        let table = Table {
            name: "t".to_owned(), columns: vec!["a".to_owned(), "b".to_owned()], key: "a".to_owned(),
            required: vec![], whole: false, delimiter: None,
        };
        let _ = read(&table, Encoding::Gb18030, &bytes);
        let whole = format!("a,b\n{text}");
        if let Reading::Lines { good, bad } = read(&table, Encoding::Utf8, whole.as_bytes()) {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(whole.as_bytes());
            prop_assert_eq!(good.len() + bad.len(), reader.records().count());
            prop_assert!(good.iter().all(|(key, _)| !key.is_empty()));
        }
    }
}

/// A file that holds everything makes those before it worthless: a long history keeps nobody from the newest one.
#[tokio::test]
async fn of_files_that_hold_everything_only_the_newest_is_taken() {
    let bureau = Bureau::open();
    let amount = |day: u32| GOOD.replace("200.50", &format!("{day}.00"));
    for day in 1..=20 {
        bureau.puts(&format!("benefits-202611{day:02}.csv"), &amount(day));
    }
    let came = bureau.collect().await.unwrap();
    let taken =
        |day: u32| Came::Taken { file: format!("benefits-202611{day:02}.csv"), lines: 2, left_out: 0 };
    assert_eq!(came, [taken(20)]);
    let known = [Came::Known { file: "benefits-20261120.csv".to_owned() }];
    assert_eq!(bureau.collect().await.unwrap(), known, "nothing older is looked at again");

    // The newest one cannot be read, so the one before it counts, and the report says why.
    bureau.puts("benefits-20261121.csv", &amount(21));
    bureau.puts("benefits-20261122.csv", &amount(22).replace("1\r\n", "\r\n"));
    let came = bureau.collect().await.unwrap();
    assert!(matches!(came.as_slice(), [Came::Refused { .. }, one] if *one == taken(21)), "{came:?}");
    // Put right, it counts.
    bureau.puts("benefits-20261122.csv", &amount(22));
    assert_eq!(bureau.collect().await.unwrap(), [taken(22)]);
}

/// Of changes every file counts, oldest first: a round ends, and the next one goes on.
#[tokio::test]
async fn a_long_history_of_changes_is_taken_in_rounds() {
    let bureau = Bureau::open();
    for number in 1..=450 {
        bureau.puts(
            &format!("changes-20261121-{number}.csv"),
            &format!("id|zt\n990101198501010010|{number}\n"),
        );
    }
    let mut taken = Vec::new();
    for most in [200, 200, 50, 0] {
        let came = bureau.collect().await.unwrap();
        let new: Vec<String> = came
            .into_iter()
            .filter_map(|came| match came {
                Came::Taken { file, .. } => Some(file),
                _ => None,
            })
            .collect();
        assert_eq!(new.len(), most);
        taken.extend(new);
    }
    let all: Vec<String> = (1..=450).map(|number| format!("changes-20261121-{number}.csv")).collect();
    assert_eq!(taken, all, "each once, in order");
}
