//! Answers come in from another survey tool: each is stored once, and what is wrong is told by
//! file, line and column.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use relais::calendar::Zone;
use relais::error::Error;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::journey::source::Source;
use relais::journey::trace::{Event, Trace};
use relais::progress::silent;
use relais::response::import::{Import, import};
use relais::response::report::Report;
use relais::schema::{
    comment, import_note, journey, journey_type, organisation, questionnaire, response, site, step,
    team,
};
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};

use crate::make::{self, Journey};
use crate::support::{NOON, World, both};

/// The organisation, without a blueprint.
pub(crate) async fn organisation(world: &World) {
    let organisation = organisation::ActiveModel {
        id: Set(OrganisationId::new(1)),
        code: Set("garage".to_owned()),
        name: Set("Garage".to_owned()),
        time_zone: Set("Europe/Paris".to_owned()),
        stage: Set("pilot".to_owned()),
        pilot_until: Set(NOON),
        minimum_answers: Set(10),
        minimum_heads: Set(8),
        embargo_days: Set(7),
        created_at: Set(NOON),
    };
    let made = world.app.db.write(|tx| {
        Box::pin(async move {
            Ok(organisation::Entity::insert(organisation).exec_without_returning(tx).await?)
        })
    });
    made.await.expect("the organisation");
}

/// The organisation with the blueprint of the garage and what happened in it.
pub(crate) async fn garage(world: &World, journeys: &[Journey]) {
    organisation(world).await;
    let kind = journey_type::ActiveModel {
        organisation_id: Set(OrganisationId::new(1)),
        code: Set("repair".to_owned()),
        name_fr: Set("Réparation".to_owned()),
        name_en: Set("Repair".to_owned()),
        attributes: Set("[]".to_owned()),
        buffer_minutes: Set(720),
        quiet_days: Set(14),
        created_at: Set(NOON),
    };
    let team = team::ActiveModel {
        organisation_id: Set(OrganisationId::new(1)),
        code: Set("all".to_owned()),
        name_fr: Set("Tous".to_owned()),
        name_en: Set("All".to_owned()),
    };
    let step = |(position, (code, frontstage)): (i32, (&str, bool))| step::ActiveModel {
        organisation_id: Set(OrganisationId::new(1)),
        journey_type: Set("repair".to_owned()),
        code: Set(code.to_owned()),
        position: Set(position),
        team: Set(Some("all".to_owned())),
        frontstage: Set(frontstage),
        planned_by: Set(None),
        name_fr: Set(code.to_owned()),
        name_en: Set(code.to_owned()),
        activities: Set("[]".to_owned()),
        quiet_days: Set(None),
    };
    let site = |code: usize| site::ActiveModel {
        organisation_id: Set(OrganisationId::new(1)),
        code: Set(format!("S{code}")),
        region: Set(None),
        name: Set(None),
    };
    let steps: Vec<_> = (0..).zip(make::STEPS).map(step).collect();
    let sites: Vec<_> = (0..4).map(site).collect();
    let rows: Vec<_> = journeys.iter().map(|journey| happened(world, journey)).collect();
    let made = world.app.db.write(|tx| {
        Box::pin(async move {
            journey_type::Entity::insert(kind).exec_without_returning(tx).await?;
            team::Entity::insert(team).exec_without_returning(tx).await?;
            step::Entity::insert_many(steps).exec_without_returning(tx).await?;
            site::Entity::insert_many(sites).exec_without_returning(tx).await?;
            for some in rows.chunks(1_000) {
                journey::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
            }
            Ok(())
        })
    });
    made.await.expect("the garage");
}

pub(crate) fn happened(world: &World, journey: &Journey) -> journey::ActiveModel {
    let mut trace = Trace::default();
    for (step, start, end) in &journey.events {
        trace.merge(Event::new(step, Some(*start), Some(*end)));
    }
    journey::ActiveModel {
        organisation_id: Set(OrganisationId::new(1)),
        id: Set(world.app.secret.journey_id("repair", &journey.source).0.to_vec()),
        journey_type: Set("repair".to_owned()),
        site: Set(Some(journey.site.clone())),
        attributes: Set(None),
        trace: Set(trace.to_json()),
        started_at: Set(trace.started_at().unwrap_or(NOON)),
        ended_at: Set(trace.ended_at().unwrap_or(NOON)),
        finished_at: Set(trace.ended_at().unwrap_or(NOON)),
        atom: Set(None),
    }
}

pub(crate) fn answers(file: &Path) -> Import {
    Import {
        organisation: OrganisationId::new(1),
        zone: Zone::named("Europe/Paris").expect("a zone"),
        journey_type: "repair".to_owned(),
        source: Source::File(file.to_owned()),
        outcome: "0-10".parse().expect("a scale"),
        item: "0-10".parse().expect("a scale"),
        site: None,
        dry_run: false,
    }
}

pub(crate) async fn imported(
    world: &World,
    name: &str,
    content: impl AsRef<[u8]>,
) -> Result<Report, Error> {
    import(&world.app, &answers(&world.file(name, content)), &silent).await
}

/// Rows of every table that an import of answers writes.
pub(crate) async fn rows(world: &World) -> [u64; 8] {
    let db = world.app.db.reader();
    [
        response::Entity::find().count(db).await.expect("a count"),
        journey::Entity::find().count(db).await.expect("a count"),
        comment::Entity::find().count(db).await.expect("a count"),
        questionnaire::Entity::find().count(db).await.expect("a count"),
        journey_type::Entity::find().count(db).await.expect("a count"),
        step::Entity::find().count(db).await.expect("a count"),
        site::Entity::find().count(db).await.expect("a count"),
        import_note::Entity::find().count(db).await.expect("a count"),
    ]
}

pub(crate) fn told(report: &Report) -> Vec<String> {
    let line = |refusal: &relais::error::Refusal| {
        let place = &refusal.place;
        assert!(place.file.is_some(), "{refusal:?} names no file");
        format!(
            "{}:{} {}",
            place.line.unwrap_or(0),
            place.field.as_deref().unwrap_or(""),
            refusal.text.key()
        )
    };
    report.refusals.iter().map(line).collect()
}

pub(crate) fn refusal(
    result: Result<Report, Error>,
) -> (Option<String>, Option<u64>, Option<String>, &'static str) {
    match result {
        Err(Error::Refused(refusal)) => {
            (refusal.place.file, refusal.place.line, refusal.place.field, refusal.text.key())
        }
        other => panic!("{other:?} is no refusal"),
    }
}

async fn answers_link_to_known_journeys_and_a_repeat_changes_nothing(world: World) {
    let journeys = make::journeys(1_500, 1);
    garage(&world, &journeys).await;
    let csv = make::answers(&journeys, 2);
    let report = imported(&world, "answers.csv", &csv).await.expect("an import");
    assert_eq!(
        (report.read, report.kept, report.repeated, report.refused),
        (1_500, 1_500, 0, 0),
        "{:?}",
        told(&report)
    );
    assert_eq!((report.unknown_journeys, report.version), (0, 1));
    assert!(report.comments_held > 100);
    let stored = response::Entity::find().all(world.app.db.reader()).await.expect("the responses");
    let of = |n: usize| {
        let id = world.app.secret.journey_id("repair", &journeys[n].source).0.to_vec();
        stored
            .iter()
            .find(|row| row.journey.as_ref() == Some(&id))
            .expect("a response of the journey")
    };
    assert!(
        (0..1_500).all(|n| of(n).site.as_ref() == Some(&journeys[n].site)),
        "the journey says where"
    );
    let asked: usize = stored.iter().map(|row| row.answers.matches(':').count()).sum();
    assert!(asked > 4 * 1_500, "each row has three items with two or three colons: {asked}");
    assert!(stored.iter().any(|row| row.answers.contains("null")), "na is asked and not known");
    let before = rows(&world).await;

    let again = imported(&world, "answers.csv", &csv).await.expect("the same again");
    assert_eq!((again.kept, again.repeated, again.refused), (0, 1_500, 0));
    let mut reordered: Vec<&str> = csv.lines().collect();
    reordered[1..].reverse();
    let other = reordered.join("\r\n").replace(",na,", ",NA,");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(format!("\u{feff}{other}").as_bytes()).expect("gzip");
    let packed =
        imported(&world, "answers.csv.gz", packed.finish().expect("gzip")).await.expect("packed");
    assert_eq!((packed.kept, packed.repeated, packed.refused), (0, 1_500, 0));
    let after = rows(&world).await;
    assert_eq!(before[..7], after[..7]);
    assert_eq!(after[7], 3, "each import is noted");
}

async fn what_is_wrong_is_refused_by_line_and_column_and_the_rest_kept(world: World) {
    let full = Journey {
        source: "FULL".to_owned(),
        site: "S1".to_owned(),
        events: [("CALL", 0), ("PLAN", 1), ("RECEP", 2), ("WORK", 3), ("DELIV", 4)]
            .map(|(step, day)| (step, NOON - 864_000 + day * 86_400, NOON - 860_000 + day * 86_400))
            .into(),
    };
    let short = Journey {
        source: "SHORT".to_owned(),
        events: full.events[2..3].to_vec(),
        ..make::journeys(1, 1).remove(0)
    };
    garage(&world, &[full, short]).await;
    let csv = "outcome;Journey;answered_at;step.RECEP;handoff.RECEP.WORK;site;employee;promise.late_days\n\
               7;FULL;2026-11-20T10:00:00Z;8;na;;Jean;2\n\
               7;SHORT;2026-11-20;8;5;;;\n\
               11;A;2026-11-20;;;;;\n\
               7;B;2026-02-30;;;;;\n\
               7;C;2027-01-01;;;;Paul;\n\
               7;D;2026-11-20;8.5;;;;\n\
               7;E;2026-11-20;;;Nowhere;;\n\
               6;FULL;2026-11-20T10:00:00Z;8;na;;;\n\
               7;FULL;2026-11-20T10:00:00Z;8;na;;;\n\
               ;F;2026-11-20;;;;;\n\
               ;G;2026-11-20;na;;;;\n\
               5;H;2026-11-20;;;S2;;0,5\n\
               5;;2026-11-20;;;;;\n\
               5;;2026-11-20;;;;;\n\
               5;I;2026-11-20\n";
    let report = imported(&world, "réponses.csv", csv).await.expect("an import");
    assert_eq!(
        told(&report),
        [
            "3:handoff.RECEP.WORK response-part-missing",
            "4:outcome response-outside-scale",
            "5:answered_at journey-time-impossible",
            "6:answered_at response-future",
            "7:step.RECEP response-not-whole",
            "8:site response-unknown-site",
            "9:journey response-second",
            "11: response-nothing",
            "16: response-wrong-width"
        ]
    );
    assert_eq!((report.read, report.kept, report.repeated, report.refused), (15, 5, 1, 9));
    assert_eq!((report.partial, report.unknown_journeys, report.lateness_known), (1, 4, 1));
    assert_eq!(report.persons["employee"], 2, "dropped and counted");
    let said = report.refusals[1].say(Lang::Fr);
    assert!(
        said.starts_with("réponses.csv, ligne 4, outcome\u{a0}: C’est en dehors de l’échelle"),
        "{said}"
    );
    let noted = import_note::Entity::find()
        .one(world.app.db.reader())
        .await
        .expect("a note")
        .expect("a note");
    assert!(
        noted.report.contains("response-second") && !noted.report.contains("Jean"),
        "{}",
        noted.report
    );

    let known = journey::Entity::find().all(world.app.db.reader()).await.expect("the journeys");
    let own: Vec<_> = known.iter().filter(|row| row.trace.contains("parts")).collect();
    assert_eq!(own.len(), 4);
    let late = own.iter().find(|row| row.site.as_deref() == Some("S2")).expect("the journey of H");
    assert_eq!(Trace::parse(&late.trace).expect("a trace").late, Some(720));

    let second = "journey,answered_at,outcome\nFULL,2026-11-21T08:00:00Z,3\n";
    assert_eq!(
        told(&imported(&world, "later.csv", second).await.expect("an import")),
        ["2:journey response-second"]
    );
}

async fn scales_are_kept_as_given_and_each_pair_is_one_version(world: World) {
    organisation(&world).await;
    let mut versions = Vec::new();
    for (n, (outcome, item)) in
        [("0-10", "1-5"), ("0-1", "1-5"), ("0-10", "1-5"), ("1-5", "1-5")].into_iter().enumerate()
    {
        let csv = format!(
            "journey,answered_at,outcome,step.A\nJ{n},2026-11-20,1,5\nX{n},2026-11-20,0,0\n"
        );
        let mut import_of = answers(&world.file("answers.csv", csv));
        (import_of.outcome, import_of.item) =
            (outcome.parse().expect("a scale"), item.parse().expect("a scale"));
        let report = import(&world.app, &import_of, &silent).await.expect("an import");
        assert_eq!((report.kept, report.refused), (1, 1), "0 is outside 1-5");
        versions.push(report.version);
    }
    assert_eq!(versions, [1, 2, 1, 3]);
    let stored =
        questionnaire::Entity::find_by_id((OrganisationId::new(1), "repair".to_owned(), 2))
            .one(world.app.db.reader())
            .await;
    let stored = stored.expect("the questionnaire").expect("the questionnaire");
    assert_eq!(
        (stored.outcome_low, stored.outcome_high, stored.item_low, stored.item_high),
        (0, 1, 1, 5)
    );
    assert_eq!(stored.design, "observed");
}

both!(
    answers_link_to_known_journeys_and_a_repeat_changes_nothing,
    what_is_wrong_is_refused_by_line_and_column_and_the_rest_kept,
    scales_are_kept_as_given_and_each_pair_is_one_version,
);
