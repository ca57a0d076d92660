//! What stands beside a breakdown is what anyone would count who could see the rows: frictions,
//! rescued journeys, pressure, and who answered by lateness and channel.

use std::collections::{BTreeMap, BTreeSet};

use relais::blueprint::Blueprint;
use relais::element::Element;
use relais::journey::timing::timing;
use relais::journey::trace::Trace;
use relais::privacy::Place;
use relais::publication::publish::publish;
use relais::publication::store::published;
use relais::publication::{Published, Window};
use relais::schema::{journey, response};
use relais::survey;
use relais_analytics::cell::{
    AnswerSums, Counts, FrictionCounts, Margin, NO_CHANNEL, OTHER_CHANNEL,
};
use relais_analytics::coached::{Comparison, Sign};
use relais_analytics::lateness::{Class, share_out};
use relais_analytics::nonresponse::Survey;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::Value;

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::{World, both};

both!(what_is_published_beside_is_a_plain_count_of_the_rows);

const NETWORK: &[Garage] = &[("S1", Some("R1"), 9, 9), ("S2", Some("R1"), 9, 9)];
const SEAM: &str = "handoff:RECEP:WORK";
const RATED_SEAM: &str = "handoff:CALL:RECEP";
const KINDS: [&str; 5] = ["repeated", "waited", "chased", "sent-elsewhere", "told-different"];

/// Journeys and answers as they were put into the tables.
struct Rows {
    journeys: BTreeMap<Vec<u8>, journey::Model>,
    responses: Vec<response::Model>,
    blueprint: Blueprint,
    ours: i32,
}

async fn filled(world: &World) -> Rows {
    found(&world.app, NETWORK).await;
    for week in 0..6 {
        for (site, answers) in [("S1", 20), ("S2", 12)] {
            live(
                &world.app,
                Some(site),
                MONDAY + week * WEEK + DAY,
                (30, answers),
                MONDAY + week * WEEK + 2 * DAY,
            )
            .await;
        }
    }
    let ours =
        world.app.db.write(|tx| Box::pin(survey::store::standard(tx, ORGANISATION, "repair", 0)));
    let ours = ours.await.expect("our questionnaire").version;
    let reader = world.app.db.reader();
    let journeys = journey::Entity::find()
        .order_by_asc(journey::Column::Id)
        .all(reader)
        .await
        .expect("journeys");
    let responses = response::Entity::find()
        .order_by_asc(response::Column::Id)
        .all(reader)
        .await
        .expect("responses");
    let journeys: Vec<_> =
        journeys.into_iter().zip(0..).map(|(row, n)| travelled(row, n)).collect();
    let responses: Vec<_> =
        responses.into_iter().zip(0..).map(|(row, n)| said(row, n, ours)).collect();
    let (passed, told) = (journeys.clone(), responses.clone());
    let stored = world.app.db.write(move |tx| {
        Box::pin(async move {
            for row in passed {
                row.into_active_model().reset_all().update(tx).await?;
            }
            for row in told {
                row.into_active_model().reset_all().update(tx).await?;
            }
            Ok(())
        })
    });
    stored.await.expect("rows");
    let blueprint = relais::blueprint::store::blueprint(reader, ORGANISATION, "repair")
        .await
        .expect("a blueprint");
    let journeys = journeys.into_iter().map(|row| (row.id.clone(), row)).collect();
    Rows { journeys, responses, blueprint: blueprint.expect("a blueprint"), ours }
}

/// Two channels that many came through, one that hardly anybody did, and journeys that do not say;
/// half of them were not given later dates than they asked for.
fn travelled(row: journey::Model, n: usize) -> journey::Model {
    let channel = match n % 40 {
        0 => "fax",
        1..=4 => return row,
        n if n % 3 == 0 => "phone",
        _ => "web",
    };
    let mut trace = Trace::parse(&row.trace).expect("a trace");
    if n.is_multiple_of(2) {
        trace.events.iter_mut().for_each(|event| event.requested = None);
    }
    let attributes = Some(format!(r#"{{"channel":"{channel}"}}"#));
    journey::Model { attributes, trace: trace.to_json(), ..row }
}

/// Two of three were asked our own questionnaire, one in ten whether somebody suggested an answer,
/// and some say that the journey was not theirs.
fn said(row: response::Model, n: usize, ours: i32) -> response::Model {
    let pressed = [Some(n.is_multiple_of(4)), None, None, None][n % 4 % 3];
    let journey = row.journey.clone().filter(|_| !n.is_multiple_of(17));
    if n.is_multiple_of(3) {
        let answers = format!(r#"{{"step:WORK":{},"{RATED_SEAM}":4,"step:RECEP":null}}"#, n % 11);
        return response::Model {
            answers,
            pressed,
            journey,
            outcome: Some((n % 11) as i32),
            ..row
        };
    }
    let ticked =
        [r#"["waited"]"#, "[]", r#"["waited","chased"]"#, r#"["told-different"]"#, "null"][n % 5];
    let answers =
        format!(r#"{{"step:WORK":{},"step:CALL":{},"{SEAM}":{ticked}}}"#, 1 + n % 5, 1 + n % 4);
    let outcome = (!n.is_multiple_of(19)).then_some(1 + (n % 5) as i32);
    response::Model { version: ours, answers, pressed, journey, outcome, ..row }
}

impl Rows {
    fn journey_of(&self, row: &response::Model) -> Option<&journey::Model> {
        self.journeys.get(row.journey.as_ref()?)
    }

    fn is_broken(&self, row: &response::Model) -> bool {
        let Some(journey) = self.journey_of(row) else { return false };
        let trace = Trace::parse(&journey.trace).expect("a trace");
        trace
            .events
            .iter()
            .any(|event| event.promised.last().is_some_and(|promised| event.end > Some(*promised)))
    }

    fn class(&self, row: &journey::Model) -> Class {
        let trace = Trace::parse(&row.trace).expect("a trace");
        let slips: Vec<i64> = timing(&trace, &self.blueprint).slips.into_values().collect();
        Class::of(share_out(&slips, i64::from(self.blueprint.buffer_minutes)).felt)
    }

    fn margin(&self, row: &journey::Model, channels: &BTreeMap<u16, String>) -> Margin {
        let said = row
            .attributes
            .as_deref()
            .map(|json| json.split('"').nth(3).expect("a channel").to_owned());
        let number = |said: &String| {
            channels.iter().find(|(_, code)| *code == said).map(|(number, _)| *number)
        };
        let channel = said.map_or(NO_CHANNEL, |said| number(&said).unwrap_or(OTHER_CHANNEL));
        Margin { class: self.class(row), channel }
    }

    /// The outcome's loss and the largest that there is.
    fn loss(&self, row: &response::Model) -> Option<(i64, i64)> {
        let best = if row.version == self.ours { 5 } else { 10 };
        row.outcome.map(|outcome| {
            (i64::from(best - outcome), if row.version == self.ours { 4 } else { 10 })
        })
    }
}

fn answers(row: &response::Model) -> serde_json::Map<String, Value> {
    serde_json::from_str(&row.answers).expect("answers")
}

fn ticked(row: &response::Model) -> Option<Vec<String>> {
    let of = answers(row).remove(SEAM)?;
    Some(of.as_array()?.iter().map(|kind| kind.as_str().expect("a kind").to_owned()).collect())
}

async fn what_is_published_beside_is_a_plain_count_of_the_rows(world: World) {
    let rows = filled(&world).await;
    world.app.clock.set(MONDAY + 8 * WEEK);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    let closed = closed.await.expect("published");
    assert_eq!((closed.answers, closed.journeys, closed.waiting), (6 * 32, 6 * 60, 0));
    let everything = Window::default();
    let published =
        published(world.app.db.reader(), ORGANISATION, "repair", &everything, None).await;
    let published = published.expect("what was published");
    frictions(&rows, &published);
    rescued_and_pressed(&rows, &published);
    who_answered(&rows, &published);
    raked_and_compared(&rows, &published);
}

fn position(published: &Published, code: &str) -> u16 {
    let element: Element = code.parse().expect("a code");
    *published.catalogue.iter().find(|(_, known)| **known == element).expect("it has a position").0
}

fn frictions(rows: &Rows, published: &Published) {
    let all: Vec<Vec<String>> = rows.responses.iter().filter_map(ticked).collect();
    let count =
        |of: &dyn Fn(&Vec<String>) -> bool| all.iter().filter(|ticked| of(ticked)).count() as i64;
    let expected = FrictionCounts {
        asked: all.len() as i64,
        any: count(&|ticked| !ticked.is_empty()),
        offered: [all.len() as i64; 5],
        ticked: KINDS.map(|kind| count(&|ticked| ticked.iter().any(|known| known == kind))),
    };
    assert!(expected.any > 30 && expected.any < expected.asked);
    let beside = all_beside(published);
    assert_eq!(beside.frictions(position(published, SEAM)), Some(expected));
    assert_eq!(
        beside.frictions(position(published, RATED_SEAM)),
        None,
        "it was rated, which is not without friction"
    );
}

fn rescued_and_pressed(rows: &Rows, published: &Published) {
    let (mut known, mut trouble, mut rescued) = (0, 0, 0);
    let mut steps: BTreeMap<u16, (i64, i64)> = BTreeMap::new();
    for row in &rows.responses {
        let Some((loss, range)) = rows.loss(row) else { continue };
        let met = rows.is_broken(row) || ticked(row).is_some_and(|ticked| !ticked.is_empty());
        // The top two points of five; of nought to ten, eight and more.
        let well = met && loss <= if range == 4 { 1 } else { 2 };
        known += 1;
        trouble += i64::from(met);
        rescued += i64::from(well);
        let rated = answers(row).into_iter().filter(|(code, _)| well && code.starts_with("step:"));
        for (code, rating) in rated.filter_map(|(code, rating)| Some((code, rating.as_i64()?))) {
            let (times, high) = steps.entry(position(published, &code)).or_default();
            *times += 1;
            *high += i64::from(rating >= if range == 4 { 4 } else { 8 });
        }
    }
    let beside = all_beside(published);
    let told = beside.rescued();
    assert_eq!((told.known, told.trouble, told.rescued), (known, trouble, rescued));
    assert!(rescued > 20 && rescued < trouble && trouble < known);
    let told: BTreeMap<_, _> =
        beside.rescuing_steps().map(|(step, times, high)| (step, (times, high))).collect();
    assert_eq!(told, steps);
    let asked: Vec<bool> = rows.responses.iter().filter_map(|row| row.pressed).collect();
    let pressure = beside.pressure();
    let pressed = asked.iter().filter(|told| **told).count();
    assert_eq!((pressure.asked, pressure.told), (asked.len() as i64, pressed as i64));
    assert!(pressed > 0 && pressed < asked.len());
    let mut by_variant: BTreeMap<i32, Counts> = BTreeMap::new();
    for cell in published.answers(|_| true).map(|cell| cell.expect("a cell")) {
        by_variant.entry(cell.variant).or_default().merge(cell.state.counts());
    }
    assert_eq!(by_variant.values().map(|own| own.rescued().rescued).sum::<i64>(), rescued);
}

/// What all answers tell beside their ratings.
fn all_beside(published: &Published) -> Counts {
    let mut sum = Counts::default();
    published.answers(|_| true).for_each(|cell| sum.merge(cell.expect("a cell").state.counts()));
    sum
}

fn who_answered(rows: &Rows, published: &Published) {
    let named: Vec<&str> = published.channels.values().map(String::as_str).collect();
    assert_eq!(named, ["web", "phone"], "the most frequent first; a fax machine is no group");
    let mut expected: BTreeMap<Margin, i64> = BTreeMap::new();
    for row in rows.journeys.values() {
        *expected.entry(rows.margin(row, &published.channels)).or_default() += 1;
    }
    let mut told: BTreeMap<Margin, i64> = BTreeMap::new();
    for cell in published.journeys(|_| true) {
        for (margin, count) in cell.expect("a cell").state.margins() {
            *told.entry(margin.expect("it was kept")).or_default() += count;
        }
    }
    assert_eq!(told, expected);
    let channels: BTreeSet<u16> = told.keys().map(|margin| margin.channel).collect();
    assert_eq!(channels, [NO_CHANNEL, 1, 2, OTHER_CHANNEL].into());
    assert!(told.keys().map(|margin| margin.class).collect::<BTreeSet<_>>().len() >= 3);

    let mut expected: BTreeMap<(i32, Margin), AnswerSums> = BTreeMap::new();
    for row in &rows.responses {
        let Some(journey) = rows.journey_of(row) else { continue };
        let sums =
            expected.entry((row.version, rows.margin(journey, &published.channels))).or_default();
        sums.count += 1;
        if let Some((loss, _)) = rows.loss(row) {
            *sums = AnswerSums {
                known: sums.known + 1,
                loss: sums.loss + loss,
                squares: sums.squares + loss * loss,
                ..*sums
            };
        }
    }
    let mut told: BTreeMap<(i32, Margin), AnswerSums> = BTreeMap::new();
    for cell in published.answers(|_| true).map(|cell| cell.expect("a cell")) {
        for (margin, more) in cell.state.margins() {
            let sums = told.entry((cell.version, margin.expect("it was kept"))).or_default();
            sums.count += more.count;
            sums.known += more.known;
            sums.loss += more.loss;
            sums.squares += more.squares;
        }
    }
    assert_eq!(told, expected);
}

fn raked_and_compared(rows: &Rows, published: &Published) {
    let known: Vec<f64> = rows
        .responses
        .iter()
        .filter(|row| row.journey.is_some())
        .filter_map(|row| rows.loss(row))
        .map(|(loss, range)| 100.0 - 100.0 * loss as f64 / range as f64)
        .collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let (strata, mut survey, mut comparison) =
        (published.strata(), Survey::new(), Comparison::new());
    assert!(survey.rake(0.9).is_none());
    for cell in published.answers(|_| true).map(|cell| cell.expect("a cell")) {
        strata.answers(&mut survey, &cell);
        let (variant, version) = (cell.variant.unsigned_abs(), cell.version.unsigned_abs());
        match published.is_in(cell.atom, &Place::Site("S1".to_owned())) {
            true => comparison.group(variant, version, &cell.state),
            false => comparison.others(variant, version, &cell.state),
        }
    }
    published
        .journeys(|_| true)
        .for_each(|cell| strata.journeys(&mut survey, &cell.expect("a cell")));
    let raked = survey.rake(0.9).expect("answers and journeys");
    assert!((raked.unweighted - mean).abs() < 1e-9, "{raked:?}, counted {mean}");
    assert!(raked.effective > 50.0 && raked.effective < known.len() as f64, "{raked:?}");
    assert!(raked.fit.miss < 1e-6 && raked.interval.is_some(), "{raked:?}");

    let signs = comparison.signs();
    let (found, counted) = (signs.z(Sign::Ideal).expect("a sign"), more_ideal_at_s1(rows));
    assert!((found - counted).abs() < 1e-9 && counted.abs() > 0.01, "{found}, counted {counted}");
    assert_eq!(signs.z(Sign::Spotless), None, "nobody found every part ideal");
    assert_eq!(published.answers(|_| false).count(), 0);
}

/// The statistic of Mantel and Haenszel over variant, version and lateness. All known journeys here
/// are of one variant, and those that nobody knows are of what they were asked about.
fn more_ideal_at_s1(rows: &Rows) -> f64 {
    let mut strata: BTreeMap<_, [[f64; 2]; 2]> = BTreeMap::new();
    for row in &rows.responses {
        let Some((loss, _)) = rows.loss(row) else { continue };
        let class = rows.journey_of(row).map(|journey| rows.class(journey));
        let asked = class.is_none().then(|| answers(row).keys().cloned().collect::<Vec<_>>());
        let here = usize::from(row.site.as_deref() == Some("S1"));
        let side = &mut strata.entry((row.version, class, asked)).or_default()[here];
        side[0] += 1.0;
        side[1] += f64::from(u8::from(loss == 0));
    }
    let (mut above, mut variance) = (0.0, 0.0);
    for [others, here] in strata.into_values() {
        let (all, ideal) = (others[0] + here[0], others[1] + here[1]);
        above += here[1] - here[0] * ideal / all;
        variance += if all > 1.0 {
            here[0] * others[0] * ideal * (all - ideal) / (all * all * (all - 1.0))
        } else {
            0.0
        };
    }
    (above - 0.5) / variance.sqrt()
}
