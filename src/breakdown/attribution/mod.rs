//! Published cells become one breakdown: the method splits, the gate decides what may be seen of
//! it.

mod shared_steps;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::attribute::{self, Claim, Estimate, Leaders, attribute};
use relais_analytics::nonresponse::Raked;
use relais_analytics::{Attribution, Options, Position, Sample};

use super::chooser::last_day;
use super::disclosure::{Gate, Reading, Scope};
use super::frictions;
use super::method_input::options;
use super::pool::Pool;
use super::request::Question;
use super::totals::Totals;
use super::{Breakdown, LEVEL, Level, Line, NetworkShares, Period, Suppressed, Undecided};
use crate::calendar::Week;
use crate::element::Element;
use crate::error::Result;
use crate::privacy::{Figure, NotShown, Objections, Subject};
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
    let fit = Fit::of(question, published, pool)?;
    let figures = figures(&fit.report, published, &fit.whole);
    Ok(gate.report(&published.units(), Scope::of(question), &figures, |objections| {
        let report = fit.told(objections);
        let mut level = Level::of(question, published, pool, fit.raked.as_ref(), &report);
        level.calibration = level.calibration.filter(|_| !are_dates_hidden(objections));
        let (sample, whole, withheld) = (&fit.sample, &fit.whole, fit.withheld.as_ref());
        let wider = NetworkShares::of(question, published, sample, &whole.outcomes, objections);
        let told = breakdown(question, published, report, whole, withheld, objections);
        Breakdown { wider, level, ..told }
    }))
}

/// What the method says of a question's place, before the gate.
pub(crate) struct Fit {
    pub(crate) report: Attribution,
    pub(crate) whole: Totals,
    /// Why no delay is told.
    pub(crate) withheld: Option<NotShown>,
    sample: Sample,
    options: Options,
    raked: Option<Raked>,
}

impl Fit {
    pub(crate) fn of(question: &Question, published: &Published, pool: &Pool) -> Result<Self> {
        let whole = Totals::of(question, published, pool)?;
        let withheld = whole.withheld(question, pool);
        let mut sample = pool.sample(question, published)?;
        if withheld.is_some() {
            sample.withhold_delays();
        }
        let raked = whole.survey.rake(LEVEL);
        let raking_moves = raked.as_ref().is_some_and(Raked::moves);
        let options = Options { raking_moves, ..options(&question.blueprint, published) };
        let report = attribute(&sample, &options);
        Ok(Self { report, whole, withheld, sample, options, raked })
    }

    /// The report as it may be told: how late those were who did not answer is a figure of the
    /// dates.
    pub(crate) fn told(&self, objections: &Objections) -> Attribution {
        if !are_dates_hidden(objections) {
            return self.report.clone();
        }
        let mut answered = self.sample.clone();
        answered.forget_populations();
        attribute(&answered, &self.options)
    }
}

fn are_dates_hidden(objections: &Objections) -> bool {
    objections.to_subject(&Subject::Dates).is_some()
}

/// What the gate is asked about: each element that the journeys of the place have.
pub(crate) fn figures(report: &Attribution, published: &Published, whole: &Totals) -> Vec<Figure> {
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
    withheld: Option<&NotShown>,
    objections: &Objections,
) -> Breakdown {
    let parts = PermittedParts::of(report, published, objections);
    let named = |position: Option<Position>| parts.name(position?);
    let report = &parts.report;
    let elements = report.elements.iter().filter(|element| whole.has(element));
    let mut lines: Vec<Line> = elements
        .filter_map(|element| Some(line(named(Some(element.position))?, element, whole)))
        .collect();
    lines.sort_by_key(|line| question.blueprint.place(&line.element));
    let untold = withheld.into_iter().flat_map(|reason| without_delays(&mut lines, reason));
    let untold: Vec<Suppressed> = untold.collect();
    let unknown = Estimate { value: 0.0, interval: None };
    let may_tell_dates = objections.to_subject(&Subject::Dates).is_none();
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
        untraced_contrast: report.untraced.as_ref().and_then(|untraced| untraced.contrast),
        leading: named(leading(report, question)),
        undecided: undecided(report, question, |position| named(Some(position))),
        suppressed: suppressed(question, objections, untold),
        lateness: whole.lateness().filter(|_| withheld.is_none() && may_tell_dates),
        timings: whole.lateness().map(|_| whole.coverage),
        mix: report.mix.filter(|_| question.against.is_some()),
        effect_size: report.effect_size.filter(|_| question.against.is_some()),
        level: Level::default(),
        rescued: frictions::rescued(&whole.counts, published, objections),
        wider: NetworkShares::default(),
    }
}

/// The parts of a report that may be told: what is hidden is folded into the untraced, and steps
/// that are told together are one.
pub(crate) struct PermittedParts<'a> {
    pub(crate) report: Attribution,
    together: BTreeMap<Element, BTreeSet<Position>>,
    published: &'a Published,
}

impl<'a> PermittedParts<'a> {
    pub(crate) fn of(
        report: Attribution,
        published: &'a Published,
        objections: &Objections,
    ) -> Self {
        let together = told_together(published, objections);
        let is_told =
            |position: &Position| together.values().any(|members| members.contains(position));
        let positions = published
            .catalogue
            .iter()
            .filter(|(position, element)| objections.to(element).is_some() && !is_told(position))
            .map(|(position, _)| *position);
        let report = report.fold(&positions.collect::<Vec<_>>());
        let report = together.values().fold(report, |report, members| {
            report.merge(&members.iter().copied().collect::<Vec<_>>())
        });
        Self { report, together, published }
    }

    /// The element at a position.
    pub(crate) fn name(&self, position: Position) -> Option<Element> {
        let team = self.together.iter().find(|(_, members)| members.contains(&position));
        team.map(|(team, _)| team).or_else(|| self.published.catalogue.get(&position)).cloned()
    }
}

/// The elements that are not shown, in the order of the chain.
/// `untold` are not told for another reason than the gate's.
pub(crate) fn suppressed(
    question: &Question,
    objections: &Objections,
    untold: Vec<Suppressed>,
) -> Vec<Suppressed> {
    let mut suppressed: Vec<Suppressed> = objections
        .all()
        .filter(|(element, _)| !matches!(element, Element::StepsOf(_)))
        .map(|(element, reason)| Suppressed { element: element.clone(), reason })
        .chain(untold)
        .collect();
    suppressed.sort_by_key(|hidden| question.blueprint.place(&hidden.element));
    suppressed
}

/// Takes out what is only timed: its delays are not told, and with them nothing of it.
fn without_delays(lines: &mut Vec<Line>, reason: &NotShown) -> Vec<Suppressed> {
    let timed = lines.extract_if(.., |line| !line.element.is_rated());
    timed.map(|line| Suppressed { element: line.element, reason: reason.clone() }).collect()
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
