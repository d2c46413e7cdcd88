//! What a form asks that nobody need be asked: the city knows it, and says it as a claim.

use crate::capability::person::Claim;

/// The claim that gives what a field asks for. Only names and labels that can mean nothing else: a recipient's or a
/// child's name is not the applicant's.
pub(crate) fn claim(key: &str, labels: &[&str]) -> Option<Claim> {
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let said: Vec<String> = std::iter::once(key).chain(labels.iter().copied()).map(plain).collect();
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| said.iter().any(|said| said == word)))
        .map(|(claim, _)| *claim)
}

const WORDS: [(Claim, &[&str]); 6] = [
    (
        Claim::Name,
        &[
            "name",
            "xm",
            "xingming",
            "fullname",
            "realname",
            "姓名",
            "本人姓名",
            "您的姓名",
            "申请人姓名",
            "yourname",
            "applicantname",
        ],
    ),
    (
        Claim::IdentityNumber,
        &[
            "identitynumber",
            "idnumber",
            "idno",
            "idcard",
            "idcardno",
            "sfzh",
            "sfzhm",
            "zjhm",
            "gmsfhm",
            "身份证",
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "居民身份证号码",
            "本人身份证号",
            "本人身份证号码",
            "申请人身份证号",
            "youridentitynumber",
            "idcardnumber",
        ],
    ),
    (Claim::BirthDate, &["birthdate", "dateofbirth", "csrq", "出生日期", "本人出生日期"]),
    (
        Claim::PhoneNumber,
        &[
            "phone",
            "mobile",
            "phonenumber",
            "mobilenumber",
            "sjh",
            "sjhm",
            "手机号",
            "手机号码",
            "本人手机号",
            "联系电话",
            "yourphone",
        ],
    ),
    (Claim::Email, &["email", "emailaddress", "电子邮箱", "邮箱", "本人邮箱"]),
    (Claim::CreditCode, &["creditcode", "tyshxydm", "uscc", "统一社会信用代码", "unifiedcreditcode"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_mean_nothing_else() {
        assert_eq!(claim("q1", &["身份证号", "ID"]), Some(Claim::IdentityNumber));
        assert_eq!(claim("id_card_no", &[]), Some(Claim::IdentityNumber));
        assert_eq!(claim("a", &["Your name"]), Some(Claim::Name));
        for (key, label) in [
            ("recipient", "收件人姓名"),
            ("child_name", "孩子姓名"),
            ("doc", "证件名称"),
            ("plate", "号牌号码"),
        ] {
            assert_eq!(claim(key, &[label]), None, "{label}");
        }
    }
}
