//! How Chinese words sound: pinyin without tones, several readings where a character has them.

use pinyin::ToPinyin;

/// Characters that people read either way in the words of a city's services. The first reading comes from the
/// table of the pinyin crate; these are added to it.
const ALSO: &[(char, &[&str])] = &[
    ('行', &["xing", "hang"]),
    ('乘', &["cheng", "sheng"]),
    ('重', &["zhong", "chong"]),
    ('参', &["can", "shen"]),
    ('缴', &["jiao"]),
    ('卡', &["ka", "qia"]),
    ('车', &["che", "ju"]),
    ('长', &["chang", "zhang"]),
    ('调', &["diao", "tiao"]),
    ('查', &["cha", "zha"]),
    ('单', &["dan", "shan"]),
    ('还', &["huan", "hai"]),
    ('会', &["hui", "kuai"]),
    ('传', &["chuan", "zhuan"]),
    ('乐', &["le", "yue"]),
    ('率', &["lv", "shuai"]),
    ('都', &["dou", "du"]),
    ('地', &["di", "de"]),
    ('种', &["zhong", "chong"]),
    ('降', &["jiang", "xiang"]),
    ('校', &["xiao", "jiao"]),
    ('薄', &["bao", "bo"]),
    ('厦', &["sha", "xia"]),
    ('便', &["bian", "pian"]),
    ('系', &["xi", "ji"]),
    ('属', &["shu", "zhu"]),
    ('给', &["gei", "ji"]),
    ('省', &["sheng", "xing"]),
    ('弹', &["tan", "dan"]),
    ('盛', &["sheng", "cheng"]),
    ('血', &["xue", "xie"]),
    ('露', &["lu", "lou"]),
    ('角', &["jiao", "jue"]),
    ('差', &["cha", "chai"]),
    ('解', &["jie", "xie"]),
    ('区', &["qu", "ou"]),
    ('宿', &["su", "xiu"]),
    ('泊', &["bo", "po"]),
    ('折', &["zhe", "she"]),
    ('落', &["luo", "la"]),
    ('着', &["zhe", "zhao"]),
    ('朝', &["chao", "zhao"]),
    ('藏', &["cang", "zang"]),
    ('术', &["shu", "zhu"]),
    ('什', &["shen", "shi"]),
    ('似', &["si", "shi"]),
    ('石', &["shi", "dan"]),
    ('女', &["nv", "nu"]),
    ('律', &["lv", "lu"]),
    ('旅', &["lv", "lu"]),
    ('绿', &["lv", "lu"]),
    ('驴', &["lv", "lu"]),
    ('履', &["lv", "lu"]),
    ('虑', &["lv", "lu"]),
    ('滤', &["lv", "lu"]),
    ('铝', &["lv", "lu"]),
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
    let also = ALSO.iter().find(|&&(known, _)| known == c).map_or(&[][..], |&(_, readings)| readings);
    usual.into_iter().chain(also.iter().copied().filter(move |&reading| Some(reading) != usual))
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
