//! How far a surname goes: "de La Tour", "O'Brien-Smith".

use super::context::Context;
use super::lists::{Class, is_first_name, is_surname};
use super::words::Shape;
use crate::i18n::Lang;

/// Where a name ends that goes on: a surname, a second first name, a particle, an initial.
pub(super) fn extended(reading: &Context<'_>, mut end: usize) -> usize {
    loop {
        if is_initial_after(reading, end) {
            return end + 1;
        }
        if continues(reading, end) {
            end += 1;
        } else if is_particle(reading, end)
            && continues(reading, end + 1)
            && reading.is_marked(end + 1)
        {
            end += 2;
        } else if is_particle(reading, end)
            && is_particle(reading, end + 1)
            && continues(reading, end + 2)
        {
            end += 3;
        } else {
            return end;
        }
    }
}

/// "jérôme d.", "laurent_b", "Laurent.B".
fn is_initial_after(reading: &Context<'_>, at: usize) -> bool {
    let Some(word) = reading.words.get(at).filter(|word| word.bare.len() == 1) else {
        return false;
    };
    let stops = reading.words.get(at + 1).is_none_or(|next| next.before.starts_with(['.', ',']));
    match word.before {
        "_" | "." => word.shape != Shape::Code,
        " " => word.shape == Shape::Small && stops && at + 1 < reading.words.len(),
        _ => false,
    }
}

pub(super) fn is_particle(reading: &Context<'_>, at: usize) -> bool {
    reading.follows(at) && reading.vocabulary.particles.contains(&reading.words[at].bare.as_str())
}

fn continues(reading: &Context<'_>, at: usize) -> bool {
    if !reading.follows(at) {
        return false;
    }
    let (word, class) = (&reading.words[at], reading.classes[at]);
    match word.shape {
        Shape::Capital | Shape::Upper if reading.is_marked(at) => match class {
            Class::Thing | Class::Common => is_surname(&word.bare) || is_first_name(&word.bare),
            _ => true,
        },
        Shape::Upper => {
            matches!(class, Class::FirstName | Class::Surname | Class::Unknown)
                && word.bare.len() >= 3
        }
        Shape::Initial => !(reading.shouts || reading.lang == Lang::En && word.bare == "i"),
        Shape::Small => class == Class::Surname || class == Class::Thing && is_surname(&word.bare),
        _ => false,
    }
}
