//! What is said about answers and what the schema says are the same: whatever is typed into whatever form.

use proptest::prelude::*;
use serde_json::Value;
use yimen_forms::{Draft, Entry, Field, Form, Kind};

use crate::folder::{RIGHT, city, rich, rich_schema, today};

/// Something typed into a question: often right, often almost right, now and then anything.
fn typed(field: &Field, name: &str) -> BoxedStrategy<Vec<(String, String)>> {
    let named = |texts: BoxedStrategy<String>| {
        let name = name.to_owned();
        texts.prop_map(move |text| vec![(name.clone(), text)]).boxed()
    };
    let right = match &field.kind {
        Kind::Group(fields) => return all(fields, &format!("{name}.")),
        Kind::Repeat { item, .. } => {
            let item = (**item).clone();
            let name = name.to_owned();
            let items = move |count: usize| {
                let each = (0..count).map(|at| typed(&item, &format!("{name}[{at}]"))).collect::<Vec<_>>();
                each.prop_map(|pairs| pairs.concat())
            };
            return (0..5_usize).prop_flat_map(items).boxed();
        }
        Kind::Many { choices, .. } => {
            let mut values: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
            values.push("zzz".to_owned());
            let name = name.to_owned();
            let some = proptest::sample::subsequence(values.clone(), 0..=values.len());
            return some
                .prop_map(move |some| some.into_iter().map(|one| (name.clone(), one)).collect())
                .boxed();
        }
        Kind::Choice(choices) => {
            proptest::sample::select(choices.iter().map(|choice| choice.value.clone()).collect::<Vec<_>>())
                .boxed()
        }
        Kind::YesNo | Kind::Agree => {
            proptest::sample::select(vec!["true", "on", "false", "是"]).prop_map(str::to_owned).boxed()
        }
        Kind::Whole(_) => prop_oneof![
            (-3_i64..20).prop_map(|n| n.to_string()),
            Just("1.5".to_owned()),
            Just("１２".to_owned())
        ]
        .boxed(),
        Kind::Money(_) => prop_oneof![
            (0_i64..3_000).prop_map(|n| format!("{n}.05")),
            Just("1,234.5".to_owned()),
            Just("-1".to_owned())
        ]
        .boxed(),
        Kind::Number(_) => {
            prop_oneof![(-2.0..20_000.0_f64).prop_map(|n| format!("{n:.2}")), Just("0.5".to_owned())].boxed()
        }
        Kind::File(_) => Just("f-467c0a".to_owned()).boxed(),
        Kind::Text(text) => match text.entry {
            Entry::Date => prop_oneof![
                (1..14_u8, 1..33_u8).prop_map(|(m, d)| format!("2026年{m}月{d}日")),
                Just("2026-02-29".to_owned())
            ]
            .boxed(),
            Entry::Month => (0..14_u8).prop_map(|month| format!("2026-{month:02}")).boxed(),
            Entry::Year => prop_oneof![Just("2026年".to_owned()), Just("1999".to_owned())].boxed(),
            Entry::Time => (0..26_u8, 0..62_u8).prop_map(|(h, m)| format!("{h}:{m}")).boxed(),
            Entry::Identity => {
                prop_oneof![Just("99010120151231003x".to_owned()), Just("990101198501010011".to_owned())]
                    .boxed()
            }
            Entry::Credit => {
                prop_oneof![Just("11990100990000025w".to_owned()), Just("119901009900000173".to_owned())]
                    .boxed()
            }
            Entry::Phone => Just("139 0000 0002".to_owned()).boxed(),
            Entry::Mail => prop_oneof![Just("lin@example.cn".to_owned()), Just("a@b".to_owned())].boxed(),
            Entry::Plain | Entry::Address | Entry::Bound => {
                let example = field.example.clone().unwrap_or_default();
                prop_oneof![3 => Just(example.clone()), 1 => Just(format!(" {} ", example.to_lowercase())), 1 => "[一-龥a-z0-9 \n]{0,80}"].boxed()
            }
        },
    };
    let odd =
        prop_oneof![Just(String::new()), ".{0,12}", Just("林晓".to_owned()), Just("\u{200b}".to_owned())];
    named(prop_oneof![8 => right, 1 => odd, 1 => Just(String::new())].boxed())
}

fn all(fields: &[Field], prefix: &str) -> BoxedStrategy<Vec<(String, String)>> {
    let each: Vec<_> = fields.iter().map(|field| typed(field, &format!("{prefix}{}", field.name))).collect();
    each.prop_map(|pairs| pairs.concat()).boxed()
}

fn draft(form: &Form, posted: &[(String, String)]) -> Draft {
    let mut draft = Draft::default();
    for page in &form.pages {
        draft.take(form, page, posted.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
    }
    for (name, text) in posted {
        draft.attach(form, name, text);
    }
    draft
}

/// Both judges about one draft. True where it can be handed in.
fn agree(path: &str, form: &Form, plain: &jsonschema::Validator, posted: &[(String, String)]) -> bool {
    let draft = draft(form, posted);
    let filled = form.fill(&draft, today());
    let nothing_wrong = filled.wrong().is_empty();
    let document = Value::Object(filled.document().clone());
    assert_eq!(nothing_wrong, filled.fits_schema(), "{path}: {:?}\n{document}", filled.wrong());
    // Our own schema is at least as strict as the agency's.
    assert!(!nothing_wrong || plain.is_valid(&document), "{path}: {document}");
    let mut places: Vec<&str> = filled.wrong().iter().map(|wrong| wrong.name.as_str()).collect();
    let all = places.len();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), all, "{path}: two things wrong at one place");
    assert_eq!(filled.submission().is_ok(), nothing_wrong);
    // What is sent, told again, is what is sent.
    if nothing_wrong {
        let again = Draft::of(form, filled.document());
        assert_eq!(form.fill(&again, today()).document(), filled.document(), "{path}");
    }
    nothing_wrong
}

fn quietly(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn in_every_form_of_the_city() {
    let mut handed_in = 0;
    for (path, schema) in city() {
        let form = Form::read(&schema).unwrap();
        let plain = jsonschema::validator_for(&schema).unwrap();
        let count = std::cell::Cell::new(0);
        // A runner stops once it has met its number of cases, over all it runs.
        proptest::test_runner::TestRunner::new(quietly(12))
            .run(&all(&form.fields, ""), |posted| {
                count.set(count.get() + i32::from(agree(&path, &form, &plain, &posted)));
                Ok(())
            })
            .unwrap();
        handed_in += count.get();
    }
    // Both outcomes were met many times, or nothing has been shown.
    assert!((200..3_500).contains(&handed_in), "{handed_in}");
}

/// A few questions of a form that is right, answered anew.
fn nearly_right(form: &Form) -> impl Strategy<Value = Vec<(String, String)>> + use<> {
    let fields = form.fields.clone();
    let all: Vec<usize> = (0..fields.len()).collect();
    proptest::sample::subsequence(all, 0..4).prop_flat_map(move |changed| {
        let new: Vec<_> = changed.iter().map(|at| typed(&fields[*at], &fields[*at].name)).collect();
        let names: Vec<String> = changed.iter().map(|at| fields[*at].name.clone()).collect();
        new.prop_map(move |new| {
            let root = |name: &str| name.split(['.', '[']).next().unwrap_or_default().to_owned();
            let kept = RIGHT.iter().filter(|(name, _)| !names.contains(&root(name)));
            let kept = kept.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
            kept.chain(new.concat()).collect()
        })
    })
}

#[test]
fn in_a_form_with_everything_in_it() {
    let form = rich();
    let plain = jsonschema::validator_for(&rich_schema()).unwrap();
    let handed_in = std::cell::Cell::new(0);
    proptest::test_runner::TestRunner::new(quietly(500))
        .run(&nearly_right(&form), |posted| {
            handed_in.set(handed_in.get() + i32::from(agree("rich", &form, &plain, &posted)));
            Ok(())
        })
        .unwrap();
    assert!((60..480).contains(&handed_in.get()), "{}", handed_in.get());
}
