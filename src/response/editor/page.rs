//! What the editor's page shows, from what is known and what was typed.

use askama::Template;

use super::preview::JourneyPreview;
use super::{EditorInput, LANGUAGES, OFFERED, REASON, field_id, field_name, label, parts};
use crate::blueprint::Blueprint;
use crate::calendar::{Zone, date_in_words};
use crate::clock::Instant;
use crate::i18n::{Lang, Text, Words};
use crate::response::form::Problem;
use crate::response::view::product_words;
use crate::response::view::timeline::step_name;
use crate::survey::Design;
use crate::survey::store::Recorded;
use crate::survey::wording::{PARTS_ASKED, Part};
use crate::web::Frame;

#[derive(Clone, Copy, Debug)]
pub struct EditorContext<'a> {
    pub blueprint: &'a Blueprint,
    /// The newest first.
    pub versions: &'a [Recorded],
    pub zone: &'a Zone,
    pub lang: Lang,
    pub path: &'a str,
}

#[derive(Debug, Template)]
#[template(path = "response/editor.html")]
pub struct EditorPage {
    w: Words,
    frame: Frame,
    path: String,
    state: String,
    rows: Vec<Row>,
    languages: Vec<Tick>,
    /// How many parts may be asked about, in words, and whether it is so many.
    parts_asked: Vec<(usize, String, bool)>,
    languages_problem: Option<String>,
    offered_problem: Option<String>,
    reason: String,
    reason_problem: Option<String>,
    problems: Vec<(String, String)>,
    versions: Vec<VersionRow>,
    preview: Lang,
    seen: Vec<JourneyPreview>,
    import: String,
}

#[derive(Debug)]
struct Row {
    id: String,
    label: String,
    hint: Option<String>,
    /// Of a friction: its code, and whether it is offered.
    offered: Option<(String, bool)>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    id: String,
    name: String,
    tag: &'static str,
    label: String,
    /// With what it is about, for who hears one field at a time.
    spoken: String,
    value: String,
    /// The product's own words, which stand where nothing is written.
    own: String,
    problem: Option<String>,
}

#[derive(Debug)]
struct Tick {
    id: String,
    value: &'static str,
    label: String,
    ticked: bool,
}

#[derive(Debug)]
struct VersionRow {
    version: i32,
    state: String,
    made: String,
    published: Option<String>,
}

impl EditorPage {
    /// `preview` is in its own language.
    pub fn new(
        known: EditorContext<'_>,
        frame: Frame,
        typed: EditorInput,
        problems: &[Problem],
        (preview, seen): (Lang, Vec<JourneyPreview>),
    ) -> Self {
        let w = Words(known.lang);
        let problem = |field: &str| {
            problems
                .iter()
                .find(|problem| problem.field == field)
                .map(|problem| problem.text.say(known.lang))
        };
        let editor = Editor { known, typed: &typed, problem: &problem };
        Self {
            w,
            frame,
            path: known.path.to_owned(),
            state: editor.state(),
            rows: parts(known.blueprint)
                .iter()
                .enumerate()
                .map(|(place, part)| editor.row(place, part))
                .collect(),
            languages: editor.languages(),
            parts_asked: PARTS_ASKED
                .map(|parts| {
                    let label = w.with("response-editor-parts-of", "parts", parts);
                    (parts, label, parts == typed.wording.parts_asked)
                })
                .collect(),
            languages_problem: problem(LANGUAGES),
            offered_problem: problem(OFFERED),
            reason: typed.reason.clone(),
            reason_problem: problem(REASON),
            problems: problems
                .iter()
                .map(|one| (one.field.clone(), one.text.say(known.lang)))
                .collect(),
            versions: known.versions.iter().map(|version| editor.version(version)).collect(),
            preview,
            seen,
            import: format!(
                "relais import events events.csv --journey-type {}",
                known.blueprint.journey_type
            ),
        }
    }
}

struct Editor<'a> {
    known: EditorContext<'a>,
    typed: &'a EditorInput,
    problem: &'a dyn Fn(&str) -> Option<String>,
}

impl Editor<'_> {
    fn say(&self, key: &'static str) -> String {
        Text::new(key).say(self.known.lang)
    }

    fn row(&self, place: usize, part: &Part) -> Row {
        let (lang, wording) = (self.known.lang, &self.typed.wording);
        let label = label(part, self.known.blueprint, lang);
        let offered = match part {
            Part::Friction(friction) => {
                Some((friction.code().to_owned(), wording.offers(*friction)))
            }
            _ => None,
        };
        let hint = (!part.blanks().is_empty()).then(|| {
            Text::new("response-editor-blanks").with("blanks", part.blanks().join(", ")).say(lang)
        });
        let fields =
            Lang::ALL.into_iter().rev().map(|of| self.field(place, part, of, &label)).collect();
        Row { id: format!("text-{place}"), label, hint, offered, fields }
    }

    fn field(&self, place: usize, part: &Part, of: Lang, label: &str) -> Field {
        let spare =
            if let Part::Friction(friction) = part { self.typed.spare.get(friction) } else { None };
        let said = self.typed.wording.phrase(part).or(spare).and_then(|phrase| phrase.said(of));
        let language = self.say(if of == Lang::Fr {
            "response-editor-in-french"
        } else {
            "response-editor-in-english"
        });
        let id = field_id(place, of);
        Field {
            problem: (self.problem)(&id),
            id,
            name: field_name(part, of),
            tag: of.tag(),
            label: language.clone(),
            spoken: format!("{label} ({language})"),
            value: said.unwrap_or_default().to_owned(),
            own: self.own(part, of),
        }
    }

    /// What customers read where nothing is written.
    fn own(&self, part: &Part, of: Lang) -> String {
        let Part::OneStep(code) = part else { return product_words(part, of) };
        let any = self
            .typed
            .wording
            .said(&Part::Step, of)
            .map_or_else(|| product_words(&Part::Step, of), str::to_owned);
        any.replace("{step}", &step_name(self.known.blueprint, code, of))
    }

    fn languages(&self) -> Vec<Tick> {
        let ticks = Lang::ALL.into_iter().rev().map(|of| Tick {
            // The list of problems leads to the first of them.
            id: if of == Lang::Fr {
                LANGUAGES.to_owned()
            } else {
                format!("{LANGUAGES}-{}", of.tag())
            },
            value: of.tag(),
            label: self.say(if of == Lang::Fr {
                "response-editor-french"
            } else {
                "response-editor-english"
            }),
            ticked: self.typed.wording.languages.contains(&of),
        });
        ticks.collect()
    }

    /// What is asked now, and whether a draft waits.
    fn state(&self) -> String {
        let asked = self.asked();
        let newest = self
            .known
            .versions
            .iter()
            .find(|version| version.questionnaire.design == Design::Drawn);
        let draft = newest.filter(|newest| newest.questionnaire.published_at.is_none());
        let text = match (asked, draft) {
            (None, _) => Text::new("response-editor-nobody"),
            (Some(asked), None) => Text::new("response-editor-asked").with("version", asked),
            (Some(asked), Some(draft)) => Text::new("response-editor-asked-and-draft")
                .with("version", asked)
                .with("draft", draft.questionnaire.version),
        };
        text.say(self.known.lang)
    }

    fn asked(&self) -> Option<i32> {
        let mut versions = self.known.versions.iter().map(|version| &version.questionnaire);
        versions.find(|version| version.published_at.is_some()).map(|asked| asked.version)
    }

    fn version(&self, version: &Recorded) -> VersionRow {
        let asked = &version.questionnaire;
        let state = match (asked.design, asked.published_at) {
            (Design::Observed, _) => "response-editor-imported",
            (Design::Drawn, None) => "response-editor-draft",
            (Design::Drawn, Some(_)) if self.asked() == Some(asked.version) => {
                "response-editor-in-force"
            }
            (Design::Drawn, Some(_)) => "response-editor-replaced",
        };
        VersionRow {
            version: asked.version,
            state: self.say(state),
            made: self.day(version.created_at),
            published: asked.published_at.map(|at| self.day(at)),
        }
    }

    /// With its year: versions last.
    fn day(&self, at: Instant) -> String {
        date_in_words(self.known.zone.date(at), self.known.lang)
    }
}
