//! What an administrator may word: the questions, the frictions offered and the languages.
//!
//! A text is either the product's own, which exists in both languages, or given in every language
//! that the questionnaire offers. One written in one language and blank in another is a [`Gap`],
//! and a version with a gap is not published: a customer never meets half a page in a language
//! that they did not choose.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::Friction;
use crate::i18n::Lang;

/// A text in both languages; blank in both, it is the product's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phrase {
    pub fr: String,
    pub en: String,
}

impl Phrase {
    /// `None` when it is blank in that language.
    pub fn said(&self, lang: Lang) -> Option<&str> {
        let text = lang.of(&self.fr, &self.en);
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    pub fn in_lang(&mut self, lang: Lang) -> &mut String {
        if lang == Lang::Fr { &mut self.fr } else { &mut self.en }
    }

    /// Then the product's own words stand.
    pub fn is_blank(&self) -> bool {
        Lang::ALL.into_iter().all(|lang| self.said(lang).is_none())
    }
}

/// A part of the questionnaire that has a text of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The question about the whole journey.
    Outcome,
    /// The question about any step; `{step}` stands for its name.
    Step,
    /// The question about any handoff; `{from}` and `{to}` stand for its two steps.
    Handoff,
    /// The open question.
    Closing,
    Friction(Friction),
    /// The question about one step, by its code.
    OneStep(String),
}

impl Part {
    /// The name in forms and addresses.
    pub fn code(&self) -> String {
        match self {
            Self::Outcome => "outcome".to_owned(),
            Self::Step => "step".to_owned(),
            Self::Handoff => "handoff".to_owned(),
            Self::Closing => "closing".to_owned(),
            Self::Friction(friction) => format!("friction-{}", friction.code()),
            Self::OneStep(code) => format!("step-{code}"),
        }
    }

    /// What a text of this part may, and where it is given must, contain to be filled in.
    pub fn blanks(&self) -> &'static [&'static str] {
        match self {
            Self::Step => &["{step}"],
            Self::Handoff => &["{from}", "{to}"],
            _ => &[],
        }
    }
}

/// A translation that is missing: the text exists in another language that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub part: Part,
    pub lang: Lang,
}

/// What an administrator worded; nothing at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wording {
    /// At least one, in the order of [`Lang::ALL`].
    pub languages: Vec<Lang>,
    pub outcome: Phrase,
    pub step: Phrase,
    pub handoff: Phrase,
    pub closing: Phrase,
    /// The frictions offered, at least two, and their wording.
    pub frictions: BTreeMap<Friction, Phrase>,
    /// The questions about single steps, by their codes.
    pub steps: BTreeMap<String, Phrase>,
    /// How many parts of a journey a customer is asked about, of [`PARTS_ASKED`].
    #[serde(skip_serializing_if = "is_usual")]
    pub parts_asked: usize,
}

/// How many parts may be asked about: one says nothing of what goes together, six are no two
/// minutes.
pub const PARTS_ASKED: RangeInclusive<usize> = 2..=5;
/// What is asked where nobody chose.
pub const USUAL_PARTS: usize = 3;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_usual(parts: &usize) -> bool {
    *parts == USUAL_PARTS
}

impl Default for Wording {
    fn default() -> Self {
        Self {
            languages: Lang::ALL.to_vec(),
            outcome: Phrase::default(),
            step: Phrase::default(),
            handoff: Phrase::default(),
            closing: Phrase::default(),
            frictions: Friction::ALL
                .into_iter()
                .map(|friction| (friction, Phrase::default()))
                .collect(),
            steps: BTreeMap::new(),
            parts_asked: USUAL_PARTS,
        }
    }
}

impl Wording {
    /// Fewer would be a question with one answer.
    pub const FEWEST_FRICTIONS: usize = 2;

    /// `None` where the product's own words stand.
    pub fn said(&self, part: &Part, lang: Lang) -> Option<&str> {
        self.phrase(part)?.said(lang)
    }

    /// `None` for a friction that is not offered and a step that has no question of its own.
    pub fn phrase(&self, part: &Part) -> Option<&Phrase> {
        match part {
            Part::Outcome => Some(&self.outcome),
            Part::Step => Some(&self.step),
            Part::Handoff => Some(&self.handoff),
            Part::Closing => Some(&self.closing),
            Part::Friction(friction) => self.frictions.get(friction),
            Part::OneStep(code) => self.steps.get(code),
        }
    }

    /// Every part that has a text, in the order in which customers meet them.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::Outcome, Part::Step];
        parts.extend(self.steps.keys().cloned().map(Part::OneStep));
        parts.push(Part::Handoff);
        parts.extend(self.frictions.keys().copied().map(Part::Friction));
        parts.push(Part::Closing);
        parts
    }

    /// The translations that are missing: none, when it may be published.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for part in self.parts() {
            let Some(phrase) = self.phrase(&part).filter(|phrase| !phrase.is_blank()) else {
                continue;
            };
            let missing = self.languages.iter().filter(|lang| phrase.said(**lang).is_none());
            gaps.extend(missing.map(|lang| Gap { part: part.clone(), lang: *lang }));
        }
        gaps
    }

    pub fn nearest(&self, wished: Lang) -> Lang {
        if self.languages.contains(&wished) {
            return wished;
        }
        self.languages.first().copied().unwrap_or(wished)
    }

    pub fn offers(&self, friction: Friction) -> bool {
        self.frictions.contains_key(&friction)
    }
}

#[cfg(test)]
mod tests {
    use crate::survey::wording::*;

    fn phrase(fr: &str, en: &str) -> Phrase {
        Phrase { fr: fr.to_owned(), en: en.to_owned() }
    }

    #[test]
    fn a_text_is_the_products_own_or_given_in_every_language_offered() {
        let mut wording = Wording::default();
        assert_eq!(wording.gaps(), []);
        wording.outcome = phrase("Alors ?", " ");
        wording.steps.insert("RECEP".to_owned(), phrase("", "And the desk?"));
        wording.frictions.insert(Friction::Waited, phrase("Attendu", "Waited"));
        let gaps = wording.gaps();
        assert_eq!(gaps[0], Gap { part: Part::Outcome, lang: Lang::En });
        assert_eq!(gaps[1], Gap { part: Part::OneStep("RECEP".to_owned()), lang: Lang::Fr });
        assert_eq!(gaps.len(), 2);
        wording.languages = vec![Lang::Fr];
        assert_eq!(wording.gaps(), [gaps[1].clone()], "what is not offered need not be there");
        assert_eq!(wording.nearest(Lang::En), Lang::Fr);
        assert_eq!(
            wording.said(&Part::Outcome, Lang::En),
            None,
            "the product's own words stand in"
        );
    }

    #[test]
    fn a_wording_is_stored_as_what_it_changes_and_older_ones_have_none() {
        assert_eq!(serde_json::from_str::<Wording>("{}").unwrap(), Wording::default());
        let mut wording = Wording { languages: vec![Lang::En], ..Wording::default() };
        wording.frictions.remove(&Friction::Chased);
        let stored = serde_json::to_string(&wording).unwrap();
        assert_eq!(serde_json::from_str::<Wording>(&stored).unwrap(), wording);
        assert!(!wording.offers(Friction::Chased) && wording.offers(Friction::Waited));
        assert!(stored.contains("\"sent-elsewhere\""), "{stored}");
    }
}
