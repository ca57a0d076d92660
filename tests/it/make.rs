//! Makes a small service with its journeys and answers, the same for the same seed: a garage with a
//! call centre, planning behind the scenes, reception, workshop and delivery. Some customers arrive
//! unannounced, and some cars are brought back without a visit to the workshop, so there are
//! variants.

use std::fmt::Write as _;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::NOON;

/// The steps of the service with whether customers meet them.
pub(crate) const STEPS: [(&str, bool); 5] =
    [("CALL", true), ("PLAN", false), ("RECEP", true), ("WORK", true), ("DELIV", true)];
/// The variants: the steps of each.
const VARIANTS: [&[&str]; 3] = [
    &["CALL", "PLAN", "RECEP", "WORK", "DELIV"],
    &["RECEP", "WORK", "DELIV"],
    &["CALL", "PLAN", "RECEP", "DELIV"],
];
/// The columns of items in the file of answers.
const ITEMS: [&str; 9] = [
    "step.CALL",
    "step.RECEP",
    "step.WORK",
    "step.DELIV",
    "handoff.CALL.RECEP",
    "handoff.RECEP.WORK",
    "handoff.WORK.DELIV",
    "handoff.RECEP.DELIV",
    "promise.late_days",
];

/// One journey as the source tells it.
pub(crate) struct Journey {
    pub(crate) source: String,
    pub(crate) site: String,
    /// Step, start and end.
    pub(crate) events: Vec<(&'static str, i64, i64)>,
}

/// Journeys of the last twelve weeks.
pub(crate) fn journeys(count: usize, seed: u64) -> Vec<Journey> {
    let mut random = StdRng::seed_from_u64(seed);
    let journey = |n: usize| {
        let mut at = NOON - random.random_range(7 * 86_400..84 * 86_400);
        let steps = VARIANTS[random.random_range(0..VARIANTS.len())];
        let event = |step: &&'static str| {
            let (start, end) = (at, at + random.random_range(600..14_400));
            at = end + random.random_range(0..86_400);
            (*step, start, end)
        };
        let events = steps.iter().map(event).collect();
        Journey { source: format!("J{n:06}"), site: format!("S{}", n % 4), events }
    };
    (0..count).map(journey).collect()
}

impl Journey {
    /// The names of its columns of items.
    fn items(&self) -> Vec<String> {
        let met = |(step, ..): &&(&str, i64, i64)| STEPS.contains(&(*step, true));
        let met: Vec<&str> = self.events.iter().filter(met).map(|(step, ..)| *step).collect();
        let handoffs = met.windows(2).map(|pair| format!("handoff.{}.{}", pair[0], pair[1]));
        met.iter().map(|step| format!("step.{step}")).chain(handoffs).collect()
    }
}

/// One answer of each journey to the outcome and three parts, of which some are not known, on 0 to
/// 10.
pub(crate) fn answers(journeys: &[Journey], seed: u64) -> String {
    let mut random = StdRng::seed_from_u64(seed);
    let mut csv = format!("journey,answered_at,outcome,{},comment\n", ITEMS.join(","));
    for journey in journeys {
        let mut asked = journey.items();
        while asked.len() > 3 {
            asked.swap_remove(random.random_range(0..asked.len()));
        }
        let end = journey.events.last().map_or(NOON, |(_, _, end)| *end);
        let at = relais::calendar::rfc3339((end + 30 * 3_600).min(NOON));
        let _ = write!(csv, "{},{at},{}", journey.source, random.random_range(0..=10));
        for item in ITEMS {
            match asked.iter().any(|asked| asked == item) {
                true if random.random_bool(0.05) => csv.push_str(",na"),
                true => _ = write!(csv, ",{}", random.random_range(0..=10)),
                false => csv.push(','),
            }
        }
        csv.push_str(if random.random_bool(0.1) {
            ",\"Nobody called back, then \"\"tomorrow\"\"\"\n"
        } else {
            ",\n"
        });
    }
    csv
}
