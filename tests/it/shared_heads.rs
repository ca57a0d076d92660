//! A desk a person, a service a person: what hides somebody in the structure is counted again from
//! the journeys, and found when somebody writes otherwise into the tables.

use relais::db::insert_all;
use relais::guarantee::report::{Line, Report};
use relais::journal::{Author, Entry, Reason, store as journal};
use relais::journey::trace::{Event, Trace};
use relais::publication::publish::publish;
use relais::schema::{journey, journey_type, questionnaire, response, step};
use relais::worker;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};

use crate::garage::{DAY, MONDAY, ORGANISATION, WEEK, sql};
use crate::organisation::{JOURNEY_TYPE, Network, found, heads, site, step};
use crate::support::{World, both};

both!(
    eight_desks_of_eight_people_are_shown_as_none,
    a_service_has_its_part_of_a_team,
    a_list_that_chose_is_found_in_the_journal,
);

/// One site, whose reception and workshop have so many people.
async fn one_site(world: &World, steps: Vec<step::Model>, people: i32) {
    let network = Network {
        steps,
        sites: vec![site("S1", Some("R1"))],
        heads: vec![heads("reception", "S1", people), heads("workshop", "S1", people)],
    };
    found(&world.app.db, network).await;
    // No part of this story.
    sql(&world.app, "UPDATE organisation SET stage = 'pilot', pilot_until = 1788472800, created_at = 1780696800").await;
}

/// So many journeys of one week through one of some desks, half of which answer.
async fn passed(world: &World, journey_type: &str, desks: &[String], week: i64, count: usize) {
    let over = MONDAY + week * WEEK + DAY;
    let (mut journeys, mut answers) = (Vec::new(), Vec::new());
    for n in 0..count {
        let id = world.app.random(rand::RngExt::random::<[u8; 16]>).to_vec();
        let desk = desks[n % desks.len()].as_str();
        let events = vec![
            Event::new(desk, Some(over - 7_200), Some(over - 6_000)),
            Event::new("WORK", Some(over - 5_400), Some(over)),
        ];
        if n < count / 2 {
            answers.push(answer(&id, journey_type, desk, over + DAY, n));
        }
        journeys.push(journey::Model {
            organisation_id: ORGANISATION,
            id,
            journey_type: journey_type.to_owned(),
            site: Some("S1".to_owned()),
            attributes: None,
            trace: Trace { events, ..Trace::default() }.to_json(),
            started_at: over - 7_200,
            ended_at: over,
            finished_at: over,
            atom: None,
        });
    }
    let stored = world.app.db.write(move |tx| {
        Box::pin(async move {
            insert_all(tx, journeys).await?;
            insert_all(tx, answers).await
        })
    });
    stored.await.expect("journeys and answers");
}

fn answer(journey: &[u8], journey_type: &str, desk: &str, at: i64, n: usize) -> response::Model {
    response::Model {
        organisation_id: ORGANISATION,
        id: journey.iter().rev().copied().collect(),
        journey_type: journey_type.to_owned(),
        journey: Some(journey.to_vec()),
        site: Some("S1".to_owned()),
        version: 1,
        answered_at: at,
        outcome: Some(5 + i32::try_from(n % 6).expect("below six")),
        answers: json!({ format!("step:{desk}"): 9, "step:WORK": 8 }).to_string(),
        atom: None,
        chances: None,
        another: None,
        pressed: None,
    }
}

async fn closed(world: &World, journey_type: &str) {
    let (db, clock) = (&world.app.db, &world.app.clock);
    let silent = &relais::progress::silent;
    let closed = publish(db, clock, ORGANISATION, journey_type, None, silent).await;
    assert!(closed.expect("published").atoms > 0, "{journey_type}");
}

async fn checked(world: &World) -> Report {
    worker::check_guarantees(&world.app).await.expect("a check")
}

fn line<'r>(report: &'r Report, name: &str) -> &'r Line {
    report.guarantees.iter().find(|line| line.name == name).expect("a line")
}

fn broken(report: &Report) -> (Vec<&str>, Vec<&String>) {
    (report.broken(), report.guarantees.iter().flat_map(|line| &line.against.en).collect())
}

async fn execute(world: &World, statement: String) {
    let done = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute_unprepared(&statement).await?;
            Ok(())
        })
    });
    done.await.expect("a statement");
}

async fn eight_desks_of_eight_people_are_shown_as_none(world: World) {
    let desks: Vec<String> = (1..=8).map(|n| format!("DESK {n}")).collect();
    let mut steps: Vec<step::Model> =
        desks.iter().map(|desk| step(desk, "reception", true, None)).collect();
    steps.push(step("WORK", "workshop", true, None));
    one_site(&world, steps, 8).await;
    for week in [0, 1] {
        passed(&world, JOURNEY_TYPE, &desks, week, 160).await;
        world.app.clock.set(MONDAY + (week + 1) * WEEK);
        closed(&world, JOURNEY_TYPE).await;
    }
    let report = checked(&world).await;
    assert!(report.holds, "{:#?}", broken(&report));
    let seen = line(&report, "shared-heads").seen.en.join("\n");
    for said in [
        "8 steps of “reception”",
        "share its 8 people",
        "one person’s; none of these steps is shown by itself",
    ] {
        assert!(seen.contains(said), "{said}: {seen}");
    }

    // Whoever shows the desks in the table is found by both searches, each desk by its name.
    let release = relais::schema::release::Entity::find().one(world.app.db.reader()).await;
    let release = release.expect("releases").expect("a release");
    let ruling = release.ruling.expect("a ruling");
    let mut opened: Value = serde_json::from_str(&ruling).expect("JSON");
    for (_, letters) in opened["subjects"].as_object_mut().expect("subjects") {
        *letters = "".into();
    }
    let week = release.week.0;
    let set =
        |ruling: String| format!("UPDATE release SET ruling = '{ruling}' WHERE week = {week}");
    execute(&world, set(opened.to_string())).await;
    let report = checked(&world).await;
    let (names, against) = broken(&report);
    assert_eq!(names, ["searched", "shared-heads"], "{against:#?}");
    let found =
        |desk: &str| against.iter().any(|text| text.contains(desk) && text.contains("one person"));
    assert!(desks.iter().all(|desk| found(&format!("the step {desk} "))), "{against:#?}");

    // Who also writes that each desk has the whole team satisfies the search, and not the count.
    let of_desks = |name: &str, each: u32| {
        let desks: Vec<String> = desks.iter().map(|desk| format!(r#""{desk}":{each}"#)).collect();
        format!(r#","{name}":{{{}}}"#, desks.join(","))
    };
    for told in [of_desks("shares", 125), of_desks("step_heads", 1000)] {
        execute(&world, format!("UPDATE atom SET behind = REPLACE(behind, '{told}', '')")).await;
    }
    let report = checked(&world).await;
    let (names, against) = broken(&report);
    assert_eq!(names, ["shared-heads"], "{against:#?}");
    assert!(against.iter().any(|text| text.contains("the step DESK 1 ")), "{against:#?}");
}

/// A second journey type with the same teams.
async fn second_type(world: &World) {
    let steps = [("DESK", "reception"), ("WORK", "workshop")].into_iter().zip(0..);
    let steps: Vec<step::Model> = steps
        .map(|((code, team), position)| step::Model {
            journey_type: "repair-c".to_owned(),
            position,
            ..step(code, team, true, None)
        })
        .collect();
    let reader = world.app.db.reader();
    let first = journey_type::Entity::find().one(reader).await.expect("types").expect("one");
    let asked = questionnaire::Entity::find().one(reader).await.expect("versions").expect("one");
    let kind = journey_type::Model { code: "repair-c".to_owned(), ..first };
    let asked = questionnaire::Model { journey_type: "repair-c".to_owned(), ..asked };
    let stored = world.app.db.write(move |tx| {
        Box::pin(async move {
            insert_all(tx, [kind]).await?;
            insert_all(tx, steps).await?;
            insert_all(tx, [asked]).await
        })
    });
    stored.await.expect("another type");
}

async fn a_service_has_its_part_of_a_team(world: World) {
    let steps = vec![step("DESK", "reception", true, None), step("WORK", "workshop", true, None)];
    one_site(&world, steps, 40).await;
    second_type(&world).await;
    let desk = ["DESK".to_owned()];
    for week in [0, 1] {
        passed(&world, JOURNEY_TYPE, &desk, week, 150).await;
        passed(&world, "repair-c", &desk, week, 50).await;
        world.app.clock.set(MONDAY + (week + 1) * WEEK);
        closed(&world, JOURNEY_TYPE).await;
        closed(&world, "repair-c").await;
    }
    let report = checked(&world).await;
    assert!(report.holds, "{:#?}", broken(&report));
    let seen = line(&report, "shared-heads").seen.en.join("\n");
    assert!(seen.contains("2 teams work for several services: 8 parts"), "{seen}");
    assert!(seen.contains("the smallest has 10 people"), "{seen}");

    sql(
        &world.app,
        "UPDATE atom SET heads = heads + 30, behind = REPLACE(behind, '\"reception\":10', '\"reception\":40') \
         WHERE journey_type = 'repair-c'",
    )
    .await;
    let report = checked(&world).await;
    let (names, against) = broken(&report);
    assert_eq!(names, ["shared-heads"], "{against:#?}");
    assert!(against[0].contains("40 people of the team reception"), "{against:#?}");
    assert!(against[0].contains("by the journeys is 10"), "{against:#?}");
}

async fn a_list_that_chose_is_found_in_the_journal(world: World) {
    let steps = vec![step("DESK", "reception", true, None), step("WORK", "workshop", true, None)];
    one_site(&world, steps, 9).await;
    world.app.clock.set(MONDAY);
    let entry = |after: Value| Entry {
        at: MONDAY,
        author: Author::command_line(),
        subject: "links:repair".to_owned(),
        before: None,
        after: Some(after),
        reason: Reason::parse("who has a telephone").expect("a reason"),
        effective_at: MONDAY,
    };
    let add = async |after: Value| {
        let entry = entry(after);
        let added = world.app.db.write(move |tx| {
            Box::pin(async move { journal::append(tx, ORGANISATION, entry).await })
        });
        added.await.expect("an entry");
        checked(&world).await
    };
    let fine = json!({ "links": 31, "again": false, "share_percent": 96, "fewest": 32 });
    let report = add(fine).await;
    assert!(report.holds, "{:#?}", broken(&report));
    assert!(
        line(&report, "drawn-links").seen.en.join("\n").contains("one list said"),
        "{report:#?}"
    );
    for chosen in [(50, 40), (90, 12)] {
        let (share, fewest) = chosen;
        let after = json!({ "links": 9, "again": false, "share_percent": share, "fewest": fewest });
        let report = add(after).await;
        assert_eq!(report.broken(), ["drawn-links"], "{:#?}", broken(&report));
    }
}
