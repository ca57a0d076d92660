//! Published cells become one breakdown: the method splits, the gate decides what may be seen of
//! it.

use relais_analytics::attribute::{self, Claim, Estimate, Leaders, attribute};
use relais_analytics::{Attribution, Position};

use super::chooser::last_day;
use super::disclosure::{Gate, Reading, Scope};
use super::frictions;
use super::method_input::options;
use super::pool::Pool;
use super::request::Question;
use super::totals::Totals;
use super::{Breakdown, Level, Line, NetworkShares, Period, Suppressed};
use crate::calendar::Week;
use crate::element::Element;
use crate::error::Result;
use crate::privacy::{Figure, Objections, Subject};
use crate::publication::Published;

/// Splits the shortfall of the question's place, and lets the gate take out what may not be shown.
/// Of `published` the cells of that place are read, and no others.
pub(crate) fn split(
    question: &Question,
    published: &Published,
    pool: &Pool,
    gate: &Gate,
) -> Result<Reading<Breakdown>> {
    let sample = pool.sample(question, published)?;
    let report = attribute(&sample, &options(published));
    let whole = Totals::of(question, published)?;
    let figures = figures(&report, published, &whole);
    let level = Level::of(question, published, pool, &whole.survey, &report);
    Ok(gate.report(&published.units(), Scope::of(question), &figures, |objections| {
        let wider = NetworkShares::of(question, published, &sample, &whole.outcomes, objections);
        Breakdown { wider, level, ..breakdown(question, published, report, &whole, objections) }
    }))
}

/// What the gate is asked about: each element that the journeys of the place have.
fn figures(report: &Attribution, published: &Published, whole: &Totals) -> Vec<Figure> {
    let elements = report.elements.iter().filter(|element| whole.has(element));
    let figure = |element: &attribute::Element| {
        let code = published.catalogue.get(&element.position)?;
        let answers = if code.is_rated() { unsigned_count(element.asked) } else { whole.responses };
        Some(Figure::of(code, answers))
    };
    let dates = Figure { subject: Subject::Dates, answers: whole.responses };
    elements.filter_map(figure).chain([dates]).collect()
}

fn breakdown(
    question: &Question,
    published: &Published,
    report: Attribution,
    whole: &Totals,
    objections: &Objections,
) -> Breakdown {
    let positions = published
        .catalogue
        .iter()
        .filter(|(_, element)| objections.to(element).is_some())
        .map(|(position, _)| *position);
    let report = report.fold(&positions.collect::<Vec<_>>());
    let named = |position: Option<Position>| published.catalogue.get(&position?).cloned();
    let elements = report.elements.iter().filter(|element| whole.has(element));
    let mut lines: Vec<Line> = elements
        .filter_map(|element| Some(line(named(Some(element.position))?, element, whole)))
        .collect();
    lines.sort_by_key(|line| question.blueprint.place(&line.element));
    let mut suppressed: Vec<Suppressed> = objections
        .all()
        .map(|(element, reason)| Suppressed { element: element.clone(), reason })
        .collect();
    suppressed.sort_by_key(|hidden| question.blueprint.place(&hidden.element));
    let unknown = Estimate { value: 0.0, interval: None };
    Breakdown {
        blueprint: question.blueprint.clone(),
        partition: question.partition.clone(),
        place: question.place.clone(),
        against: question.against,
        period: period(published),
        journeys: whole.journeys,
        invited: whole.invited,
        responses: whole.responses,
        pooled: unsigned_count(report.pooled),
        outcome: report.outcome.unwrap_or(unknown),
        shortfall: report.shortfall.unwrap_or(unknown),
        gap: report.gap.filter(|_| question.against.is_some()),
        lines,
        untraced: report.untraced.as_ref().map(|untraced| untraced.level),
        leading: named(leading(&report, question)),
        suppressed,
        lateness: whole.lateness().filter(|_| objections.to_subject(&Subject::Dates).is_none()),
        level: Level::default(),
        rescued: frictions::rescued(&whole.counts, published, objections),
        wider: NetworkShares::default(),
    }
}

/// The one element that the page names. Of a set, and of what is rated lower without a loss, it
/// says that no element stands out.
fn leading(report: &Attribution, question: &Question) -> Option<Position> {
    let leaders = match (&report.leading_contrast, question.against) {
        (_, None) => report.leading.as_ref(),
        (Claim::Lost(leaders), Some(_)) => Some(leaders),
        (Claim::Lower(_) | Claim::Nobody, Some(_)) => None,
    };
    leaders.and_then(Leaders::one)
}

fn line(code: Element, element: &attribute::Element, whole: &Totals) -> Line {
    let split = element.points.as_ref();
    Line {
        points: split.map(|split| split.level),
        contrast: split.and_then(|split| split.contrast),
        mean: element.mean,
        asked: unsigned_count(element.asked),
        passed: unsigned_count(element.passed),
        delay: split.map_or(0.0, |split| split.delay),
        made_up: split.map_or(0.0, |split| split.made_up),
        handoff_range: split.and_then(|split| split.handoff_range),
        friction: frictions::frictions(&whole.counts, element.position),
        promised: whole.promised.get(&element.position).copied().filter(|_| !code.is_rated()),
        element: code,
    }
}

/// The days of the releases that hold anything, from the first to the last.
pub(crate) fn period(published: &Published) -> Period {
    let weeks = || published.atoms.iter().map(|atom| Week(atom.unit.release));
    let (first, last) = (weeks().min().unwrap_or(Week(0)), weeks().max().unwrap_or(Week(0)));
    Period { from: first.monday(), to: last_day(last) }
}

fn unsigned_count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use relais_analytics::cell::{Cell, Journey, Population, Row};
    use relais_analytics::design::Design;

    use crate::breakdown::attribution::*;
    use crate::breakdown::request::{Catalogue, RawQuestion};
    use crate::breakdown::sample as garage;
    use crate::organisation::Site;
    use crate::privacy::store::Settings;
    use crate::privacy::{
        Disclosed, Eyes, Floors, Headcounts, HeadsBehind, NotShown, Place, Rulings, Unit,
    };
    use crate::publication::rulings;
    use crate::publication::{Atom, Release, Version};

    const CODES: [&str; 7] = [
        "step:CALL",
        "step:RECEP",
        "step:WORK",
        "step:DELIV",
        "handoff:CALL:RECEP",
        "handoff:RECEP:WORK",
        "promise:PLAN",
    ];

    fn ten() -> Version {
        Version { design: Design::Observed, outcome_range: 10, step_range: 10, handoff_range: 10 }
    }

    /// Two sites over twelve weeks; customers of S0 lose points between reception and workshop.
    fn published(answers: i64, desk: u32) -> Published {
        let mut published = Published {
            catalogue: (0..).zip(CODES.map(|code| code.parse().unwrap())).collect(),
            variants: BTreeMap::from([(1, (0..6).collect())]),
            versions: BTreeMap::from([(1, ten())]),
            ..Published::default()
        };
        for week in 0..12 {
            published.releases.push(Release {
                week: Week(2900 + week),
                published_at: 0,
                owners_from: 0,
            });
            for site in ["S0", "S1"] {
                let at = published.atoms.len();
                let unit = unit(2900 + week, site, u32::try_from(answers).unwrap(), desk);
                let journeys = u32::try_from(answers * 2).unwrap();
                let invited = (site == "S0").then_some(journeys / 2);
                published.atoms.push(Atom { id: at as i64, unit, journeys, invited });
                let (cell, all) = cells(answers, site == "S0", week);
                published.put_answers(at, week * 3, &cell);
                published.put_journeys(at, week * 3, &all);
            }
        }
        published
    }

    fn unit(release: i32, site: &str, answers: u32, desk: u32) -> Unit {
        let mut behind = HeadsBehind::default();
        behind.sites.insert("reception".to_owned(), desk);
        behind.sites.insert("workshop".to_owned(), 20);
        behind.central.insert("call-centre".to_owned(), 40);
        behind.central.insert("planning".to_owned(), 12);
        let place = Place::Site(site.to_owned());
        Unit { release, place, region: Some("R1".to_owned()), answers, behind: behind.into() }
    }

    /// Losses that look random and are the same in every run.
    fn cells(answers: i64, faulty: bool, week: i32) -> (Cell, Population) {
        let (mut cell, mut all) = (Cell::new(6), Population::new());
        let mut state = u64::try_from(week + 1).unwrap() * 7919 + u64::from(faulty);
        let mut draw = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((state >> 33) % below).unwrap()
        };
        for _ in 0..answers {
            let late = if draw(10) < 2 { draw(4) * 1440 } else { 0 };
            let mut items: [i64; 6] = std::array::from_fn(|_| draw(3));
            if faulty && draw(10) < 6 {
                items[5] = 7 + draw(3);
            }
            let outcome = (items.iter().sum::<i64>() / 2 + late / 1440).min(10);
            let time = [(6, late, 0)];
            cell.add(&Row {
                outcome: Some(outcome),
                lateness: late,
                items: &items.map(Some),
                time: &time,
            })
            .unwrap();
            for _ in 0..2 {
                all.add(&Journey {
                    lateness: late,
                    time: &time,
                    promises: &[(6, late == 0)],
                    ..Journey::default()
                });
            }
        }
        (cell, all)
    }

    fn question(partition: &str, against: Option<&str>, eyes: Eyes) -> Question {
        let site =
            |code: &str| Site { code: code.to_owned(), name: None, region: Some("R1".to_owned()) };
        let planning = ("planning".to_owned(), garage::blueprint().name);
        let known = Catalogue {
            blueprints: vec![garage::blueprint()],
            sites: vec![site("S0"), site("S1")],
            teams: vec![planning],
        };
        let asked = RawQuestion {
            partition: Some(partition.to_owned()),
            against: against.map(str::to_owned),
            ..RawQuestion::default()
        };
        asked.check(&known, eyes).unwrap()
    }

    fn settings(pilot: bool) -> Settings {
        Settings { floors: Floors::raised(10, 8), pilot }
    }

    fn counted() -> Headcounts {
        let mut counts = Headcounts::default();
        for team in ["call-centre", "planning", "reception", "workshop"] {
            counts.enter(team, "", 0, 40);
        }
        counts
    }

    fn gate(
        question: &Question,
        published: &Published,
        settings: Settings,
        counts: &Headcounts,
    ) -> Gate {
        let teams = question.blueprint.team_of_steps();
        let decided = rulings::decide(published, &teams, settings.floors).unwrap();
        Gate::of(question, settings, counts, Rulings::of(decided, teams).into())
    }

    fn told(question: &Question, published: &Published, pilot: bool) -> Reading<Breakdown> {
        let gate = gate(question, published, settings(pilot), &counted());
        split(question, published, &Pool::of(published).unwrap(), &gate).unwrap()
    }

    fn shown(question: &Question, published: &Published) -> Disclosed<Breakdown> {
        told(question, published, false).unwrap()
    }

    #[test]
    fn points_and_untraced_add_up_and_contrasts_to_the_gap() {
        let breakdown = shown(&question("site:S0", Some("rest"), Eyes::Owner), &published(60, 20));
        let points: f64 = breakdown.lines.iter().map(|line| line.points.unwrap().value).sum();
        let whole = points + breakdown.untraced.unwrap().value;
        assert!(
            (whole - breakdown.shortfall.value).abs() < 1e-9,
            "{whole} {:?}",
            breakdown.shortfall
        );
        assert_eq!((breakdown.responses, breakdown.journeys, breakdown.invited), (720, 1440, 720));
        let network = shown(&question("network", None, Eyes::Owner), &published(60, 20));
        assert_eq!(
            (network.journeys, network.invited),
            (2880, 2160),
            "where it is not known, all were"
        );
    }

    #[test]
    fn the_faulty_handoff_leads_the_contrast() {
        let breakdown = shown(&question("site:S0", Some("rest"), Eyes::Owner), &published(60, 20));
        assert_eq!(breakdown.leading.as_ref().unwrap().to_string(), "handoff:RECEP:WORK");
        let line = breakdown.line(breakdown.leading.as_ref().unwrap()).unwrap();
        assert!(line.contrast.unwrap().signal && line.told_apart() && line.handoff_range.is_some());
    }

    #[test]
    fn lines_stand_in_the_order_of_the_chain() {
        let breakdown = shown(&question("network", None, Eyes::Owner), &published(60, 20));
        let codes: Vec<String> =
            breakdown.lines.iter().map(|line| line.element.to_string()).collect();
        let order = [
            "step:CALL",
            "handoff:CALL:RECEP",
            "promise:PLAN",
            "step:RECEP",
            "handoff:RECEP:WORK",
            "step:WORK",
            "step:DELIV",
        ];
        assert_eq!(codes, order);
    }

    #[test]
    fn a_desk_of_three_is_folded_away_and_the_sum_stays() {
        let breakdown = shown(&question("site:S0", None, Eyes::Owner), &published(60, 3));
        let step = "step:RECEP".parse().unwrap();
        assert!(breakdown.line(&step).is_none() && breakdown.hidden(&step).is_some());
        assert!(
            breakdown.line(&"handoff:RECEP:WORK".parse().unwrap()).is_some(),
            "23 heads stand behind the handoff"
        );
        let points: f64 = breakdown.lines.iter().map(|line| line.points.unwrap().value).sum();
        assert!(
            (points + breakdown.untraced.unwrap().value - breakdown.shortfall.value).abs() < 1e-9
        );
        let handoff = breakdown
            .line(&"handoff:CALL:RECEP".parse().unwrap())
            .and_then(|line| line.handoff_range);
        assert_eq!(handoff, None, "the range would tell the hidden step");
    }

    #[test]
    fn below_two_hundred_responses_there_are_means_and_no_points() {
        let breakdown = shown(&question("network", None, Eyes::Owner), &published(8, 20));
        assert_eq!(breakdown.pooled, 192);
        assert!(!breakdown.is_split() && breakdown.leading.is_none());
        assert!(breakdown.lines.iter().all(|line| line.points.is_none()));
        assert!(breakdown.lines.iter().any(|line| line.mean.is_some()));
    }

    #[test]
    fn in_pilot_the_owner_reads_nothing_and_the_team_reads_all() {
        let published = published(60, 20);
        let owner = question("network", None, Eyes::Owner);
        assert_eq!(told(&owner, &published, true), Err(NotShown::Pilot));
        let team = question("network", None, Eyes::Team("planning".to_owned()));
        assert!(told(&team, &published, true).is_ok());
    }

    #[test]
    fn without_headcounts_it_says_what_to_enter() {
        let question = question("network", None, Eyes::Owner);
        let (nothing, nobody) = (Published::default(), Headcounts::default());
        let gate = gate(&question, &nothing, settings(false), &nobody);
        let told = split(&question, &nothing, &Pool::of(&nothing).unwrap(), &gate).unwrap();
        let Err(NotShown::NoHeadcounts(missing)) = told else { panic!("{told:?}") };
        assert!(missing.teams.contains("workshop"));
    }

    #[test]
    fn ten_answers_are_needed_of_each_rated_element() {
        let published = published(60, 20);
        let (question, pool) =
            (question("site:S0", None, Eyes::Owner), Pool::of(&published).unwrap());
        let report = attribute(&pool.sample(&question, &published).unwrap(), &options(&published));
        let whole = Totals::of(&question, &published).unwrap();
        let figures = figures(&report, &published, &whole);
        assert!(figures.iter().all(|figure| figure.answers == 720), "{figures:?}");
    }
}
