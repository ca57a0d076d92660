//! What could be seen of a made-up garage, from each ground, in words and as a document; and a true
//! sentence where nothing can be said.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use relais_analytics::cell::{Cell, Journey, Population, Row};

use super::document::Document;
use super::panel::PowerPanel;
use super::phrases::PowerPhrases;
use super::plain::plain;
use super::read::{Forecast, forecast, of_releases};
use super::*;
use crate::breakdown::attribution::tests::{counted, gate, published, question, settings};
use crate::breakdown::pool::Pool;
use crate::breakdown::sample::blueprint;
use crate::i18n::Lang;
use crate::organisation::Site;
use crate::privacy::{Disclosed, Eyes, NotShown};
use crate::publication::Published;
use crate::publication::traffic::{LogTraffic, SampledJourney};

fn element(code: &str) -> Element {
    code.parse().expect("an element")
}

fn part(code: &str, named: Option<[f64; SIZES.len()]>) -> PartPower {
    PartPower { element: element(code), named }
}

/// A region with every kind of part in it.
fn garage() -> Power {
    let rising = [0.02, 0.11, 0.3, 0.78, 0.93, 1.0, 1.0, 1.0];
    let never = [0.0, 0.01, 0.02, 0.05, 0.11, 0.21, 0.42, 0.61];
    Power {
        blueprint: blueprint(),
        partition: Place::Region("R2".to_owned()),
        place: None,
        basis: Basis::Answers {
            period: Period { from: date(2026, 7, 6), to: date(2026, 9, 27) },
            weeks: 12,
            empty: 2,
            sized: false,
        },
        here: Volume { journeys: 2_304.0, answers: 412.4 },
        rest: Volume { journeys: 9_000.0, answers: 1_612.0 },
        parts: vec![
            part("step:CALL", Some(never)),
            part("promise:PLAN", Some([0.1, 0.6, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0])),
            part("step:RECEP", None),
            part("handoff:RECEP:WORK", Some(rising)),
        ],
        gains: vec![
            Gain { change: Change::Parts { now: 3, then: 5 }, named: vec![0.9, 0.6] },
            Gain { change: Change::People(1.5), named: vec![0.88, 0.6] },
            Gain { change: Change::HalfYear, named: vec![0.97, 0.92] },
        ],
        suppressed: vec![Suppressed {
            element: element("handoff:WORK:DELIV"),
            reason: NotShown::FewHeads(8),
        }],
    }
}

#[test]
fn the_first_sentence_is_one_to_say_aloud() {
    // Figures and their units stay together, and so do marks and words in French.
    let lede = |lang| PowerPhrases::new(&garage(), lang).lede(None).replace('\u{a0}', " ");
    assert_eq!(
        lede(Lang::En),
        "With the 412 answers that a quarter brings here, 5 points more lost between “Reception” \
         and “Workshop” than in the rest of the network would be named in 8 of 10 quarters; 2 \
         points, in 1 of 10."
    );
    assert_eq!(
        lede(Lang::Fr),
        "Avec les 412 réponses qu’un trimestre apporte ici, 5 points perdus entre « Réception » \
         et « Atelier », de plus que dans le reste du réseau, seraient repérés dans 8 trimestres \
         sur 10 ; 2 points, dans 1 sur 10."
    );
    let planning = PowerPhrases::new(&garage(), Lang::En).lede(Some("planning"));
    assert!(planning.contains("in the dates and delays of “Planning”"), "{planning}");
}

#[test]
fn a_terminal_reads_it_in_english() {
    insta::assert_snapshot!(plain(&garage(), None, Lang::En));
}

#[test]
fn a_terminal_reads_it_in_french() {
    insta::assert_snapshot!(plain(&garage(), Some("planning"), Lang::Fr));
}

#[test]
fn the_document_reads_as_promised() {
    insta::assert_json_snapshot!(Document::of(&garage(), Lang::En));
}

#[test]
fn a_size_is_seen_between_the_sizes_that_were_tried_and_rounded_up() {
    let power = garage();
    let seen = |at: usize| power.parts[at].seen_from();
    assert_eq!(seen(3), Some(5.5), "named in .78 at 5 and .93 at 7");
    assert_eq!((seen(0), seen(2)), (None, None));
    assert_eq!(part("step:CALL", Some([0.9; SIZES.len()])).seen_from(), Some(1.0));
    let panel = PowerPanel::of(&power, None, Lang::En);
    assert_eq!(panel.rows[0].figures.last().map(String::as_str), Some("over 20\u{a0}points"));
    assert_eq!(panel.rows[2].figures, ["not known"; 4].map(str::to_owned));
}

/// Of what was released, for the owner.
fn shown(partition: &str, published: &Published) -> Disclosed<Power> {
    let question = beside_the_rest(question(partition, None, Eyes::Owner)).expect("a question");
    let gate = gate(&question, published, settings(false), &counted());
    let pool = Pool::of(published).expect("a pool");
    of_releases(&question, published, &pool, &gate).expect("cells").expect("it may be shown")
}

#[test]
fn what_was_released_tells_what_could_be_seen_and_the_same_again() {
    let published = published(60, 20);
    let power = shown("site:S0", &published);
    let Basis::Answers { weeks, empty, .. } = power.basis else { panic!("{:?}", power.basis) };
    assert_eq!((weeks, empty), (12, 0));
    assert!((power.here.answers - 780.0).abs() < 1e-6, "{:?}", power.here);
    assert_eq!(power.here, power.rest);
    assert_eq!(power.parts.len(), 7);
    for part in &power.parts {
        let named = part.named.expect("all of them vary");
        assert!(named.windows(2).all(|pair| pair[1] > pair[0] - 0.05), "{part:?}");
        assert!(named[SIZES.len() - 1] > named[0], "{part:?}");
    }
    for (at, example) in power.examples().iter().enumerate() {
        let half_year = power.gains.iter().find(|gain| gain.change == Change::HalfYear);
        assert!(half_year.expect("a gain").named[at] >= example.now, "{:?}", power.gains);
    }
    assert!(
        power.gains.iter().all(|gain| !matches!(gain.change, Change::Parts { .. })),
        "another tool asked"
    );
    assert_eq!(power, shown("site:S0", &published));
}

#[test]
fn a_desk_that_may_not_be_told_of_is_not_told_of_here() {
    let power = shown("site:S0", &published(60, 3));
    let step = element("step:RECEP");
    assert!(power.parts.iter().all(|part| part.element != step));
    assert!(power.suppressed.iter().any(|hidden| hidden.element == step));
    let owner = beside_the_rest(question("site:S0", None, Eyes::Owner)).expect("a question");
    let published = published(60, 20);
    let gate = gate(&owner, &published, settings(true), &counted());
    let pool = Pool::of(&published).expect("a pool");
    let told = of_releases(&owner, &published, &pool, &gate).expect("cells");
    assert_eq!(told.err(), Some(NotShown::Pilot));
}

#[test]
fn too_few_answers_to_split_are_told_from_their_rate() {
    let power = shown("site:S0", &published(8, 20));
    let Basis::Few { assumed, .. } = power.basis else { panic!("{:?}", power.basis) };
    assert!((assumed.response - 0.5).abs() < 1e-9 && assumed.asked == 6, "{assumed:?}");
    assert!(power.is_known() && !power.gains.is_empty());
    let notes = PowerPhrases::new(&power, Lang::En).notes();
    assert!(notes[0].contains("if as many customers answer as so far, about 104"), "{notes:?}");
}

#[test]
fn weeks_without_an_answer_are_counted_and_said() {
    let mut published = published(60, 20);
    let gone = |week: i32| (2903..2906).contains(&week);
    let kept: Vec<usize> =
        (0..published.atoms.len()).filter(|at| !gone(published.atoms[*at].unit.release)).collect();
    published.cells = kept.iter().map(|at| published.cells[*at].clone()).collect();
    published.atoms.retain(|atom| !gone(atom.unit.release));
    let power = shown("site:S0", &published);
    let Basis::Answers { weeks, empty, .. } = power.basis else { panic!("{:?}", power.basis) };
    assert_eq!((weeks, empty), (12, 3));
    let notes = PowerPhrases::new(&power, Lang::En).notes();
    assert!(notes[1].starts_with("Of 3 of these 12 weeks no answer"), "{notes:?}");
}

/// The garage whose answers are what `row` says of each.
fn all_alike(row: impl Fn(usize) -> ([Option<i64>; 6], i64)) -> Published {
    let mut published = published(60, 20);
    published.cells = Vec::new();
    for at in 0..published.atoms.len() {
        let (mut cell, mut all) = (Cell::new(6), Population::new());
        for n in 0..60 {
            let (items, outcome) = row(n);
            let row = Row { outcome: Some(outcome), lateness: 0, items: &items, time: &[] };
            cell.add(&row).expect("in range");
            (0..2).for_each(|_| all.add(&Journey::default()));
        }
        let week = published.atoms[at].unit.release - 2900;
        published.put_answers(at, week * 3, &cell);
        published.put_journeys(at, week * 3, &all);
    }
    published
}

#[test]
fn where_all_ratings_are_equal_nothing_is_said_to_be_certain() {
    let power = shown("site:S0", &all_alike(|_| ([Some(2); 6], 4)));
    assert!(!power.is_known() && power.gains.is_empty(), "{:?}", power.parts);
    let told = |lang| PowerPanel::of(&power, None, lang);
    assert!(told(Lang::En).lede.starts_with("Nothing can be said of this yet"));
    assert!(told(Lang::Fr).lede.starts_with("On ne peut encore rien en dire"));
    assert!(told(Lang::En).rows.is_empty() && told(Lang::En).no_gain.is_empty());
}

#[test]
fn one_site_has_nothing_to_be_compared_with() {
    let mut published = published(60, 20);
    let kept: Vec<usize> = (0..published.atoms.len())
        .filter(|at| published.atoms[*at].unit.place == Place::Site("S0".to_owned()))
        .collect();
    published.cells = kept.iter().map(|at| published.cells[*at].clone()).collect();
    published.atoms.retain(|atom| atom.unit.place == Place::Site("S0".to_owned()));
    let power = shown("site:S0", &published);
    assert!(!power.is_known());
    let lede = PowerPhrases::new(&power, Lang::En).lede(None);
    assert!(lede.contains("all journeys are at this place"), "{lede}");
    let network = beside_the_rest(question("network", None, Eyes::Owner));
    assert!(network.is_err(), "the network has no rest");
}

fn sites() -> Vec<Site> {
    let site = |code: &str, region: &str| Site {
        code: code.to_owned(),
        name: None,
        region: Some(region.to_owned()),
    };
    vec![site("S0", "R1"), site("S1", "R1"), site("S2", "R2")]
}

/// So many journeys of one path at each site.
fn log(counts: &[(&str, u64)], rated: &BTreeSet<Element>) -> LogTraffic {
    let site = |code: &str| Some(code.to_owned());
    let all: BTreeMap<_, _> = counts.iter().map(|(code, count)| (site(code), *count)).collect();
    let journey = |(code, _): &(&str, u64)| SampledJourney {
        site: site(code),
        rated: rated.clone(),
        timed: BTreeSet::from([element("promise:WORK")]),
    };
    let sampled: Vec<_> = counts.iter().flat_map(|one| vec![journey(one); 20]).collect();
    LogTraffic::of(13, &all, &sampled)
}

fn path(codes: &[&str]) -> BTreeSet<Element> {
    codes.iter().map(|code| element(code)).collect()
}

fn of_log(partition: &str, log: &LogTraffic, response: f64) -> Option<Forecast> {
    let question = beside_the_rest(question(partition, None, Eyes::Owner)).expect("a question");
    forecast(&question, log, &sites(), response)
}

#[test]
fn before_anything_is_collected_the_log_and_an_assumed_rate_tell() {
    let usual = path(&["step:CALL", "step:RECEP", "step:WORK", "handoff:RECEP:WORK"]);
    let log = log(&[("S0", 1_300), ("S1", 1_300), ("S2", 6_500)], &usual);
    let power = of_log("site:S0", &log, 0.15).expect("there are journeys");
    assert_eq!((power.here.journeys.round(), power.rest.journeys.round()), (1_300.0, 7_800.0));
    assert_eq!(power.parts.len(), 5);
    let changes: Vec<&Change> = power.gains.iter().map(|gain| &gain.change).collect();
    let region = Change::Region("R1".to_owned());
    let more = Change::Response { now: 0.15, then: 0.3 };
    assert_eq!(changes, [&Change::Parts { now: 3, then: 5 }, &more, &Change::HalfYear, &region]);
    let panel = PowerPanel::of(&power, None, Lang::En);
    assert!(panel.notes[0].contains("about 100 journeys a week here and 600 elsewhere"));
    assert!(panel.notes[0].contains("as if 15 of 100 customers answered"), "{:?}", panel.notes);
    assert!(panel.notes[1].contains("ratings spread by 25 of 100 points"), "{:?}", panel.notes);
    let many = of_log("site:S0", &log, 0.6).expect("there are journeys");
    let share = |power: &Power| power.main(None).and_then(|part| part.share(5.0));
    assert!(share(&many) > share(&power), "{:?} {:?}", share(&many), share(&power));
}

#[test]
fn a_log_without_a_rest_without_journeys_or_with_forty_parts_is_told_as_it_is() {
    let usual = path(&["step:CALL", "step:RECEP"]);
    let alone = of_log("site:S0", &log(&[("S0", 500)], &usual), 0.15).expect("journeys");
    assert!(!alone.is_known() && alone.gains.is_empty());
    let lede = PowerPhrases::new(&alone, Lang::Fr).lede(None);
    assert!(lede.contains("tous les parcours sont dans ce lieu"), "{lede}");
    assert_eq!(of_log("site:S1", &log(&[("S0", 500)], &usual), 0.15), None);
    assert_eq!(of_log("site:S0", &LogTraffic::default(), 0.15), None);
    let many: BTreeSet<Element> = (0..45).map(|n| Element::Step(format!("S{n}"))).collect();
    let many = of_log("site:S0", &log(&[("S0", 9_000), ("S2", 9_000)], &many), 0.15);
    let many = many.expect("journeys");
    assert_eq!(many.parts.len(), 40, "39 rated beside the other handoffs, and one promise");
    assert!(many.parts.iter().all(|part| part.named.is_some()), "{:?}", many.parts);
}
