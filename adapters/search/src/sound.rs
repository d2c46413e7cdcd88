//! How Chinese words sound: pinyin without tones, several readings where a character has them.

use pinyin::ToPinyin;

/// Characters that people read either way in the words of a city's services. The first reading comes from the
/// table of the pinyin crate; these are added to it. In order.
const ALSO: &[(char, &[&str])] = &[
    ('乐', &["le", "yue"]),
    ('乘', &["cheng", "sheng"]),
    ('什', &["shen", "shi"]),
    ('会', &["hui", "kuai"]),
    ('传', &["chuan", "zhuan"]),
    ('似', &["si", "shi"]),
    ('便', &["bian", "pian"]),
    ('区', &["qu", "ou"]),
    ('单', &["dan", "shan"]),
    ('卡', &["ka", "qia"]),
    ('厦', &["sha", "xia"]),
    ('参', &["can", "shen"]),
    ('地', &["di", "de"]),
    ('女', &["nv", "nu"]),
    ('宿', &["su", "xiu"]),
    ('属', &["shu", "zhu"]),
    ('履', &["lv", "lu"]),
    ('差', &["cha", "chai"]),
    ('弹', &["tan", "dan"]),
    ('律', &["lv", "lu"]),
    ('折', &["zhe", "she"]),
    ('旅', &["lv", "lu"]),
    ('朝', &["chao", "zhao"]),
    ('术', &["shu", "zhu"]),
    ('查', &["cha", "zha"]),
    ('校', &["xiao", "jiao"]),
    ('泊', &["bo", "po"]),
    ('滤', &["lv", "lu"]),
    ('率', &["lv", "shuai"]),
    ('盛', &["sheng", "cheng"]),
    ('省', &["sheng", "xing"]),
    ('着', &["zhe", "zhao"]),
    ('石', &["shi", "dan"]),
    ('种', &["zhong", "chong"]),
    ('系', &["xi", "ji"]),
    ('给', &["gei", "ji"]),
    ('绿', &["lv", "lu"]),
    ('落', &["luo", "la"]),
    ('薄', &["bao", "bo"]),
    ('藏', &["cang", "zang"]),
    ('虑', &["lv", "lu"]),
    ('血', &["xue", "xie"]),
    ('行', &["xing", "hang"]),
    ('角', &["jiao", "jue"]),
    ('解', &["jie", "xie"]),
    ('调', &["diao", "tiao"]),
    ('车', &["che", "ju"]),
    ('还', &["huan", "hai"]),
    ('都', &["dou", "du"]),
    ('重', &["zhong", "chong"]),
    ('铝', &["lv", "lu"]),
    ('长', &["chang", "zhang"]),
    ('降', &["jiang", "xiang"]),
    ('露', &["lu", "lou"]),
    ('驴', &["lv", "lu"]),
];

/// Most readings kept of one word.
const READINGS: usize = 4;

/// The ways to read a character, the usual one first; none for what is not Chinese.
pub fn syllables(c: char) -> impl Iterator<Item = &'static str> {
    let usual = c.to_pinyin().map(pinyin::Pinyin::plain).map(|plain| match plain {
        // Typed with v on every keyboard.
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        _ => plain,
    });
    let also = ALSO.binary_search_by_key(&c, |&(known, _)| known).map_or(&[][..], |at| ALSO[at].1);
    usual.into_iter().chain(also.iter().copied().filter(move |&reading| Some(reading) != usual))
}

/// A set of Latin letters with this one in it, one bit each; empty for anything else.
pub fn first_letter(letter: char) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter as u32 - 'a' as u32) } else { 0 }
}

/// The letters a character's readings begin with.
pub fn first_letters(c: char) -> u32 {
    syllables(c)
        .filter_map(|syllable| syllable.chars().next())
        .fold(0, |set, letter| set | first_letter(letter))
}

/// Every likely way to write a word in pinyin, without spaces.
pub fn readings(word: &[char]) -> Vec<String> {
    let mut all = vec![String::new()];
    for &c in word {
        let ways: Vec<&str> = syllables(c).collect();
        let [first, others @ ..] = ways.as_slice() else { return Vec::new() };
        let known = all.len();
        for other in others {
            for i in 0..known {
                if all.len() < READINGS {
                    let mut more = all[i].clone();
                    more.push_str(other);
                    all.push(more);
                }
            }
        }
        for reading in &mut all[..known] {
            reading.push_str(first);
        }
    }
    all
}

/// The first letters of a word's syllables; a Latin letter or digit stands for itself.
pub fn initials(word: &[char]) -> String {
    word.iter()
        .filter_map(|&c| {
            if c.is_ascii_alphanumeric() {
                Some(c)
            } else {
                syllables(c).next().and_then(|syllable| syllable.chars().next())
            }
        })
        .collect()
}

/// One form for the sounds that many people do not tell apart: zh z, ch c, sh s, and n ng at the end.
pub fn blurred(pinyin: &str) -> String {
    let mut out = String::with_capacity(pinyin.len());
    for c in pinyin.chars() {
        match (out.chars().last(), c) {
            (Some('z' | 'c' | 's'), 'h') | (Some('n'), 'g') => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(ALSO.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn words_are_read_in_their_likely_ways() {
        assert_eq!(readings(&chars("驾驶证")), ["jiashizheng"]);
        assert!(readings(&chars("银行")).contains(&"yinhang".to_owned()));
        assert!(readings(&chars("银行")).contains(&"yinxing".to_owned()));
        assert!(readings(&chars("法律")).contains(&"falv".to_owned()));
        assert!(readings(&chars("法律")).contains(&"falu".to_owned()));
        assert!(readings(&chars("ab")).is_empty());
        assert!(readings(&chars("重参行长调")).len() <= READINGS);
    }

    #[test]
    fn initials_keep_letters() {
        assert_eq!(initials(&chars("驾驶证换证")), "jszhz");
        assert_eq!(initials(&chars("etc办理")), "etcbl");
    }

    #[test]
    fn near_sounds_blur_into_one() {
        assert_eq!(blurred("jiashizheng"), blurred("jiasizhen"));
        assert_ne!(blurred("jiazhao"), blurred("jiaozhao"));
    }
}
