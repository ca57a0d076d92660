//! One journey of the demo: what happened, what went wrong, and what the customer felt.
//!
//! The model is that of a service with planted faults: failures at steps and handoffs take points,
//! lateness takes points, a bad handoff colours the step after it, and the workshop is blamed for
//! dates that planning gave.

use rand::rngs::StdRng;

use super::chance::{between, gamma, happens, normal};
use super::network::{FAILING_SITE, Garage, SLIPPING_REGION, TRYING_REGION};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepairVariant {
    Whole,
    /// Without an appointment: reception, workshop, hand-back.
    WalkIn,
    /// A look at the car without a repair.
    LookOnly,
    /// Offered a date far away, came unannounced, and was saved by reception and workshop.
    Rescued,
}

/// One row of the event log; times in days since the journey began.
pub(super) struct Row {
    pub(super) step: &'static str,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) promised: Option<f64>,
    pub(super) requested: Option<f64>,
}

pub(super) struct DemoJourney {
    pub(super) rows: Vec<Row>,
    /// The rated elements it has, with what a customer would answer, from 1 to 5.
    pub(super) ratings: Vec<(&'static str, u8)>,
    pub(super) outcome: u8,
}

/// What a journey lost at one rated element: its code, its weight in the outcome, how often it
/// fails, and how much of the lateness it is blamed for.
struct Part(&'static str, f64, f64, f64);

const CALL: Part = Part("step.CALL", 0.45, 0.08, 0.10);
const RECEP: Part = Part("step.RECEP", 0.45, 0.08, 0.15);
const WORK: Part = Part("step.WORK", 0.55, 0.10, 0.60);
const DELIV: Part = Part("step.DELIV", 0.45, 0.08, 0.35);
const CALL_RECEP: Part = Part("handoff.CALL.RECEP", 0.55, 0.10, 0.10);
const RECEP_WORK: Part = Part("handoff.RECEP.WORK", 0.60, 0.10, 0.15);
const WORK_DELIV: Part = Part("handoff.WORK.DELIV", 0.55, 0.10, 0.35);
const RECEP_DELIV: Part = Part("handoff.RECEP.DELIV", 0.50, 0.10, 0.20);

const WHOLE: &[Part] = &[CALL, CALL_RECEP, RECEP, RECEP_WORK, WORK, WORK_DELIV, DELIV];
const WALK_IN: &[Part] = &[RECEP, RECEP_WORK, WORK, WORK_DELIV, DELIV];
const LOOK_ONLY: &[Part] = &[CALL, CALL_RECEP, RECEP, RECEP_DELIV, DELIV];

/// Points, on a scale to 10, that a day of lateness takes.
const PER_DAY: f64 = 0.9;
/// Days of lateness that nobody feels.
const BUFFER: f64 = 0.5;
const FAILING: f64 = 0.52;
/// How often the workshop is later than it promised; and where something is tried, once it is.
const LATE: f64 = 0.12;
const HELPED: f64 = 0.02;

impl DemoJourney {
    /// Draws one journey of a garage; `tried` says whether the teams that try something have
    /// begun.
    pub(super) fn draw(garage: &Garage, tried: bool, random: &mut StdRng) -> Self {
        let way = match between(random, 0.0, 1.0) {
            share if share < 0.60 => RepairVariant::Whole,
            share if share < 0.78 => RepairVariant::WalkIn,
            share if share < 0.93 => RepairVariant::LookOnly,
            _ => RepairVariant::Rescued,
        };
        let (rows, late) = match way {
            RepairVariant::Rescued => {
                rescued(between(random, 11.0, 16.0), between(random, 8.0, 10.0), random)
            }
            _ => usual(way, garage, tried, random),
        };
        Self::felt(way, garage, rows, late, random)
    }

    /// The true story: a warning light on the 6th; the 22nd is offered, then the 18th across the
    /// city; the customer drives in; ten minutes at reception; gnawed cables; the car is back at
    /// 17:00.
    pub(super) fn the_story() -> Self {
        let ratings = vec![("step.RECEP", 5), ("handoff.RECEP.WORK", 5), ("step.CALL", 2)];
        Self { rows: story_rows(16.0, 12.0, 0.085, 0.37), ratings, outcome: 5 }
    }

    /// Whether the customer may be asked about this element: it is one of the journey's.
    fn felt(
        way: RepairVariant,
        garage: &Garage,
        rows: Vec<Row>,
        late: f64,
        random: &mut StdRng,
    ) -> Self {
        let parts = match way {
            RepairVariant::Whole | RepairVariant::Rescued => WHOLE,
            RepairVariant::WalkIn => WALK_IN,
            RepairVariant::LookOnly => LOOK_ONLY,
        };
        let failed: Vec<f64> =
            parts.iter().map(|part| failure(part, way, garage, random)).collect();
        let lost: f64 = parts.iter().zip(&failed).map(|(part, size)| part.1 * size).sum::<f64>()
            + PER_DAY * late;
        let mood = normal(random, 1.0);
        let relief = if way == RepairVariant::Rescued { 0.5 } else { 0.0 };
        let outcome = 9.3 - lost + relief + 0.7 * mood + normal(random, 0.9);
        let mut before = 0.0;
        let mut ratings = Vec::with_capacity(parts.len());
        for (part, size) in parts.iter().zip(&failed) {
            let handoff = part.0.starts_with("handoff");
            let coloured = if handoff { 0.0 } else { 0.35 * before };
            before = if handoff { *size } else { 0.0 };
            let rating = 9.3 - size - coloured - part.3 * PER_DAY * late - 0.15 * lost
                + 0.8 * mood
                + normal(random, 0.9);
            ratings.push((part.0, five(rating)));
        }
        Self { rows, ratings, outcome: five(outcome) }
    }
}

/// Five labelled points from a feeling between 0 and 10.
fn five(feeling: f64) -> u8 {
    let point = (1.0 + feeling * 0.4).round().clamp(1.0, 5.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 1..=5 above"
    )]
    let point = point as u8;
    point
}

fn failure(part: &Part, way: RepairVariant, garage: &Garage, random: &mut StdRng) -> f64 {
    let often = match part.0 {
        "handoff.RECEP.WORK" if garage.code == FAILING_SITE => FAILING,
        // Those who were saved met people who cared.
        "step.RECEP" | "step.WORK" | "handoff.RECEP.WORK" if way == RepairVariant::Rescued => {
            part.2 / 2.0
        }
        _ => part.2,
    };
    if happens(random, often) { gamma(random, 4.0).min(9.0) } else { 0.0 }
}

/// A journey that kept to its plan, more or less: its events and the lateness that was felt.
fn usual(way: RepairVariant, garage: &Garage, tried: bool, random: &mut StdRng) -> (Vec<Row>, f64) {
    let mut rows = Vec::with_capacity(6);
    let (mut appointment, mut requested) = (0.0, None);
    let mut offered_late = 0.0;
    if way != RepairVariant::WalkIn {
        let asked = between(random, 1.0, 3.0);
        let slipping = garage.region == SLIPPING_REGION;
        let (often, mean) = if slipping { (0.45, 2.2) } else { (0.10, 0.9) };
        offered_late = if happens(random, often) { gamma(random, mean).min(6.0) } else { 0.0 };
        appointment = asked + offered_late;
        requested = Some(asked);
        rows.push(Row { step: "CALL", start: 0.0, end: 0.006, promised: None, requested: None });
        rows.push(Row { step: "PLAN", start: 0.006, end: 0.02, promised: None, requested: None });
        if slipping && offered_late > 2.0 {
            // A date was given first and moved later: both versions are kept.
            let first = Some(asked + 1.0 + 0.02);
            rows.push(Row {
                step: "RECEP",
                start: appointment,
                end: appointment + 0.02,
                promised: first,
                requested,
            });
        }
    }
    let promised = requested.map(|_| appointment + 0.02);
    rows.push(Row {
        step: "RECEP",
        start: appointment,
        end: appointment + 0.02,
        promised,
        requested,
    });
    let mut late = 0.0;
    let mut done = appointment + 0.02;
    if way != RepairVariant::LookOnly {
        let often = if tried && garage.region == TRYING_REGION { HELPED } else { LATE };
        late += if happens(random, often) { gamma(random, 0.8) } else { 0.0 };
        let start = done + between(random, 0.01, 0.08);
        let planned = appointment + 0.35;
        rows.push(Row {
            step: "WORK",
            start,
            end: planned + late,
            promised: Some(planned),
            requested: None,
        });
        done = planned + late;
    }
    late += if happens(random, 0.05) { gamma(random, 0.5) } else { 0.0 };
    let planned =
        if way == RepairVariant::LookOnly { appointment + 0.08 } else { appointment + 0.40 };
    let end = (planned + late).max(done + 0.01);
    rows.push(Row {
        step: "DELIV",
        start: end - 0.008,
        end,
        promised: Some(planned),
        requested: None,
    });
    (rows, (offered_late + late - BUFFER).clamp(0.0, 6.0))
}

/// Offered `first` days, then `second` days away; came the same day.
fn rescued(first: f64, second: f64, random: &mut StdRng) -> (Vec<Row>, f64) {
    (story_rows(first, second, between(random, 0.06, 0.12), between(random, 0.30, 0.40)), 0.0)
}

fn story_rows(first: f64, second: f64, arrives: f64, back: f64) -> Vec<Row> {
    let row = |step, start, end, promised: Option<f64>, requested| Row {
        step,
        start,
        end,
        promised,
        requested,
    };
    let welcomed = arrives + 0.007;
    vec![
        row("CALL", 0.0, 0.006, None, None),
        row("PLAN", 0.006, 0.02, None, None),
        row("RECEP", arrives, welcomed, Some(first + 0.02), Some(0.02)),
        row("RECEP", arrives, welcomed, Some(second + 0.02), Some(0.02)),
        row("WORK", welcomed + 0.02, back - 0.02, Some(second + 1.35), None),
        row("DELIV", back - 0.008, back, Some(second + 1.40), None),
    ]
}
