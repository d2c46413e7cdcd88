//! English words as the search sees them: a light stem, British and American spelling alike.
//!
//! Light on purpose. A strong stemmer makes "station" and "statistics" one; here endings fall only where the
//! rest still is the word, and the few families that matter to services are named.

/// Families whose members do not share a beginning that an ending could be cut from.
const FAMILIES: &[(&str, &[&str])] = &[
    (
        "regist",
        &["register", "registers", "registered", "registering", "registration", "registrations", "registry"],
    ),
    ("apply", &["apply", "applies", "applied", "applying", "application", "applications", "applicant"]),
    ("marry", &["marry", "married", "marriage", "marriages", "marrying"]),
    ("lose", &["lose", "lost", "loss", "losing"]),
    ("driv", &["drive", "driver", "drivers", "driving"]),
    ("injur", &["injury", "injuries", "injured", "injure"]),
    ("vaccin", &["vaccine", "vaccines", "vaccination", "vaccinations", "vaccinate", "vaccinated"]),
    ("nois", &["noise", "noisy", "noises"]),
    ("pay", &["pay", "paid", "pays", "paying", "payment", "payments"]),
    ("complain", &["complain", "complaint", "complaints", "complaining"]),
    ("insur", &["insurance", "insure", "insured"]),
    ("electr", &["electric", "electrical", "electricity"]),
    ("notar", &["notary", "notaries", "notarise", "notarize", "notarised", "notarized", "notarial"]),
    ("pollut", &["pollution", "pollute", "polluted", "pollutant"]),
    ("child", &["child", "children", "kid", "kids"]),
    ("old", &["old", "elderly", "older", "senior", "seniors"]),
    ("disab", &["disabled", "disability", "disabilities"]),
    ("employ", &["employ", "employed", "employer", "employment", "employee"]),
    ("unemploy", &["unemployed", "unemployment"]),
    ("verif", &["verify", "verified", "verification"]),
    ("resid", &["resident", "residents", "residence", "residential"]),
    ("tour", &["tour", "tours", "tourism", "tourist", "tourists"]),
    ("certif", &["certificate", "certificates", "certified", "certification", "cert"]),
    ("mail", &["mail", "post", "posted"]),
    ("flat", &["flat", "flats", "apartment", "apartments"]),
    ("car", &["car", "cars", "vehicle", "vehicles", "automobile"]),
    ("doctor", &["doctor", "doctors", "physician", "physicians"]),
    ("house", &["house", "houses", "housing", "home", "homes"]),
    ("licenc", &["licence", "license", "licences", "licenses", "licensing", "licensed"]),
    ("centr", &["centre", "center", "centres", "centers"]),
    ("enrol", &["enrol", "enroll", "enrols", "enrolment", "enrollment", "enrolled"]),
    ("neighbor", &["neighbour", "neighbor", "neighbours", "neighbors", "neighbourhood"]),
    ("labor", &["labour", "labor"]),
    ("program", &["programme", "program", "programmes", "programs"]),
    ("tyre", &["tyre", "tire", "tyres", "tires"]),
    ("cheque", &["cheque", "cheques"]),
    ("judgment", &["judgment", "judgement", "judgments", "judgements"]),
    ("catalog", &["catalog", "catalogue", "catalogues"]),
];

/// The stem of a lower-case word.
pub fn stem(word: &str) -> String {
    if let Some((family, _)) = FAMILIES.iter().find(|(_, members)| members.contains(&word)) {
        return (*family).to_owned();
    }
    if word.len() <= 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut word = spelling(word);
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() >= 2) {
        word = format!("{rest}y");
    } else if word.ends_with("sses")
        || word.ends_with("xes")
        || word.ends_with("ches")
        || word.ends_with("shes")
    {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.pop();
    }
    for (ending, least) in [("ing", 3), ("ed", 3), ("ment", 3), ("al", 5), ("ly", 4)] {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() >= least && has_vowel(rest)) {
            word = undoubled(rest);
            break;
        }
    }
    if let Some(rest) = word.strip_suffix("ion").filter(|rest| rest.len() >= 4 && rest.ends_with(['t', 's']))
    {
        word = rest.to_owned();
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    word
}

/// American spelling where the two differ by rule.
fn spelling(word: &str) -> String {
    let mut word = word.to_owned();
    for (british, american) in
        [("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"), ("our", "or")]
    {
        if let Some(rest) = word.strip_suffix(british).filter(|rest| rest.len() >= 4) {
            word = format!("{rest}{american}");
            break;
        }
    }
    word
}

fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// "adopting" leaves "adopt", but "stopping" leaves "stopp".
fn undoubled(word: &str) -> String {
    let bytes = word.as_bytes();
    match bytes {
        [.., a, b] if a == b && !b"lsz".contains(b) => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [
            ("licence", "license"),
            ("renewal", "renewing"),
            ("passports", "passport"),
            ("replacement", "replace"),
            ("enrollment", "enrol"),
            ("notarize", "notarise"),
            ("organisation", "organization"),
            ("adopting", "adoption"),
            ("retirement", "retire"),
            ("subsidies", "subsidy"),
            ("taxes", "tax"),
            ("withdrawal", "withdraw"),
            ("buses", "bus"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} and {other}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        assert_ne!(stem("bus"), stem("business"));
        assert_ne!(stem("rent"), stem("renew"));
        assert_eq!(stem("status"), "status");
        assert_eq!(stem("cet4"), "cet4");
    }
}
