//! Published cells become one breakdown: the method splits, the gate decides what may be seen of
//! it.

mod shared_steps;
#[cfg(test)]
mod tests;

use relais_analytics::attribute::{self, Claim, Estimate, Leaders, attribute};
use relais_analytics::{Attribution, Position};

use super::chooser::last_day;
use super::disclosure::{Gate, Reading, Scope};
use super::frictions;
use super::method_input::options;
use super::pool::Pool;
use super::request::Question;
use super::totals::Totals;
use super::{Breakdown, Level, Line, NetworkShares, Period, Suppressed, Undecided};
use crate::calendar::Week;
use crate::element::Element;
use crate::error::Result;
use crate::privacy::{Figure, Objections, Subject};
use crate::publication::Published;

use shared_steps::{shared_steps, told_together};

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
    let groups = shared_steps(published);
    let groups = groups.iter().map(|(team, members)| {
        let mine = report.elements.iter().filter(|element| members.contains(&element.position));
        Figure::of(team, mine.map(|element| unsigned_count(element.asked)).sum())
    });
    elements.filter_map(figure).chain(groups).chain([dates]).collect()
}

fn breakdown(
    question: &Question,
    published: &Published,
    report: Attribution,
    whole: &Totals,
    objections: &Objections,
) -> Breakdown {
    let together = told_together(published, objections);
    let is_told = |position: &Position| together.values().any(|members| members.contains(position));
    let positions = published
        .catalogue
        .iter()
        .filter(|(position, element)| objections.to(element).is_some() && !is_told(position))
        .map(|(position, _)| *position);
    let report = report.fold(&positions.collect::<Vec<_>>());
    let report = together
        .values()
        .fold(report, |report, members| report.merge(&members.iter().copied().collect::<Vec<_>>()));
    let named = |position: Option<Position>| {
        let position = position?;
        let team = together.iter().find(|(_, members)| members.contains(&position));
        team.map(|(team, _)| team).or_else(|| published.catalogue.get(&position)).cloned()
    };
    let elements = report.elements.iter().filter(|element| whole.has(element));
    let mut lines: Vec<Line> = elements
        .filter_map(|element| Some(line(named(Some(element.position))?, element, whole)))
        .collect();
    lines.sort_by_key(|line| question.blueprint.place(&line.element));
    let mut suppressed: Vec<Suppressed> = objections
        .all()
        .filter(|(element, _)| !matches!(element, Element::StepsOf(_)))
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
        undecided: undecided(&report, question, |position| named(Some(position))),
        suppressed,
        lateness: whole.lateness().filter(|_| objections.to_subject(&Subject::Dates).is_none()),
        level: Level::default(),
        rescued: frictions::rescued(&whole.counts, published, objections),
        wider: NetworkShares::default(),
    }
}

/// The one element that the page names.
fn leading(report: &Attribution, question: &Question) -> Option<Position> {
    let leaders = match (&report.leading_contrast, question.against) {
        (_, None) => report.leading.as_ref(),
        (Claim::Lost(leaders), Some(_)) => Some(leaders),
        (Claim::Lower(_) | Claim::Nobody, Some(_)) => None,
    };
    leaders.and_then(Leaders::one)
}

/// What the page says instead, of a set and of what is rated lower without a loss.
fn undecided(
    report: &Attribution,
    question: &Question,
    named: impl Fn(Position) -> Option<Element>,
) -> Option<Undecided> {
    let all = |leaders: &Leaders| leaders.positions().iter().filter_map(|at| named(*at)).collect();
    let set = |leaders: &Leaders| leaders.one().is_none().then(|| Undecided::Set(all(leaders)));
    match (&report.leading_contrast, question.against) {
        (_, None) => report.leading.as_ref().and_then(set),
        (Claim::Lost(leaders), Some(_)) => set(leaders),
        (Claim::Lower(leaders), Some(_)) => Some(Undecided::Lower(all(leaders))),
        (Claim::Nobody, Some(_)) => None,
    }
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
