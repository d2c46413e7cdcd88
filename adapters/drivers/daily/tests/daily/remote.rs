//! The same over SFTP.

use std::fs;

use russh::keys::ssh_key::LineEnding;
use yimen_daily::{Came, Daily, FolderError};

use crate::{Bureau, GOOD, server};

async fn bureau(portal: u8, own: u8) -> Bureau {
    let mut bureau = Bureau::open();
    fs::create_dir(bureau.path("from-portal")).unwrap();
    let address = server::start(bureau.folder.path(), 1, 2).await;
    bureau.asked.address = format!("sftp://portal@{address}/");
    let private = server::key(portal).to_openssh(LineEnding::LF).unwrap();
    let public = server::key(own).public_key().to_openssh().unwrap();
    bureau.asked = bureau.asked.secret("portal-key", &private).secret("host-key", &public);
    bureau
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_and_go_over_sftp() {
    let mut bureau = bureau(1, 2).await;
    bureau.puts("benefits-20261121.csv", GOOD);
    let file = "benefits-20261121.csv".to_owned();
    assert_eq!(bureau.collect().await, Ok(vec![Came::Taken { file: file.clone(), lines: 2, left_out: 0 }]));
    assert_eq!(bureau.collect().await, Ok(vec![Came::Known { file }]));
    assert_eq!(bureau.asked.of(&Daily).await.unwrap()["lines"][0]["xm"], "林晓");
    bureau.puts("changes-20261121.csv", "wrong\n");
    bureau.collect().await.unwrap();
    assert!(bureau.reads(&bureau.put()[0]).contains("The column `id` is not there."));

    bureau.asked.binding = serde_json::from_value(serde_json::json!({
        "file": { "table": "applications" }, "send": { "id": "identity_number", "xm": "name" },
    }))
    .unwrap();
    bureau.asked.of(&Daily).await.unwrap();
    assert_eq!(bureau.deliver().await, Ok(1));
    let put = bureau.put();
    assert!(bureau.reads(&put[0]).contains("林晓"), "{put:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_servers_key_is_not_taken_and_nor_is_another_portals() {
    let stranger = bureau(1, 9).await;
    match stranger.collect().await {
        Err(FolderError::Impossible(why)) => assert!(why.contains("not the one that is bound"), "{why}"),
        other => panic!("{other:?}"),
    }
    let unknown = bureau(9, 2).await;
    assert_eq!(unknown.collect().await, Err(FolderError::Credentials));
    let mut nobody = bureau(1, 2).await;
    nobody.asked.address = nobody.asked.address.replace("portal@", "");
    assert!(matches!(nobody.collect().await, Err(FolderError::Impossible(_))));
    let mut inside = bureau(1, 2).await;
    inside.asked.address = "sftp://portal@10.0.0.1/".to_owned();
    assert!(
        matches!(inside.collect().await, Err(FolderError::Impossible(_))),
        "the dialer's rules hold here too"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_is_given_up() {
    let silent = yimen_rig::Server::raw(|mut stream| {
        let _ = std::io::Read::read(&mut stream, &mut [0; 1]);
        std::thread::sleep(std::time::Duration::from_secs(30));
    });
    let bureau = bureau(1, 2).await;
    let (backend, address) = (&bureau.asked.backend, format!("sftp://portal@{}/", silent.address));
    let endpoint =
        yimen_drivers::Endpoint { address: address.parse().unwrap(), secrets: bureau.asked.secrets.clone() };
    let within = std::time::Duration::from_millis(300);
    let opened = yimen_daily::open("sample", backend, &endpoint, &bureau.asked.dialer, within).await;
    assert!(matches!(opened.err(), Some(FolderError::Away(_))));
}
