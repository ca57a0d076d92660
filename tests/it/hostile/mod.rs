//! Ten thousand hostile events, through the feed that a program of the customer's would use, and
//! through the importers: none is stored, and what it said is in no row, no file, no answer and no
//! line of the log.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use relais::privacy::person::sign_in;
use relais::team::Grant;
use relais::token::Token;
use serde_json::Value;

use crate::events::{organisation, stored, take};
use crate::plans::apply;
use crate::support::dump::dump;
use crate::support::service::Service;
use crate::support::{World, both, figure};
use crate::visitor::admission;

mod corpus;

use corpus::{EVENTS, Hostile, corpus, event};

both!(ten_thousand_hostile_events_leave_nothing, hostile_files_leave_nothing);

/// As many as a report tells one by one.
const AT_ONCE: usize = 100;

const SERVICE: &str = r#"reason = "first set-up"
[journey_type]
code = "repair"
name = { fr = "Réparation", en = "Repair" }
attributes = ["channel"]
[[step]]
code = "RECEP"
team = "reception"
frontstage = true
[[team]]
code = "reception"
sites = { S1 = 8 }
[[site]]
code = "S1"
"#;

/// A program of the product that says everything it can.
fn program(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command
        .env("DATABASE_URL", &world.app.config.database_url)
        .env("LANG", "C")
        .stdin(Stdio::null());
    command.env("RELAIS_LOG", "trace").env("RELAIS_LOG_FORMAT", "json");
    command
}

/// A request on a connection of its own, as any program sends it.
fn post(port: u16, path: &str, key: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the service");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\
         content-type: application/x-ndjson\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()))
        .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    let body = answer.split_once("\r\n\r\n").expect("a body").1.to_owned();
    (status, body)
}

/// Types that take events: one whose blueprint an administrator wrote, and one that learns from
/// what comes.
async fn two_types(world: &World) -> String {
    apply(world, SERVICE).await.expect("a blueprint").expect("a change");
    let open = relais::journey::import::Import {
        journey_type: "open".to_owned(),
        ..crate::events::log(
            world,
            world.file("seed.csv", "journey,step,end\nA,RECEP,2026-11-20T08:00:00Z\n"),
        )
        .await
    };
    relais::journey::import::import(&world.app, &open, &relais::progress::silent)
        .await
        .expect("a first event");
    let key = world.app.random(Token::random);
    let (org, because) = (organisation(world).await, admission(&world.app));
    relais::team::key::add(&world.app.db, org, "feed", Grant::events(), key.clone(), because)
        .await
        .expect("a key");
    key.expose().to_owned()
}

async fn ten_thousand_hostile_events_leave_nothing(world: World) {
    let key = two_types(&world).await;
    let before = stored(&world).await;
    let mut command = program(&world);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(world.folder.path());
    let service = Service::spawn(command);
    let corpus = corpus(7);
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons = BTreeSet::new();
    for (batch, some) in corpus.chunks(AT_ONCE).enumerate() {
        let body: String = some
            .iter()
            .zip(0..)
            .map(|(one, n)| format!("{}\n", event(one, batch * AT_ONCE + n)))
            .collect();
        let kind = if batch % 2 == 0 { "repair" } else { "open" };
        let path = format!("/api/v1/events?journey_type={kind}");
        let (port, key) = (service.port, key.clone());
        let told = tokio::task::spawn_blocking(move || post(port, &path, &key, &body))
            .await
            .expect("a request");
        assert_eq!(told.0, 202, "{}", told.1);
        let report: Value = serde_json::from_str(&told.1).expect("JSON");
        assert_eq!(report["kept"], 0, "of {kind}, something was taken: {}", missed(some, &report));
        assert_eq!(report["refusals"].as_array().map(Vec::len), Some(some.len()), "each is told");
        for (one, refusal) in some.iter().zip(report["refusals"].as_array().expect("refusals")) {
            reasons.insert(refusal["reason"].as_str().expect("a reason").to_owned());
            *refused.entry(one.kind).or_default() += 1;
        }
        for one in some {
            assert!(!told.1.contains(&one.secret), "the answer repeats {one:?}");
        }
    }
    assert_eq!(stored(&world).await, before, "a hostile event was stored");
    let log = service.log();
    assert!(log.len() > 10_000, "the log says little: {} bytes", log.len());
    nowhere(&world, &corpus, &[log.into_bytes()]).await;
    figure(&format!("hostile events refused: {refused:?}, for {} reasons", reasons.len()));
    assert_eq!(refused.values().sum::<usize>(), EVENTS);
}

/// Which of some were not refused.
fn missed(some: &[Hostile], report: &Value) -> String {
    let lines: HashSet<u64> = report["refusals"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|r| r["line"].as_u64())
        .collect();
    format!(
        "{:?}",
        some.iter()
            .zip(1..)
            .filter(|(_, line)| !lines.contains(line))
            .map(|(one, _)| one)
            .collect::<Vec<_>>()
    )
}

/// None of the secrets is in what the log says, in any row, or in the bytes of the database's
/// files.
async fn nowhere(world: &World, corpus: &[Hostile], said: &[Vec<u8>]) {
    let mut places: Vec<Vec<u8>> = said.to_vec();
    places.extend(dump(world).await.into_iter().map(String::into_bytes));
    for file in std::fs::read_dir(world.folder.path()).expect("the folder").flatten() {
        if file.file_name().to_string_lossy().starts_with("relais.sqlite") {
            places.push(std::fs::read(file.path()).expect("the database"));
        }
    }
    let mut lengths: BTreeMap<usize, HashSet<&[u8]>> = BTreeMap::new();
    for one in corpus.iter().filter(|one| one.secret.len() >= 8) {
        lengths.entry(one.secret.len()).or_default().insert(one.secret.as_bytes());
    }
    for bytes in &places {
        let text = bytes.to_ascii_lowercase();
        assert!(!text.windows(3).any(|window| window == b"zqx"), "a name is in {}", around(&text));
        for (length, secrets) in lengths.iter().filter(|(length, _)| **length <= 40) {
            let found = bytes.windows(*length).find(|window| secrets.contains(window));
            assert_eq!(found.map(String::from_utf8_lossy), None, "is still there");
        }
    }
}

fn around(text: &[u8]) -> String {
    let at = text.windows(3).position(|window| window == b"zqx").unwrap_or(0);
    String::from_utf8_lossy(&text[at.saturating_sub(100)..(at + 100).min(text.len())]).into_owned()
}

async fn hostile_files_leave_nothing(world: World) {
    two_types(&world).await;
    let before = stored(&world).await;
    let corpus: Vec<Hostile> = corpus(8)
        .into_iter()
        .filter(|one| one.value.is_string() && one.kind != "control character")
        .collect();
    let plain: Vec<&Hostile> = corpus
        .iter()
        .filter(|one| ["step", "site", "channel"].contains(&one.field.as_str()))
        .collect();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = "journey,step,end,site,channel\n".to_owned();
    for (one, n) in plain.iter().zip(0..) {
        let value = |field: &str, usual: &str| {
            if one.field == field {
                quoted(one.value.as_str().expect("a text"))
            } else {
                usual.to_owned()
            }
        };
        csv += &format!(
            "C{n},{},2026-11-20,{},{}\n",
            value("step", "RECEP"),
            value("site", "S1"),
            value("channel", "web")
        );
    }
    let people = ["employee", "org:resource", "Mme Zqxcolumn", "zqx@garage.fr", "technicien"];
    let dropped = format!(
        "journey,step,end,{}\nD,RECEP,2026-11-20,{}\n",
        people.join(","),
        people.map(|_| "Zqxvalue").join(",")
    );
    let xes: String =
        people.iter().map(|key| format!("<string key=\"{key}\" value=\"Zqxresource\"/>")).collect();
    let xes = format!(
        "<log>{xes}<trace><string key=\"concept:name\" value=\"X\"/>{xes}<event><string key=\"concept:name\" value=\"Mme Zqxstep\"/>\
         {xes}<date key=\"time:timestamp\" value=\"2026-11-20T08:00:00Z\"/></event></trace></log>"
    );
    let lines: String =
        corpus.iter().zip(0..).map(|(one, n)| format!("{}\n", event(one, n))).collect();
    let mut said = Vec::new();
    for (name, content, kept) in [
        ("a.csv", csv, false),
        ("b.csv", dropped, true),
        ("c.xes", xes, false),
        ("d.ndjson", lines, false),
    ] {
        for kind in ["repair", "open"] {
            let mut command = program(&world);
            command.args(["import", "events"]).arg(world.file(name, &content)).args([
                "--journey-type",
                kind,
                "--data",
            ]);
            let told = command.arg(world.folder.path()).output().expect("the program");
            let text = String::from_utf8_lossy(&told.stderr).into_owned();
            assert!(
                told.status.success() || !kept,
                "{name}: {}",
                &text[text.len().saturating_sub(2_000)..]
            );
            said.extend([told.stdout, told.stderr]);
        }
    }
    let after = stored(&world).await;
    assert_eq!(
        after.len(),
        before.len() + 2,
        "of each type, the row whose columns of people were dropped came in"
    );
    nowhere(&world, &corpus, &said).await;
    figure(&format!(
        "hostile rows of files refused: {} as CSV, {} as JSON",
        plain.len(),
        corpus.len()
    ));
    take(&world, "fine.csv", "journey,step,end,site,channel\nZ,RECEP,2026-11-20,S1,web\n")
        .await
        .expect("it still takes events");
}

/// Words of real services, put together as systems name their steps, sites and channels.
#[test]
fn names_of_steps_sites_and_channels_pass() {
    let verbs = [
        "Créer",
        "Valider",
        "Receive",
        "Check",
        "Send",
        "Prise de",
        "Contrôle",
        "Close",
        "T07-1 Draft",
        "Repair (Complex)",
    ];
    let nouns = [
        "dossier",
        "commande",
        "invoice",
        "appointment",
        "rendez-vous",
        "Payment",
        "devis",
        "colis",
        "claim 2",
        "Permit SUBMITTED by EMPLOYEE",
        "e-mail",
        "SMS",
    ];
    let towns = [
        "Lyon",
        "Saint-Denis",
        "Paris 11",
        "Le Mans",
        "Brisbane",
        "Sainte-Rose",
        "Aix-en-Provence",
        "Mont-Saint-Michel",
        "New York",
        "Victoria",
    ];
    let kinds = [
        "Atelier",
        "Garage",
        "Agence",
        "Depot",
        "Hall",
        "Centre",
        "Garage Jean Macé –",
        "Site",
        "Store",
        "Hôpital",
    ];
    let channels = [
        "web",
        "téléphone",
        "e-mail",
        "app mobile",
        "comptoir",
        "24/7 hotline",
        "shop",
        "mr-print",
        "M1",
        "Phase 2.1",
    ];
    let codes = [
        "S12",
        "75011",
        "A-04",
        "G05",
        "MRI SCAN",
        "B check if sufficient information is available",
        "W_Completeren aanvraag",
        "O_SENT_BACK",
    ];
    let mut names: BTreeSet<String> =
        channels.into_iter().chain(codes).map(str::to_owned).collect();
    for verb in verbs {
        names.extend(nouns.map(|noun| format!("{verb} {noun}")));
    }
    for kind in kinds {
        names.extend(towns.map(|town| format!("{kind} {town}")));
    }
    let wrong: Vec<_> = names.iter().filter(|name| sign_in(name).is_some()).collect();
    figure(&format!(
        "taken for persons: {} of {} names of steps, sites and channels {wrong:?}",
        wrong.len(),
        names.len()
    ));
    assert!(wrong.len() * 100 <= names.len(), "{wrong:?}");
}
