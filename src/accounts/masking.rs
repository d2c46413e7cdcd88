//! How personal data is shown where the whole of it is not needed.

/// 林*, 欧**; of other names the first letter of each part.
pub fn name(name: &str) -> String {
    let han = name.chars().any(|c| c > '\u{2e80}');
    if han {
        let mut shown: String = name.chars().take(1).collect();
        shown.extend(name.chars().skip(1).filter(|c| !c.is_whitespace()).map(|_| '*'));
        return shown;
    }
    let parts = name.split_whitespace().map(|part| {
        let mut letters = part.chars();
        letters.next().map(|first| format!("{first}*")).unwrap_or_default()
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// 990*************10: the first three and the last two, and at least half of it hidden.
pub fn number(number: &str) -> String {
    let count = number.chars().count();
    let open = (count / 2).min(5);
    let head = (open * 3).div_ceil(5);
    let shown = |(at, c): (usize, char)| if at < head || at + open - head >= count { c } else { '*' };
    number.chars().enumerate().map(shown).collect()
}

/// 138****0001: all but the middle four.
pub fn phone(phone: &str) -> String {
    let count = phone.chars().count();
    let hidden = count.saturating_sub(8)..count.saturating_sub(4);
    phone.chars().enumerate().map(|(at, c)| if hidden.contains(&at) { '*' } else { c }).collect()
}

/// l***@example.org
pub fn email(email: &str) -> String {
    match email.rsplit_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_is_hidden() {
        assert_eq!([name("林晓"), name("欧阳小明"), name("𬱖𬍛")], ["林*", "欧***", "𬱖*"]);
        assert_eq!(name("Mary Jane"), "M* J*");
        assert_eq!(number("990101198501010010"), "990*************10");
        assert_eq!(
            [number("测A12345"), number("G-1"), number("7"), number("")],
            ["测A****5", "G**", "*", ""].map(String::from)
        );
        assert_eq!(phone("13800000001"), "138****0001");
        assert_eq!(email("lin.xiao@example.org"), "l***@example.org");
    }
}
