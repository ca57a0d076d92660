//! What could be seen as JSON: a promise to other programs. More fields may be added; none may
//! change its meaning.
//!
//! ```json
//! {"journey_type":"repair","partition":"region:R1","against":"rest","basis":"answers",
//!  "period":{"from":"2025-11-24","to":"2026-11-22"},"weeks":13,
//!  "here":{"journeys":1204,"answers":180},"rest":{"journeys":9120,"answers":1371},
//!  "assumed":null,
//!  "elements":[{"code":"handoff:RECEP:WORK","label":"…","rated":true,
//!    "named":[{"points":1.0,"share":0.02},{"points":2.0,"share":0.1},…],"seen_from":6.5}],
//!  "changes":[{"change":"parts","now":3,"then":5,"text":"…","texts":{"fr":"…","en":"…"},
//!    "named":[{"code":"handoff:RECEP:WORK","points":5.0,"now":0.48,"then":0.71}]}],
//!  "text":"…","texts":{"fr":"…","en":"…"},"suppressed":[{"code":"…","reason":"…"}],
//!  "notes":[{"fr":"…","en":"…"}],"method":{"version":"…"}}
//! ```
//!
//! - `basis` is `answers` (how the answers of `period` vary), `few` (too few of them to tell: their
//!   rate and an assumed spread) or `log` (nothing was released: the log, an assumed rate and an
//!   assumed spread). `assumed` is `null` with `answers`, else `{"response":0.15,"parts":3}`;
//!   `period` is `null` with `log`.
//! - `here` and `rest` are what `weeks` weeks, a quarter, bring on average.
//! - `share` is the share of quarters in which the part alone would be named if the place lost so
//!   many points of 0 to 100 more there than the rest of the network. `named` is `null`, and
//!   `seen_from` too, where nothing can be told. `seen_from` is the smallest size that is named in
//!   8 of 10 quarters, rounded up to a half; `null` where none of those tried is.
//! - `change` is `parts`, `people`, `answers`, `response`, `half_year`, `region` or `larger`;
//!   `now` and `then` of `parts` are parts asked, of `response` shares; `times` of `people`,
//!   `answers` and `larger` says how many times as many; `code` of `region` which.

use serde::Serialize;

use super::phrases::PowerPhrases;
use super::read::Forecast;
use super::{Assumed, Basis, Change, Gain, PartPower, Power, QUARTER, SIZES, Volume};
use crate::breakdown::document::Both;
use crate::element::Element;
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// The document of what was disclosed.
pub fn document(power: &Disclosed<Power>, lang: Lang) -> Document {
    Document::of(power, lang)
}

/// The document of what the log says.
pub fn of_log(forecast: &Forecast, lang: Lang) -> Document {
    Document::of(forecast, lang)
}

/// `relais power --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    journey_type: String,
    partition: String,
    against: &'static str,
    basis: &'static str,
    period: Option<Days>,
    weeks: u32,
    here: Counts,
    rest: Counts,
    assumed: Option<Assumption>,
    elements: Vec<Part>,
    changes: Vec<ChangePart>,
    /// In the language that was asked for.
    text: String,
    texts: Both,
    suppressed: Vec<Hidden>,
    notes: Vec<Both>,
    method: Method,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Days {
    from: String,
    to: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Counts {
    journeys: u64,
    answers: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Assumption {
    response: f64,
    parts: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Part {
    code: Element,
    label: String,
    rated: bool,
    named: Option<Vec<Share>>,
    seen_from: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Share {
    points: f64,
    share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ChangePart {
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    text: String,
    texts: Both,
    named: Vec<Moved>,
}

/// The chance of one fault, before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Moved {
    code: Element,
    points: f64,
    now: f64,
    then: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Hidden {
    code: Element,
    reason: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Method {
    version: &'static str,
}

impl Document {
    pub(super) fn of(power: &Power, lang: Lang) -> Self {
        let texts = Both::of(|lang| PowerPhrases::new(power, lang).lede(None));
        let notes = PowerPhrases::new(power, Lang::Fr).notes().into_iter();
        let notes = notes.zip(PowerPhrases::new(power, Lang::En).notes());
        let suppressed = power.suppressed.iter();
        let hidden = suppressed
            .map(|one| Hidden { code: one.element.clone(), reason: one.reason.say(lang) });
        Self {
            journey_type: power.blueprint.journey_type.clone(),
            partition: power.partition.to_string(),
            against: "rest",
            basis: match power.basis {
                Basis::Answers { .. } => "answers",
                Basis::Few { .. } => "few",
                Basis::Log(_) => "log",
            },
            period: days(&power.basis),
            weeks: QUARTER,
            here: counts(power.here),
            rest: counts(power.rest),
            assumed: assumption(&power.basis),
            elements: power.parts.iter().map(|one| part(power, one, lang)).collect(),
            changes: power.gains.iter().map(|gain| change(power, gain, lang)).collect(),
            text: lang.of(&texts.fr, &texts.en).clone(),
            texts,
            suppressed: hidden.collect(),
            notes: notes.map(|(fr, en)| Both { fr, en }).collect(),
            method: Method { version: env!("CARGO_PKG_VERSION") },
        }
    }
}

fn days(basis: &Basis) -> Option<Days> {
    match basis {
        Basis::Answers { period, .. } | Basis::Few { period, .. } => {
            Some(Days { from: period.from.to_string(), to: period.to.to_string() })
        }
        Basis::Log(_) => None,
    }
}

fn assumption(basis: &Basis) -> Option<Assumption> {
    match *basis {
        Basis::Answers { .. } => None,
        Basis::Few { assumed: Assumed { response, asked }, .. }
        | Basis::Log(Assumed { response, asked }) => Some(Assumption { response, parts: asked }),
    }
}

fn counts(volume: Volume) -> Counts {
    let whole = |value: f64| value.round() as u64;
    Counts { journeys: whole(volume.journeys), answers: whole(volume.answers) }
}

fn part(power: &Power, part: &PartPower, lang: Lang) -> Part {
    let share = |(points, share): (f64, f64)| Share { points, share };
    Part {
        code: part.element.clone(),
        label: PowerPhrases::new(power, lang).label(part),
        rated: part.element.is_rated(),
        named: part.named.map(|named| SIZES.into_iter().zip(named).map(share).collect()),
        seen_from: part.seen_from(),
    }
}

fn change(power: &Power, gain: &Gain, lang: Lang) -> ChangePart {
    let texts = Both::of(|lang| PowerPhrases::new(power, lang).change(gain));
    let (change, now, then, times, code) = match &gain.change {
        Change::Parts { now, then } => ("parts", Some(*now as f64), Some(*then as f64), None, None),
        Change::People(times) => ("people", None, None, Some(*times), None),
        Change::Answers(times) => ("answers", None, None, Some(*times), None),
        Change::Response { now, then } => ("response", Some(*now), Some(*then), None, None),
        Change::HalfYear => ("half_year", None, None, None, None),
        Change::Region(code) => ("region", None, None, None, Some(code.clone())),
        Change::Larger(times) => ("larger", None, None, Some(*times), None),
    };
    let examples = power.examples();
    let moved = examples.iter().zip(&gain.named).map(|(example, then)| Moved {
        code: example.part.element.clone(),
        points: example.points,
        now: example.now,
        then: *then,
    });
    let (text, named) = (lang.of(&texts.fr, &texts.en).clone(), moved.collect());
    ChangePart { change, now, then, times, code, text, texts, named }
}
