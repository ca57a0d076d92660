//! Labelled sentences: `{{Kevin}}` is a name, `{{t:06…}}` something else by its form (`e`, `t`,
//! `p`, `n`: address, telephone, plate, number), `{{g:the lady at the desk=the desk}}` a pointer
//! with what it becomes.
//!
//! Every sentence belongs to one of two parts by its hash. The redactor is tuned by what it gets
//! wrong of the tuning part alone; what it gets wrong of the held-out part is counted and never
//! looked at, so its figures say what to expect.

use std::fmt;
use std::ops::Range;

pub(crate) mod people;

/// A part of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Looked at.
    Tuning,
    /// Counted only.
    HeldOut,
}

/// A sentence without its marks.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    pub(crate) labels: Vec<Label>,
}

#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) at: Range<usize>,
    pub(crate) kind: char,
    /// What a pointer becomes.
    pub(crate) instead: Option<String>,
}

/// What the redactor masks.
#[derive(Clone, Debug)]
pub(crate) struct Masked {
    pub(crate) at: Range<usize>,
    pub(crate) name: bool,
    pub(crate) pointer: bool,
    pub(crate) instead: Option<String>,
}

/// The sentences of one part.
pub(crate) fn sentences(corpus: &str, part: Part) -> Vec<Sentence> {
    let in_part = |line: &&str| (hash(line).is_multiple_of(2)) == (part == Part::Tuning);
    corpus.lines().filter(|line| !line.trim().is_empty()).filter(in_part).map(read).collect()
}

/// FNV-1a: the same on every machine.
fn hash(line: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let mixed = line.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    mixed ^ (mixed >> 32)
}

pub(crate) fn read(line: &str) -> Sentence {
    let (mut text, mut labels, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let (label, after) =
            after.split_once("}}").unwrap_or_else(|| panic!("an open label: {line}"));
        let mut letters = label.chars();
        let (kind, label) = match (letters.next(), letters.next()) {
            (Some(kind), Some(':')) => (kind, &label[2..]),
            _ => ('m', label),
        };
        let (label, instead) = match label.split_once('=') {
            Some((label, instead)) if kind == 'g' => (label, Some(instead.to_owned())),
            _ => (label, None),
        };
        labels.push(Label { at: text.len()..text.len() + label.len(), kind, instead });
        text.push_str(label);
        rest = after;
    }
    text.push_str(rest);
    Sentence { text, labels }
}

/// How well a redactor does.
#[derive(Debug, Default)]
pub(crate) struct Measure {
    pub(crate) sentences: usize,
    /// Names, and how many of them are masked from their first letter to their last.
    pub(crate) names: (usize, usize),
    /// Masks of names, and how many of them cover no word outside of a label.
    pub(crate) masks: (usize, usize),
    /// What is labelled by its form, and how much of that has no digit or `@` left.
    pub(crate) forms: (usize, usize),
    /// Pointers, and how many became what they should.
    pub(crate) pointers: (usize, usize),
    /// What went wrong, for the tuning part.
    pub(crate) trouble: Vec<String>,
}

impl Measure {
    pub(crate) fn recall(&self) -> f64 {
        self.names.1 as f64 / self.names.0.max(1) as f64
    }

    pub(crate) fn precision(&self) -> f64 {
        self.masks.1 as f64 / self.masks.0.max(1) as f64
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} sentences, {} names, recall {:.3}, precision {:.3} of {} masks; by form {}/{}, pointers {}/{}",
            self.sentences,
            self.names.0,
            self.recall(),
            self.precision(),
            self.masks.0,
            self.forms.1,
            self.forms.0,
            self.pointers.1,
            self.pointers.0
        )
    }
}

/// Counts what a redactor finds of these sentences.
pub(crate) fn measure(sentences: &[Sentence], masks: impl Fn(&str) -> Vec<Masked>) -> Measure {
    let mut sum = Measure { sentences: sentences.len(), ..Measure::default() };
    for sentence in sentences {
        let found = masks(&sentence.text);
        sum.labels(sentence, &found);
        for mask in found.iter().filter(|mask| mask.name) {
            let right = labelled(sentence, &mask.at);
            sum.masks.0 += 1;
            sum.masks.1 += usize::from(right);
            if !right {
                sum.trouble.push(format!(
                    "masked {:?} in vain: {}",
                    &sentence.text[mask.at.clone()],
                    sentence.text
                ));
            }
        }
    }
    sum
}

impl Measure {
    fn labels(&mut self, sentence: &Sentence, found: &[Masked]) {
        for label in &sentence.labels {
            let covered = |at: usize| found.iter().any(|mask| mask.at.contains(&at));
            let letters = || {
                sentence.text[label.at.clone()]
                    .char_indices()
                    .map(|(at, letter)| (at + label.at.start, letter))
            };
            let (count, right) = match label.kind {
                'm' => (
                    &mut self.names,
                    letters().all(|(at, letter)| covered(at) || !letter.is_alphanumeric()),
                ),
                'g' => {
                    let exact = |mask: &Masked| {
                        mask.pointer && mask.at == label.at && mask.instead == label.instead
                    };
                    (&mut self.pointers, found.iter().any(exact))
                }
                _ => (
                    &mut self.forms,
                    letters()
                        .all(|(at, letter)| covered(at) || !(letter.is_numeric() || letter == '@')),
                ),
            };
            count.0 += 1;
            count.1 += usize::from(right);
            if !right {
                self.trouble.push(format!(
                    "missed {:?}: {}",
                    &sentence.text[label.at.clone()],
                    sentence.text
                ));
            }
        }
    }
}

/// Whether every letter of a stretch belongs to a label.
fn labelled(sentence: &Sentence, at: &Range<usize>) -> bool {
    let inside = |at: usize| sentence.labels.iter().any(|label| label.at.contains(&at));
    let mut letters = sentence.text[at.clone()].char_indices();
    letters.all(|(offset, letter)| !letter.is_alphanumeric() || inside(at.start + offset))
}
