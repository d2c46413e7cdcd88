//! Every way out of a map, and that it is shut.

use std::time::Duration;

use serde_json::{Value, json};
use yimen_drivers::{Job, MapError, Maps as _};
use yimen_maps::{Pool, Settings};

use crate::{PATIENCE, facts, patient_pool, pool, run, within};

/// What is not in the language is named with its place.
#[tokio::test]
async fn what_leads_out_does_not_compile() {
    let pool = pool(1);
    for (text, name) in [
        ("env", "env"),
        ("$ENV", "$ENV"),
        ("env.PATH", "env"),
        ("now", "now"),
        ("localtime", "localtime"),
        ("now | strflocaltime(\"%Y\")", "now"),
        ("input", "input"),
        ("[inputs]", "inputs"),
        ("input_filename", "input_filename"),
        ("debug", "debug"),
        ("debug(\"x\")", "debug"),
        ("stderr", "stderr"),
        ("halt", "halt"),
        ("halt_error", "halt_error"),
        ("halt(1)", "halt"),
        ("$__prog_args", "$__prog_args"),
        ("@sh", "@sh"),
        ("get_search_list", "get_search_list"),
        ("getpath([\"a\"]) | input", "input"),
        ("debug_empty", "debug_empty"),
        ("stderr_empty", "stderr_empty"),
    ] {
        match run(&pool, &format!(".a |\n  {text}"), json!({})).await {
            Err(MapError::Wrong { program, line, column, message }) => {
                assert_eq!((program.as_str(), line), ("maps/test.jq", 2), "{text}: {message}");
                assert!(message.contains(&format!("`{name}`")), "{text}: {message}");
                let at = 3 + text.find(name).unwrap();
                assert_eq!(column, at, "{text}: {message}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn there_are_no_imports() {
    let pool = pool(1);
    for text in [
        "import \"/etc/passwd\" as $p; $p",
        "import \"words\" as w; w::word({})",
        "include \"words\"; .",
        "import \"x\" as $x { search: \"/\" }; $x",
    ] {
        let error = run(&pool, text, json!(1)).await.unwrap_err();
        assert!(error.to_string().contains("there are no imports"), "{text}: {error}");
        assert!(error.to_string().starts_with("maps/test.jq, line 1, column "), "{text}: {error}");
    }
}

#[tokio::test]
async fn what_is_no_program_says_where() {
    let pool = pool(1);
    for (text, place) in [
        (".a |", "line 1, column 5"),
        ("{ a: (1 }", "line 1, column 6: this `(` is never closed"),
        (".\n.b |\n[1,", "line 3, column 1"),
        ("\"\\(", "line 1, column 3"),
        ("§", "line 1, column 1"),
        ("$missing", "line 1, column 1"),
        ("nothing(1; 2)", "line 1, column 1"),
    ] {
        let error = run(&pool, text, json!(1)).await.unwrap_err();
        assert!(error.to_string().contains(place), "{text}: {error}");
        assert!(pool.check("maps/test.jq", text, Duration::from_secs(20)).await.is_err());
    }
    pool.check("maps/test.jq", ".a // error(\"x\")", Duration::from_secs(20)).await.unwrap();
}

#[tokio::test]
async fn a_map_without_end_is_killed_and_the_next_one_runs() {
    let pool = pool(1);
    for text in ["def f: f; f", "[recurse(.)] | length", "last(range(0; infinite))", "until(false; .)"] {
        let error = within(&pool, text, json!(1), Duration::from_millis(300)).await.unwrap_err();
        // Some of them fill the memory before the time is over.
        assert!(matches!(error, MapError::Late(_) | MapError::Died(_)), "{text}: {error:?}");
        assert_eq!(run(&pool, ". + 1", json!(1)).await.unwrap(), json!(2), "{text}");
    }
    let counts = pool.counts();
    assert_eq!(counts.killed + counts.died, 4, "{counts:?}");
    assert!(counts.killed >= 2, "{counts:?}");
    assert_eq!(counts.started, 5, "one after each");
}

#[tokio::test]
async fn memory_and_stack_have_their_bounds_and_only_the_worker_pays() {
    let pool = patient_pool(1);
    for text in [
        "def f: . + . | f; \"yimen\" | f",
        "[range(100000000)]",
        "\"x\" * 2000000000",
        "def f: 1 + f; f",
        "def f: [f]; f",
    ] {
        let error = within(&pool, text, json!(1), PATIENCE).await.unwrap_err();
        assert!(matches!(error, MapError::Died(_)), "{text}: {error:?}");
        assert_eq!(run(&pool, ". + 1", json!(1)).await.unwrap(), json!(2), "{text}");
    }
    assert_eq!(pool.counts().died, 5);
}

/// A worker sees nothing of the portal's environment, whatever asks.
#[tokio::test]
async fn a_worker_has_no_environment() {
    assert!(std::env::var_os("HOME").is_some() && std::env::var_os("CARGO_MANIFEST_DIR").is_some());
    // In place of a worker, a program that answers with what it sees.
    let says = r#"body="{\"result\":\"${HOME-none} ${CARGO_MANIFEST_DIR-none}\"}"; printf '\000\000\000\026%s' "$body"; cat"#;
    let arguments = vec!["-c".into(), says.into()];
    let bare = Pool::new(Settings { program: "/bin/sh".into(), arguments, workers: 1, longest: PATIENCE });
    let facts = facts();
    let within = Duration::from_secs(20);
    let job = Job { agency: "sample", program: "x", text: ".", facts: &facts, input: &Value::Null, within };
    assert_eq!(bare.run(job).await.unwrap(), json!("none none"));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_no_crash() {
    let settings =
        Settings { program: "/nowhere/at/all".into(), arguments: vec![], workers: 1, longest: PATIENCE };
    let facts = facts();
    let job = Job {
        agency: "sample",
        program: "x",
        text: ".",
        facts: &facts,
        input: &Value::Null,
        within: Duration::from_secs(1),
    };
    assert!(matches!(Pool::new(settings).run(job).await, Err(MapError::NoPlace(_))));
}

#[tokio::test]
async fn one_hanging_map_leaves_the_other_workers_alone_and_waiting_has_an_end() {
    let pool = pool(2);
    let hanging = within(&pool, "def f: f; f", json!(1), Duration::from_secs(3));
    let others = async {
        for n in 0..20 {
            assert_eq!(run(&pool, ". + 1", json!(n)).await.unwrap(), json!(n + 1));
        }
    };
    let (hung, ()) = tokio::join!(hanging, others);
    assert!(matches!(hung, Err(MapError::Late(_))));

    let one = crate::pool(1);
    let hanging = within(&one, "def f: f; f", json!(1), Duration::from_secs(2));
    let waiting = within(&one, ".", json!(1), Duration::from_millis(200));
    let (_, waited) = tokio::join!(hanging, waiting);
    assert!(matches!(waited, Err(MapError::NoPlace(_))), "{waited:?}");
}

/// A call that is given up takes its worker with it, so that nobody gets the answer to another question.
#[tokio::test]
async fn an_answer_never_reaches_somebody_else() {
    let pool = pool(1);
    run(&pool, ".", json!(0)).await.unwrap();
    for n in 1..10 {
        let given_up = run(&pool, "[range(300000)] | length", json!(n));
        let _ = tokio::time::timeout(Duration::from_millis(5), given_up).await;
        assert_eq!(run(&pool, ".", json!(n)).await.unwrap(), json!(n));
    }
}

#[tokio::test]
async fn what_failed_says_nothing_of_what_it_worked_on() {
    let pool = pool(1);
    let error =
        run(&pool, ".name | fen_from_yuan + {}", json!({ "name": "990101198501010010" })).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("9901"), "{error:?}");
    for (text, input) in [("empty", json!(1)), (".[]", json!([1, 2]))] {
        assert!(matches!(run(&pool, text, input).await, Err(MapError::NotOne(_))), "{text}");
    }
    for text in ["nan", "infinite", "{(1): 2}", "reduce range(200) as $i (1; [.])"] {
        assert!(matches!(run(&pool, text, json!(1)).await, Err(MapError::Failed { .. })), "{text}");
    }
}

/// An agency whose maps hang takes a place less than there are: another's runs all the while.
#[tokio::test]
async fn one_agency_s_maps_do_not_take_all_the_places() {
    let pool = pool(2);
    let facts = facts();
    let job = |agency, text| {
        let within = PATIENCE;
        Job { agency, program: "x", text, facts: &facts, input: &Value::Null, within }
    };
    let hanging = async {
        let endless = || pool.run(job("hanging", "def f: f; f"));
        let (one, two) = tokio::join!(endless(), endless());
        // Each ends long before its call would.
        assert!(matches!((one, two), (Err(MapError::Late(_)), Err(MapError::Late(_)))));
        pool.counts().runs
    };
    let others = async {
        assert_eq!(pool.run(job("other", "1 + 1")).await.unwrap(), json!(2));
        pool.counts().killed
    };
    let (runs, killed) = tokio::join!(hanging, others);
    assert_eq!((runs, killed), (3, 0), "the other was done before the first hanging one was killed");
}
