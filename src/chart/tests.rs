//! Charts of published cells that are made here: what is drawn, what is a gap, what is refused.

use relais_analytics::cell::{Cell, Details, Frictions, Journey, Population, Row};
use relais_analytics::chart::{Rule, Sign};
use relais_analytics::design::Design;

use super::drawing::{self, Mark};
use super::ledger::Ledger;
use super::read::{ChartQuestion, chart};
use super::{Chart, Kind, Measure, document, plain};
use crate::breakdown::disclosure::{Gate, Reading};
use crate::breakdown::request::{self, Catalogue};
use crate::breakdown::sample;
use crate::calendar::Week;
use crate::i18n::Lang;
use crate::organisation::Site;
use crate::privacy::store::Settings;
use crate::privacy::{Eyes, Floors, Headcounts, HeadsBehind, NotShown, Place, Rulings, Unit};
use crate::publication::rulings;
use crate::publication::{Atom, Published, Release, Version};

const FIRST: i32 = 2_900;
const CODES: [&str; 3] = ["step:WORK", "handoff:RECEP:WORK", "promise:WORK"];

/// Weeks of one site: answers, then of ten promises how many were kept. No answers: nothing was
/// released.
fn published(weeks: &[(i64, i64)], desk: u32) -> Published {
    let version =
        Version { design: Design::THREE, outcome_range: 4, step_range: 4, handoff_range: 3 };
    let mut published = Published {
        catalogue: (0..).zip(CODES.iter().map(|code| code.parse().unwrap())).collect(),
        variants: [(1, vec![0, 1])].into(),
        versions: [(1, version)].into(),
        ..Published::default()
    };
    for (release, &(answers, kept)) in (FIRST..).zip(weeks) {
        published.releases.push(Release { week: Week(release), published_at: 0, owners_from: 0 });
        if answers == 0 {
            continue;
        }
        let (at, answered) = (published.atoms.len(), u32::try_from(answers).unwrap());
        let unit = unit(release, answered, desk);
        published.atoms.push(Atom { id: at as i64, unit, journeys: answered * 2, invited: None });
        let replicate = release * 3;
        let state = answers_of(answers, release);
        published.put_answers(at, replicate, &state);
        published.put_journeys(at, replicate, &promises(kept));
    }
    published
}

fn unit(release: i32, answers: u32, desk: u32) -> Unit {
    let mut behind = HeadsBehind::default();
    behind.sites.insert("reception".to_owned(), desk);
    behind.sites.insert("workshop".to_owned(), 20);
    Unit {
        release,
        place: Place::Site("S1".to_owned()),
        region: Some("R1".to_owned()),
        answers,
        behind: behind.into(),
    }
}

/// Outcomes of 3 and 4 of five in turn, from one week to the next beginning with the other; every
/// third met friction.
fn answers_of(answers: i64, release: i32) -> Cell {
    let mut cell = Cell::new(2);
    for n in 0..answers {
        let loss = (n + i64::from(release)) % 3 / 2;
        let ticked = if n % 3 == 0 { Frictions::of([1]) } else { Frictions::NONE };
        let frictions = [(1, ticked)];
        let details = Details {
            offered: Frictions::of(0..5),
            frictions: &frictions,
            outcome_range: 4,
            step_range: 4,
            ..Details::default()
        };
        let items = [Some(loss), Some(i64::from(n % 3 == 0))];
        cell.add_with(
            &Row { outcome: Some(loss), lateness: 0, items: &items, time: &[] },
            &details,
        )
        .unwrap();
    }
    cell
}

/// A hundred promises, of ten so many kept.
fn promises(kept: i64) -> Population {
    let mut all = Population::new();
    for n in 0..100 {
        all.add(&Journey { promises: &[(2, n % 10 < kept)], ..Journey::default() });
    }
    all
}

fn asked(measure: &str, baseline_until: Option<&str>) -> crate::error::Result<ChartQuestion> {
    let site = Site { code: "S1".to_owned(), name: None, region: Some("R1".to_owned()) };
    let known =
        Catalogue { blueprints: vec![sample::blueprint()], sites: vec![site], teams: Vec::new() };
    let typed = request::RawQuestion {
        partition: Some("site:S1".to_owned()),
        ..request::RawQuestion::default()
    };
    ChartQuestion::check(typed.check(&known, Eyes::Owner)?, measure, baseline_until)
}

fn read(measure: &str, published: &Published) -> Reading<Chart> {
    let settings = Settings { floors: Floors::raised(10, 8), pilot: false };
    let mut counts = Headcounts::default();
    ["call-centre", "planning", "reception", "workshop"]
        .iter()
        .for_each(|team| counts.enter(team, "S1", 0, 40));
    let ledger =
        Ledger::of(published, |atom| vec![Week(published.atoms[atom].unit.release)]).unwrap();
    let asked = asked(measure, None).unwrap();
    let teams = asked.question.blueprint.team_of_steps();
    let decided = rulings::decide(published, &teams, settings.floors).unwrap();
    let rulings = Rulings::of(decided, teams).into();
    let gate = Gate::of(&asked.question, settings, &counts, rulings);
    chart(&asked, published, &ledger, &gate)
}

/// Twelve quiet weeks, then one that kept few promises.
fn year() -> Vec<(i64, i64)> {
    let mut weeks: Vec<(i64, i64)> = (0..14).map(|week| (30, 8 + week % 2)).collect();
    weeks.push((30, 1));
    weeks
}

/// The chart of a year as it stands on a paper, for the tests of the sheet.
pub(crate) fn drawn(paper: drawing::Paper, lang: Lang) -> String {
    let chart = read("promise", &published(&year(), 9)).unwrap();
    let mark = |back: i32, letter: &str| Mark {
        week: Week(FIRST + 14 - back),
        letter: letter.to_owned(),
        words: String::new(),
    };
    drawing::draw(&chart, &[mark(3, "A"), mark(3, "B"), mark(1, "C")], paper, lang)
}

#[test]
fn a_week_beyond_chance_is_asked_about_and_the_limits_are_those_from_before() {
    let chart = read("promise", &published(&year(), 9)).unwrap();
    assert_eq!((chart.kind, chart.points.len()), (Kind::Shares, 15));
    assert!(
        chart
            .questions
            .iter()
            .any(|asked| asked.seen == Sign::Pattern(Rule::Outside) && asked.points == [14])
    );
    let last = chart.points[14].clone();
    assert_eq!(last.value.unwrap().figure(), 10.0);
    assert!(last.frozen && last.limits.unwrap().0 > 50.0, "{:?}", last.limits);
    let told = plain::plain(&chart, Lang::En);
    assert!(told.contains("lies below what quiet weeks stay within"), "{told}");
}

#[test]
fn every_measure_is_read_from_its_own_counts() {
    let published = published(&[(30, 8), (33, 9)], 9);
    let figures = |measure: &str| {
        let chart = read(measure, &published).unwrap();
        chart
            .points
            .iter()
            .map(|point| point.value.clone().unwrap())
            .map(|value| (value.figure(), value.size()))
            .collect::<Vec<_>>()
    };
    assert_eq!(figures("promise:WORK"), [(80.0, 100), (90.0, 100)]);
    let friction = figures("handoff:RECEP:WORK");
    assert!((friction[0].0 - 100.0 / 3.0).abs() < 1e-9 && friction[0].1 == 30, "{friction:?}");
    // One in three lost one of four points.
    let outcome = figures("outcome");
    assert!((outcome[0].0 - (100.0 - 25.0 / 3.0)).abs() < 1e-9, "{outcome:?}");
    assert_eq!(figures("step:WORK"), outcome);
}

#[test]
fn a_week_between_two_releases_is_no_gap_and_a_thin_team_is_one() {
    let weeks = [(30, 8), (0, 0), (0, 0), (30, 9)];
    let chart = read("outcome", &published(&weeks, 9)).unwrap();
    let seen: Vec<i32> = chart.points.iter().map(|point| point.week.0 - FIRST).collect();
    assert_eq!(seen, [0, 3]);
    assert_eq!(
        read("handoff:RECEP:WORK", &published(&weeks, 2)),
        Err(NotShown::FewHeadsAtHandoff(3))
    );
    assert_eq!(read("outcome", &published(&[(0, 0)], 9)), Err(NotShown::NothingReleased));
    assert_eq!(read("step:DELIV", &published(&weeks, 9)), Err(NotShown::Unrecorded));
}

#[test]
fn what_cannot_be_charted_is_refused_by_name() {
    for wrong in ["", "mood", "step:NOWHERE", "handoff:RECEP", "promise:"] {
        let refused = asked(wrong, None).unwrap_err().say(Lang::En);
        assert!(refused.contains("nothing that can be charted"), "{wrong}: {refused}");
    }
    assert!(asked("outcome", Some("2026-02-30")).is_err());
    assert_eq!(asked("promise", Some("2026-02-25")).unwrap().measure, Measure::Promises);
}

#[test]
fn the_document_reads_as_promised() {
    let chart = read("promise", &published(&year(), 9)).unwrap();
    insta::assert_json_snapshot!(document::document(&chart));
}

#[test]
fn a_terminal_reads_the_same_in_french() {
    let chart = read("handoff:RECEP:WORK", &published(&[(30, 8), (31, 9), (32, 8)], 9)).unwrap();
    insta::assert_snapshot!(plain::plain(&chart, Lang::Fr));
}

#[test]
fn weeks_with_few_answers_wait_for_the_next_and_every_release_is_in_one_point() {
    // Four a week, and ten make a point.
    let weeks = [(4, 8), (4, 8), (4, 8), (30, 8), (4, 8), (4, 8)];
    let chart = read("handoff:RECEP:WORK", &published(&weeks, 9)).unwrap();
    let spans: Vec<(i32, i32)> =
        chart.points.iter().map(|p| (p.since.0 - FIRST, p.week.0 - FIRST)).collect();
    assert_eq!(spans, [(0, 2), (3, 3), (4, 5)]);
    let sizes: Vec<Option<u64>> =
        chart.points.iter().map(|p| p.value.as_ref().ok().map(|value| value.size())).collect();
    assert_eq!(sizes, [Some(12), Some(30), None], "eight answers wait for the next release");
    assert_eq!(chart.points[2].value, Err(NotShown::FewAnswers(10)));
}

#[test]
fn small_departures_that_last_add_up_to_an_alarm() {
    let mut weeks: Vec<(i64, i64)> = (0..12).map(|week| (30, 7 + week % 2)).collect();
    assert_eq!(
        read("promise", &published(&weeks, 9)).unwrap().watch,
        None,
        "the limits are on trial"
    );
    // After twelve weeks the threshold is high.
    weeks.extend([(30, 9); 12]);
    let chart = read("promise", &published(&weeks, 9)).unwrap();
    let alarm = chart.watch.as_ref().unwrap().alarms[0];
    assert_eq!((alarm.direction, alarm.since), (relais_analytics::Direction::Up, 12));
    let told = super::phrases::watched(&chart, Lang::En).join(" ");
    assert!(told.contains("small departures upwards have added up"), "{told}");
    weeks.truncate(13);
    let quiet = read("promise", &published(&weeks, 9)).unwrap();
    assert!(quiet.watch.as_ref().unwrap().alarms.is_empty());
}

#[test]
fn the_picture_of_a_chart_marks_what_was_tried_and_judges_nothing() {
    for paper in [drawing::Paper::Wide, drawing::Paper::Narrow, drawing::Paper::Sheet] {
        for lang in Lang::ALL {
            let svg = drawn(paper, lang);
            assert!(
                svg.contains("<title")
                    && svg.contains("<desc")
                    && svg.contains(">A B<")
                    && svg.contains(">C<")
            );
            assert_eq!(svg.matches("class=\"week\"").count(), 15);
            assert_eq!(
                svg.matches("class=\"asked\"").count(),
                1,
                "the week that kept few promises"
            );
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
    insta::assert_snapshot!(drawn(drawing::Paper::Wide, Lang::Fr));
}
