//! Raising one's assurance: `/me/verify`.

use crate::{
    on_both_engines,
    town::backend::{Backend, Then},
};

const REGISTER: &str = "household-registration";
const LIN: &str = "13800000001";
const OTHER: &str = "13800000002";
const NUMBER: &str = "990101198501010010";
const PAGE: &str = "/me/verify?level=3&next=%2Fme%2Fsecurity";

fn says(result: &str) -> Backend {
    Backend::json("200 OK", &format!(r#"{{ "result": "{result}", "level": 3 }}"#))
}

fn answers<'a>(name: &'a str, number: &'a str) -> [(&'a str, &'a str); 2] {
    [("name", name), ("number", number)]
}

on_both_engines! {
    async fn name_and_number_that_agree_raise_the_level_and_lead_back(town: Town) {
        let register = says("match");
        town.bind(REGISTER, &register).await;
        let lin = town.newcomer(LIN).await;
        let before = lin.cookie("session").unwrap();
        let raised = lin.submit(PAGE, &answers("𬱖晓", " 990101 19850101 0010 ")).await;
        assert_eq!((raised.status, raised.location().as_str()), (303, "/me/security"), "{}", raised.body);
        let request = register.heard().remove(0);
        assert!(request.contains("𬱖晓") && request.contains(NUMBER), "{request}");
        // The session goes on under another token, and the old one is worth nothing.
        assert_ne!(lin.cookie("session").unwrap(), before);
        let thief = town.browser();
        thief.set_cookie("session", &before);
        assert!(thief.get("/me").await.location().starts_with("/sign-in"));
        let me = lin.get("/me").await.ok().texts("main").join(" ");
        assert!(me.contains("𬱖*") && me.contains("990*************10") && !me.contains(NUMBER), "{me}");
        // There is nothing more to do here, and another person's name and number are not taken.
        assert_eq!(lin.get(PAGE).await.location(), "/me/security");
        let csrf = lin.get("/display").await.attributes("input[name=csrf]", "value").remove(0);
        let again = lin.post("/me/verify", &[("csrf", &csrf), ("name", "吴"), ("number", NUMBER), ("next", "/me")]).await;
        assert_eq!((again.status, again.location().as_str()), (303, "/me"));
        assert_eq!(register.heard().len(), 1);
        town.close().await;
    }

    async fn what_is_typed_wrong_is_said_and_never_sent(town: Town) {
        let register = says("match");
        town.bind(REGISTER, &register).await;
        let lin = town.newcomer(LIN).await;
        let mut told = Vec::new();
        for number in ["", "12345", "990101198513010010", "990101198501010011", "99010119850101001Y"] {
            let page = lin.submit(PAGE, &answers("<b>", number)).await;
            assert_eq!(page.status, 422, "{number}");
            assert_eq!(page.attributes("#number", "value"), [number], "what was typed stays");
            assert_eq!(page.attributes("input[name=next]", "value"), ["/me/security"]);
            let mut errors = page.texts(".field-error");
            assert_eq!(errors.len(), 2, "{errors:?}");
            told.push(errors.remove(1));
        }
        assert_eq!(told.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{told:?}");
        assert!(register.heard().is_empty());
        town.close().await;
    }

    async fn a_wrong_answer_is_given_five_times_a_day(town: Town) {
        let register = says("mismatch");
        town.bind(REGISTER, &register).await;
        let lin = town.newcomer(LIN).await;
        for _ in 0..5 {
            let page = lin.submit(PAGE, &answers("林晓", NUMBER)).await;
            assert_eq!(page.status, 422);
            assert!(page.texts("main").join(" ").contains("12345"), "who helps");
        }
        town.bind(REGISTER, &says("match")).await;
        let page = lin.submit(PAGE, &answers("林晓", NUMBER)).await;
        assert_eq!(page.status, 429, "{}", page.body);
        assert_eq!(page.attributes("#name", "value"), ["林晓"]);
        // A number that nobody has looks the same as somebody else's.
        let wu = town.newcomer(OTHER).await;
        let text = async |result: &str| {
            town.bind(REGISTER, &says(result)).await;
            wu.submit(PAGE, &answers("林晓", NUMBER)).await.texts("main").join(" ")
        };
        assert_eq!(text("mismatch").await, text("not-found").await);
        town.close().await;
    }

    async fn a_register_that_does_not_answer_keeps_nobody_waiting(town: Town) {
        let lin = town.newcomer(LIN).await;
        // Nothing is bound, and then one that hangs up.
        for backend in [None, Some(Backend::saying("", Then::Close))] {
            if let Some(backend) = &backend {
                town.bind(REGISTER, backend).await;
            }
            let page = lin.submit(PAGE, &answers("林晓", NUMBER)).await;
            assert_eq!(page.status, 503);
            assert_eq!(page.attributes("#name", "value"), ["林晓"]);
            assert_eq!(page.attributes("#number", "value"), [NUMBER]);
            // There is no way to tell anybody anything here, so it is not offered, and asking for it is no wish.
            assert!(page.attributes("button[name=wish]", "value").is_empty());
        }
        let fields = [("name", "林晓"), ("number", NUMBER), ("wish", "yes")];
        let asked = lin.submit(PAGE, &fields).await;
        assert_eq!((asked.status, asked.attributes("#number", "value")), (503, vec![NUMBER.to_owned()]));
        assert_eq!(town.dump(&["return_wishes"]).await, "");
        town.close().await;
    }

    async fn the_dead_and_the_undecided_are_not_let_through(town: Town) {
        let lin = town.newcomer(LIN).await;
        for (result, status) in [("deceased", 422), ("perhaps", 200)] {
            town.bind(REGISTER, &says(result)).await;
            let page = lin.submit(PAGE, &answers("林晓", NUMBER)).await;
            assert_eq!(page.status, status, "{result}");
        }
        // A match below the level that was asked for is none.
        town.bind(REGISTER, &Backend::json("200 OK", r#"{ "result": "match", "level": 2 }"#)).await;
        assert_eq!(lin.submit(PAGE, &answers("林晓", NUMBER)).await.status, 200);
        town.bind(REGISTER, &Backend::json("200 OK", r#"{ "result": "match" }"#)).await;
        assert_eq!(lin.submit(PAGE, &answers("林晓", NUMBER)).await.status, 200);
        assert!(!lin.get(PAGE).await.ok().texts("form #number, form label[for=number]").is_empty());
        town.close().await;
    }

    async fn a_number_belongs_to_the_account_that_proved_it_first(town: Town) {
        town.bind(REGISTER, &says("match")).await;
        let lin = town.newcomer(LIN).await;
        assert_eq!(lin.submit(PAGE, &answers("林晓", NUMBER)).await.status, 303);
        let thief = town.newcomer(OTHER).await;
        let refused = thief.submit(PAGE, &answers("林晓", NUMBER)).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(town.told().await, ["identity-tried"]);
        assert!(thief.get(PAGE).await.ok().body.contains("name=\"number\""), "still at the level it had");
        town.close().await;
    }

    /// What no form can give is explained, and nothing pretends to be it.
    async fn higher_levels_are_explained_and_next_stays_at_home(town: Town) {
        town.bind(REGISTER, &says("match")).await;
        let lin = town.newcomer(LIN).await;
        for level in ["4", "5", "9"] {
            let page = lin.get(&format!("/me/verify?level={level}&next=%2Fme%2Fsecurity")).await.ok();
            assert!(page.attributes("main form", "action").is_empty(), "{level}");
            assert!(!page.texts("main h2").is_empty());
        }
        for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%5Cevil"] {
            let page = lin.get(&format!("/me/verify?level=3&next={next}")).await.ok();
            assert_eq!(page.attributes("input[name=next]", "value"), ["/me"], "{next}");
        }
        town.close().await;
    }
}
