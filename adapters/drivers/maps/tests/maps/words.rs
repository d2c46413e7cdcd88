//! What maps are for: names, codes, amounts and dates.

use proptest::prelude::*;
use serde_json::{Value, json};
use yimen_drivers::{Code, MapError, Verdict};

use crate::{pool, run};

#[tokio::test]
async fn an_answer_of_a_backend_becomes_the_contracts() {
    let pool = pool(1);
    let text = r#"
        .Body.list | list | map({
            plate: .hphm,
            amount: (.fkje | amount_in),
            on: (.wfsj | date_in),
            status: (.zt | word({ "0": "unpaid", "1": "paid" })),
            asked: $call.input.level,
        })"#;
    let one = json!({ "hphm": "云A·00001", "fkje": "200.50", "wfsj": "20261121", "zt": 0 });
    let answer = |list: Value| json!({ "Body": { "list": list } });
    let expected =
        json!({ "plate": "云A·00001", "amount": 20050, "on": "2026-11-21", "status": "unpaid", "asked": 3 });
    assert_eq!(run(&pool, text, answer(one.clone())).await.unwrap(), json!([expected]));
    assert_eq!(run(&pool, text, answer(json!([one, one]))).await.unwrap().as_array().unwrap().len(), 2);
    for nothing in [json!(null), json!(""), json!([])] {
        assert_eq!(run(&pool, text, answer(nothing)).await.unwrap(), json!([]));
    }
    // A code that nobody listed, a missing one, and one that has become a number.
    for code in [json!("9"), json!(null), json!(true), json!("")] {
        assert_eq!(run(&pool, ". | word({ \"0\": \"unpaid\" })", code).await.unwrap(), "pending");
    }
    let counts = pool.counts();
    assert_eq!(counts.started, 1, "one worker did it all: {counts:?}");
}

#[tokio::test]
async fn a_question_becomes_the_backends() {
    let pool = pool(1);
    let text = "{ je: (.amount | amount_out), rq: (.on | date_out), sj: ($call.time | date_to(\"yyyy-MM-dd HH:mm:ss\")),
                  ms: ($call.time | date_to(\"epoch_ms\")), none: (.missing | amount_out) }";
    let said = run(&pool, text, json!({ "amount": 5, "on": "2026-02-01" })).await.unwrap();
    let expected = json!({
        "je": "0.05", "rq": "20260201", "sj": "2026-11-21 10:30:00", "ms": 1_795_228_200_000_i64, "none": null,
    });
    assert_eq!(said, expected);
    for (text, input) in [
        (".a | amount_out", json!({ "a": 1.5 })),
        (".a | amount_in", json!({ "a": "1.005" })),
        (".a | date_in", json!({ "a": "2026-11-21" })),
        (".a | date_out", json!({ "a": "20261121" })),
        (".a | date_from(\"d.M.yyyy\")", json!({ "a": "1.1.2026" })),
    ] {
        assert!(matches!(run(&pool, text, input).await, Err(MapError::Failed { .. })), "{text}");
    }
}

#[tokio::test]
async fn a_map_can_say_what_came_of_the_call() {
    let pool = pool(1);
    let text = "if .code == \"E1\" then refused(.code) elif .code == \"B\" then busy
                elif .code == \"?\" then unknown_outcome elif .code == 401 then credentials(.code) else .data end";
    for (code, verdict) in [
        (json!("E1"), Verdict::Refused(Code::new("E1"))),
        (json!("B"), Verdict::Busy),
        (json!("?"), Verdict::Unknown),
        (json!(401), Verdict::Credentials(Code::new("401"))),
    ] {
        let said = run(&pool, text, json!({ "code": code })).await;
        assert_eq!(said, Err(MapError::Says(verdict)));
    }
    assert_eq!(run(&pool, text, json!({ "code": "0", "data": 1 })).await.unwrap(), 1);
    // A name in the place of a code goes no further.
    let said = run(&pool, "refused(.name)", json!({ "name": "林晓" })).await;
    assert_eq!(said, Err(MapError::Says(Verdict::Refused(Code::new("林晓")))));
    assert_eq!(Code::new("林晓").as_str(), "no code");
    assert_eq!(Code::new("990101198501010010").as_str(), "no code");
}

#[tokio::test]
async fn ordinary_jq_is_there() {
    let pool = pool(1);
    for (text, input, expected) in [
        ("map(select(.a > 1)) | length", json!([{ "a": 1 }, { "a": 2 }]), json!(1)),
        (
            "to_entries | map(\"\\(.key)=\\(.value)\") | join(\"&\")",
            json!({ "a": 1, "b": "2" }),
            json!("a=1&b=2"),
        ),
        (
            "group_by(.k) | map({ k: .[0].k, n: length })",
            json!([{ "k": 1 }, { "k": 1 }]),
            json!([{ "k": 1, "n": 2 }]),
        ),
        ("test(\"^云A\") and (sub(\"A\"; \"B\") == \"云B1\")", json!("云A1"), json!(true)),
        ("[limit(2; .[])] | add / 2", json!([1, 3, 5]), json!(2)),
        ("try error(\"x\") catch .", json!(null), json!("x")),
        ("split(\",\") | map(tonumber) | max", json!("1,5,3"), json!(5)),
        ("@base64 | @base64d", json!("林"), json!("林")),
        ("getpath([\"a\", \"b\"]) // \"none\"", json!({ "a": {} }), json!("none")),
        ("def f($x): $x * 2; f(.)", json!(4), json!(8)),
        (". as { a: $a } | $a | tostring | ascii_upcase", json!({ "a": "x" }), json!("X")),
        (
            "walk(if type == \"string\" then ascii_downcase else . end)",
            json!(["A", { "b": "C" }]),
            json!(["a", { "b": "c" }]),
        ),
        ("1 / 3 * 3", json!(null), json!(1)),
        (".", json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_993_i64)),
    ] {
        assert_eq!(run(&pool, text, input).await, Ok(expected), "{text}");
    }
}

#[test]
fn whatever_goes_in_comes_out_the_same() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let pool = pool(1);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC*".prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map("\\PC*", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    });
    proptest!(ProptestConfig::with_cases(64), |(value in tree)| {
        prop_assert_eq!(runtime.block_on(run(&pool, ".", value.clone())), Ok(value));
    });
}
