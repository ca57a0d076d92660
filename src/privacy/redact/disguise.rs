//! Names that are written so that they are not found: spelled ("K e v i n", "k.e.v.i.n"), with
//! digits and signs for letters ("K3vin", "$ylvie"), stuck to other words ("#MerciKevin",
//! "KevinDuGuichet", "mme_durand"). What is found is covered as it stands, so the rest of the text
//! keeps its place.

use std::ops::Range;

use super::lists::{self, Class};
use super::mask::{Kind, Mask};
use super::vocabulary;
use super::words::bare;
use crate::i18n::Lang;

pub(super) fn find(text: &str, lang: Lang) -> Vec<Mask> {
    let mut found = spelled(text, lang);
    for chunk in chunks(text) {
        let written = &text[chunk.clone()];
        if is_name(written, lang) {
            found.push(Mask::of(chunk, Kind::Name));
        }
    }
    found
}

/// The stretches between spaces, without the marks around them.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let around = |letter: char| !(letter.is_alphanumeric() || matches!(letter, '#' | '$' | '€'));
    text.split_whitespace().filter_map(move |chunk| {
        let start = chunk.as_ptr().addr() - text.as_ptr().addr();
        let from = chunk.len() - chunk.trim_start_matches(around).len();
        let written = chunk.trim_start_matches(around);
        let written = written.trim_end_matches(|letter: char| around(letter) && letter != '*');
        (!written.is_empty()).then(|| start + from..start + from + written.len())
    })
}

fn is_name(written: &str, lang: Lang) -> bool {
    if let Some(tag) = written.strip_prefix('#') {
        return is_name_in_tag(tag, lang);
    }
    is_titled(written, lang)
        || is_stuck(written, lang)
        || is_substituted(written, lang)
        || is_numbered(written, lang)
        || is_starred(written)
}

/// "#MerciNathalie", "#nathalie", "#mercinathalie".
fn is_name_in_tag(tag: &str, lang: Lang) -> bool {
    let parts = parts(tag);
    let is_somebody = |part: &String| part.len() >= 3 && is_first_name(part, lang);
    if parts.iter().any(is_somebody) {
        return !is_known(&parts, lang);
    }
    let whole = bare(tag);
    if !is_known(&parts, lang) && starts_with_name(&whole, lang) {
        return true;
    }
    (3..whole.len().saturating_sub(3)).any(|at| {
        whole.is_char_boundary(at)
            && matches!(lists::class(&whole[..at], lang), Class::Common)
            && whole.len() - at >= 4
            && lists::class(&whole[at..], lang) == Class::FirstName
    }) || is_substituted(tag, lang)
}

/// "#sophielameilleure": a name before anything, and no longer word there.
fn starts_with_name(tag: &str, lang: Lang) -> bool {
    let cuts = (5..tag.len()).rev().filter(|at| tag.is_char_boundary(*at));
    let classes = cuts.map(|at| (at, lists::class(&tag[..at], lang)));
    let known = classes.into_iter().find(|(_, class)| *class != Class::Unknown);
    known.is_some_and(|(at, class)| class == Class::FirstName && tag.len() - at >= 3)
}

/// "mme_durand", "Mlle-Durand", "MrsDurand".
fn is_titled(written: &str, lang: Lang) -> bool {
    let parts = parts(written);
    let [title, name, ..] = parts.as_slice() else { return false };
    let v = vocabulary::of(lang);
    let is_title = v.short_titles.contains(&title.as_str())
        || v.titles.contains(&title.as_str()) && title.len() > 2 && written.contains(['_', '-']);
    is_title
        && name.len() >= 2
        && (lists::is_surname(name)
            || !matches!(lists::class(name, lang), Class::Common | Class::Thing))
}

/// "NathalieDuGuichet", "merciLaurent": capitals inside of a word, one part of which is a name.
fn is_stuck(written: &str, lang: Lang) -> bool {
    if !has_inner_capital(written) || written.contains(['@', '/']) {
        return false;
    }
    let parts = parts(written);
    let somebody = parts.iter().any(|part| {
        part.len() >= 3
            && (lists::class(part, lang) == Class::FirstName
                || part.len() >= 4 && lists::is_first_name(part) && parts.len() >= 2)
    });
    parts.len() >= 2 && somebody && !is_known(&parts, lang)
}

fn has_inner_capital(written: &str) -> bool {
    let mut letters = written.chars().zip(written.chars().skip(1));
    letters.any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

/// Whether these words together are a firm, a place or one word that is known.
fn is_known(parts: &[String], lang: Lang) -> bool {
    let whole = parts.concat();
    lists::is_joined_phrase(&whole)
        || matches!(lists::class(&whole, lang), Class::Thing | Class::Common)
}

/// The words of what is written in one, in small letters: by capitals, underscores and hyphens.
fn parts(written: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut was_small = false;
    for letter in written.chars() {
        let cuts = !letter.is_alphabetic() || letter.is_uppercase() && was_small;
        if cuts && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| letter.is_alphabetic()) {
            part.push(letter);
        }
        was_small = letter.is_lowercase();
    }
    parts.iter().map(|part| bare(part)).filter(|part| !part.is_empty()).collect()
}

/// "K3vin", "S@ndrine", "$ylvie", "Fr€d".
fn is_substituted(written: &str, lang: Lang) -> bool {
    let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
    let signs = written.chars().filter(|letter| is_sign(*letter)).count();
    let all = written.chars().count();
    if signs == 0 || letters < 2 || letters + signs < all || signs > letters || all < 3 {
        return false;
    }
    decodings(written)
        .iter()
        .any(|name| is_first_name(name, lang) || name.len() >= 4 && lists::is_surname(name))
}

/// "mehdi92".
fn is_numbered(written: &str, lang: Lang) -> bool {
    let name = written.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (1..=4).contains(&(written.len() - name.len()))
        && name.len() >= 4
        && name.chars().all(char::is_alphabetic)
        && lists::class(&bare(name), lang) == Class::FirstName
}

/// "K*v*n", "K****": a name with letters crossed out.
fn is_starred(written: &str) -> bool {
    let stars = written.chars().filter(|letter| *letter == '*').count();
    let first = written.chars().next().is_some_and(char::is_uppercase);
    first && stars > 0 && written.chars().all(|letter| letter.is_alphabetic() || letter == '*')
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '0' | '1' | '3' | '4' | '5' | '7' | '8' | '@' | '$' | '€' | '!' | '|' | '£')
}

/// What a word with signs for letters may be: a one is an i or an l.
pub(super) fn decodings(written: &str) -> [String; 2] {
    ['i', 'l'].map(|one| {
        let decoded: String = written
            .chars()
            .map(|letter| match letter {
                '0' => 'o',
                '1' | '!' | '|' => one,
                '3' | '€' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' => 't',
                '8' => 'b',
                '£' => 'l',
                other => other,
            })
            .collect();
        bare(&decoded)
    })
}

fn is_first_name(word: &str, lang: Lang) -> bool {
    lists::is_first_name(word) && !matches!(lists::class(word, lang), Class::Thing | Class::Common)
}

/// "K e v i n", "k.e.v.i.n", "K_e_v_i_n", "K-e-v-i-n".
fn spelled(text: &str, lang: Lang) -> Vec<Mask> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let run = run(&letters, at);
        if run.len() >= 3
            && let Some(name) = name_in(&letters, &run, lang)
        {
            let last = letters[run[name.end - 1]];
            let stretch = letters[run[name.start]].0..last.0 + last.1.len_utf8();
            found.push(Mask::of(stretch, Kind::Name));
        }
        at = run.last().map_or(at, |last| *last) + 1;
    }
    found
}

/// The letters from here on that stand alone, with one kind of mark between them.
fn run(letters: &[(usize, char)], at: usize) -> Vec<usize> {
    let is_word = |at: usize| letters.get(at).is_some_and(|(_, letter)| letter.is_alphanumeric());
    let alone = |at: usize| is_word(at) && (at == 0 || !is_word(at - 1)) && !is_word(at + 1);
    let (mut run, mut between) = (Vec::new(), String::new());
    let mut here = at;
    while alone(here) {
        run.push(here);
        let mut next = here + 1;
        let is_between = |at: usize| {
            letters.get(at).is_some_and(|(_, mark)| {
                matches!(mark, ' ' | '.' | '-' | '_' | '*' | '/' | '·' | '|' | '+' | '~')
            })
        };
        while is_between(next) && next < here + 3 {
            next += 1;
        }
        let mark: String = letters[here + 1..next].iter().map(|(_, mark)| *mark).collect();
        if mark.is_empty() || !between.is_empty() && mark != between {
            break;
        }
        between = mark;
        here = next;
    }
    run
}

/// The part of a spelled word that is a name: the longest that is listed, or all of it where it is
/// no word.
fn name_in(letters: &[(usize, char)], run: &[usize], lang: Lang) -> Option<Range<usize>> {
    let spelled =
        |part: Range<usize>| -> String { run[part].iter().map(|at| letters[*at].1).collect() };
    let is_listed = |part: &Range<usize>| {
        decodings(&spelled(part.clone())).iter().any(|word| {
            matches!(
                lists::class(word, lang),
                Class::FirstName | Class::WordName | Class::ThingName
            ) || word.len() >= 5 && lists::is_surname(word)
        })
    };
    let all = 0..run.len();
    let parts = (3..=run.len())
        .rev()
        .flat_map(|length| (0..=run.len() - length).map(move |start| start..start + length));
    if let Some(part) = parts.take(200).find(is_listed) {
        return Some(part);
    }
    let written = spelled(all.clone());
    let word = bare(&written);
    let is_abbreviation =
        written.chars().all(char::is_uppercase) && letters[run[0] + 1].1 == '.' && run.len() <= 5;
    let is_alphabet = "abcdefghijklmnopqrstuvwxyz".contains(&word);
    let is_nobody = is_abbreviation || is_alphabet || lists::class(&word, lang) != Class::Unknown;
    (run.len() >= 4 && !is_nobody && written.chars().all(char::is_alphabetic)).then_some(all)
}
