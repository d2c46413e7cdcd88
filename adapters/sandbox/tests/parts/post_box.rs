//! The SMS provider, the mail server and the page on which people read what came.

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use yimen_sandbox::{Kind, Running};

use crate::harness::{Browser, client, fail, sandbox};

async fn order(running: &Running, key: &str, repeat: Option<&str>, body: Value) -> (u16, Value) {
    let mut request = client().post(&running.post_box.sms_url).bearer_auth(key).json(&body);
    if let Some(repeat) = repeat {
        request = request.header("idempotency-key", repeat);
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
}

#[actix_web::test]
async fn a_text_message_is_taken_once_and_shown() {
    let (running, _) = sandbox().await;
    let key = running.post_box.sms_key.clone();
    let message = json!({ "to": "19909900001", "text": "验证码 123456 <b>", "sender": "云州" });
    let (status, answer) = order(&running, &key, Some("once"), message.clone()).await;
    assert_eq!((status, &answer["status"]), (202, &json!("accepted")));
    let (_, again) = order(&running, &key, Some("once"), message.clone()).await;
    assert_eq!(again["id"], answer["id"], "a repeat is the same message");
    let (_, other) = order(&running, &key, Some("twice"), message.clone()).await;
    assert_ne!(other["id"], answer["id"]);
    assert_eq!(running.post_box.messages(Some("19909900001")).len(), 2);
    assert_eq!(running.post_box.messages(Some("19909900002")), []);

    let id = answer["id"].as_str().unwrap();
    let status =
        client().get(format!("{}/{id}", running.post_box.sms_url)).bearer_auth(&key).send().await.unwrap();
    assert_eq!(status.json::<Value>().await.unwrap()["status"], "delivered");

    let page = Browser::new().get(&running.post_box.url).await;
    assert!(page.body.contains("19909900001") && page.body.contains("验证码 123456"));
    assert!(!page.body.contains("<b>"), "a message is text, whatever it says");
    let list =
        Browser::new().get(&format!("{}/messages.json?to=19909900001", running.post_box.url)).await.json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0]["text"], "验证码 123456 <b>");
    running.stop().await;
}

#[actix_web::test]
async fn strangers_and_nonsense_are_refused() {
    let (running, _) = sandbox().await;
    let key = running.post_box.sms_key.clone();
    let message = json!({ "to": "19909900001", "text": "x" });
    assert_eq!(order(&running, "wrong", None, message.clone()).await.0, 401);
    assert_eq!(order(&running, "", None, message).await.0, 401);
    for body in [json!({ "to": "a", "text": "x" }), json!({ "to": "19909900001", "text": " " })] {
        assert_eq!(order(&running, &key, None, body.clone()).await.0, 422, "{body}");
    }
    assert_eq!(order(&running, &key, None, json!({ "text": "x" })).await.0, 400);
    assert_eq!(running.post_box.messages(None), []);

    // Taken, and yet the answer cannot be read: only a repeat with its key finds out safely.
    fail(&running.post_box.url, json!({ "malformed": true, "times": 1 })).await;
    let message = json!({ "to": "19909900001", "text": "x" });
    assert_eq!(order(&running, &key, Some("k"), message.clone()).await, (202, Value::Null));
    assert_eq!(order(&running, &key, Some("k"), message).await.1["status"], "accepted");
    assert_eq!(running.post_box.messages(None).len(), 1);
    running.stop().await;
}

#[actix_web::test]
async fn what_became_of_a_message_and_what_people_answer_is_reported() {
    let (running, _) = sandbox().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    running.post_box.report_to(&format!("http://{}/reports", listener.local_addr().unwrap()));
    let heard = async || {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        let mut buffer = [0; 4096];
        while !heard.ends_with(b"}") {
            let read = stream.read(&mut buffer).await.unwrap();
            assert!(read > 0, "the report broke off");
            heard.extend_from_slice(&buffer[..read]);
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.unwrap();
        let heard = String::from_utf8(heard).unwrap();
        let (head, body) = heard.split_once("\r\n\r\n").unwrap();
        let proof = format!("authorization: Bearer {}", running.post_box.reports_key);
        assert!(head.lines().any(|line| line.eq_ignore_ascii_case(&proof)), "{head}");
        serde_json::from_str::<Value>(body).unwrap()["reports"][0].clone()
    };
    let key = running.post_box.sms_key.clone();
    let body = json!({ "to": "19909900001", "text": "x" });
    assert_eq!(order(&running, &key, Some("k-1"), body).await.0, 202);
    assert_eq!(heard().await, json!({ "outcome": "delivered", "key": "k-1" }));
    let reply = client()
        .post(format!("{}/reply", running.post_box.url))
        .form(&[("to", "19909900001"), ("word", "stop")])
        .send();
    let (reply, said) = tokio::join!(reply, heard());
    assert_eq!(said, json!({ "outcome": "stop", "to": "19909900001" }));
    assert!(reply.unwrap().status().is_redirection());
    running.stop().await;
}

#[actix_web::test]
async fn mail_arrives_as_people_write_it() {
    let (running, _) = sandbox().await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let smtp = running.post_box.smtp;
    let server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(smtp.ip().to_string())
        .port(smtp.port())
        .build();
    let text = "您好，𬱖：\n.一个以点开头的行\n验证码 654321，十分钟内有效。";
    for to in ["wei@mail.example", "jie@mail.example"] {
        let message = Message::builder()
            .from("云州市政务服务 <no-reply@yunzhou.example>".parse::<Mailbox>().unwrap())
            .to(to.parse().unwrap())
            .subject("验证码 654321：登录云州市政务服务，请勿转告任何人（也不要告诉工作人员）")
            .multipart(MultiPart::alternative_plain_html(text.to_owned(), "<p>x</p>".to_owned()))
            .unwrap();
        server.send(message).await.unwrap();
    }
    let messages = running.post_box.messages(Some("wei@mail.example"));
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].kind, Kind::Mail);
    assert_eq!(messages[0].from, "no-reply@yunzhou.example");
    let subject = "验证码 654321：登录云州市政务服务，请勿转告任何人（也不要告诉工作人员）";
    assert_eq!(messages[0].subject.as_deref(), Some(subject));
    assert_eq!(messages[0].text.replace("\r\n", "\n"), text);
    running.stop().await;
}

#[actix_web::test]
async fn a_clumsy_mail_client_is_told_what_is_wrong() {
    let (running, _) = sandbox().await;
    let mut stream = tokio::net::TcpStream::connect(running.post_box.smtp).await.unwrap();
    let lines = "DATA\r\nRCPT TO:<a@b.example>\r\nMAIL FROM:nobody\r\nMAIL FROM:<>\r\nRCPT TO:<nobody>\r\n\
                 VRFY x\r\nRCPT TO:<a@b.example>\r\nDATA\r\nSubject: a\r\n\r\nb\r\n.\r\nQUIT\r\n";
    stream.write_all(lines.as_bytes()).await.unwrap();
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.unwrap();
    let codes: Vec<&str> = heard.lines().map(|line| &line[..3]).collect();
    assert_eq!(codes, ["220", "503", "503", "501", "250", "501", "502", "250", "354", "250", "221"]);
    let messages = running.post_box.messages(Some("a@b.example"));
    assert_eq!((messages.len(), messages[0].text.as_str()), (1, "b"));
    running.stop().await;
}

#[actix_web::test]
async fn notices_for_apps_are_taken_once_by_each_of_two_carriers() {
    let (running, _) = sandbox().await;
    let key = running.post_box.sms_key.clone();
    let order = async |at: &str, key: &str, to: &str| {
        let notice = json!({ "to": to, "title": "已办结", "link": "https://yimen.example/me/cases/1", "topic": "cases" });
        let request = client().post(at).bearer_auth(key).header("idempotency-key", "once").json(&notice);
        request.send().await.unwrap().status().as_u16()
    };
    let [one, two] = running.post_box.app_urls.clone();
    assert_eq!((order(&one, &key, "t-1").await, order(&one, &key, "t-1").await), (202, 202));
    assert_eq!(order(&two, &key, "t-1").await, 202);
    assert_eq!((order(&one, "wrong", "t-1").await, order(&one, &key, "gone-1").await), (401, 410));
    let shown = running.post_box.messages(Some("t-1"));
    assert_eq!(shown.iter().map(|message| message.from.as_str()).collect::<Vec<_>>(), ["two", "one"]);
    assert!(
        shown.iter().all(|message| message.kind == Kind::App && message.subject.as_deref() == Some("已办结"))
    );
    running.stop().await;
}
