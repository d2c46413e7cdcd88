//! New agencies, and who may speak for one.

use super::*;
use crate::on_both_engines;

on_both_engines! {
    /// From nothing to a live service: configuration only.
    async fn a_new_agency_applies_and_goes_live(town: Town) {
        let night = "/agency/packages/night-school";
        let integrator = worker(&town, "chen", Role::Integrator, "night-school").await;
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        assert_eq!(integrator.get(night).await.status, 404, "nobody knows it yet");
        let fields = [
            ("slug", "night-school"), ("name_zh", "云州市夜校"), ("name_en", "Yunzhou Night School"), ("kind", "centre"),
            ("credit_code", "91990100990000439Q"), ("contact", "0990-5990000"), ("document", "云州市夜校章程"), ("reference", "云编办〔2026〕9号"),
        ];
        let wrong = integrator.post("/agency/apply", &[("slug", "library"), ("credit_code", "1")]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.attributes(".errors a", "href").len(), 8, "{:?}", wrong.texts(".errors"));
        let applied = integrator.post("/agency/apply", &fields).await;
        assert_eq!(applied.location(), format!("{night}?said=applied"), "{}", applied.body);
        let again = integrator.post("/agency/apply", &fields).await;
        assert_eq!(again.location(), format!("{night}?said=applied-already"));
        let package = yimen_tools::draft::starter(&yimen_tools::draft::Starter {
            slug: "night-school".to_owned(),
            name: yimen_contract::Bilingual::new("云州市夜校", "Yunzhou Night School"),
            driver: yimen_contract::agency::Driver::Rest,
            auth: None,
            encoding: yimen_contract::agency::Encoding::Utf8,
            service: "YZ99001".to_owned(),
        }).unwrap();
        let texts: BTreeMap<String, String> = package.iter().map(|(path, text)| {
            let text = text.replace("status = \"draft\"", "status = \"online\"");
            (path.to_owned(), text)
        }).collect();
        let upload = async || {
            integrator.send_file(&format!("{night}/upload"), &[], ("package", "night-school.yimen", &packed(&texts))).await
        };
        assert_eq!(upload().await.location(), format!("{night}?said=not-admitted"));
        // The agency's own administrator does not admit it; the city does, and not without a reason if it does not.
        let own = worker(&town, "qian", Role::Administrator, "night-school").await;
        let waiting = wu.get("/admin/packages").await.ok().attributes("main .acting-name a", "href").remove(0);
        assert!(waiting.starts_with("/admin/packages/applications/"));
        for (asked, shown) in [("what=reviews", false), ("what=applications&agency=night-school&sort=newest", true)] {
            let page = wu.get(&format!("/admin/packages?{asked}")).await.ok();
            assert_eq!(page.attributes("main .acting-name a", "href").contains(&waiting), shown, "{asked}");
        }
        assert_eq!(own.get(&waiting).await.status, 404);
        assert_eq!(own.post(&waiting, &[("decision", "admit")]).await.status, 404);
        assert_eq!(wu.post(&waiting, &[("decision", "refuse")]).await.status, 422);
        assert_eq!(wu.post(&waiting, &[("decision", "admit")]).await.location(), "/admin/packages?said=admitted");
        assert_eq!(wu.post(&waiting, &[("decision", "refuse"), ("words", "x")]).await.location(), "/admin/packages?said=applied-already");
        let sent = upload().await;
        assert_eq!(sent.location(), format!("{night}/versions/1"), "{}", sent.texts("main").join(" "));
        town.clock.advance(chrono::TimeDelta::days(2));
        town.work().await;
        let page = integrator.get(&format!("{night}/versions/1")).await;
        // Sessions are over after two days.
        assert_eq!(page.status, 303);
        assert_eq!(state(&town, "night-school", 1).await, State::Checked);
        let number = town.db.read(|c| releases::numbered(c, "night-school", 1)).await.unwrap().version;
        let (now, chen, wu) = (town.clock.now(), By { name: "chen".to_owned(), branch: Branch::parse("night-school").unwrap() }, By::operator("wu"));
        town.db.tx(move |c| {
            releases::submit(c, now, number, &chen, "")?;
            releases::approve(c, now, number, &wu, &std::collections::BTreeSet::new(), "")?;
            let some = releases::release(c, now, number, 10, &chen);
            assert!(matches!(some, Err(ReleaseError::NoStable)), "{some:?}");
            releases::go_live(c, now, number, &chen)
        }).await.unwrap();
        town.portal().refresh().await.unwrap();
        let public = town.get("/agencies/night-school").await.ok();
        assert!(public.texts("h1").concat().contains("云州市夜校"));
        assert!(public.texts(".tag.ok").concat().contains("身份已核实"), "{:?}", public.texts(".tag"));
        let funnel = town.db.read(releases::funnel).await.unwrap();
        let counts: Vec<usize> = funnel.stages.iter().map(|stage| stage.agencies).collect();
        assert_eq!(counts, [1, 1, 1, 1, 1, 1, 0, 1]);
        assert_eq!(funnel.stages[3].median_days, Some(2.0));
        // Sixty agencies, the provider of payments and three carriers of messages.
        assert_eq!(funnel.installed, 64);
        town.close().await;
    }

    async fn a_description_becomes_a_draft(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        let there = format!("{HERE}/imports");
        let openapi = r#"{ "openapi": "3.0.0", "info": { "title": "燃气", "version": "1" }, "paths": { "/bills": { "get": {
            "summary": "账单查询", "parameters": [ { "name": "account", "in": "query", "schema": { "type": "string" } } ],
            "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "type": "object",
            "properties": { "items": { "type": "array", "items": { "type": "object", "properties": { "amount": { "type": "number" } } } } } } } } } } } } } }"#;
        let wrong = chen.send_file(&there, &[("code", "1")], ("description", "gas.json", openapi.as_bytes())).await;
        assert_eq!(wrong.status, 422);
        let sent = chen.send_file(&there, &[("code", "yz99801")], ("description", "C:\\x\\gas.json", openapi.as_bytes())).await;
        let page = sent.location();
        assert!(page.starts_with(&format!("{there}/")), "{} {}", sent.status, sent.body);
        assert_eq!(chen.get(&page).await.ok().attributes("meta[http-equiv=refresh]", "content"), ["3"]);
        town.work().await;
        let done = chen.get(&page).await.ok();
        let text = done.texts("main").join(" ");
        assert!(text.contains("草稿已生成") && text.contains("YZ99801") && text.contains("gas.json"), "{text}");
        let draft = town.client().get(town.url(&format!("{page}/draft"))).header("cookie", format!("staff={}", chen.cookie("staff").unwrap()));
        let answer = draft.send().await.unwrap();
        assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("gas-supply.yimen"));
        let files = archive::open(&answer.bytes().await.unwrap()).unwrap();
        let reading = yimen_contract::package::read(GAS, &files);
        assert!(!reading.findings.has_errors(), "{}", reading.findings);
        // What is none says so, and where.
        let broken = chen.send_file(&there, &[("code", "YZ99801")], ("description", "x.json", b"{ \"a\": ")).await.location();
        town.work().await;
        assert!(chen.get(&broken).await.ok().texts(".notice.warn").concat().contains("x.json"));
        let zhao = worker(&town, "zhao", Role::Integrator, "museum").await;
        assert_eq!(zhao.get(&page).await.status, 404);
        assert_eq!(zhao.get(&format!("{page}/draft")).await.status, 404);
        town.close().await;
    }

    async fn an_agency_of_a_district_has_its_console_there(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, "yunjiang/gas-supply").await;
        let boss = worker(&town, "wu", Role::Administrator, "yunjiang").await;
        assert!(chen.get("/agency").await.ok().body.contains(HERE));
        approved(&town, &chen, &boss, &renamed()).await;
        let next = worker(&town, "zhao", Role::Integrator, "wangshan").await;
        assert!(!next.get("/agency").await.ok().body.contains(HERE));
        assert_eq!(next.get(HERE).await.status, 404);
        town.close().await;
    }

    /// Units are named freely by whoever manages a branch; an agency's console, desk and questions do not follow the name.
    async fn nobody_takes_an_agency_by_naming_a_unit_after_it(town: Town) {
        let he = worker(&town, "he", Role::Administrator, "museum").await;
        assert_eq!(he.post("/admin/units", &[("unit", GAS), ("unit_name", "燃气")]).await.status, 303);
        assert!(!he.get("/agency").await.ok().body.contains(GAS));
        assert_eq!(he.get(HERE).await.status, 404);
        let answers = async || town.db.read(|c| staff::branch_of(c, GAS)).await.unwrap().to_string();
        assert_eq!(answers().await, "/gas-supply/");
        // The city may put it there.
        let wu = worker(&town, "wu", Role::Administrator, "/").await;
        let unit = [("unit", "museum/gas-supply"), ("unit_name", "燃气")];
        assert_eq!(wu.post("/admin/units", &unit).await.location(), "/admin/people");
        assert_eq!(answers().await, "/museum/gas-supply/");
        assert!(he.get("/agency").await.ok().body.contains(HERE));
        town.close().await;
    }

    async fn other_agencies_find_nothing(town: Town) {
        let chen = worker(&town, "chen", Role::Integrator, GAS).await;
        hand_in(&chen, &packed(&renamed())).await;
        let zhao = worker(&town, "zhao", Role::Manager, "museum").await;
        assert!(!zhao.get("/agency").await.ok().body.contains(GAS));
        for path in [HERE.to_owned(), format!("{HERE}/versions/2"), format!("{HERE}/history")] {
            assert_eq!(zhao.get(&path).await.status, 404, "{path}");
        }
        assert_eq!(hand_in(&zhao, &packed(&renamed())).await.status, 404);
        for (path, field) in [("versions/2/step", ("step", "withdraw")), ("back", ("live", "1")), ("suspend", ("why", "x")), ("reopen", ("why", "x"))] {
            assert_eq!(zhao.post(&format!("{HERE}/{path}"), &[field]).await.status, 404, "{path}");
        }
        for path in ["/admin/packages", "/admin/funnel", "/admin/packages/gas-supply/2", "/admin/packages/gas-supply/2/preview/YZ17003"] {
            assert_eq!(zhao.get(path).await.status, 403, "{path}");
        }
        for (login, role) in [("sun", Role::Officer), ("li", Role::Auditor), ("zhou", Role::Helper)] {
            let other = worker(&town, login, role, GAS).await;
            for path in ["/agency", "/agency/apply", HERE] {
                assert_eq!(other.get(path).await.status, 403, "{path} {login}");
            }
        }
        assert_eq!(chen.get("/agency/packages/city").await.status, 404, "the city folder is the operator's");
        assert_eq!(chen.get("/agency/packages/gas-supply/versions/x").await.status, 404);
        town.close().await;
    }
}
