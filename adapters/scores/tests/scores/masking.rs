//! What is hidden in free text, and what is left to read.

use proptest::prelude::*;
use yimen_scores::mask::{Hidden, is_bank_card, is_credit_code, is_identity, mask};

#[test]
fn what_tells_who_somebody_is_goes() {
    use Hidden::{BankCard, CreditCode, Identity, Mail, Name, Number, Phone, Plate};
    for (written, left, hidden) in [
        ("身份证990101198501010010，窗口不收", "身份证***，窗口不收", vec![Identity]),
        ("我的号是 990101 1985 0101 0010 谢谢", "我的号是 *** 谢谢", vec![Identity]),
        ("９９０１０１１９８５０１０１００１０", "***", vec![Identity]),
        ("99010120151231003x办不了", "***办不了", vec![Identity]),
        ("请回电13900000002。", "请回电***。", vec![Phone]),
        ("+86 139-0000-0002", "+***", vec![Phone]),
        ("一三九零零零零零零零二", "***", vec![Phone]),
        ("办公室电话 5550123 没人接", "办公室电话 *** 没人接", vec![Phone]),
        ("010-55501234", "***", vec![Phone]),
        ("4008123123", "***", vec![Phone]),
        ("我的车测A12345被误拍", "我的车***被误拍", vec![Plate]),
        ("新能源测AD12345", "新能源***", vec![Plate]),
        ("测a·1234学 教练车", "*** 教练车", vec![Plate]),
        ("写信到 lin.xiao+1@mail.example.cn 吧", "写信到 *** 吧", vec![Mail]),
        ("代码11990100990000025W的公司", "代码***的公司", vec![CreditCode]),
        ("卡号4111 1111 1111 1111", "卡号***", vec![BankCard]),
        ("单号202611219876543", "单号***", vec![Number]),
        ("我叫林晓，孩子上学", "我叫***，孩子上学", vec![Name]),
        ("我叫林晓在云州住", "我叫***在云州住", vec![Name]),
        ("姓名：欧阳小林 电话13900000002", "姓名：*** 电话***", vec![Name, Phone]),
        ("本人姓名阿卜杜拉·买买提，", "本人姓名***，", vec![Name]),
        ("My name is Lin Xiao and I waited", "My name is *** and I waited", vec![Name]),
        ("Name: O'Brien. Phone: 555 0123", "Name: ***. Phone: ***", vec![Name, Phone]),
    ] {
        let masked = mask(written);
        assert_eq!((masked.text.as_str(), &masked.hidden), (left, &hidden), "{written}");
    }
}

#[test]
fn what_tells_nobody_stays() {
    for text in [
        "等了3个小时，2026年11月21日才办好，交了200元。",
        "2026-11-21 09:30 去的，2026-11-22 又去",
        "3号窗口的工作人员态度很好，非常满意！",
        "一共跑了两三趟，二十天。",
        "文件号云政办〔2026〕12号第5条",
        "Waited 45 minutes at counter 12, paid 120.50 yuan",
        "我是一名护士，新AD的流程好",
        "the surname is missing on the form",
        "YZ02022 这个事项很方便",
        "",
    ] {
        let masked = mask(text);
        assert_eq!((masked.text.as_str(), masked.hidden.as_slice()), (text, &[][..]));
    }
}

#[test]
fn check_digits_are_known() {
    for number in ["990101198501010010", "99010120151231003X", "99010120151231003x", "990101200002290046"] {
        assert!(is_identity(number.as_bytes()), "{number}");
    }
    assert!(!is_identity(b"990101198501010011"));
    assert!(is_credit_code(b"11990100990000025W") && !is_credit_code(b"11990100990000026W"));
    assert!(is_bank_card(b"4111111111111111") && !is_bank_card(b"4111111111111112"));
}

/// A number with its right check character, as people would type it: in other digits, with things between.
fn number() -> impl Strategy<Value = String> {
    let digits = |length: usize| proptest::collection::vec(0_u8..10, length);
    let plain =
        |digits: Vec<u8>| digits.into_iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
    let complete = |body: String, alphabet: &str, is: fn(&[u8]) -> bool| {
        let whole = alphabet.chars().map(|check| format!("{body}{check}")).find(|whole| is(whole.as_bytes()));
        whole.unwrap_or(body)
    };
    let number = prop_oneof![
        digits(17).prop_map(move |body| complete(plain(body), "0123456789X", is_identity)),
        (12_usize..19).prop_flat_map(digits).prop_map(move |body| complete(
            plain(body),
            "0123456789",
            is_bank_card
        )),
        ("[1-9AN][1239]", digits(6), "[0-9A-HJ-NPQRTUWXY]{9}").prop_map(move |(kind, region, rest)| {
            complete(
                format!("{kind}{}{rest}", plain(region)),
                "0123456789ABCDEFGHJKLMNPQRTUWXY",
                is_credit_code,
            )
        }),
        digits(9).prop_map(move |rest| format!("13{}", plain(rest))),
    ];
    (number, proptest::collection::vec((0_u8..4, 0_usize..12), 20)).prop_map(|(number, typed)| {
        let between = ["", "", "", "", "", "", " ", "-", "  ", ".", "\u{200B}", " - "];
        let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c);
        number
            .chars()
            .zip(typed)
            .map(|(c, (way, gap))| {
                let c = match way {
                    0 => wide(c),
                    1 if c.is_ascii_digit() => {
                        "〇一二三四五六七八九".chars().nth(c as usize - '0' as usize).unwrap()
                    }
                    2 => c.to_ascii_lowercase(),
                    _ => c,
                };
                [c.to_string(), between[gap].to_owned()].concat()
            })
            .collect()
    })
}

/// Looks for numbers that pass their check digit, in a way of its own: every stretch, with what is between left out.
fn passes(text: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap(),
        c => "〇一二三四五六七八九"
            .chars()
            .position(|digit| digit == c)
            .map_or(c, |digit| char::from_digit(u32::try_from(digit).unwrap(), 10).unwrap()),
    };
    let text: Vec<char> = text.chars().map(narrow).collect();
    for start in 0..text.len() {
        let (mut number, mut gap) = (Vec::new(), 0);
        for c in &text[start..] {
            match c {
                c if c.is_ascii_alphanumeric() => {
                    number.push(u8::try_from(*c).unwrap().to_ascii_uppercase());
                    gap = 0;
                }
                ' ' | '-' | '.' | '\u{200B}' if gap < 3 => gap += 1,
                _ => break,
            }
            if is_identity(&number) || is_credit_code(&number) || is_bank_card(&number) || number.len() > 19 {
                break;
            }
        }
        if is_identity(&number) || is_credit_code(&number) || is_bank_card(&number) {
            return Some(String::from_utf8(number).unwrap());
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 2, ..ProptestConfig::default() })]

    #[test]
    fn no_number_that_passes_its_check_is_left(
        parts in proptest::collection::vec((number(), "([a-zA-Z]{1,4}|[ ，。0-9:]{0,5}|身份证|我叫林晓|卡号 )"), 1..4),
    ) {
        let text: String = parts.into_iter().flat_map(|(number, words)| [words, number]).collect();
        let masked = mask(&text);
        prop_assert_eq!(passes(&masked.text), None, "{} became {}", text, masked.text);
        prop_assert!(!masked.hidden.is_empty());
    }

    #[test]
    fn masking_again_hides_no_more(text in "(我叫|姓名|[林晓云州0-9０-９X@a-c测. -]){0,40}") {
        let once = mask(&text);
        prop_assert_eq!(passes(&once.text), None);
        let again = mask(&once.text);
        prop_assert_eq!(&again.text, &once.text);
        prop_assert!(again.hidden.is_empty());
    }
}
