//! Published cells become one breakdown: the method splits, the gate decides what may be seen of it.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::attribute::{self, Rated, SampleError, Scale, Seam, Side, Stratum, attribute};
use relais_analytics::design::Kind;
use relais_analytics::{Attribution, Options, Position, Sample};

use super::chooser::last_day;
use super::request::Question;
use super::{Against, Breakdown, Contrast, Eyes, LEVEL, Lateness, Line, Period, Points, Suppressed};
use crate::calendar::Week;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::privacy::store::Settings;
use crate::privacy::{Audience, Disclosed, Figure, Headcounts, Place, Request, Shown, Withheld, disclose};
use crate::publication::{Published, Release};

const MINUTES_A_DAY: f64 = 1440.0;

/// Splits the shortfall of the question's place, and lets the gate take out what may not be shown.
pub(super) fn split(
    question: &Question,
    published: &Published,
    settings: Settings,
    headcounts: &Headcounts,
) -> Result<Result<Disclosed<Breakdown>, Withheld>> {
    let report = attribute(&sample(question, published)?, &options(published));
    let whole = Whole::of(question, published);
    let units = published.units();
    let steps = question.chain.stops.iter().map(|stop| (stop.code.as_str(), stop.team.as_deref()));
    let missing = headcounts.missing(steps);
    let request = Request {
        floors: settings.floors,
        audience: match question.eyes {
            Eyes::Owner => Audience::Management,
            Eyes::Team(_) => Audience::Team,
        },
        pilot: settings.pilot,
        units: &units,
        place: &question.partition,
        against_rest: question.against == Some(Against::Rest),
        teams: &teams(question),
        figures: &figures(&report, published, &whole),
        missing: &missing,
    };
    Ok(disclose(&request, |shown| breakdown(question, published, report, &whole, shown)))
}

/// Every cell of the window, wherever it is from: the slopes are those of all sites together.
fn sample(question: &Question, published: &Published) -> Result<Sample> {
    let mut sample = Sample::new();
    for (number, positions) in &published.variants {
        let rated = positions.iter().map(|position| rated(published, *position)).collect::<Result<_>>()?;
        sample.variant(unsigned(*number)?, rated).map_err(damaged)?;
    }
    for (number, version) in &published.versions {
        let scale = Scale { outcome: version.outcome_range.into(), item: version.item_range.into() };
        sample.version(unsigned(*number)?, scale, version.design).map_err(damaged)?;
    }
    timed(published).into_iter().for_each(|position| sample.timed(position));
    let places = places(published);
    for cell in &published.cells {
        let place = places[&published.atoms[cell.atom].unit.place];
        let stratum = Stratum { place, variant: unsigned(cell.variant)?, version: unsigned(cell.version)? };
        let side = side(question, published, cell.atom);
        sample.add(side, stratum, cell.replicate.into(), &cell.state).map_err(damaged)?;
    }
    for cell in &published.populations {
        sample.add_population(side(question, published, cell.atom), cell.replicate.into(), &cell.state);
    }
    Ok(sample)
}

fn rated(published: &Published, position: Position) -> Result<Rated> {
    let kind = match published.catalogue.get(&position) {
        Some(Element::Step(_)) => Kind::Step,
        Some(Element::Handoff(..) | Element::HandoffOther) => Kind::Handoff,
        _ => return Err(Error::Internal(format!("a variant names no rated element at {position}"))),
    };
    Ok(Rated { position, kind })
}

/// Elements that lost or won time, or gave a promise, anywhere.
fn timed(published: &Published) -> BTreeSet<Position> {
    let answered = published.cells.iter().flat_map(|cell| cell.state.time().map(|(position, ..)| position));
    let passed = published.populations.iter().flat_map(|cell| {
        let time = cell.state.time().map(|(position, ..)| position);
        time.chain(cell.state.promises().map(|(position, ..)| position))
    });
    answered.chain(passed).collect()
}

/// A number for each place, so that all weeks of a site are one stratum.
fn places(published: &Published) -> BTreeMap<&Place, u32> {
    let places: BTreeSet<&Place> = published.atoms.iter().map(|atom| &atom.unit.place).collect();
    places.into_iter().zip(0..).collect()
}

fn side(question: &Question, published: &Published, atom: usize) -> Side {
    match (published.is_in(atom, &question.partition), question.against) {
        (true, _) => Side::Focus,
        (false, Some(Against::Rest)) => Side::Reference,
        (false, None) => Side::Other,
    }
}

/// Each handoff with the step after it.
fn options(published: &Published) -> Options {
    let catalogue = &published.catalogue;
    let step = |code: &str| {
        catalogue.iter().find(|(_, element)| matches!(element, Element::Step(step) if step == code)).map(|(at, _)| *at)
    };
    let seam = |(handoff, element): (&Position, &Element)| match element {
        Element::Handoff(_, to) => Some(Seam { handoff: *handoff, step: step(to)? }),
        _ => None,
    };
    Options { level: LEVEL, seams: catalogue.iter().filter_map(seam).collect() }
}

/// The counts of a place, which the gate and the page need beside the split.
struct Whole {
    journeys: u64,
    responses: u64,
    lateness: Option<Lateness>,
}

impl Whole {
    fn of(question: &Question, published: &Published) -> Self {
        let here = || published.atoms.iter().filter(|atom| atom.unit.is_in(&question.partition));
        Self {
            journeys: here().map(|atom| u64::from(atom.journeys)).sum(),
            responses: here().map(|atom| u64::from(atom.unit.answers)).sum(),
            lateness: lateness(question, published),
        }
    }
}

/// How late those who answered were, beside all: it says how they differ.
fn lateness(question: &Question, published: &Published) -> Option<Lateness> {
    let here = |atom: usize| published.is_in(atom, &question.partition);
    let (mut answered, mut answers, mut all, mut journeys) = (0, 0, 0, 0);
    for cell in published.cells.iter().filter(|cell| here(cell.atom)) {
        answered += cell.state.time().map(|(_, lost, won)| lost - won).sum::<i64>();
        answers += cell.state.count();
    }
    for cell in published.populations.iter().filter(|cell| here(cell.atom)) {
        all += cell.state.lateness();
        journeys += cell.state.count();
    }
    let mean = |minutes: i64, count: i64| (count > 0).then(|| minutes as f64 / count as f64 / MINUTES_A_DAY);
    Some(Lateness { answered: mean(answered, answers)?, all: mean(all, journeys)? })
}

/// The team of each step that has one.
fn teams(question: &Question) -> BTreeMap<String, String> {
    let stops = question.chain.stops.iter();
    stops.filter_map(|stop| Some((stop.code.clone(), stop.team.clone()?))).collect()
}

/// What the gate is asked about: each element that the journeys of the place have.
fn figures(report: &Attribution, published: &Published, whole: &Whole) -> Vec<Figure> {
    let elements = report.elements.iter().filter(|element| is_here(element));
    let figure = |element: &attribute::Element| {
        let code = published.catalogue.get(&element.position)?.clone();
        let answers = if code.is_rated() { unsigned_count(element.asked) } else { whole.responses };
        Some(Figure { element: code, answers })
    };
    elements.filter_map(figure).collect()
}

/// Whether journeys of the place have it. What is only timed has no journeys of its own, but may have cost points.
fn is_here(element: &attribute::Element) -> bool {
    let cost = |points: &attribute::Points| points.level.value != 0.0 || points.made_up != 0.0;
    element.passed > 0 || element.points.as_ref().is_some_and(cost)
}

fn breakdown(
    question: &Question,
    published: &Published,
    report: Attribution,
    whole: &Whole,
    shown: &Shown,
) -> Breakdown {
    let hidden = |element: &Element| shown.objection(element).is_some();
    let positions = published.catalogue.iter().filter(|(_, element)| hidden(element)).map(|(position, _)| *position);
    let report = report.fold(&positions.collect::<Vec<_>>());
    let named = |position: Option<Position>| published.catalogue.get(&position?).cloned();
    let elements = report.elements.iter().filter(|element| is_here(element));
    let mut lines: Vec<Line> =
        elements.filter_map(|element| Some(line(named(Some(element.position))?, element))).collect();
    lines.sort_by_key(|line| question.chain.place(&line.element));
    let mut suppressed: Vec<Suppressed> =
        shown.hidden().map(|(element, reason)| Suppressed { element: element.clone(), reason }).collect();
    suppressed.sort_by_key(|hidden| question.chain.place(&hidden.element));
    let unknown = Points { points: 0.0, interval: None };
    Breakdown {
        chain: question.chain.clone(),
        partition: question.partition.clone(),
        place: question.place.clone(),
        against: question.against,
        period: period(published),
        journeys: whole.journeys,
        // Until Relais invites by itself, every journey whose answers were imported counts as invited.
        invited: whole.journeys,
        responses: whole.responses,
        pooled: unsigned_count(report.pooled),
        outcome: report.outcome.map_or(unknown, points),
        shortfall: report.shortfall.map_or(unknown, points),
        gap: report.gap.filter(|_| question.against.is_some()).map(points),
        lines,
        untraced: report.untraced.as_ref().map(|untraced| points(untraced.level)),
        leading: named(if question.against.is_some() { report.leading_contrast } else { report.leading }),
        suppressed,
        lateness: whole.lateness,
    }
}

fn line(code: Element, element: &attribute::Element) -> Line {
    let split = element.points.as_ref();
    let contrast = split.and_then(|split| split.contrast);
    Line {
        points: split.map(|split| points(split.level)),
        contrast: contrast.map(|contrast| Contrast { points: points(contrast.points), signal: contrast.signal }),
        mean: element.mean,
        asked: unsigned_count(element.asked),
        passed: unsigned_count(element.passed),
        delay: split.map_or(0.0, |split| split.delay),
        made_up: split.map_or(0.0, |split| split.made_up),
        seam: split.and_then(|split| split.seam).map(|range| (range.low, range.high)),
        element: code,
    }
}

fn points(estimate: attribute::Estimate) -> Points {
    Points { points: estimate.value, interval: estimate.interval.map(|interval| (interval.low, interval.high)) }
}

/// The days of the releases, from the first to the last.
fn period(published: &Published) -> Period {
    let week = |release: Option<&Release>| release.map_or(Week(0), |release| release.week);
    Period { from: week(published.releases.first()).monday(), to: last_day(week(published.releases.last())) }
}

fn unsigned(number: i32) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Internal(format!("a published number is negative: {number}")))
}

fn unsigned_count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn damaged(why: SampleError) -> Error {
    Error::Internal(format!("published cells do not fit together: {why}"))
}
