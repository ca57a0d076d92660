//! Sentences about people without their name in plain writing: `{{d:J é r ô m e}}` a name in
//! disguise, `{{w:grande blonde}}` the words that point at somebody, `{{x:poste 214}}` what must go
//! to its last letter; a sentence without a label is harmless.
//!
//! The held-out half was written before any rule was, and what goes wrong in it is counted and
//! never listed.

use std::fmt;

use super::{Label, Masked, Sentence, read};

/// So many, and of them so many right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    pub(crate) of: usize,
    pub(crate) right: usize,
}

impl Share {
    pub(crate) fn value(self) -> f64 {
        self.right as f64 / self.of.max(1) as f64
    }

    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} ({:.3})", self.right, self.of, self.value())
    }
}

#[derive(Debug, Default)]
pub(crate) struct PeopleMeasure {
    pub(crate) names: Share,
    pub(crate) disguises: Share,
    pub(crate) pointers: Share,
    pub(crate) forms: Share,
    /// Harmless sentences, and those of which something is masked.
    pub(crate) in_vain: Share,
    /// What went wrong.
    pub(crate) trouble: Vec<String>,
}

impl fmt::Display for PeopleMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "names {}, disguises {}, pointers {}, other forms {}, masked in vain {}",
            self.names, self.disguises, self.pointers, self.forms, self.in_vain
        )
    }
}

pub(crate) fn measure(corpus: &str, masks: impl Fn(&str) -> Vec<Masked>) -> PeopleMeasure {
    let mut sum = PeopleMeasure::default();
    for sentence in corpus.lines().filter(|line| !line.trim().is_empty()).map(read) {
        let found = masks(&sentence.text);
        if sentence.labels.is_empty() {
            sum.in_vain.count(!found.is_empty());
            if !found.is_empty() {
                sum.trouble.push(format!("in vain: {} {found:?}", sentence.text));
            }
        }
        for label in &sentence.labels {
            let gone = is_gone(&sentence, label, &found);
            match label.kind {
                'm' => sum.names.count(gone),
                'd' => sum.disguises.count(gone),
                'w' => sum.pointers.count(gone),
                _ => sum.forms.count(gone),
            }
            if !gone {
                let missed = &sentence.text[label.at.clone()];
                sum.trouble.push(format!("missed {} {missed:?}: {}", label.kind, sentence.text));
            }
        }
    }
    sum
}

/// Whether every letter of a label is covered, and no longer word of it stands in what is put in
/// its place.
fn is_gone(sentence: &Sentence, label: &Label, found: &[Masked]) -> bool {
    let label_text = &sentence.text[label.at.clone()];
    let covered = |at: usize| found.iter().any(|mask| mask.at.contains(&at));
    let is_covered = label_text
        .char_indices()
        .all(|(at, letter)| !letter.is_alphanumeric() || covered(at + label.at.start));
    let stays = |word: &str| {
        let inside = |mask: &&Masked| mask.at.start < label.at.end && label.at.start < mask.at.end;
        word.chars().count() > 3
            && found.iter().filter(inside).any(|mask| {
                let instead = mask.instead.as_deref().unwrap_or_default().to_lowercase();
                instead.split(|letter: char| !letter.is_alphanumeric()).any(|one| one == word)
            })
    };
    let words = label_text.to_lowercase();
    is_covered && !words.split(|letter: char| !letter.is_alphanumeric()).any(stays)
}
