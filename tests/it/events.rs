//! Events come in: from files and from a feed, good ones once, bad ones refused by file, line and
//! field, and nobody who works there in any of them.

use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use relais::calendar;
use relais::error::Error;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::journey::import::{Format, Import, dry_run, import};
use relais::journey::mapping::ColumnChoices;
use relais::journey::report::Report;
use relais::journey::source::Source;
use relais::journey::store::batch::Arrival;
use relais::progress::silent;
use relais::schema::{contact, import_note, job, journey, journey_type, step};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};

use crate::plans::applied;
use crate::support::{NOON, World, both};

const HEADER: &str = "journey,step,start,end,promised,requested,site\n";

/// The organisation of this world.
pub(crate) async fn organisation(world: &World) -> OrganisationId {
    relais::organisation::store::ensure(&world.app.db, world.app.clock.now())
        .await
        .expect("an organisation")
}

pub(crate) async fn log(world: &World, path: PathBuf) -> Import {
    let source = Source::File(path);
    Import {
        organisation: organisation(world).await,
        journey_type: "repair".to_owned(),
        format: Format::of(&source).unwrap_or(Format::Csv),
        source,
        said: ColumnChoices::default(),
        site: None,
        arrival: Arrival::History,
    }
}

pub(crate) async fn take(
    world: &World,
    name: &str,
    content: impl AsRef<[u8]>,
) -> Result<Report, Error> {
    let import_it = log(world, world.file(name, content)).await;
    import(&world.app, &import_it, &silent).await
}

/// Everything that is stored of journeys, in order.
pub(crate) async fn stored(world: &World) -> Vec<journey::Model> {
    journey::Entity::find()
        .order_by_asc(journey::Column::Id)
        .all(world.app.db.reader())
        .await
        .expect("the journeys")
}

fn told(report: &Report) -> Vec<String> {
    report.refusals.iter().map(|refusal| refusal.say(Lang::En)).collect()
}

fn refused(result: Result<Report, Error>) -> String {
    match result {
        Err(Error::Refused(refusal)) => {
            assert_ne!(refusal.say(Lang::Fr), refusal.say(Lang::En), "both languages say it");
            refusal.say(Lang::En)
        }
        other => panic!("{other:?}"),
    }
}

both!(
    rows_in_any_order_and_any_pieces_make_the_same_journeys,
    bad_rows_are_refused_one_by_one,
    bad_files_are_refused_whole,
    a_dry_run_shows_and_stores_nothing,
    a_customers_address_is_sealed_and_expires,
);

/// A hundred journeys of five steps, by journey.
fn rows() -> Vec<String> {
    let mut rows = Vec::new();
    for n in 0..100 {
        for (place, step) in ["CALL", "PLAN", "RECEP", "WORK", "DELIV"].iter().enumerate() {
            let start = NOON - 60 * 86_400 + n * 3_600 + place as i64 * 7_200;
            let time = |at| calendar::rfc3339(at);
            rows.push(format!(
                "J{n},{step},{},{},{},,S{}\n",
                time(start),
                time(start + 3_600),
                time(start + 1_800),
                n % 3
            ));
        }
    }
    rows
}

async fn rows_in_any_order_and_any_pieces_make_the_same_journeys(world: World) {
    let rows = rows();
    let whole = HEADER.to_owned() + &rows.concat();
    let report = take(&world, "events.csv", &whole).await.expect("an import");
    assert_eq!(
        (report.read, report.kept, report.repeated, report.refused, report.journeys),
        (500, 500, 0, 0, 100)
    );
    let before = stored(&world).await;
    assert_eq!(before.len(), 100);

    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let turned: String = rows.iter().rev().map(String::as_str).collect();
    encoder
        .write_all(
            ("\u{feff}".to_owned() + HEADER + &turned + &rows[0]).replace(',', ";").as_bytes(),
        )
        .expect("gzip");
    let again = take(&world, "again.csv.gz", encoder.finish().expect("gzip"))
        .await
        .expect("the same, turned round");
    assert_eq!((again.read, again.kept, again.repeated, again.changed), (501, 0, 501, 0));
    assert_eq!(stored(&world).await, before, "sent again in another order: nothing changes");

    let steps = step::Entity::find()
        .order_by_asc(step::Column::Position)
        .all(world.app.db.reader())
        .await
        .expect("steps");
    assert_eq!(
        steps.iter().map(|step| step.code.as_str()).collect::<Vec<_>>(),
        ["CALL", "PLAN", "RECEP", "WORK", "DELIV"]
    );
    assert!(
        before.iter().all(|row| row.finished_at == row.ended_at + 14 * 86_400),
        "nobody said which step is the last"
    );
    assert_eq!(import_note::Entity::find().count(world.app.db.reader()).await.expect("a count"), 2);
    let jobs = job::Entity::find().count(world.app.db.reader()).await.expect("a count");
    assert_eq!(jobs, 0, "history invites nobody");
}

async fn bad_rows_are_refused_one_by_one(world: World) {
    applied(&world).await;
    let good = "J1,WORK,2026-07-06T08:00:00Z,2026-07-06T10:00:00Z,,,S1\n";
    let bad = [
        (
            "J2,WORK,2026-02-30T10:00:00Z,,,,S1",
            "bad.csv, line 3, start: This day or time does not exist",
        ),
        (
            "J2,WORK,20226-02-03T10:00:00Z,,,,S1",
            "bad.csv, line 4, start: This day or time does not exist",
        ),
        (
            "J2,WORK,2026-03-29 02:30,,,,S1",
            "bad.csv, line 5, start: This local time does not exist",
        ),
        (
            "J2,PAINT,2026-07-06T10:00:00Z,,,,S1",
            "bad.csv, line 6, step: The blueprint has no step “PAINT”",
        ),
        (
            "J2,WORK,2026-07-06T10:00:00Z,,2026-07-07,2026-07-08,S1",
            "bad.csv, line 7, promised: The date promised is before",
        ),
        (
            "J2,WORK,2026-07-06T10:00:00Z,2026-07-06T09:00:00Z,,,S1",
            "bad.csv, line 8, end: The end is before the start",
        ),
        ("J2,WORK,2026-07-06T10:00:00Z,,,,S9", "bad.csv, line 9, site: There is no site “S9”"),
        (
            ",WORK,2026-07-06T10:00:00Z,,,,S1",
            "bad.csv, line 10, journey: The identifier of the journey is missing",
        ),
        ("J2,WORK,,,,,S1", "bad.csv, line 11, start: The time is missing"),
        ("J2,WORK,2026-07-06T10:00:00Z", "bad.csv, line 12: This row has 3 fields instead of 7"),
        (
            "J2,Mme Durand,2026-07-06T10:00:00Z,,,,S1",
            "bad.csv, line 13, step: This value looks like a person’s name",
        ),
    ];
    let rows: String = bad.iter().map(|(row, _)| format!("{row}\n")).collect();
    let report =
        take(&world, "bad.csv", format!("{HEADER}{good}{rows}{good}")).await.expect("an import");
    let messages = told(&report);
    assert_eq!(messages.len(), bad.len(), "{messages:#?}");
    for ((row, expected), message) in bad.iter().zip(&messages) {
        assert!(message.starts_with(expected), "{row} was told {message:?}");
    }
    assert_eq!(
        (report.read, report.kept, report.repeated),
        (13, 1, 1),
        "the same row twice is one event"
    );
    assert_eq!(stored(&world).await.len(), 1, "nothing of a refused row is stored");
    let kept = import_note::Entity::find()
        .one(world.app.db.reader())
        .await
        .expect("a report")
        .expect("a report")
        .report;
    assert!(
        kept.contains("journey-person-title")
            && !kept.contains("PAINT")
            && !kept.contains("Durand"),
        "{kept}"
    );
}

async fn bad_files_are_refused_whole(world: World) {
    let rows = rows().concat();
    let zipped = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("gzip");
        encoder.finish().expect("gzip")
    };
    let whole = zipped((HEADER.to_owned() + &rows).as_bytes());
    let latin1 =
        [HEADER.as_bytes(), rows.as_bytes(), b"J1,R\xe9ception,2026-07-06,,,,S1\n"].concat();
    let utf16: Vec<u8> = "\u{feff}journey".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = format!("<log>\n{}", "<a>".repeat(10_000));
    for (name, content, expected) in [
        ("empty.csv", Vec::new(), "empty.csv: The file is empty."),
        ("blank.csv", b" \n\n".to_vec(), "blank.csv: The file is empty."),
        (
            "cut.csv.gz",
            whole[..whole.len() - 20].to_vec(),
            "cut.csv.gz: The file is cut off. Nothing of it was stored.",
        ),
        ("latin1.csv", latin1, "latin1.csv, line 502: The text is not UTF-8"),
        ("utf16.csv", utf16, "utf16.csv, line 1: The text is UTF-16"),
        (
            "other.csv",
            b"a,b\n1,2\n".to_vec(),
            "other.csv, line 1, journey: There is no column for “journey”.",
        ),
        (
            "type.xes",
            b"<?xml version=\"1.0\"?>\n<!DOCTYPE log>\n<log/>".to_vec(),
            "type.xes, line 2: The file holds a document type",
        ),
        ("deep.xes", deep.into_bytes(), "deep.xes, line 2: The elements are nested too deeply"),
        (
            "bomb.csv.gz",
            zipped(&vec![b'a'; 80 << 20]),
            "bomb.csv.gz: The archive unpacks to far more than it should.",
        ),
    ] {
        let message = refused(take(&world, name, content).await);
        assert!(message.starts_with(expected), "{message:?}");
    }
    let missing = Import {
        source: Source::File("nowhere.csv".into()),
        ..log(&world, world.file("x.csv", "x")).await
    };
    assert_eq!(
        refused(import(&world.app, &missing, &silent).await),
        "nowhere.csv: There is no such file."
    );
    assert!(stored(&world).await.is_empty(), "nothing is half-stored");
    assert_eq!(
        journey_type::Entity::find().count(world.app.db.reader()).await.expect("a count"),
        0
    );
}

async fn a_dry_run_shows_and_stores_nothing(world: World) {
    let path = world.file(
        "garage.csv",
        "Dossier;Étape;Début;Conseiller;Site\nA1;WORK;2026-07-06 10:00;Jean;S1\nA1;WORK;hier;Jean;S1\n",
    );
    let (preview, report) = dry_run(&world.app, &log(&world, path).await).await.expect("a dry run");
    let preview = preview.expect("the columns of a CSV");
    let columns: Vec<_> =
        preview.columns.iter().map(|column| (column.read_as.as_deref(), column.person)).collect();
    assert_eq!(
        columns,
        [
            (Some("journey"), false),
            (Some("step"), false),
            (Some("start"), false),
            (None, true),
            (Some("site"), false)
        ]
    );
    assert_eq!(preview.rows[0], ["A1", "WORK", "2026-07-06 10:00", "…", "S1"]);
    assert_eq!(told(&report).len(), 1);
    assert!(
        told(&report)[0].starts_with("garage.csv, line 3, Début: This is not a time"),
        "{:?}",
        told(&report)
    );
    assert!(stored(&world).await.is_empty());
    assert_eq!(step::Entity::find().count(world.app.db.reader()).await.expect("a count"), 0);
}

async fn a_customers_address_is_sealed_and_expires(world: World) {
    let at = |days: i64| calendar::rfc3339(NOON - days * 86_400);
    let rows = format!(
        "journey,step,end,contact,locale\nnew,WORK,{},a@example.org,fr\nnew,WORK,{},,\nold,WORK,{},b@example.org,en\nbad,WORK,{},nobody,en\n",
        at(1),
        at(2),
        at(90),
        at(1)
    );
    let report = take(&world, "contacts.csv", rows).await.expect("an import");
    assert_eq!((report.kept, report.refused), (3, 1));
    assert!(!format!("{report:?}").contains("example.org"));
    let contacts = contact::Entity::find().all(world.app.db.reader()).await.expect("the addresses");
    assert_eq!(contacts.len(), 1, "an address of long ago is not kept at all");
    assert_eq!(world.app.secret.decrypt(&contacts[0].address).as_deref(), Some("a@example.org"));
    assert_eq!((contacts[0].locale, contacts[0].expires_at > NOON), (Some(Lang::Fr), true));
}
