//! `relais links`: links for another sender, who has telephone numbers or prints a code to scan.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use relais::clock::Clock;
use relais::schema::{decision, journal_entry, link, mail, response};
use relais::{wiring, worker};
use sea_orm::EntityTrait;
use serde_json::Value;

use crate::support::customer::{Customer, Mail, asking, ended, mails, work};
use crate::support::{World, both};

both!(
    phones_get_links_and_mailboxes_do_not,
    a_list_may_only_leave_out_who_cannot_be_reached,
    nobody_chooses_whose_customers_are_asked,
    another_link_shows_and_takes_back_nothing,
    what_is_sent_through_another_link_takes_the_place_of_what_was_saved,
    a_file_that_is_there_stays_what_it_is,
);

/// Journeys that ended an hour before the machine's now, each with its contact; decided about, as
/// the service would.
async fn ends(world: &World, journeys: &[(&str, &str)]) {
    let now = Clock::System.now();
    world.app.clock.set(now);
    asking(world).await;
    for (source, contact) in journeys {
        ended(world, source, contact, "fr", now - 3_600).await;
    }
    work(&world.app).await;
}

/// Runs the program as another one beside this.
async fn links(world: &World, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command
        .args(["links", "--journey-type", "repair", "--lang", "en", "--data"])
        .arg(world.folder.path());
    command
        .args(options)
        .env("DATABASE_URL", &world.app.config.database_url)
        .env("RELAIS_PUBLIC_URL", "https://s.example");
    tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("a task")
        .expect("the program")
}

fn fine(told: &Output) -> Value {
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).expect("one JSON document")
}

/// The rows of a file: journey, contact, locale, link, end.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path)
        .expect("a file")
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

fn out(world: &World, name: &str) -> (PathBuf, String) {
    let path = world.folder.path().join(name);
    (path.clone(), path.display().to_string())
}

async fn customer(world: &World, link: &str) -> Customer {
    let path = link.strip_prefix("https://s.example").expect("a link of the public address");
    let mail = Mail { text: path.to_owned(), ..Mail::default() };
    Customer::new(&wiring::router(world.app.clone()), &mail)
}

async fn outcomes(world: &World) -> Vec<String> {
    let rows = decision::Entity::find().all(world.app.db.reader()).await.expect("decisions");
    let mut outcomes: Vec<_> = rows.into_iter().map(|row| row.outcome.to_string()).collect();
    outcomes.sort();
    outcomes
}

async fn phones_get_links_and_mailboxes_do_not(world: World) {
    let (one, two) = ("+33612345678", "+33612345679");
    ends(&world, &[("P1", one), ("P2", two), ("P3", one), ("M1", "marie@example.org")]).await;
    assert_eq!(outcomes(&world).await, ["invited", "phone", "phone", "phone"]);
    let (path, name) = out(&world, "links.csv");
    let told = fine(&links(&world, &["--csv", &name, "--json"]).await);
    assert_eq!((&told["links"], &told["file"]), (&2.into(), &name.clone().into()), "{told}");
    let given = rows(&path);
    let mut contacts: Vec<_> = given.iter().map(|row| row["contact"].as_str()).collect();
    contacts.sort_unstable();
    assert_eq!(contacts, [one, two], "a telephone that rang for one journey rests for the other");
    assert_eq!(outcomes(&world).await, ["invited", "invited", "invited", "resting"]);
    assert!(
        given.iter().all(|row| row["locale"] == "fr" && row["expires_at"].ends_with('Z')),
        "{given:?}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "whoever reads the file can answer for others");
    }

    let mut customer = customer(&world, &given[0]["link"]).await;
    customer.sends("/1", "outcome=4", "/2").await;
    customer.sends("/3", "comment=par+SMS", "/thanks").await;

    // The same question again finds nobody. With --again both get another link: a list of those who
    // have not answered would tell who has. Whose answer is there, theirs opens nothing.
    let (_, none) = out(&world, "none.csv");
    assert_eq!(fine(&links(&world, &["--csv", &none, "--json"]).await)["links"], 0);
    let (again, name) = out(&world, "again.csv");
    assert_eq!(fine(&links(&world, &["--csv", &name, "--again", "--json"]).await)["links"], 2);
    let again: BTreeMap<String, String> =
        rows(&again).iter().map(|row| (row["contact"].clone(), row["link"].clone())).collect();
    let [answered, open] = [0, 1].map(|at| &again[&given[at]["contact"]]);
    let closed = self::customer(&world, answered).await.get("").await;
    assert!(
        closed.status == 404 && closed.body.contains("through another link"),
        "{}",
        closed.body
    );
    assert_ne!(*open, given[1]["link"]);
    for link in [&given[1]["link"], open] {
        assert!(self::customer(&world, link).await.get("").await.body.contains("Étape 1 sur 3"));
    }
    // No mail of ours is about them, now or later.
    world.app.clock.set(world.app.clock.now() + 10 * 86_400);
    work(&world.app).await;
    assert!(mails(&world).iter().all(|mail| mail.to == "marie@example.org"));
    let outbox = mail::Entity::find().all(world.app.db.reader()).await.expect("the outbox");
    assert!(outbox.len() <= 2, "{outbox:?}");
}

/// Thirty-two customers with telephones and one with a mailbox, one of whom has opted out.
async fn thirty_three(world: &World) -> Vec<String> {
    let phones = (1..=32).map(|n| (format!("P{n}"), format!("+336123456{n:02}")));
    let all: Vec<(String, String)> =
        phones.chain([("M1".to_owned(), "marie@example.org".to_owned())]).collect();
    let told: Vec<(&str, &str)> =
        all.iter().map(|(source, contact)| (source.as_str(), contact.as_str())).collect();
    ends(world, &told).await;
    let key = world.app.secret.address_key("+33612345602");
    let (organisation, now) = (crate::events::organisation(world).await, world.app.clock.now());
    let stops = world.app.db.write(move |tx| {
        Box::pin(async move {
            relais::invitation::store::opt_out::add(tx, organisation, &key, "unsubscribed", now)
                .await
        })
    });
    stops.await.expect("an opt-out");
    all.into_iter().map(|(source, _)| source).collect()
}

async fn a_list_may_only_leave_out_who_cannot_be_reached(world: World) {
    let mut sources = thirty_three(&world).await;
    sources.pop();
    let list = world.file("journeys.txt", &(sources.join("\n") + "\n\n  never heard of\n"));
    let list = list.display().to_string();
    let (path, name) = out(&world, "links.csv");
    let reason = ["--reason", "who has a telephone"];
    let told = links(&world, &[&["--csv", &name, "--journeys", &list], &reason[..]].concat()).await;
    let said =
        String::from_utf8_lossy(&told.stdout).into_owned() + &String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{said}");
    let given = rows(&path);
    assert_eq!(given.len(), 31, "who has opted out or is not known gets none: {given:?}");
    assert!(given.iter().all(|row| row["journey"] != "P2"));
    assert!(said.contains('2') && said.contains(&name), "two are missing, and it says so: {said}");
    let made = link::Entity::find().all(world.app.db.reader()).await.expect("links");
    assert_eq!(made.len(), 31);
    let noted = journal_entry::Entity::find().all(world.app.db.reader()).await.expect("a journal");
    let noted = noted.into_iter().find(|entry| entry.subject == "links:repair").expect("an entry");
    assert_eq!(noted.reason, "who has a telephone");
    let after: Value = serde_json::from_str(&noted.after.expect("what was given")).expect("JSON");
    assert_eq!((&after["links"], &after["share_percent"]), (&31.into(), &96.into()), "{after}");
    assert_eq!(after["fewest"], 32, "{after}");
    let checked = worker::check_guarantees(&world.app).await.expect("a check");
    let line = checked.guarantees.iter().find(|line| line.name == "drawn-links").expect("a line");
    assert!(line.holds, "{line:?}");
    assert!(line.seen.en.iter().any(|seen| seen.contains("held is 96%")), "{line:?}");
}

async fn nobody_chooses_whose_customers_are_asked(world: World) {
    let sources = thirty_three(&world).await;
    let (path, name) = out(&world, "links.csv");
    for chosen in [&sources[..3], &sources[..26]] {
        let list = world.file("journeys.txt", chosen.join("\n")).display().to_string();
        let options = ["--csv", &name, "--journeys", &list, "--reason", "why not"];
        for again in [&[][..], &["--again"]] {
            let told = links(&world, &[&options[..], again].concat()).await;
            let said = String::from_utf8_lossy(&told.stderr).into_owned();
            assert_eq!(told.status.code(), Some(1), "{said}");
            assert!(said.contains(" of the 33 journeys") && said.contains("80 %"), "{said}");
            assert!(!path.exists());
        }
    }
    let list = world.file("journeys.txt", sources.join("\n")).display().to_string();
    let silent = links(&world, &["--csv", &name, "--journeys", &list]).await;
    assert!(!silent.status.success(), "a list needs a reason");
    assert!(link::Entity::find().all(world.app.db.reader()).await.expect("links").is_empty());
}

/// Whoever is given a fresh link to somebody's invitation learns nothing from it, and takes nothing
/// back.
async fn another_link_shows_and_takes_back_nothing(world: World) {
    ends(&world, &[("P1", "+33612345678")]).await;
    let (path, name) = out(&world, "links.csv");
    fine(&links(&world, &["--csv", &name, "--json"]).await);
    let (fresh, name) = out(&world, "fresh.csv");
    fine(&links(&world, &["--csv", &name, "--again", "--json"]).await);
    let mut own = customer(&world, &rows(&path)[0]["link"]).await;
    let mut other = customer(&world, &rows(&fresh)[0]["link"]).await;
    own.sends("/1", "outcome=2", "/2").await;

    let elsewhere = "Quelque chose a déjà été enregistré par un autre lien";
    let page = other.get("").await.body;
    assert!(page.contains("Étape 1 sur 3") && page.contains(elsewhere), "{page}");
    assert!(!page.contains("checked"), "what was saved is shown: {page}");
    assert!(!own.get("").await.body.contains(elsewhere), "their own link knows them");
    other.post("/withdraw", "").await;
    own.sends("/3", "comment=", "/thanks").await;

    for page in ["", "/1", "/thanks", "/withdraw"] {
        let answered = other.get(page).await;
        assert_eq!(answered.status, 404, "who has answered is nobody's business: {page}");
    }
    assert_eq!(other.post("/withdraw", "").await.status, 404);
    let answers = response::Entity::find().all(world.app.db.reader()).await.expect("answers");
    assert_eq!((answers.len(), answers[0].outcome), (1, Some(2)));
    own.post("/withdraw", "").await;
    let left = response::Entity::find().all(world.app.db.reader()).await.expect("answers");
    assert!(left.is_empty(), "their own link takes it back");
}

/// Who sends through another link what they began through the first sends what they were shown.
async fn what_is_sent_through_another_link_takes_the_place_of_what_was_saved(world: World) {
    ends(&world, &[("P1", "+33612345678")]).await;
    let (path, name) = out(&world, "links.csv");
    fine(&links(&world, &["--csv", &name, "--json"]).await);
    let (fresh, name) = out(&world, "fresh.csv");
    fine(&links(&world, &["--csv", &name, "--again", "--json"]).await);
    let mut first = customer(&world, &rows(&path)[0]["link"]).await;
    let mut second = customer(&world, &rows(&fresh)[0]["link"]).await;
    first.sends("/1", "outcome=1", "/2").await;
    second.sends("/3", "comment=rien+d%27autre", "/thanks").await;
    let answers = response::Entity::find().all(world.app.db.reader()).await.expect("answers");
    assert_eq!((answers.len(), answers[0].outcome), (1, None), "nobody saw the first page");
    assert_eq!(first.get("").await.status, 404);
}

async fn a_file_that_is_there_stays_what_it_is(world: World) {
    ends(&world, &[("P1", "+33612345678")]).await;
    let path = world.file("links.csv", "these are somebody's links");
    let name = path.display().to_string();
    let told = links(&world, &["--csv", &name]).await;
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1), "{said}");
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(std::fs::read(&path).expect("the file"), b"these are somebody's links");
    // What cannot be written is told before any link is made, and leaves no empty file.
    let nowhere = world.folder.path().join("nowhere/links.csv").display().to_string();
    assert_eq!(links(&world, &["--csv", &nowhere]).await.status.code(), Some(1));
    let (wrong, name) = out(&world, "wrong.csv");
    let mut unknown = Command::new(env!("CARGO_BIN_EXE_relais"));
    unknown
        .args(["links", "--journey-type", "nothing", "--csv", &name, "--data"])
        .arg(world.folder.path());
    unknown.env("DATABASE_URL", &world.app.config.database_url);
    let told = tokio::task::spawn_blocking(move || unknown.output())
        .await
        .expect("a task")
        .expect("the program");
    assert!(
        told.status.code() == Some(1) && !wrong.exists(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    assert!(link::Entity::find().all(world.app.db.reader()).await.expect("links").is_empty());
    assert_eq!(outcomes(&world).await, ["phone"]);
}
