//! Questions to agencies, from the form to the answer.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen::{
    accounts::acting::{Party, Represented},
    agencies::bindings::{self, Proposal},
    db::{DbError, schema::looks},
    gateway::{About, GatewayError, Request, outages},
    ledger::CitizenId,
    platform::keys::KeyRing,
};
use yimen_contract::capability::{
    Outcome, lookup,
    person::{Answers, Page},
};

use crate::{
    on_both_engines,
    town::{
        Town,
        backend::{Backend, Then},
        browser::Browser,
    },
};

/// Everybody may ask it.
const FORECAST: &str = "/services/YZ18001/start";
const WEATHER: &str = "weather";
/// It is about a person.
const BILLS: &str = "/services/YZ17003/start";
const GAS: &str = "gas-supply";
const KEY: &str = "0123456789abcdef0123456789abcdef";
const NUMBER: &str = "990101198501010010";

const TODAY: &str = r#"{ "code": 0, "data": { "total": 1, "items": [
    { "title": "今天", "day": "2026-11-21", "weather": "多云<b>", "highest": 16, "lowest": 8 } ] } }"#;
const BILL: &str = r#"{ "resultCode": "00000", "resultCount": 1, "resultData": [
    { "id": "RQ1", "title": "2026年10月燃气费", "status": "open", "period": "2026-10", "amount": 9858 } ],
    "resultSum": { "holder": "林*", "owed": 9858 } }"#;
const NOTHING: &str = r#"{ "code": 0, "data": { "total": 0, "items": [] } }"#;

impl Town {
    pub async fn bind_with_key(&self, agency: &str, backend: &Backend) {
        let ring = KeyRing::open(&self.config.keys).unwrap();
        let proposal = Proposal {
            agency: agency.to_owned(),
            address: format!("http://{}/", backend.address),
            secrets: BTreeMap::from([("api-key".to_owned(), KEY.to_owned())]),
        };
        let now = self.clock.now();
        self.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
    }

    /// Somebody whom the register of persons knows.
    pub async fn verified_person(&self, phone: &str, number: &str) -> Browser<'_> {
        let register = Backend::json("200 OK", r#"{ "result": "match", "level": 3 }"#);
        self.bind("household-registration", &register).await;
        let browser = self.newcomer(phone).await;
        let raised =
            browser.submit("/me/verify?level=3&next=%2Fme", &[("name", "𬱖晓"), ("number", number)]).await;
        assert_eq!(raised.status, 303, "{}", raised.body);
        browser
    }

    /// What the record says an agency learned, looked at by whom.
    async fn told_to(&self, agency: &str) -> Vec<String> {
        let agency = agency.to_owned();
        let rows = move |c: &mut yimen::db::Conn| {
            let of = looks::table.filter(looks::actor.eq(agency)).order(looks::id);
            of.select(looks::fields).load::<String>(c).map_err(DbError::from)
        };
        self.db.read(rows).await.unwrap()
    }
}

on_both_engines! {
    async fn a_question_for_everybody_goes_by_its_address(town: Town) {
        let backend = Backend::json("200 OK", TODAY);
        town.bind_with_key(WEATHER, &backend).await;
        let form = town.get(FORECAST).await.ok();
        assert_eq!(form.attributes("main form[action$=start]", "method"), ["get"]);
        assert_eq!(form.texts("input[name=csrf]").len(), 0);
        // Nobody has asked yet, and what is missing is said beside its field.
        let wrong = town.get(&format!("{FORECAST}?ask=1&a-district=%3Cb%3E")).await;
        assert_eq!((wrong.status, wrong.texts(".field-error").len()), (422, 1));
        assert!(backend.heard().is_empty());
        let asked = format!("{FORECAST}?ask=1&a-district=%E4%BA%91%E6%B1%9F%E5%8C%BA");
        let found = town.get(&asked).await.ok();
        let text = found.texts(".found-answer").join(" ");
        assert!(text.contains("多云<b>") && text.contains("16 ℃") && text.contains("2026年11月21日"), "{text}");
        let english = town.get(&format!("{asked}&lang=en")).await.ok().texts(".found-answer").join(" ");
        assert!(english.contains("High") && english.contains("21 November 2026"), "{english}");
        // The same question within seconds is the same answer; who else asks has it too.
        let heard = backend.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert!(heard[0].starts_with("POST /v1/queries HTTP/1.1") && heard[0].contains("云江区"), "{}", heard[0]);
        assert!(heard[0].contains(&format!("x-api-key: {KEY}")), "{}", heard[0]);
        town.close().await;
    }

    async fn an_agency_that_is_away_is_never_nothing_found(town: Town) {
        let asked = format!("{FORECAST}?ask=1&a-district=%E4%BA%91%E6%B1%9F%E5%8C%BA");
        let empty = "没有这个地方的预报";
        // Nothing is bound; then one hangs up, fails, and talks nonsense.
        for backend in [
            None,
            Some(Backend::saying("", Then::Close)),
            Some(Backend::json("500 Oops", "{}")),
            Some(Backend::json("200 OK", "<html>")),
            Some(Backend::json("200 OK", r#"{ "code": 0 }"#)),
        ] {
            if let Some(backend) = &backend {
                town.bind_with_key(WEATHER, backend).await;
            }
            let away = town.get(&asked).await;
            let text = away.texts("main").join(" ");
            assert_eq!(away.status, 503, "{text}");
            assert!(!text.contains(empty) && text.contains("0990-5401000"), "{text}");
            town.pass(TimeDelta::minutes(1)).await;
        }
        town.bind_with_key(WEATHER, &Backend::json("200 OK", NOTHING)).await;
        town.pass(TimeDelta::minutes(10)).await;
        let nothing = town.get(&asked).await.ok();
        assert!(nothing.texts("main").join(" ").contains(empty));
        town.close().await;
    }

    async fn what_was_said_before_is_shown_with_its_time(town: Town) {
        let asked = format!("{FORECAST}?ask=1&a-district=%E4%BA%91%E6%B1%9F%E5%8C%BA");
        town.bind_with_key(WEATHER, &Backend::json("200 OK", TODAY)).await;
        town.get(&asked).await.ok();
        town.bind_with_key(WEATHER, &Backend::saying("", Then::Close)).await;
        town.pass(TimeDelta::minutes(5)).await;
        let earlier = town.get(&asked).await.ok();
        let notice = earlier.texts(".found-answer .notice").join(" ");
        assert!(notice.contains("没有回应"), "{notice}");
        assert!(earlier.texts(".found-record").join(" ").contains("多云"));
        // Another question was never answered.
        let other = town.get(&format!("{FORECAST}?ask=1&a-district=%E6%9C%9B%E5%B1%B1%E5%8C%BA")).await;
        assert_eq!(other.status, 503);
        town.close().await;
    }

    async fn a_question_about_a_person_says_first_what_is_told_and_then_records_it(town: Town) {
        let backend = Backend::json("200 OK", BILL);
        town.bind_with_key(GAS, &backend).await;
        let lin = town.verified_person("13800000001", NUMBER).await;
        let form = lin.get(BILLS).await.ok();
        let told = form.texts(".told").join(" ");
        assert!(told.contains("姓名") && !told.contains("身份证号") && told.contains("燃气"), "{told}");
        assert!(!form.body.contains(NUMBER));
        let wrong = lin.submit(BILLS, &[("a-account", "12")]).await;
        assert_eq!((wrong.status, wrong.attributes("#a-account", "value")), (422, vec!["12".to_owned()]));
        assert!(backend.heard().is_empty() && town.told_to(GAS).await.is_empty());
        // Wide digits, as Chinese keyboards type them.
        let found = lin.submit(BILLS, &[("a-account", "９９00128846")]).await.ok();
        let text = found.texts(".found-answer").join(" ");
        assert!(text.contains("98.58 元") && text.contains("2026年10月") && text.contains("未缴"), "{text}");
        let heard = backend.heard().remove(0);
        assert!(heard.contains("𬱖晓") && heard.contains("9900128846"), "{heard}");
        // What the service does not declare the agency is not told.
        assert!(!heard.contains(NUMBER), "{heard}");
        assert!(heard.contains("x-yimen-assertion: "), "{heard}");
        let fields = town.told_to(GAS).await;
        assert_eq!(fields.len(), 1);
        assert!(fields[0].contains("name") && fields[0].contains("answers"), "{fields:?}");
        assert!(!fields[0].contains("identity-number"), "{fields:?}");
        let looks = lin.get("/me/looks").await.ok().texts("main").join(" ");
        assert!(looks.contains("燃气集团") && looks.contains("姓名"), "{looks}");
        // By its address nothing is asked, however it looks.
        lin.get(&format!("{BILLS}?ask=1&a-account=9900128846")).await.ok();
        assert_eq!(backend.heard().len(), 1);
        town.close().await;
    }

    async fn nobody_is_shown_what_another_was_told(town: Town) {
        town.bind_with_key(GAS, &Backend::json("200 OK", BILL)).await;
        let lin = town.verified_person("13800000001", NUMBER).await;
        let wu = town.verified_person("13800000002", "990101199003071026").await;
        lin.submit(BILLS, &[("a-account", "9900128846")]).await.ok();
        town.bind_with_key(GAS, &Backend::saying("", Then::Close)).await;
        town.pass(TimeDelta::minutes(1)).await;
        let earlier = lin.submit(BILLS, &[("a-account", "9900128846")]).await.ok();
        assert!(earlier.texts(".found-record").join(" ").contains("98.58"));
        let nothing = wu.submit(BILLS, &[("a-account", "9900128846")]).await;
        assert_eq!(nothing.status, 503);
        assert!(!nothing.body.contains("98.58"));
        town.close().await;
    }

    /// Whatever a page forgets: the gateway itself asks who, and how surely.
    async fn the_gateway_lets_nobody_ask_below_the_services_level(town: Town) {
        let backend = Backend::json("200 OK", BILL);
        town.bind_with_key(GAS, &backend).await;
        let ask = async |level: Option<u8>| {
            let question = lookup::Input {
                service: "YZ17003".to_owned(),
                person: None,
                answers: Answers::default(),
                page: Page::default(),
            };
            let party = Party { acting: CitizenId::new(), represented: Represented::Oneself };
            let about = level.map(|level| About::service(&party, level, &[]));
            let within = Duration::from_secs(2);
            let request = Request { agency: GAS, service: Some("YZ17003"), question, about, within };
            town.portal().gateway.call(request).await
        };
        assert!(matches!(ask(None).await, Err(GatewayError::NobodyNamed(_))));
        assert!(matches!(ask(Some(2)).await, Ok(Outcome::NotEntitled)));
        assert!(backend.heard().is_empty());
        town.close().await;
    }

    async fn an_agency_that_says_no_is_heard_and_not_blamed(town: Town) {
        town.bind_with_key(GAS, &Backend::json("200 OK", r#"{ "resultCode": "10001", "resultMsg": "林晓 无权" }"#)).await;
        let lin = town.verified_person("13800000001", NUMBER).await;
        let refused = lin.submit(BILLS, &[("a-account", "9900128846")]).await;
        let text = refused.texts("main").join(" ");
        assert_eq!(refused.status, 403, "{text}");
        assert!(!text.contains("没有这个用户号") && !refused.body.contains("无权"), "{text}");
        assert_eq!(refused.attributes("#a-account", "value"), ["9900128846"]);
        town.close().await;
    }

    async fn an_outage_by_order_keeps_everybody_from_calling(town: Town) {
        let backend = Backend::json("200 OK", TODAY);
        town.bind_with_key(WEATHER, &backend).await;
        let asked = format!("{FORECAST}?ask=1&a-district=%E4%BA%91%E6%B1%9F%E5%8C%BA");
        let now = town.clock.now();
        let until = Some(now + TimeDelta::hours(2));
        town.db.tx(move |c| outages::order(c, now, WEATHER, ("operator", "drill"), until)).await.unwrap();
        let away = town.get(&asked).await;
        assert_eq!(away.status, 503);
        assert!(away.texts(".notice").join(" ").contains("预计"), "{}", away.texts(".notice").join(" "));
        assert!(backend.heard().is_empty());
        // It ends by itself.
        town.pass(TimeDelta::hours(2)).await;
        town.get(&asked).await.ok();
        assert_eq!(backend.heard().len(), 1);
        town.close().await;
    }
}
