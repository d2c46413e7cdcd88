//! A small town of services, asked in every way people ask.

use proptest::prelude::*;

use super::*;

fn entry(code: &str, zh: &str, en: &str, synonyms: &[&str], popularity: u32) -> Entry {
    Entry {
        code: code.to_owned(),
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        synonyms: synonyms.iter().map(|&word| word.to_owned()).collect(),
        popularity,
        ..Entry::default()
    }
}

fn town() -> Vec<Entry> {
    let mut town = vec![
        entry("YZ02022", "驾驶证期满换证", "Renew driving licence", &["换驾照", "驾照到期"], 90),
        entry("YZ02023", "驾驶证遗失补证", "Replace lost driving licence", &["驾照丢了"], 40),
        entry("YZ02003", "驾驶证记分查询", "Driving licence points", &["扣分"], 70),
        entry("YZ02001", "机动车违法查询（按号牌）", "Traffic violations by plate", &["查违章"], 99),
        entry("YZ13019", "ETC办理申请", "Apply for ETC", &["办ETC"], 20),
        entry("YZ13021", "道路运输从业资格证换证", "Renew road transport qualification", &[], 5),
        entry("YZ08023", "教师资格定期注册", "Teacher periodic registration", &["教资注册"], 5),
        entry("YZ15013", "法律援助申请", "Legal aid", &["请不起律师"], 8),
        entry("YZ06003", "医保个人账户余额查询", "Medical account balance", &["医保余额"], 50),
        entry("YZ09001", "公积金账户余额查询", "Provident fund balance", &[], 60),
        entry("YZ12007", "结婚登记预约", "Book marriage registration", &["领证"], 30),
        entry("YZ12008", "离婚登记申请预约", "Book divorce application", &[], 10),
        entry("YZ03007", "普通护照到期换发", "Renew passport", &["换护照"], 30),
        entry("YZ17008", "电费缴纳", "Pay electricity bill", &["交电费"], 80),
        entry("YZ02047", "电动自行车登记上牌预约", "Book e-bike registration", &["电瓶车上牌"], 12),
        entry("YZ05014", "银行开户行查询", "Bank branch query", &[], 1),
    ];
    town[0].class = vec!["驾驶证".to_owned(), "Driving licences".to_owned()];
    town[3].agency = vec!["云州市公安局交通警察支队".to_owned(), "交警".to_owned()];
    town[0].body_zh = "本人身份证。\n近期白底照片两张。".to_owned();
    town
}

fn words() -> Vec<Vec<String>> {
    [
        &["驾照", "驾驶证", "driving licence", "driver's license", "driving permit"][..],
        &["违章", "违法", "traffic violation", "traffic ticket"],
        &["丢了", "遗失", "补办", "lost"],
        &["到期", "期满", "换证", "renew"],
        &["医保", "医疗保险", "medical insurance"],
        &["公积金", "住房公积金", "provident fund"],
    ]
    .iter()
    .map(|group| group.iter().map(|&word| word.to_owned()).collect())
    .collect()
}

fn stop() -> Vec<String> {
    ["怎么", "在哪", "的", "了", "我", "吗", "how", "do", "i", "my", "the", "to"].map(str::to_owned).to_vec()
}

fn index() -> Index {
    Index::build(&town(), &words(), &stop())
}

fn codes(query: &str) -> Vec<String> {
    let index = index();
    let found = index.search(query, |_| true, Page::first(5));
    found.hits.iter().map(|hit| index.docs[hit.doc].code.to_string()).collect()
}

#[track_caller]
fn first(query: &str, code: &str) {
    assert_eq!(codes(query).first().map(String::as_str), Some(code), "{query}");
}

#[test]
fn chinese_is_found_by_name_synonym_and_question() {
    first("驾驶证期满换证", "YZ02022");
    first("怎么换驾照", "YZ02022");
    first("我的驾照丢了", "YZ02023");
    first("违章在哪查", "YZ02001");
    first("医疗保险余额", "YZ06003");
    first("駕駛證記分", "YZ02003");
}

#[test]
fn pinyin_and_initials_are_found() {
    first("jiazhao huanzheng", "YZ02022");
    first("jiashizhengjifen", "YZ02003");
    first("jia shi zheng ji fen", "YZ02003");
    first("jiàzhào", "YZ02022");
    first("gongjijin", "YZ09001");
    first("jszhz", "YZ02022");
    first("jhdj", "YZ12007");
    first("falv yuanzhu", "YZ15013");
}

#[test]
fn a_character_with_two_readings_is_found_by_either() {
    first("kaihuhang", "YZ05014");
    first("kaihuxing", "YZ05014");
}

#[test]
fn english_is_found_in_its_forms_and_spellings() {
    first("how do I renew my driver's license", "YZ02022");
    first("lost driving permit", "YZ02023");
    first("electricity bills", "YZ17008");
    first("getting divorced", "YZ12008");
    first("e-bike", "YZ02047");
    first("ebike registration", "YZ02047");
}

#[test]
fn mixed_writing_and_other_widths_are_found() {
    first("etc 办理", "YZ13019");
    first("ＥＴＣ办理", "YZ13019");
    first("驾驶zheng换证", "YZ02022");
}

#[test]
fn slips_are_forgiven_and_named() {
    let index = index();
    for (query, code, corrected) in [
        ("驾驶正换证", "YZ02022", "驾驶证换证"),
        ("公集金", "YZ09001", "公积金"),
        ("drivng licence points", "YZ02003", "driving licence points"),
        ("passprot", "YZ03007", "passport"),
    ] {
        let found = index.search(query, |_| true, Page::first(1));
        assert_eq!(&*index.docs[found.hits[0].doc].code, code, "{query}");
        assert_eq!(found.corrected.as_deref(), Some(corrected), "{query}");
    }
    first("jiashizhen", "YZ02022");
    first("gonjijin", "YZ09001");
    assert_eq!(index.search("驾驶证换证", |_| true, Page::first(1)).corrected, None);
    assert_eq!(index.search("jiashizheng", |_| true, Page::first(1)).corrected, None);
    let both = index.search("jiashizhen huanzheng", |_| true, Page::first(1));
    assert_eq!(both.corrected.as_deref(), Some("驾驶证换证"));
}

#[test]
fn a_code_comes_first_and_alone() {
    let index = index();
    let found = index.search("yz02023", |_| true, Page::first(5));
    assert_eq!(&*index.docs[found.hits[0].doc].code, "YZ02023");
    assert!(found.hits[0].fields.contains(&Field::Code));
}

#[test]
fn filters_count_and_pages_cut_without_changing_the_order() {
    let index = index();
    let all = index.search("驾驶证", |_| true, Page::first(10));
    assert_eq!(all.total, all.matches.len());
    let odd = index.search("驾驶证", |doc| doc % 2 == 1, Page::first(10));
    assert_eq!(odd.matches, all.matches);
    assert!(odd.hits.iter().all(|hit| hit.doc % 2 == 1));
    let second = index.search("驾驶证", |_| true, Page { offset: 1, limit: 1 });
    assert_eq!(second.hits, all.hits[1..2]);
    assert_eq!(second.total, all.total);
}

#[test]
fn equal_services_come_by_use_then_by_code() {
    let twins = vec![
        entry("B", "甲乙查询", "", &[], 1),
        entry("A", "甲乙查询", "", &[], 1),
        entry("C", "甲乙查询", "", &[], 2),
    ];
    let index = Index::build(&twins, &[], &[]);
    let order: Vec<usize> =
        index.search("甲乙", |_| true, Page::first(3)).hits.iter().map(|hit| hit.doc).collect();
    assert_eq!(order, [2, 1, 0]);
}

#[test]
fn the_agency_and_the_small_print_are_found_last() {
    let index = index();
    let found = index.search("交警", |_| true, Page::first(1));
    assert_eq!(found.hits[0].fields, [Field::Agency]);
    assert_eq!(index.search("白底照片", |_| true, Page::first(1)).hits[0].fields, [Field::Body]);
}

#[test]
fn it_says_when_it_is_only_guessing() {
    let index = index();
    let search = |query| index.search(query, |_| true, Page::first(1));
    assert!(search("记日记").unsure);
    assert!(search("白底照片").unsure);
    assert!(!search("驾照").unsure);
    assert!(!search("yz02023").unsure);
    assert!(!search("🙂").unsure);
}

#[test]
fn typing_is_completed() {
    let index = index();
    for (typed, code) in [
        ("驾驶", "YZ02022"),
        ("jiashiz", "YZ02022"),
        ("jiashizheng j", "YZ02003"),
        ("jszjf", "YZ02003"),
        ("驾驶z记", "YZ02003"),
        ("renew pass", "YZ03007"),
        ("电瓶", "YZ02047"),
        ("dianfei", "YZ17008"),
        ("驾驶正换", "YZ02022"),
    ] {
        let suggestions = index.suggest(typed, |_| true, 8);
        let codes: Vec<&str> =
            suggestions.iter().map(|suggestion| &*index.docs[suggestion.doc].code).collect();
        assert!(codes.contains(&code), "{typed}: {codes:?}");
    }
    assert!(index.suggest("", |_| true, 8).is_empty());
    assert!(index.suggest("驾驶", |_| false, 8).is_empty());
    assert_eq!(index.suggest("电瓶", |_| true, 1)[0].text.as_deref(), Some("电瓶车上牌"));
}

#[test]
fn words_and_their_equals_are_marked() {
    let index = index();
    let marked = |query: &str, text: &str| -> Vec<String> {
        index.highlight(query, text).into_iter().map(|range| text[range].to_owned()).collect()
    };
    assert_eq!(marked("怎么换驾照", "申请换驾照，交回旧驾驶证"), ["换驾照", "驾驶证"]);
    assert_eq!(marked("license", "Your Driving Licence, the licences"), ["Licence", "licences"]);
    assert_eq!(marked("駕駛證", "【駕駛證】"), ["駕駛證"]);
    assert_eq!(marked("<b>", "a < b"), Vec::<String>::new());
    assert!(marked("怎么", "驾驶证").is_empty());
}

#[test]
fn nonsense_finds_nothing_and_harms_nothing() {
    let index = index();
    for query in ["", "   ", "🙂🙂", "' OR 1=1; --", "\u{202e}مرحبا", "%_*?[]", "zzzzqqqq", "\0\u{1}"]
    {
        let found = index.search(query, |_| true, Page::first(5));
        assert!(found.total <= index.len(), "{query}");
        index.suggest(query, |_| true, 5);
    }
    assert_eq!(index.search("🙂🙂", |_| true, Page::first(5)).total, 0);
    let empty = Index::build(&[], &words(), &stop());
    assert_eq!(empty.search("驾照", |_| true, Page::first(5)), Found::default());
    assert!(empty.is_empty());
}

#[test]
fn only_the_beginning_of_a_pasted_page_is_read() {
    let index = index();
    let query = format!("{}{}", "驾照".repeat(32), "离婚".repeat(5000));
    assert!(
        index
            .search(&query, |_| true, Page::first(5))
            .hits
            .iter()
            .all(|hit| &*index.docs[hit.doc].code != "YZ12008")
    );
}

/// Text in which every kind of letter turns up, up to ten thousand of them.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z驾驶证换照 ]{0,80}",
        "(jia|shi|zheng|z|h|zh|sh|e|a|'|-| ){0,60}",
        proptest::collection::vec(any::<char>(), 0..10_000).prop_map(|chars| chars.into_iter().collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_query_breaks_it(query in anything()) {
        let index = index();
        let found = index.search(&query, |_| true, Page::first(20));
        prop_assert!(found.total == found.matches.len());
        prop_assert!(found.matches.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        prop_assert_eq!(&found, &index.search(&query, |_| true, Page::first(20)));
        prop_assert!(index.suggest(&query, |_| true, 8).len() <= 8);
    }

    #[test]
    fn marks_fall_on_characters_in_order(query in anything(), text in anything()) {
        let mut end = 0;
        for range in index().highlight(&query, &text) {
            prop_assert!(range.start >= end && range.end > range.start);
            prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            end = range.end;
        }
    }

    #[test]
    fn a_full_name_finds_its_service_first(
        names in proptest::collection::hash_set("[驾驶证照换补领办理查询申请医保社a-c]{2,20}", 1..30)
    ) {
        let names: Vec<String> = names.into_iter().collect();
        let entries: Vec<Entry> =
            names.iter().enumerate().map(|(i, name)| entry(&format!("K{i}"), name, "", &[], 0)).collect();
        let index = Index::build(&entries, &words(), &stop());
        for (doc, name) in names.iter().enumerate() {
            let found = index.search(name, |_| true, Page::first(1));
            prop_assert_eq!(found.hits.first().map(|hit| hit.doc), Some(doc), "{}", name);
        }
    }
}
