//! The demo city as a newcomer to it meets it: what it prints opens the doors it names.

use std::{cell::RefCell, collections::BTreeMap, fs, path::Path, time::Duration};

use scraper::{Html, Selector};
use tempfile::TempDir;

use crate::town::program::Running;

/// What a demo city printed when it opened.
struct Printed {
    citizens: Vec<[String; 2]>,
    staff: Vec<[String; 2]>,
    /// Telephone, name, identity number.
    stranger: Vec<String>,
    post_box: String,
    lines: Vec<String>,
}

fn open(folder: &Path) -> (Running, Printed) {
    let (demo, lines) = Running::demo(folder, &["--listen", "127.0.0.1:0"]);
    let rows = |title: &str| -> Vec<Vec<String>> {
        let below = lines.iter().skip_while(|line| !line.trim().starts_with(title)).skip(1);
        let rows = below.take_while(|line| !line.is_empty());
        rows.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    };
    let pairs = |title: &str| rows(title).into_iter().map(|row| [row[0].clone(), row[1].clone()]).collect();
    let post_box = lines.iter().find_map(|line| line.trim().strip_prefix("Post box")).expect("a post box");
    let printed = Printed {
        citizens: pairs("People to sign in"),
        staff: pairs("Staff, at"),
        stranger: rows("Somebody without an account").remove(0),
        post_box: post_box[post_box.find("http").unwrap()..].to_owned(),
        lines,
    };
    (demo, printed)
}

/// Somebody with a browser of their own.
struct Visitor<'a> {
    address: &'a str,
    client: reqwest::Client,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Visitor<'a> {
    fn new(address: &'a str) -> Self {
        yimen::platform::tls::provide();
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let client = client.timeout(Duration::from_secs(10)).build().unwrap();
        Self { address, client, cookies: RefCell::default() }
    }

    /// Status, where to, and the page.
    async fn send(&self, request: reqwest::RequestBuilder) -> (u16, String, String) {
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(k, v)| format!("{k}={v}")).collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        (answer.status().as_u16(), to.unwrap_or_default(), answer.text().await.unwrap())
    }

    async fn get(&self, path: &str) -> String {
        self.send(self.client.get(format!("{}{path}", self.address))).await.2
    }

    /// Opens a page, fills in its form and sends it: where that leads.
    async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let page = self.get(path).await;
        let action = path.split('?').next().unwrap();
        let mut all: Vec<(String, String)> = hidden(&page, action);
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let (status, to, _) =
            self.send(self.client.post(format!("{}{action}", self.address)).form(&all)).await;
        (status, to)
    }
}

fn hidden(page: &str, action: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(page);
    let inputs = Selector::parse(&format!("form[action='{action}'] input[type=hidden]")).unwrap();
    let value = |input: scraper::ElementRef<'_>, name| input.attr(name).unwrap_or_default().to_owned();
    page.select(&inputs).map(|input| (value(input, "name"), value(input, "value"))).collect()
}

fn texts(page: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    page.select(&Selector::parse(selector).unwrap()).map(|found| found.text().collect()).collect()
}

/// What lies in the post box for somebody; it takes a moment to get there.
async fn code_for(post_box: &Visitor<'_>, to: &str) -> String {
    for _ in 0..200 {
        let digits = |text: &String| {
            let mut words = text.split(|c: char| !c.is_ascii_digit());
            words.find(|word| word.len() == 6).map(str::to_owned)
        };
        if let Some(code) = texts(&post_box.get(&format!("/?to={to}")).await, "pre").iter().find_map(digits) {
            return code;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing came for {to}");
}

async fn everyone_signs_in(demo: &Running, printed: &Printed) {
    assert_eq!((printed.citizens.len(), printed.staff.len()), (5, 9), "{:?}", printed.lines);
    for [login, password] in &printed.citizens {
        let visitor = Visitor::new(&demo.address);
        let entered = visitor.submit("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(entered, (303, "/me".to_owned()), "{login}");
    }
    let post_box = Visitor::new(printed.post_box.trim_end_matches('/'));
    for [login, password] in &printed.staff {
        let apps = texts(&post_box.get("/").await, "ul li");
        let app = apps.iter().find(|line| line.ends_with(&format!("({login})"))).expect("an app");
        let code = app.split_whitespace().next().unwrap();
        let visitor = Visitor::new(&demo.address);
        let fields = [("login", login.as_str()), ("password", password), ("code", code)];
        let entered = visitor.submit("/staff/sign-in", &fields).await;
        assert_eq!(entered, (303, "/staff".to_owned()), "{login}");
    }
}

/// Registers and is verified, as somebody would who tries the city out.
async fn the_stranger_moves_in(demo: &Running, printed: &Printed) {
    let [phone, name, number] = &printed.stranger[..] else { panic!("{:?}", printed.lines) };
    let (visitor, password) = (Visitor::new(&demo.address), "crooked lantern by the river");
    let fields = [("name", name.as_str()), ("reach", phone), ("password", password), ("again", password)];
    let fields: Vec<_> = fields.into_iter().chain([("agree", "yes")]).collect();
    let (status, confirm) = visitor.submit("/register", &fields).await;
    assert_eq!(status, 303);
    let post_box = Visitor::new(printed.post_box.trim_end_matches('/'));
    let code = code_for(&post_box, phone).await;
    assert_eq!(visitor.submit(&confirm, &[("code", &code)]).await, (303, "/me?welcome=1".to_owned()));
    let verified =
        visitor.submit("/me/verify?level=3&next=%2Fme", &[("name", name), ("number", number)]).await;
    assert_eq!(verified, (303, "/me".to_owned()), "the register knows them");
}

#[actix_web::test]
async fn what_the_city_prints_opens_its_doors_also_after_its_notebook_is_lost() {
    let folder = TempDir::new().unwrap();
    let (demo, first) = open(folder.path());
    everyone_signs_in(&demo, &first).await;
    the_stranger_moves_in(&demo, &first).await;
    // One of them changes their password, and the city does not claim to know it.
    let [login, password] = &first.citizens[1];
    let owner = Visitor::new(&demo.address);
    owner.submit("/sign-in", &[("login", login), ("password", password)]).await;
    let own = "nine herons over the weir";
    let changed =
        owner.submit("/me/security/password", &[("now", password), ("password", own), ("again", own)]).await;
    assert_eq!(changed.0, 303, "{}", changed.1);
    assert_eq!(demo.stop(), 0);

    let (demo, second) = open(folder.path());
    assert_eq!(second.citizens[0], first.citizens[0], "the same as before");
    assert_eq!(second.citizens[1], [login.clone(), "(changed".to_owned()]);
    assert_ne!(second.stranger, first.stranger, "that one has an account by now");
    assert_eq!(demo.stop(), 0);

    fs::remove_file(folder.path().join(".yimen/demo.json")).unwrap();
    let (demo, third) = open(folder.path());
    assert!(third.lines.iter().any(|line| line.contains("demo.json")), "{:?}", third.lines);
    assert_ne!(third.citizens[0], first.citizens[0]);
    everyone_signs_in(&demo, &third).await;
    the_stranger_moves_in(&demo, &third).await;
    assert_eq!(demo.stop(), 0);
}
