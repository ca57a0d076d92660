//! Weeks are closed: what was answered becomes public once, together, or waits.

use std::collections::BTreeMap;

use relais::journal::{Author, Reason};
use relais::organisation::settings::Change;
use relais::organisation::store;
use relais::privacy::{Floors, Place};
use relais::publication::publish::publish;
use relais::publication::store::published;
use relais::publication::{Published, Report, Window};
use relais::schema::{journey, response};
use sea_orm::{ConnectionTrait, EntityTrait, IsolationLevel, TransactionTrait};

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, enter_heads, found, live, sql};
use crate::support::{World, both};

both!(
    publishing_twice_changes_nothing,
    late_answers_belong_to_the_next_release,
    a_year_of_cadences_releases_every_answer_once,
    without_headcounts_nothing_is_closed_and_what_to_enter_is_said,
    a_service_of_central_teams_alone_is_released_with_their_heads,
    an_organisation_of_one_site_has_its_own_atoms,
    a_run_that_was_stopped_between_weeks_ends_as_if_it_had_not_been,
    a_pilot_publishes_for_ninety_days_and_three_services,
    a_setting_under_the_floor_behaves_as_the_floor,
    the_teams_see_a_release_a_week_before_anyone_else,
    a_shorter_time_for_the_teams_never_holds_for_a_period_that_is_collected_already,
);

const NETWORK: &[Garage] = &[
    ("S1", Some("R1"), 5, 7),
    ("S2", Some("R1"), 2, 3),
    ("S3", Some("R1"), 4, 2),
    ("S4", Some("R2"), 9, 9),
];

async fn close(world: &World, at: i64) -> Report {
    world.app.clock.set(at);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    closed.await.expect("published")
}

async fn everything(world: &World) -> Published {
    everything_in(world.app.db.reader()).await
}

async fn everything_in(connection: &impl ConnectionTrait) -> Published {
    published(connection, ORGANISATION, "repair", &Window::default(), None)
        .await
        .expect("what was published")
}

/// The atoms as (week after the first Monday, place, answers, journeys).
async fn atoms(world: &World) -> Vec<(i32, String, u32, u32)> {
    let zone = relais::calendar::Zone::named("Europe/Paris").expect("a zone");
    let first = zone.week(MONDAY).0;
    let atom = |atom: &relais::publication::Atom| {
        (atom.unit.release - first, atom.unit.place.to_string(), atom.unit.answers, atom.journeys)
    };
    everything(world).await.atoms.iter().map(atom).collect()
}

/// Every row that is marked stands in one atom, and every atom sums exactly its rows: at one
/// instant, since a write that was begun ends even when nobody waits for it any more.
async fn check_sums(world: &World) {
    let instant =
        world.app.db.reader().begin_with_config(Some(IsolationLevel::RepeatableRead), None);
    let reader = &instant.await.expect("a snapshot");
    let published = everything_in(reader).await;
    let mut marked: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
    for row in response::Entity::find().all(reader).await.expect("responses") {
        marked.entry(row.atom.unwrap_or(0)).or_default().0 += 1;
    }
    for row in journey::Entity::find().all(reader).await.expect("journeys") {
        marked.entry(row.atom.unwrap_or(0)).or_default().1 += 1;
    }
    marked.remove(&0);
    let told: BTreeMap<i64, (u32, u32)> =
        published.atoms.iter().map(|atom| (atom.id, (atom.unit.answers, atom.journeys))).collect();
    assert_eq!(marked, told, "rows marked, and what their atoms say");
    let mut summed: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
    for cell in published.answers(|_| true).map(|cell| cell.expect("a cell")) {
        let id = published.atoms[cell.atom].id;
        summed.entry(id).or_default().0 += u32::try_from(cell.state.count()).expect("a count");
        assert!(
            cell.state.elements() == published.variants[&cell.variant].len(),
            "a cell is as wide as its variant"
        );
    }
    for cell in published.journeys(|_| true).map(|cell| cell.expect("a cell")) {
        let id = published.atoms[cell.atom].id;
        summed.entry(id).or_default().1 += u32::try_from(cell.state.count()).expect("a count");
    }
    assert_eq!(summed, told, "rows summed, and what their atoms say");
}

async fn publishing_twice_changes_nothing(world: World) {
    found(&world.app, NETWORK).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (40, 12), MONDAY + 2 * DAY).await;
    let first = close(&world, MONDAY + WEEK).await;
    assert_eq!(
        (first.weeks.len(), first.atoms, first.answers, first.journeys, first.waiting),
        (1, 1, 12, 40, 0)
    );
    let before = everything(&world).await;
    assert_eq!(close(&world, MONDAY + WEEK + DAY).await, Report::default());
    let after = everything(&world).await;
    assert_eq!((&before.releases, &before.atoms), (&after.releases, &after.atoms));
    check_sums(&world).await;
    let codes: Vec<String> = after.catalogue.values().map(ToString::to_string).collect();
    for code in ["step:CALL", "handoff:RECEP:WORK", "promise:PLAN", "promise:WORK", "handoff:other"]
    {
        assert!(codes.contains(&code.to_owned()), "{code} of {codes:?}");
    }
    let asked = after.answers(|_| true).map(|cell| cell.expect("a cell").state);
    let asked: i64 =
        asked.map(|state| (0..state.elements()).map(|k| state.asked(k)).sum::<i64>()).sum();
    assert_eq!(
        asked,
        4 * 2 + 4,
        "two items of every first answer, one of every second, none of every third"
    );
}

async fn late_answers_belong_to_the_next_release(world: World) {
    found(&world.app, NETWORK).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (30, 11), MONDAY + 2 * DAY).await;
    close(&world, MONDAY + WEEK).await;
    // Of the closed week, and of the new one.
    live(&world.app, Some("S1"), MONDAY + DAY, (9, 8), MONDAY + 3 * DAY).await;
    live(&world.app, Some("S1"), MONDAY + WEEK + DAY, (6, 5), MONDAY + WEEK + 2 * DAY).await;
    let second = close(&world, MONDAY + 2 * WEEK).await;
    assert_eq!((second.answers, second.waiting), (13, 0));
    let site = |week, answers, journeys| (week, "site:S1".to_owned(), answers, journeys);
    assert_eq!(atoms(&world).await, [site(0, 11, 30), site(1, 13, 15)]);
    check_sums(&world).await;
}

async fn a_year_of_cadences_releases_every_answer_once(world: World) {
    found(&world.app, NETWORK).await;
    for week in 0..52 {
        let over = MONDAY + week * WEEK + DAY;
        for (site, answers) in [("S1", 14), ("S2", 2), ("S3", 3), ("S4", 3)] {
            live(&world.app, Some(site), over, (answers + 5, answers), over + DAY).await;
        }
    }
    let report = close(&world, MONDAY + 52 * WEEK).await;
    assert_eq!(report.weeks.len(), 52);
    assert_eq!(report.answers + report.waiting, 52 * 22);
    assert!(report.answers > 52 * 20, "{report:?}");
    check_sums(&world).await;
    let mut weeks: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for (week, place, answers, _) in atoms(&world).await {
        assert!(answers >= 10);
        weeks.entry(place).or_default().push(week);
    }
    assert_eq!(
        weeks["site:S1"],
        (0..52).collect::<Vec<_>>(),
        "fourteen a week stand alone every week"
    );
    let gaps =
        |place: &str| weeks[place].windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>();
    assert!(
        gaps("site:S4").iter().skip(1).all(|gap| *gap == 4),
        "three a week stand alone every fourth: {weeks:?}"
    );
    assert!(
        !weeks.contains_key("site:S2") && !weeks.contains_key("site:S3"),
        "too few heads, whatever comes"
    );
    assert!(gaps("region:R1").len() > 12, "together they are eleven: {weeks:?}");
}

async fn without_headcounts_nothing_is_closed_and_what_to_enter_is_said(world: World) {
    found(&world.app, &[("S1", None, 0, 0)]).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (30, 20), MONDAY + 2 * DAY).await;
    let report = close(&world, MONDAY + WEEK).await;
    let told = report.withheld.expect("a reason").say(relais::i18n::Lang::En);
    assert!(
        told.contains("reception") && told.contains("workshop") && !told.contains("planning"),
        "{told}"
    );
    assert_eq!((report.weeks.len(), report.waiting), (0, 20));
    enter_heads(&world.app, &[("reception", "S1", 4), ("workshop", "S1", 6)]).await;
    let report = close(&world, MONDAY + WEEK).await;
    assert_eq!((report.weeks.len(), report.answers, report.withheld), (1, 20, None));
    check_sums(&world).await;
}

async fn a_service_of_central_teams_alone_is_released_with_their_heads(world: World) {
    found(&world.app, &[]).await;
    enter_heads(&world.app, &[("reception", "", 5), ("workshop", "", 5)]).await;
    live(&world.app, None, MONDAY + DAY, (30, 12), MONDAY + 2 * DAY).await;
    assert_eq!(close(&world, MONDAY + WEEK).await.answers, 12);
    assert_eq!(atoms(&world).await, [(0, "network".to_owned(), 12, 30)]);
    check_sums(&world).await;
}

async fn an_organisation_of_one_site_has_its_own_atoms(world: World) {
    found(&world.app, &[("S1", None, 4, 4)]).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (20, 12), MONDAY + 2 * DAY).await;
    live(&world.app, None, MONDAY + DAY, (9, 9), MONDAY + 2 * DAY).await;
    let first = close(&world, MONDAY + WEEK).await;
    assert_eq!(
        (first.answers, first.waiting),
        (12, 9),
        "answers of nowhere have nobody behind them"
    );
    live(&world.app, Some("S1"), MONDAY + WEEK + DAY, (8, 8), MONDAY + WEEK + 2 * DAY).await;
    let second = close(&world, MONDAY + 2 * WEEK).await;
    assert_eq!(
        (second.answers, second.waiting),
        (17, 0),
        "too few for the site alone, enough for the pool"
    );
    assert_eq!(
        atoms(&world).await,
        [(0, "site:S1".to_owned(), 12, 20), (1, "network".to_owned(), 17, 17)]
    );
    check_sums(&world).await;
}

async fn a_run_that_was_stopped_between_weeks_ends_as_if_it_had_not_been(world: World) {
    let other = World::sqlite().await;
    for world in [&world, &other] {
        found(&world.app, NETWORK).await;
        for week in 0..9 {
            let over = MONDAY + week * WEEK + DAY;
            for (site, answers) in [("S1", 14), ("S2", 4), ("S3", 5), ("S4", 3)] {
                live(&world.app, Some(site), over, (answers + 5, answers), over + DAY).await;
            }
        }
    }
    close(&other, MONDAY + 9 * WEEK).await;
    world.app.clock.set(MONDAY + 9 * WEEK);
    for pause in [2, 5, 20, 40] {
        let app = world.app.clone();
        let run = tokio::spawn(async move {
            publish(&app.db, &app.clock, ORGANISATION, "repair", None, &relais::progress::silent)
                .await
                .map(|_| ())
        });
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
        run.abort();
        let _ = run.await;
        check_sums(&world).await;
    }
    close(&world, MONDAY + 9 * WEEK).await;
    assert_eq!(atoms(&world).await, atoms(&other).await);
    check_sums(&world).await;
}

async fn a_pilot_publishes_for_ninety_days_and_three_services(world: World) {
    found(&world.app, NETWORK).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (20, 14), MONDAY + 2 * DAY).await;
    let why = |report: Report| report.withheld.map(|text| text.key());
    sql(&world.app, "UPDATE organisation SET stage = 'pilot', pilot_until = 1").await;
    assert_eq!(why(close(&world, MONDAY + WEEK).await), Some("publication-pilot-over"));
    sql(&world.app, "UPDATE organisation SET pilot_until = 9999999999").await;
    sql(
        &world.app,
        "INSERT INTO release (organisation_id, journey_type, week, published_at, owners_from, sites) \
        VALUES (1, 'a', 1, 0, 0, '{}'), (1, 'b', 1, 0, 0, '{}'), (1, 'c', 1, 0, 0, '{}')",
    )
    .await;
    assert_eq!(why(close(&world, MONDAY + WEEK).await), Some("publication-pilot-types"));
    sql(&world.app, "DELETE FROM release WHERE journey_type = 'c'").await;
    let third = close(&world, MONDAY + WEEK).await;
    assert_eq!((third.answers, why(third)), (14, None), "a pilot measures three services");
}

async fn a_setting_under_the_floor_behaves_as_the_floor(world: World) {
    found(&world.app, &[("S1", Some("R1"), 3, 3), ("S2", Some("R1"), 3, 4)]).await;
    sql(&world.app, "UPDATE organisation SET minimum_answers = 1, minimum_heads = 2").await;
    for site in ["S1", "S2"] {
        live(&world.app, Some(site), MONDAY + DAY, (9, 9), MONDAY + 2 * DAY).await;
    }
    close(&world, MONDAY + WEEK).await;
    assert_eq!(
        atoms(&world).await,
        [(0, "region:R1".to_owned(), 18, 18)],
        "seven heads, but nine answers"
    );
    live(&world.app, Some("S1"), MONDAY + WEEK + DAY, (30, 30), MONDAY + WEEK + 2 * DAY).await;
    assert_eq!(close(&world, MONDAY + 2 * WEEK).await.answers, 0, "six heads are never enough");
    let settings = relais::privacy::store::settings(world.app.db.reader(), ORGANISATION)
        .await
        .expect("settings");
    assert_eq!(settings.expect("an organisation").floors, Floors::raised(10, 7));
}

async fn the_teams_see_a_release_a_week_before_anyone_else(world: World) {
    found(&world.app, NETWORK).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (40, 12), MONDAY + 2 * DAY).await;
    let now = MONDAY + WEEK + DAY;
    close(&world, now).await;
    // A setting that is changed afterwards does not shorten it.
    sql(&world.app, "UPDATE organisation SET embargo_days = 0").await;
    let seen = async |at| {
        let reader = world.app.db.reader();
        let seen = published(reader, ORGANISATION, "repair", &Window::default(), at)
            .await
            .expect("what was published");
        (seen.releases.len(), seen.atoms.len(), seen.cells.is_empty())
    };
    assert_eq!(seen(None).await, (1, 1, false));
    assert_eq!(seen(Some(now + WEEK - 1)).await, (0, 0, true));
    assert_eq!(seen(Some(now + WEEK)).await, (1, 1, false));
    let units = everything(&world).await.units();
    assert!(
        units[0].is_in(&Place::Region("R1".to_owned()))
            && !units[0].is_in(&Place::Region("R2".to_owned()))
    );
}

async fn a_shorter_time_for_the_teams_never_holds_for_a_period_that_is_collected_already(
    world: World,
) {
    found(&world.app, NETWORK).await;
    for week in [0, WEEK, 2 * WEEK] {
        live(&world.app, Some("S1"), MONDAY + week + DAY, (40, 12), MONDAY + week + 2 * DAY).await;
    }
    // Announced before, it comes into force in the middle of the second week.
    let announced = MONDAY + 3 * DAY;
    let reason = Reason::parse("the teams agreed").expect("a reason");
    let change = Change::parse("embargo_days", 0, "works council", reason).expect("a change");
    let from =
        store::announce(&world.app.db, ORGANISATION, change, Author::command_line(), announced)
            .await;
    assert_eq!(from.expect("announced"), MONDAY + WEEK + 3 * DAY);
    sql(&world.app, "UPDATE organisation SET embargo_days = 0").await;
    for week in [WEEK, 2 * WEEK, 3 * WEEK] {
        close(&world, MONDAY + week).await;
    }
    let alone: Vec<i64> = everything(&world)
        .await
        .releases
        .iter()
        .map(|one| one.owners_from - one.published_at)
        .collect();
    assert_eq!(alone, [WEEK, WEEK, 0], "the week in which it came into force was being collected");
}
