//! Agencies that exchange files: what they write is read in rounds and answers questions, what waits is written.

use std::{collections::BTreeMap, fs, path::Path};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use yimen::{
    agencies::bindings::{self, Proposal},
    jobs,
    platform::keys::KeyRing,
};
use yimen_drivers::auth::sign::hex;

use crate::{
    on_both_engines,
    town::{Town, browser::Browser},
};

const HEATING: &str = "heating";
/// The fees of a customer number.
const FEES: &str = "/services/YZ17004/start";
const HEAD: &str = "rhbh,zdbh,cnj,zt,dz,mj,dj,je,jzrq,jfrq";
const CUSTOMER: &str = "99004412";

/// Puts a file and its companion into the agency's folder, in the encoding that its package declares.
fn write(folder: &Path, name: &str, lines: &[&str]) {
    let text = [&[HEAD], lines].concat().join("\r\n") + "\r\n";
    let (bytes, _, _) = encoding_rs::GBK.encode(&text);
    let inward = folder.join("to-portal");
    fs::create_dir_all(&inward).unwrap();
    fs::write(inward.join(name), &bytes).unwrap();
    fs::write(inward.join(format!("{name}.sha256")), hex(&Sha256::digest(&bytes))).unwrap();
}

impl Town {
    async fn bind_to_folder(&self, agency: &str, folder: &Path) {
        let ring = KeyRing::open(&self.config.keys).unwrap();
        let secrets = ["portal-key", "host-key"].map(|name| (name.to_owned(), "unused".to_owned()));
        let proposal = Proposal {
            agency: agency.to_owned(),
            address: format!("file://{}", folder.display()),
            secrets: BTreeMap::from(secrets),
        };
        let now = self.clock.now();
        self.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
    }

    /// The round of files, as the schedule has it.
    async fn round(&self) {
        let now = self.clock.now();
        self.db.tx(move |c| yimen::gateway::exchange_all(c, now)).await.unwrap();
        self.work().await;
    }
}

async fn fees(person: &Browser<'_>) -> (u16, String) {
    let page = person.submit(FEES, &[("a-customer", CUSTOMER)]).await;
    (page.status, page.texts("main").join(" "))
}

on_both_engines! {
    async fn a_file_answers_until_the_next_one(town: Town) {
        let folder = TempDir::new().unwrap();
        town.bind_to_folder(HEATING, folder.path()).await;
        let person = town.verified_person("13800000001", "990101198501010010").await;
        // No file has come: that is not "nothing found".
        let (status, text) = fees(&person).await;
        assert_eq!(status, 503, "{text}");
        let line = "99004412,ZD1,2026-2027,0,云江区通衢大道61号,89.5,22.00,1969.00,2026-12-31,";
        write(folder.path(), "fees-20261119.csv", &[line]);
        town.round().await;
        let (status, text) = fees(&person).await;
        assert_eq!(status, 200, "{text}");
        assert!(text.contains("1969 元") && text.contains("数据截至 2026年11月19日"), "{text}");
        // Nothing of it lies open in the database.
        let dump = town.dump(&["daily_lines", "daily_files"]).await;
        assert!(!dump.contains(CUSTOMER) && !dump.contains("通衢大道"), "{dump}");
        // The next file holds everything: who is not in it any more has nothing, as of then.
        write(folder.path(), "fees-20261120.csv", &["99000001,ZD2,2026-2027,0,望山区,60,22.00,1320.00,2026-12-31,"]);
        town.round().await;
        let (status, text) = fees(&person).await;
        assert!(status == 200 && text.contains("没有供暖费记录"), "{status} {text}");
        // One of an earlier day that comes late takes nothing back.
        write(folder.path(), "fees-20261118.csv", &[line]);
        town.round().await;
        assert!(fees(&person).await.1.contains("没有供暖费记录"));
        town.close().await;
    }

    async fn a_bad_file_is_refused_with_a_report_and_the_last_good_one_stays(town: Town) {
        let folder = TempDir::new().unwrap();
        town.bind_to_folder(HEATING, folder.path()).await;
        let person = town.verified_person("13800000001", "990101198501010010").await;
        let line = "99004412,ZD1,2026-2027,0,云江区通衢大道61号,89.5,22.00,1969.00,2026-12-31,";
        write(folder.path(), "fees-20261119.csv", &[line]);
        town.round().await;
        write(folder.path(), "fees-20261120.csv", &["99004412,ZD1", line]);
        town.round().await;
        assert!(fees(&person).await.1.contains("1969 元"));
        let outward: Vec<String> = fs::read_dir(folder.path().join("from-portal"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(outward.iter().any(|name| name.starts_with("fees-20261120-") && name.ends_with(".report.csv")), "{outward:?}");
        town.close().await;
    }

    /// A folder that is gone keeps nobody waiting, and no job dies of it.
    async fn a_folder_that_is_away_is_looked_at_again(town: Town) {
        let folder = TempDir::new().unwrap();
        town.bind_to_folder(HEATING, &folder.path().join("later")).await;
        town.round().await;
        let dead = town.db.read(|c| jobs::dead(c, 10)).await.unwrap();
        assert!(dead.is_empty(), "{dead:?}");
        let line = "99004412,ZD1,2026-2027,0,云江区通衢大道61号,89.5,22.00,1969.00,2026-12-31,";
        write(&folder.path().join("later"), "fees-20261119.csv", &[line]);
        town.round().await;
        let person = town.verified_person("13800000001", "990101198501010010").await;
        assert_eq!(fees(&person).await.0, 200);
        town.close().await;
    }
}
