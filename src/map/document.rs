//! The map as JSON, the same from the command line and from the API. Durations are in seconds;
//! volumes and shares are of 100, in whole numbers, since a map holds no counts.

use serde::Serialize;

use super::phrases::MapPhrases;
use super::{Map, Times};
use crate::breakdown::document::{self, Both};
use crate::element::Element;
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// The document of what was disclosed.
pub fn document(map: &Disclosed<Map>, lang: Lang) -> Document {
    Document::of(map, lang)
}

/// `relais map --json` and `GET /api/v1/map`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    nodes: Vec<Node>,
    #[serde(rename = "edges")]
    handoffs: Vec<Handoff>,
    promises: Vec<PromiseCounts>,
    detours: Detours,
    variants: Vec<Variant>,
    rescued: Vec<Rescue>,
    /// What of the process is not shown.
    not_shown: Vec<Hidden>,
    /// Releases of which no process was published.
    unknown_atoms: usize,
    notes_on_the_map: Vec<Both>,
    /// Where the points are lost, as `relais breakdown --json` tells it.
    breakdown: document::Document,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Node {
    code: String,
    label: String,
    team: Option<String>,
    frontstage: bool,
    of_100: Option<f64>,
    repeated_of_100: Option<f64>,
    skipped_of_100: Option<f64>,
    processing: Option<Seconds>,
    delay_offered: Option<Seconds>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Handoff {
    code: Element,
    from: String,
    to: String,
    of_100: Option<f64>,
    wait: Seconds,
    returned_of_100: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct PromiseCounts {
    code: Element,
    kept_of_100: f64,
    lateness: Seconds,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Detours {
    any_of_100: Option<f64>,
    came_back_of_100: Option<f64>,
    unannounced_of_100: Option<f64>,
    reworked_of_100: Option<f64>,
    ping_pong_of_100: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Variant {
    steps: Vec<String>,
    of_100: f64,
    skipped: Vec<String>,
    repeated: Vec<String>,
    duration: Seconds,
    waiting: Seconds,
    outcome: Option<Mean>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Mean {
    mean: f64,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Rescue {
    steps: Vec<String>,
    trouble_of_100: f64,
    saved_of_100: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Hidden {
    code: Element,
    reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Seconds {
    median: f64,
    p90: f64,
}

impl Seconds {
    fn of(times: Times) -> Self {
        Self { median: times.median, p90: times.p90 }
    }
}

impl Document {
    pub(super) fn of(map: &Map, lang: Lang) -> Self {
        let (says, flow) = (MapPhrases::new(map, lang), &map.flow);
        let detours = flow.detours;
        let codes = says.map.flow.hidden.iter().map(|(element, _)| element.clone());
        let hidden = codes.zip(says.hidden()).map(|(code, (_, reason))| Hidden { code, reason });
        let notes = MapPhrases::new(map, Lang::Fr)
            .notes()
            .into_iter()
            .zip(MapPhrases::new(map, Lang::En).notes());
        Self {
            nodes: nodes(&says),
            handoffs: handoffs(&says),
            promises: promises(&says),
            detours: Detours {
                any_of_100: detours.any,
                came_back_of_100: detours.came_back,
                unannounced_of_100: detours.unannounced,
                reworked_of_100: detours.reworked,
                ping_pong_of_100: detours.ping_pong,
            },
            variants: variants(&says),
            rescued: rescued(&says),
            not_shown: hidden.collect(),
            unknown_atoms: flow.unknown,
            notes_on_the_map: notes.map(|(fr, en)| Both { fr, en }).collect(),
            breakdown: document::Document::of(&map.breakdown, lang),
        }
    }
}

fn nodes(says: &MapPhrases<'_>) -> Vec<Node> {
    let node = |step: &super::Step| {
        let described = says.map.breakdown.blueprint.step(&step.code);
        Node {
            code: step.code.clone(),
            label: says.step(&step.code),
            team: described.and_then(|step| step.team.clone()),
            frontstage: described.is_some_and(|step| step.frontstage),
            of_100: step.of_100,
            repeated_of_100: step.repeated,
            skipped_of_100: step.skipped,
            processing: step.processing.map(Seconds::of),
            delay_offered: step.offered.map(Seconds::of),
        }
    };
    says.map.flow.steps.iter().map(node).collect()
}

fn handoffs(says: &MapPhrases<'_>) -> Vec<Handoff> {
    let way = |handoff: &super::Handoff| Handoff {
        code: handoff.element(),
        from: handoff.from.clone(),
        to: handoff.to.clone(),
        of_100: handoff.of_100,
        wait: Seconds::of(handoff.wait),
        returned_of_100: handoff.returned,
    };
    says.map.flow.handoffs.iter().map(way).collect()
}

fn promises(says: &MapPhrases<'_>) -> Vec<PromiseCounts> {
    let kept = |promise: &super::Promise| PromiseCounts {
        code: promise.element.clone(),
        kept_of_100: promise.kept,
        lateness: Seconds::of(promise.lateness),
    };
    says.map.flow.promises.iter().map(kept).collect()
}

fn variants(says: &MapPhrases<'_>) -> Vec<Variant> {
    let variant = |path: &super::Path| Variant {
        steps: path.steps.clone(),
        of_100: path.of_100,
        skipped: path.skipped.clone(),
        repeated: path.repeated.clone(),
        duration: Seconds::of(path.duration),
        waiting: Seconds::of(path.waiting),
        outcome: path.outcome.map(|outcome| Mean {
            mean: outcome.value,
            low: outcome.interval.map(|interval| interval.low),
            high: outcome.interval.map(|interval| interval.high),
        }),
    };
    says.map.flow.paths.iter().map(variant).collect()
}

fn rescued(says: &MapPhrases<'_>) -> Vec<Rescue> {
    let rescue = |rescue: &super::Rescue| Rescue {
        steps: rescue.steps.clone(),
        trouble_of_100: rescue.trouble,
        saved_of_100: rescue.saved,
    };
    says.map.flow.rescues.iter().map(rescue).collect()
}
