//! Whatever comes in, the answer is clear and the portal goes on.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use crate::town::{Engine, Town};

/// Sends bytes as they are and reads the beginning of the answer.
async fn raw(town: &Town, bytes: Vec<u8>) -> String {
    let address = town.portal().address.unwrap();
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        // The portal may close before everything is sent; then it has answered already.
        let _ = stream.write_all(&bytes);
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while answer.len() < 200 {
            match stream.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(read) => answer.extend_from_slice(&buffer[..read]),
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    })
    .await
    .unwrap()
}

fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

#[actix_web::test]
async fn what_does_not_exist_offers_a_way_on() {
    let town = Town::open(Engine::Sqlite).await;
    for path in [
        "/nothing",
        "/services/YZ99999",
        "/services/%00",
        "/services/..%2f..%2fetc",
        "/services/%E9%A9%BE%FF",
        "/domains/D99",
        "/domains/D02/D01-1",
        "/agencies/nobody",
        "/events/none",
        "/zones/none",
        "/policies/none",
        "/bulletins/none",
        "/services/YZ02022/start/more",
    ] {
        let answer = town.get(path).await;
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(
            !answer.attributes("form[action='/search'] input[name=q]", "name").is_empty(),
            "{path}: a search box"
        );
        assert!(answer.attributes("a", "href").contains(&"/".to_owned()), "{path}: a way home");
        assert!(answer.body.contains("12345"), "{path}: the hotline");
    }
    town.close().await;
}

#[actix_web::test]
async fn a_draft_is_invisible_wherever_one_looks() {
    let town = Town::open(Engine::Sqlite).await;
    // Drafts of the demo city.
    for code in ["YZ03029", "YZ03030"] {
        assert_eq!(town.get(&format!("/services/{code}")).await.status, 404);
        assert_eq!(town.get(&format!("/services/{code}/start")).await.status, 404);
        for page in [
            "/open/services.json",
            "/open/services.csv",
            "/sitemap.xml",
            "/domains/D03",
            "/agencies/exit-entry",
        ] {
            assert!(!town.get(page).await.ok().body.contains(code), "{code} on {page}");
        }
        assert!(
            !town.get(&format!("/search?q={code}")).await.ok().body.contains(&format!("/services/{code}"))
        );
    }
    town.close().await;
}

#[actix_web::test]
async fn absurd_addresses_queries_and_headers_are_answered_and_harm_nobody() {
    let town = Town::open(Engine::Sqlite).await;
    let long = "x".repeat(10_000);
    let too_long = town.get(&format!("/{}", "a".repeat(5_000))).await;
    assert_eq!(too_long.status, 414);
    assert!(!too_long.body.contains("aaaaaaaaaa"), "the address is not repeated in every link");
    for query in [
        "q=".to_owned() + &"%E8%AF%81".repeat(300),
        "q=%F0%9F%98%80%F0%9F%98%80".into(),
        "q=%27%20OR%201%3D1%3B%20DROP%20TABLE%20services%3B--".into(),
        "q=%E2%80%AE%E8%AF%81%E9%A9%BE%E2%81%A6".into(),
        "q=%FF%FE%00%01".into(),
        "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E".into(),
        "q=&q=&&&==&%&%zz".into(),
        "page=-1&q=a".into(),
        "page=999999999999999999999999&q=%E8%AF%81".into(),
        "page=%00&domain=nowhere&agency=../..&visits=7&kind=x&audience=%F0%9F%98%80".into(),
        "lang=fr&mode=huge&theme=neon".into(),
    ] {
        let answer = town.get(&format!("/search?{query}")).await.ok();
        assert!(!answer.body.contains("<script>alert"), "{query}");
        assert!(!answer.body.contains('\u{202e}'), "{query}: a mark that turns the page's own text");
        let suggested = town.get(&format!("/search/suggest?{query}")).await.ok();
        assert!(suggested.body.starts_with('['), "{query}");
    }
    assert_eq!(town.get(&format!("/search?q={long}")).await.status, 414);
    for (bytes, wanted) in [
        (get("/", &format!("Cookie: look={long}; visit={long}\r\n")), "200"),
        (get("/", "Cookie: look=\u{1}\u{2};;;=;look\r\n"), "400"),
        (get("/", "Cookie: look=xx.yy.zz; look=en\r\nAccept-Language: ,,;q=,*;q=9\r\n"), "200"),
        (get("/", &format!("X-Long: {}\r\n", "y".repeat(200_000))), ""),
        (get("/", &"X-Many: 1\r\n".repeat(200)), ""),
        (get("/ /", ""), "400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), ""),
        (b"POST /display HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n".to_vec(), "4"),
        (b"GET http://[::bad/ HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(), "400"),
    ] {
        let answer = raw(&town, bytes.clone()).await;
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(!answer.starts_with("HTTP/1.1 5"), "{shown:?}: {answer}");
        if !wanted.is_empty() {
            assert!(answer.starts_with(&format!("HTTP/1.1 {wanted}")), "{shown:?}: {answer}");
        }
    }
    // After all of it the portal answers as before.
    town.get("/").await.ok();
    town.close().await;
}

#[actix_web::test]
async fn forms_that_are_too_large_or_no_forms_are_refused() {
    let town = Town::open(Engine::Sqlite).await;
    let post = |body: Vec<u8>, kind: &'static str| {
        town.client().post(town.url("/display")).header("content-type", kind).body(body)
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(town.ask(post(vec![b'a'; 300_000], form)).await.status, 413);
    assert_eq!(town.ask(post(b"{}".to_vec(), "application/json")).await.status, 400);
    assert_eq!(town.ask(post(b"\xff\xfe=%zz&csrf".to_vec(), form)).await.status, 403);
    let wrong_method = town.ask(town.client().delete(town.url("/display"))).await;
    assert_eq!((wrong_method.status, wrong_method.header("allow")), (405, "GET, HEAD, POST"));
    assert_eq!(town.ask(town.client().post(town.url("/about"))).await.status, 405);
    town.close().await;
}

#[actix_web::test]
async fn too_many_searches_are_told_when_to_come_back() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::open_with(engine, &[("YIMEN_LIMITS_SEARCHES_PER_MINUTE", "5")]).await;
        for _ in 0..5 {
            town.get("/search?q=a").await.ok();
        }
        let refused = town.get("/search?q=a").await;
        assert_eq!(refused.status, 429);
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=60).contains(&seconds));
        assert_eq!(refused.texts("h1").len(), 1);
        // Other pages are not searches.
        town.get("/about").await.ok();
        town.clock.advance(chrono::TimeDelta::seconds(61));
        town.get("/search?q=a").await.ok();
        town.close().await;
    }
}

/// A city that loses its database answers from what it keeps, and says "busy" for the rest.
#[actix_web::test]
async fn a_database_that_fails_breaks_no_kept_page() {
    let town = Town::open(Engine::Sqlite).await;
    town.get("/").await.ok();
    town.sql("DROP TABLE service_codes").await;
    town.get("/").await.ok();
    town.get("/services/YZ02022").await.ok();
    assert!(town.portal().refresh().await.is_ok(), "nothing changed, so nothing is read");
    town.close().await;
}

#[actix_web::test]
async fn an_address_copied_from_paper_leads_to_the_right_one() {
    let town = Town::open(Engine::Sqlite).await;
    for (typed, meant) in [
        ("/domains/", "/domains"),
        ("/services/YZ02022/?lang=en", "/services/YZ02022?lang=en"),
        ("/services/yz02022", "/services/YZ02022"),
        ("/services/yz02022/start", "/services/YZ02022/start"),
        ("/domains/d02", "/domains/D02"),
        ("/domains/d02/d02-4", "/domains/D02/D02-4"),
        // Never to another host, however many slashes.
        ("//example.org/", "/example.org"),
        ("///example.org//", "/example.org"),
    ] {
        let answer = town.get(typed).await;
        assert_eq!((answer.status, answer.header("location")), (301, meant), "{typed}");
    }
    assert_eq!(town.get("/services/yz99999").await.status, 404);
    town.close().await;
}

#[actix_web::test]
async fn letters_that_mean_nothing_find_nothing() {
    let town = Town::open(Engine::Sqlite).await;
    for words in ["%E7%9A%84", "1", "asdfgh", "zzzzqqq"] {
        let page = town.get(&format!("/search?q={words}")).await.ok();
        assert!(page.texts(".found").is_empty(), "{words}");
        // While typing, 1 may become 12345.
        if words != "1" {
            assert_eq!(town.get(&format!("/search/suggest?q={words}")).await.ok().body, "[]", "{words}");
        }
    }
    // 驾照: renewing it is what most people mean.
    let suggested = town.get("/search/suggest?q=%E9%A9%BE%E7%85%A7").await.ok().body;
    let first: serde_json::Value = serde_json::from_str(&suggested).unwrap();
    assert_eq!(first[0]["code"], "YZ02022");
    town.close().await;
}
