//! What the log says of one part of the chain: waits, work, promises, delays offered. It comes from
//! all journeys, answered or not, and obeys the same floors as what customers said, in the same
//! releases.

use relais_analytics::{Durations, Flow};

use super::disclosure::{Reading, Scope};
use super::request::Question;
use super::snapshot::Snapshot;
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::Subject;
use crate::publication::Published;
use crate::publication::flows::Flows;

/// The process figures of an element. What has too few journeys of its own is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Process {
    /// Visits to the step, or passages from the one step to the other.
    pub passed: Option<u64>,
    /// Of a handoff: from the end of the one step to the start of the other, in seconds.
    pub wait: Option<Span>,
    /// Of a step: from its start to its end, in seconds.
    pub work: Option<Span>,
    /// Of a step: visits that repeat an earlier one of their journey, as a share of 1.
    pub repeated: Option<f64>,
    /// Of dates: how many promises were made, and the share that was kept.
    pub promises: Option<(u64, f64)>,
    /// Of dates: how late those journeys were whose promise is known, in seconds; below zero they
    /// were early.
    pub late: Option<Span>,
    /// Of dates: the date promised less the date asked for, in seconds.
    pub offered: Option<Span>,
}

/// Durations of many journeys, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Half of them are shorter.
    pub median: f64,
    /// Nine in ten are shorter.
    pub most: f64,
}

/// The process figures of some elements, each through the gate by itself.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    elements: &[Element],
    now: Instant,
) -> Result<Vec<(Element, Reading<Process>)>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let published = snapshot.published(db).await?;
    let flows = snapshot.flows(db, &published).await?;
    let sum = flows.sum(|atom| published.is_in(atom, &question.partition))?;
    let (gate, units) = (snapshot.gate(question), published.units());
    let scope = Scope::Place(&question.partition);
    let through_the_gate = elements.iter().map(|element| {
        let process = figures(element, &sum.flow, &flows, &published, gate.floor());
        (element.clone(), gate.figure(&units, scope, &Subject::Element(element.clone()), process))
    });
    Ok(through_the_gate.collect())
}

/// What an element has, and how many journeys it is made of.
fn figures(
    element: &Element,
    flow: &Flow,
    flows: &Flows,
    published: &Published,
    floor: u64,
) -> Option<(u64, Process)> {
    let number = |code: &str| {
        flows.steps.iter().position(|known| known == code).and_then(|at| u16::try_from(at).ok())
    };
    let span = |durations: &Durations| Span::of(durations, floor);
    match element {
        Element::Step(code) => {
            let number = number(code)?;
            let step =
                flow.steps().into_iter().find(|step| step.step == number && step.events > 0)?;
            let (events, repeats) = (counted(step.events), counted(step.repeats()));
            let repeated = Some(repeats as f64 / events as f64);
            Some((
                events,
                Process {
                    passed: Some(events),
                    work: span(&step.processing),
                    repeated,
                    ..Process::default()
                },
            ))
        }
        Element::Handoff(from, to) => {
            let ends = (number(from)?, number(to)?);
            let edge = flow.handoffs().into_iter().find(|edge| (edge.from, edge.to) == ends)?;
            let passed = counted(edge.count());
            Some((
                passed,
                Process { passed: Some(passed), wait: span(&edge.wait), ..Process::default() },
            ))
        }
        Element::Promise(code) => dates(number(code)?, element, flow, published, floor),
        Element::HandoffOther | Element::StepsOf(_) => None,
    }
}

fn dates(
    step: u16,
    element: &Element,
    flow: &Flow,
    published: &Published,
    floor: u64,
) -> Option<(u64, Process)> {
    let position = published
        .catalogue
        .iter()
        .find(|(_, known)| *known == element)
        .map(|(position, _)| *position);
    let promised = flow.promises().into_iter().find(|promise| Some(promise.element) == position);
    let offered =
        flow.steps().into_iter().find(|known| known.step == step).map(|step| step.offered);
    let made = promised.as_ref().map_or(0, |promise| counted(promise.made()));
    let dates = Process {
        promises: promised
            .as_ref()
            .filter(|_| made >= floor)
            .map(|p| (made, counted(p.kept()) as f64 / made as f64)),
        late: promised.as_ref().and_then(|promise| Span::of(&promise.lateness, floor)),
        offered: offered.as_ref().and_then(|offered| Span::of(offered, floor)),
        ..Process::default()
    };
    let size = made.max(offered.map_or(0, |offered| counted(offered.count())));
    (size > 0).then_some((size, dates))
}

impl Span {
    fn of(durations: &Durations, floor: u64) -> Option<Self> {
        let enough = counted(durations.count()) >= floor;
        enough.then_some(Self { median: durations.quantile(0.5)?, most: durations.quantile(0.9)? })
    }
}

/// A sum of published flows is never below zero.
fn counted(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
