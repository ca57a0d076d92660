//! Reads a posted page: bytes to pairs, pairs to what the customer said. What is wrong is told
//! field by field, beside everything that was typed, so that the page can be shown again with
//! nothing lost.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{OutcomePage, PartsPage, WordsPage};
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::limits;
use crate::survey::{Answer, Friction, Questionnaire};

pub const OUTCOME: &str = "outcome";
pub const NOT_MINE: &str = "not-mine";
pub const ANOTHER: &str = "another";
pub const COMMENT: &str = "comment";
pub const PRESSED: &str = "pressed";
pub const LANGUAGE: &str = "lang";
/// Stands before an element's code, as the next one.
pub const RATING: &str = "rating.";
pub const FRICTION: &str = "friction.";
/// The value of a rating that the customer does not know.
pub const UNKNOWN: &str = "unknown";
pub const NONE: &str = "none";

/// In the order in which they were sent.
pub type Pairs = Vec<(String, String)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadForm {
    TooLarge,
    TooManyFields,
    NotUtf8,
}

impl BadForm {
    pub fn text(self) -> Text {
        match self {
            Self::TooLarge | Self::TooManyFields => Text::new("response-form-too-large"),
            Self::NotUtf8 => Text::new("response-form-not-utf8"),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The id of the field on the page; empty when it has none there.
    pub field: String,
    pub text: Text,
}

impl Problem {
    fn new(field: impl Into<String>, key: &'static str) -> Self {
        Self { field: field.into(), text: Text::new(key) }
    }

    /// A field that the page does not have, or has once and was sent twice.
    fn stray() -> Self {
        Self::new("", "response-form-stray")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rejection<T> {
    /// What was typed, as far as the page can show it again.
    pub typed: T,
    pub problems: Vec<Problem>,
}

fn judged<T>(typed: T, problems: Vec<Problem>) -> Result<T, Rejection<T>> {
    if problems.is_empty() { Ok(typed) } else { Err(Rejection { typed, problems }) }
}

/// The id of an asked part on the second page, numbered in the order in which it was drawn.
pub fn part_id(place: usize) -> String {
    format!("part-{place}")
}

/// Reads `application/x-www-form-urlencoded`.
pub fn pairs(body: &[u8]) -> Result<Pairs, BadForm> {
    pairs_up_to(body, limits::FORM_FIELDS)
}

pub fn pairs_up_to(body: &[u8], most: usize) -> Result<Pairs, BadForm> {
    if body.len() > limits::BODY {
        return Err(BadForm::TooLarge);
    }
    let mut pairs = Vec::new();
    for part in body.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
        if pairs.len() == most {
            return Err(BadForm::TooManyFields);
        }
        let cut = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
        let value = part.get(cut + 1..).unwrap_or_default();
        pairs.push((decoded(&part[..cut])?, decoded(value)?));
    }
    Ok(pairs)
}

/// A percent sign without two digits stands for itself, as in every browser.
fn decoded(text: &[u8]) -> Result<String, BadForm> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match (byte, escaped(text, at + 1)) {
            (b'%', Some(meant)) => {
                out.push(meant);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(out).map_err(|_| BadForm::NotUtf8)
}

fn escaped(text: &[u8], at: usize) -> Option<u8> {
    let high = (*text.get(at)? as char).to_digit(16)?;
    let low = (*text.get(at + 1)? as char).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}

pub fn language(pairs: &[(String, String)]) -> Option<Lang> {
    let (_, tag) = pairs.iter().find(|(name, _)| name == LANGUAGE)?;
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
}

/// The first page, and whether the customer says that it was not their journey.
pub fn outcome(
    pairs: &[(String, String)],
    questionnaire: &Questionnaire,
) -> Result<(OutcomePage, bool), Rejection<(OutcomePage, bool)>> {
    let (mut fields, mut problems) = Fields::of(pairs);
    let given = fields.only(OUTCOME, &mut problems);
    let outcome =
        given.as_deref().and_then(whole).filter(|outcome| questionnaire.outcome.holds(*outcome));
    if given.is_some() && outcome.is_none() {
        problems.push(Problem::new(OUTCOME, "response-form-choose"));
    }
    let not_mine = fields.only(NOT_MINE, &mut problems).is_some();
    fields.finish(&mut problems);
    judged((OutcomePage { outcome }, not_mine), problems)
}

/// The second page. `asked` are the parts that were drawn, `elements` all that the journey had.
pub fn parts(
    pairs: &[(String, String)],
    questionnaire: &Questionnaire,
    asked: &[Element],
    elements: &BTreeSet<Element>,
) -> Result<PartsPage, Rejection<PartsPage>> {
    let (mut fields, mut problems) = Fields::of(pairs);
    let mut page = PartsPage::default();
    for (place, element) in asked.iter().enumerate() {
        let read = match element {
            Element::Handoff(..) => ticked(&mut fields, element),
            _ => rated(&mut fields, element),
        };
        let Some((answer, problem)) = read else { continue };
        let valid = questionnaire.check(element, &answer, elements).is_ok();
        if valid {
            page.answers.insert(element.clone(), answer);
        }
        let problem = problem.or((!valid).then_some("response-form-choose"));
        problems.extend(problem.map(|key| Problem::new(part_id(place), key)));
    }
    page.another = another(&mut fields, &mut problems, asked, elements);
    fields.finish(&mut problems);
    judged(page, problems)
}

fn rated(fields: &mut Fields, element: &Element) -> Option<(Answer, Option<&'static str>)> {
    let values = fields.take(&format!("{RATING}{element}"));
    let answer = match values.first()?.as_str() {
        UNKNOWN => Answer::DoesNotKnow,
        // Nought is outside every scale of ours, and so refused with all that is no number.
        other => Answer::Rating(whole(other).unwrap_or(0)),
    };
    Some((answer, (values.len() > 1).then_some("response-form-choose")))
}

/// The answer about a handoff. "None of these" together with one of them is no answer.
fn ticked(fields: &mut Fields, element: &Element) -> Option<(Answer, Option<&'static str>)> {
    let values = fields.take(&format!("{FRICTION}{element}"));
    if values.is_empty() {
        return None;
    }
    let none = values.iter().any(|value| value == NONE);
    let given: Vec<&String> = values.iter().filter(|value| *value != NONE).collect();
    let known: BTreeSet<Friction> =
        given.iter().filter_map(|value| Friction::of_code(value)).collect();
    let strange = given.iter().any(|value| Friction::of_code(value).is_none());
    let problem = match (strange, none && !known.is_empty()) {
        (true, _) => Some("response-form-choose"),
        (_, true) => Some("response-form-none-and-some"),
        _ => None,
    };
    Some((Answer::Frictions(known.into_iter().collect()), problem))
}

fn another(
    fields: &mut Fields,
    problems: &mut Vec<Problem>,
    asked: &[Element],
    elements: &BTreeSet<Element>,
) -> Option<Element> {
    let given = fields.only(ANOTHER, problems).filter(|given| !given.is_empty())?;
    let found = given.parse::<Element>().ok();
    let found = found.filter(|element| {
        element.is_rated() && elements.contains(element) && !asked.contains(element)
    });
    if found.is_none() {
        problems.push(Problem::new(ANOTHER, "response-form-choose"));
    }
    found
}

/// The third page. `pressure_asked` says whether the question about suggested answers was on it.
pub fn words(
    pairs: &[(String, String)],
    pressure_asked: bool,
) -> Result<WordsPage, Rejection<WordsPage>> {
    let (mut fields, mut problems) = Fields::of(pairs);
    let comment = fields
        .only(COMMENT, &mut problems)
        .map(|text| tidied(&text))
        .filter(|text| !text.is_empty());
    if let Some(over) = comment.as_deref().and_then(too_long) {
        let text = Text::new("response-form-comment-too-long").with("over", over);
        problems.push(Problem { field: COMMENT.to_owned(), text });
    }
    let given = if pressure_asked { fields.only(PRESSED, &mut problems) } else { None };
    let pressed = match given.as_deref() {
        Some("yes") => Some(true),
        Some("no") => Some(false),
        _ => None,
    };
    if given.is_some() && pressed.is_none() {
        problems.push(Problem::new(PRESSED, "response-form-choose"));
    }
    fields.finish(&mut problems);
    judged(WordsPage { comment, pressed }, problems)
}

/// One kind of line end, and no character that no keyboard types and a database may refuse.
fn tidied(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect::<String>().trim().to_owned()
}

/// How many characters are too many; `None` when the comment fits.
fn too_long(comment: &str) -> Option<usize> {
    let fits = comment.floor_char_boundary(limits::COMMENT);
    Some(comment[fits..].chars().count()).filter(|over| *over > 0)
}

/// Digits alone: neither a sign nor a space makes a rating.
fn whole(text: &str) -> Option<i32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// The fields of a form that are not read yet.
struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    fn of(pairs: &[(String, String)]) -> (Self, Vec<Problem>) {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            fields.entry(name.clone()).or_default().push(value.clone());
        }
        let languages = fields.remove(LANGUAGE).unwrap_or_default();
        let strange = languages.len() > 1 || languages.len() == 1 && language(pairs).is_none();
        (Self(fields), if strange { vec![Problem::stray()] } else { Vec::new() })
    }

    fn take(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }

    fn only(&mut self, name: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let mut values = self.take(name);
        if values.len() > 1 {
            problems.push(Problem::stray());
        }
        values.pop()
    }

    /// Reports what is left: no field of the page.
    fn finish(self, problems: &mut Vec<Problem>) {
        if !self.0.is_empty() && !problems.contains(&Problem::stray()) {
            problems.push(Problem::stray());
        }
    }
}

#[cfg(test)]
mod tests;
