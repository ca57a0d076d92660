//! Weeks in which customers were asked our own questionnaire, beside history from another tool:
//! each version keeps its scales, and who was invited is known.

use relais::breakdown::read::read;
use relais::breakdown::request::RawQuestion;
use relais::breakdown::{Breakdown, store};
use relais::invitation::Decision;
use relais::privacy::{Disclosed, Eyes};
use relais::publication::Window;
use relais::publication::publish::publish;
use relais::publication::store::published;
use relais::schema::{decision, journey, response};
use relais::survey;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};

use crate::garage::{self, DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::{World, both};

both!(every_version_is_read_on_its_own_scales, who_was_invited_is_released_with_the_journeys);

const NETWORK: &[Garage] = &[("S1", Some("R1"), 9, 9)];

/// Ten weeks of journeys and answers at one garage.
async fn weeks(world: &World, each: (u32, u32)) {
    found(&world.app, NETWORK).await;
    for week in 0..10 {
        let over = MONDAY + week * WEEK + (week % 5) * DAY;
        live(&world.app, Some("S1"), over, each, over + 7_200).await;
    }
}

async fn close(world: &World) {
    world.app.clock.set(MONDAY + 12 * WEEK);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    assert!(closed.await.expect("published").atoms > 0);
}

async fn network(world: &World) -> Disclosed<Breakdown> {
    let known = store::known(world.app.db.reader(), ORGANISATION).await.expect("what there is");
    let question = RawQuestion::default()
        .check(&known, Eyes::Team("planning".to_owned()))
        .expect("a question");
    let reading = read(&world.app.db, ORGANISATION, &question, world.app.clock.now()).await;
    reading.expect("an answer").expect("something is shown")
}

/// Every second customer was asked our own questionnaire, the others ten points throughout.
async fn rate(world: &World) {
    let ours =
        world.app.db.write(|tx| Box::pin(survey::store::standard(tx, ORGANISATION, "repair", 0)));
    let ours = ours.await.expect("our questionnaire").version;
    let mut numbers = 0..;
    garage::rate(&world.app, |row| {
        let n = numbers.next().expect("a number");
        let told = match n % 2 {
            0 => {
                (1, 6 + n % 5, r#"{"step:WORK":5,"handoff:RECEP:WORK":10,"handoff:CALL:RECEP":10}"#)
            }
            _ => (
                ours,
                3 + n % 3,
                r#"{"step:WORK":3,"handoff:RECEP:WORK":["waited","chased","told-different","repeated"],
                    "handoff:CALL:RECEP":["waited"]}"#,
            ),
        };
        let (version, outcome, answers) = (told.0, Some(told.1), told.2.to_owned());
        response::Model { version, outcome, answers, ..row }
    })
    .await;
}

async fn every_version_is_read_on_its_own_scales(world: World) {
    weeks(&world, (40, 30)).await;
    rate(&world).await;
    close(&world).await;
    let shown = network(&world).await;
    assert!(shown.is_split() && shown.responses == 300, "{shown:?}");
    let mean = |code: &str| {
        shown.line(&code.parse().expect("a code")).and_then(|line| line.mean).expect("a mean")
    };
    let near = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}")
    };
    near(mean("step:WORK"), 50.0);
    near(mean("handoff:RECEP:WORK"), (100.0 + 0.0) / 2.0);
    near(mean("handoff:CALL:RECEP"), (100.0 + 200.0 / 3.0) / 2.0);
    let points: f64 =
        shown.lines.iter().filter_map(|line| line.points).map(|points| points.value).sum();
    near(points + shown.untraced.expect("split").value, shown.shortfall.value);
}

/// What was decided about the journeys of some weeks; every fourth was not invited, for one reason
/// or another.
async fn decide(world: &World, weeks: std::ops::Range<i64>) {
    let zone = relais::calendar::Zone::named("Europe/Paris").expect("a zone");
    let rows = journey::Entity::find().order_by_asc(journey::Column::FinishedAt);
    let rows = rows.all(world.app.db.reader()).await.expect("journeys");
    let within = |row: &journey::Model| weeks.contains(&((row.finished_at - MONDAY) / WEEK));
    let decided = rows.into_iter().filter(within).zip(0..).map(|(row, n)| decision::Model {
        organisation_id: ORGANISATION,
        week: zone.week(row.finished_at),
        decided_at: row.finished_at,
        outcome: match (n % 4, n / 4 % 2) {
            (3, 0) => Decision::Resting,
            (3, _) => Decision::NoAddress,
            _ => Decision::Invited,
        },
        journey: row.id,
        journey_type: row.journey_type,
    });
    let rows: Vec<decision::ActiveModel> =
        decided.map(|row| row.into_active_model().reset_all()).collect();
    let stored = world.app.db.write(move |tx| {
        Box::pin(async move {
            decision::Entity::insert_many(rows).exec_without_returning(tx).await?;
            Ok(())
        })
    });
    stored.await.expect("decisions");
}

async fn who_was_invited_is_released_with_the_journeys(world: World) {
    weeks(&world, (40, 30)).await;
    decide(&world, 6..10).await;
    close(&world).await;
    let reader = world.app.db.reader();
    let published = published(reader, ORGANISATION, "repair", &Window::default(), None)
        .await
        .expect("what was published");
    let invited: Vec<Option<u32>> = published.atoms.iter().map(|atom| atom.invited).collect();
    let before = std::iter::repeat_n(None, 6);
    assert_eq!(
        invited,
        before.chain(std::iter::repeat_n(Some(30), 4)).collect::<Vec<_>>(),
        "history has no decisions"
    );
    let shown = network(&world).await;
    assert_eq!(
        (shown.journeys, shown.invited, shown.responses),
        (400, None, 300),
        "nor has the whole"
    );
}
