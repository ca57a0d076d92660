//! The administrator's page of a questionnaire: its texts in both languages side by side, and how
//! customers of three real journeys would see them.
//!
//! What is typed becomes a [`Wording`] or a list of [`Problem`]s, each tied to its field, with
//! everything that was typed kept. It stands here and not in `survey` because it draws the
//! customers' pages.

pub mod page;
pub mod preview;
pub mod store;
pub mod web;

use std::collections::BTreeMap;

use super::form::Problem;
use crate::blueprint::Blueprint;
use crate::i18n::{Lang, Text};
use crate::response::view::product_words;
use crate::response::view::timeline::step_name;
use crate::survey::Friction;
use crate::survey::wording::{Gap, PARTS_ASKED, Part, Phrase, Wording};

pub const LANGUAGES: &str = "languages";
pub const OFFERED: &str = "offered";
pub const PARTS: &str = "parts";
pub const REASON: &str = "reason";
pub const VERB: &str = "do";
pub const PUBLISH: &str = "publish";
/// In characters: a question, not an essay.
const LONGEST: usize = 300;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditorInput {
    pub wording: Wording,
    /// The texts of frictions that are not offered: kept while the page is corrected.
    pub spare: BTreeMap<Friction, Phrase>,
    pub reason: String,
    pub publish: bool,
}

pub fn parts(blueprint: &Blueprint) -> Vec<Part> {
    let met = blueprint.steps.iter().filter(|step| step.frontstage);
    let mut parts = vec![Part::Outcome, Part::Step];
    parts.extend(met.map(|step| Part::OneStep(step.code.clone())));
    parts.push(Part::Handoff);
    parts.extend(Friction::ALL.map(Part::Friction));
    parts.push(Part::Closing);
    parts
}

pub fn label(part: &Part, blueprint: &Blueprint, lang: Lang) -> String {
    match part {
        Part::Outcome => Text::new("response-editor-outcome").say(lang),
        Part::Step => Text::new("response-editor-step").say(lang),
        Part::Handoff => Text::new("response-editor-handoff").say(lang),
        Part::Closing => Text::new("response-editor-closing").say(lang),
        Part::Friction(_) => product_words(part, lang),
        Part::OneStep(code) => Text::new("response-editor-one-step")
            .with("step", step_name(blueprint, code, lang))
            .say(lang),
    }
}

/// By place: codes of steps may be anything, ids may not.
pub fn field_id(place: usize, lang: Lang) -> String {
    format!("text-{place}-{}", lang.tag())
}

pub fn field_name(part: &Part, lang: Lang) -> String {
    format!("{}.{}", part.code(), lang.tag())
}

pub fn most_fields(parts: &[Part]) -> usize {
    parts.len() * 2 + Friction::ALL.len() + Lang::ALL.len() + 3
}

pub fn read(pairs: &[(String, String)], parts: &[Part]) -> (EditorInput, Vec<Problem>) {
    let (mut typed, mut problems) = (EditorInput::default(), Vec::new());
    let (mut languages, mut offered, mut parts_asked) = (Vec::new(), Vec::new(), None);
    let mut phrases: BTreeMap<&Part, Phrase> = BTreeMap::new();
    for (name, value) in pairs {
        let known = match name.as_str() {
            LANGUAGES => Lang::ALL
                .into_iter()
                .find(|lang| lang.tag() == value)
                .map(|lang| languages.push(lang))
                .is_some(),
            OFFERED => Friction::of_code(value).map(|friction| offered.push(friction)).is_some(),
            PARTS => {
                parts_asked = value.parse().ok().filter(|parts| PARTS_ASKED.contains(parts));
                parts_asked.is_some()
            }
            REASON => {
                typed.reason.clone_from(value);
                true
            }
            VERB => {
                typed.publish = value == PUBLISH;
                true
            }
            name => match text_of(name, parts) {
                Some((place, lang)) => {
                    let text = one_line(value);
                    problems.extend(
                        problem(&text, &parts[place])
                            .map(|text| Problem { field: field_id(place, lang), text }),
                    );
                    *phrases.entry(&parts[place]).or_default().in_lang(lang) = text;
                    true
                }
                None => false,
            },
        };
        if !known {
            problems.push(Problem { field: String::new(), text: Text::new("response-form-stray") });
        }
    }
    typed.wording = wording(&languages, &offered, &mut typed.spare, phrases);
    typed.wording.parts_asked = parts_asked.unwrap_or(typed.wording.parts_asked);
    if languages.is_empty() {
        problems.push(Problem {
            field: LANGUAGES.to_owned(),
            text: Text::new("response-editor-no-language"),
        });
    }
    if typed.wording.frictions.len() < Wording::FEWEST_FRICTIONS {
        problems.push(Problem {
            field: OFFERED.to_owned(),
            text: Text::new("response-editor-few-frictions"),
        });
    }
    (typed, problems)
}

/// The part's place and the language that a field name means.
fn text_of(name: &str, parts: &[Part]) -> Option<(usize, Lang)> {
    let (code, tag) = name.rsplit_once('.')?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag)?;
    Some((parts.iter().position(|part| part.code() == code)?, lang))
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Blank is fine: then the product's own words stand.
fn problem(text: &str, part: &Part) -> Option<Text> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > LONGEST {
        return Some(Text::new("response-editor-long").with("most", LONGEST));
    }
    let blanks = part.blanks();
    if let Some(missing) = blanks.iter().find(|blank| !text.contains(**blank)) {
        return Some(Text::new("response-editor-blank-missing").with("blank", *missing));
    }
    let rest = blanks.iter().fold(text.to_owned(), |rest, blank| rest.replace(blank, ""));
    match (rest.contains(['{', '}']), blanks) {
        (false, _) => None,
        (true, []) => Some(Text::new("response-editor-no-blanks")),
        (true, known) => {
            Some(Text::new("response-editor-blank-unknown").with("known", known.join(", ")))
        }
    }
}

fn wording(
    languages: &[Lang],
    offered: &[Friction],
    spare: &mut BTreeMap<Friction, Phrase>,
    phrases: BTreeMap<&Part, Phrase>,
) -> Wording {
    let mut wording = Wording {
        languages: Lang::ALL.into_iter().filter(|lang| languages.contains(lang)).collect(),
        frictions: offered.iter().map(|friction| (*friction, Phrase::default())).collect(),
        ..Wording::default()
    };
    for (part, phrase) in phrases {
        match part {
            Part::Outcome => wording.outcome = phrase,
            Part::Step => wording.step = phrase,
            Part::Handoff => wording.handoff = phrase,
            Part::Closing => wording.closing = phrase,
            Part::Friction(friction) => match wording.frictions.get_mut(friction) {
                Some(place) => *place = phrase,
                None => _ = spare.insert(*friction, phrase),
            },
            Part::OneStep(_) if phrase.is_blank() => {}
            Part::OneStep(code) => _ = wording.steps.insert(code.clone(), phrase),
        }
    }
    wording
}

/// Missing translations as problems of their fields, for a reader of `lang`.
pub fn gaps(gaps: &[Gap], blueprint: &Blueprint, lang: Lang) -> Vec<Problem> {
    let parts = parts(blueprint);
    let problems = gaps.iter().map(|gap| {
        let place = parts.iter().position(|part| *part == gap.part);
        let key =
            if gap.lang == Lang::Fr { "response-editor-gap-fr" } else { "response-editor-gap-en" };
        Problem {
            field: place.map(|place| field_id(place, gap.lang)).unwrap_or_default(),
            text: Text::new(key).with("part", label(&gap.part, blueprint, lang)),
        }
    });
    problems.collect()
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::response::editor::*;
    use crate::response::form::pairs_up_to;

    fn repair() -> Blueprint {
        let steps = vec![Step::seen("RECEP"), Step { frontstage: false, ..Step::seen("PLAN") }];
        Blueprint { steps, ..Blueprint::unknown("repair") }
    }

    fn typed(body: &str) -> (EditorInput, Vec<Problem>) {
        let parts = parts(&repair());
        read(&pairs_up_to(body.as_bytes(), most_fields(&parts)).expect("a form"), &parts)
    }

    const FINE: &str = "languages=fr&languages=en&offered=waited&offered=chased";

    fn keys(body: &str) -> Vec<(String, &'static str)> {
        let problems = typed(&format!("{FINE}&{body}")).1;
        problems.into_iter().map(|problem| (problem.field, problem.text.key())).collect()
    }

    #[test]
    fn what_is_typed_becomes_a_wording() {
        let body = format!(
            "{FINE}&outcome.fr=Alors+%0A+%3F&step-RECEP.en=The+desk%3F&friction-chased.fr=X&do=publish&reason=r"
        );
        let (typed, problems) = typed(&body);
        assert_eq!(problems, []);
        assert_eq!(typed.wording.outcome.fr, "Alors ?");
        assert_eq!(typed.wording.steps["RECEP"].en, "The desk?");
        assert_eq!(
            typed.wording.frictions.keys().copied().collect::<Vec<_>>(),
            [Friction::Waited, Friction::Chased]
        );
        assert!(typed.publish && typed.reason == "r");
        assert_eq!(typed.wording.gaps().len(), 3);
        assert_eq!(gaps(&typed.wording.gaps(), &repair(), Lang::En)[0].field, "text-0-en");
    }

    #[test]
    fn what_cannot_be_asked_is_refused_at_its_field_and_kept() {
        assert_eq!(
            keys("step.fr=Et+alors"),
            [("text-1-fr".to_owned(), "response-editor-blank-missing")]
        );
        assert_eq!(
            keys("handoff.en={from}"),
            [("text-3-en".to_owned(), "response-editor-blank-missing")]
        );
        assert_eq!(
            keys("step.en={step}+{name}"),
            [("text-1-en".to_owned(), "response-editor-blank-unknown")]
        );
        assert_eq!(
            keys("outcome.en={step}"),
            [("text-0-en".to_owned(), "response-editor-no-blanks")]
        );
        let long = format!("outcome.en={}", "x".repeat(LONGEST + 1));
        assert_eq!(keys(&long), [("text-0-en".to_owned(), "response-editor-long")]);
        for stray in
            ["step-PLAN.fr=x", "outcome.de=x", "languages=de", "offered=bored", "version=1"]
        {
            assert_eq!(keys(stray), [(String::new(), "response-form-stray")], "{stray}");
        }
        let (typed, problems) = typed("offered=waited&friction-chased.fr=X");
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, [LANGUAGES, OFFERED]);
        assert_eq!(typed.spare[&Friction::Chased].fr, "X", "kept while the page is corrected");
    }
}
