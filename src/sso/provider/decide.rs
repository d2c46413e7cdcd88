//! What stands between the person and the site. One function, without I/O, asked again at every step.

use super::{
    ask::Ask,
    denied::{Code, Denied},
};
use crate::{platform::Moment, web::session::Signed};

/// What is known of the person before the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) signed: &'a Signed,
    /// Whether they are whom the site's hint names; also when there is no hint.
    pub(super) expected: bool,
    /// Whether they agreed to all that the site asks for.
    pub(super) agreed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Sign in; once more, if they are signed in already.
    SignIn { again: bool },
    /// Prove more of who they are.
    StepUp(u8),
    /// Ask whether they agree.
    Consent,
    /// Nothing stands between them any more.
    Go,
    /// It cannot be.
    Stop(Denied),
}

/// Decides. `began` is when the site's request came: proofs since then are as fresh as anybody can ask for.
pub(super) fn next(ask: &Ask, began: Moment, now: Moment, known: Option<Known<'_>>) -> Next {
    let silent = ask.prompt.none;
    let or_stop = |step: Next, code: Code, why: &'static str| {
        if silent { Next::Stop(Denied::new(code, why)) } else { step }
    };
    let Some(known) = known else {
        return or_stop(Next::SignIn { again: false }, Code::LoginRequired, "nobody is signed in");
    };
    if !known.expected {
        return Next::Stop(Denied::new(Code::LoginRequired, "somebody else is signed in"));
    }
    let proved_since = known.signed.proved_at >= began;
    let stale = ask.max_age.is_some_and(|limit| (now - known.signed.proved_at).num_seconds() > limit);
    if (ask.prompt.login || stale) && !proved_since {
        let why = "the person must sign in again";
        return or_stop(Next::SignIn { again: true }, Code::LoginRequired, why);
    }
    if let Some(level) = ask.levels.iter().copied().min()
        && known.signed.level < level
    {
        return or_stop(Next::StepUp(level), Code::InteractionRequired, "the person must prove more");
    }
    if !known.agreed || ask.prompt.consent {
        return or_stop(Next::Consent, Code::ConsentRequired, "the person has not agreed");
    }
    Next::Go
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{agencies::clients::ClientId, sso::provider::ask::Prompt, web::session::Realm};

    fn at(seconds: i64) -> Moment {
        Moment::UNIX_EPOCH + TimeDelta::seconds(1_000_000 + seconds)
    }

    fn ask(prompt: Prompt, max_age: Option<i64>, levels: Vec<u8>) -> Ask {
        Ask {
            client: ClientId::from(Uuid::nil()),
            redirect_uri: "https://library.example/back".into(),
            scopes: vec![],
            state: None,
            nonce: None,
            challenge: String::new(),
            prompt,
            max_age,
            levels,
            hint: None,
        }
    }

    fn signed(level: u8, proved: i64) -> Signed {
        Signed {
            realm: Realm::Citizen,
            subject: Uuid::nil(),
            level,
            methods: vec![],
            proved_at: at(proved),
            name: String::new(),
            acting: None,
            role: None,
        }
    }

    proptest! {
        /// Nobody gets through who does not fulfil every single thing the site asked for.
        #[test]
        fn only_who_fulfils_everything_goes(
            none: bool, login: bool, max_age in proptest::option::of(0_i64..100),
            levels in proptest::collection::vec(2_u8..=5, 0..3), there: bool,
            level in 0_u8..=5, proved in -200_i64..=50, expected: bool, agreed: bool,
        ) {
            let ask = ask(Prompt { none, login, consent: false }, max_age, levels.clone());
            let (began, now) = (at(0), at(50));
            let signed = signed(level, proved);
            let known = there.then_some(Known { signed: &signed, expected, agreed });
            let fulfilled = there && expected && agreed
                && (!login || proved >= 0)
                && max_age.is_none_or(|limit| 50 - proved <= limit || proved >= 0)
                && (levels.is_empty() || levels.iter().any(|wanted| level >= *wanted));
            let next = next(&ask, began, now, known);
            prop_assert_eq!(next == Next::Go, fulfilled);
            if none {
                prop_assert!(matches!(next, Next::Go | Next::Stop(_)), "nobody is shown a page: {:?}", next);
            }
        }
    }

    #[test]
    fn asked_for_consent_they_are_asked_though_they_agreed() {
        let signed = signed(2, 0);
        let known = Some(Known { signed: &signed, expected: true, agreed: true });
        let prompt = Prompt { consent: true, ..Prompt::default() };
        assert_eq!(next(&ask(prompt, None, vec![]), at(0), at(1), known), Next::Consent);
    }
}
