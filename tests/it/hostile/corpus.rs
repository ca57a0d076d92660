//! Ten thousand events, each with something about a person in it, or with something that is not
//! one.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

/// How many.
pub(super) const EVENTS: usize = 10_000;

/// What an attacker wants to bring in: one field of an event.
#[derive(Clone, Debug)]
pub(super) struct Hostile {
    pub(super) kind: &'static str,
    pub(super) field: String,
    pub(super) value: Value,
    /// What must be nowhere afterwards.
    pub(super) secret: String,
}

/// A surname that nobody has, another one each time.
fn surname(random: &mut StdRng) -> String {
    let tail: String = (0..7).map(|_| char::from(random.random_range(b'a'..=b'z'))).collect();
    format!("Zqx{tail}")
}

fn digits(random: &mut StdRng, count: usize) -> String {
    (0..count).map(|_| char::from(random.random_range(b'0'..=b'9'))).collect()
}

/// One of the ways to dress a text so that a machine reads something else than a person does.
fn dressed(text: &str, random: &mut StdRng) -> String {
    let swap = |pairs: &[(char, char)]| -> String {
        text.chars()
            .map(|c| pairs.iter().find(|(plain, _)| *plain == c).map_or(c, |(_, other)| *other))
            .collect()
    };
    let between = |sign: char| {
        text.chars()
            .flat_map(|c| [Some(c), c.is_alphanumeric().then_some(sign)])
            .flatten()
            .collect()
    };
    match random.random_range(0..9) {
        0 => swap(&[
            ('a', 'а'),
            ('e', 'е'),
            ('o', 'о'),
            ('M', 'М'),
            ('c', 'с'),
            ('p', 'р'),
            ('x', 'х'),
        ]),
        1 => text.chars().map(|c| if c.is_ascii_graphic() { wide(c) } else { c }).collect(),
        2 => between('\u{200b}'),
        3 => between('\u{2060}'),
        4 => between('\u{fe0f}'),
        5 => text.replace(' ', "\u{a0}"),
        6 => text.replace(' ', "\u{2009}\u{200d}"),
        7 => swap(&[
            ('0', '٠'),
            ('1', '١'),
            ('2', '٢'),
            ('3', '٣'),
            ('6', '٦'),
            ('7', '٧'),
            ('@', '﹫'),
        ]),
        _ => text.to_owned(),
    }
}

fn wide(c: char) -> char {
    char::from_u32(u32::from(c) - 0x21 + 0xff01).unwrap_or(c)
}

fn person(random: &mut StdRng) -> (&'static str, String, String) {
    let name = surname(random);
    let first = *["Jean", "Nathalie", "Sophie", "John", "Karim", "Élodie", "Jean-Michel"]
        .choose(random)
        .expect("a name");
    match random.random_range(0..5) {
        0 => {
            let at = *["@", "@", " @ ", "(at)", "[at]", "%40", " arobase "]
                .choose(random)
                .expect("a sign");
            let end =
                *[".fr", ".example.org", ".co.uk", "(dot)com"].choose(random).expect("an end");
            ("e-mail", format!("{first}.{name}{at}garage{end}"), name)
        }
        1 => {
            let number = digits(random, 8);
            let pairs: Vec<&str> = (0..4).map(|n| &number[2 * n..2 * n + 2]).collect();
            let gap = *[" ", ".", "-", "", "/", " - ", "_"].choose(random).expect("a gap");
            let start =
                *["06", "+33 6", "0033 6", "+33 (0)6", "tel 07"].choose(random).expect("a start");
            let text = format!("{start}{gap}{}", pairs.join(gap));
            ("telephone", text.clone(), text)
        }
        2 => {
            let title = [
                "M. ",
                "Mme ",
                "Mme. ",
                "MME ",
                "Mlle ",
                "Monsieur ",
                "Madame ",
                "Mr ",
                "Mr. ",
                "Mrs ",
                "Ms ",
                "Dr ",
                "M.",
                "Mme_",
                "Mr-",
            ];
            let title = *title.choose(random).expect("a title");
            let before = *["", "vu par ", "handled by ", "RDV "].choose(random).expect("words");
            ("title", format!("{before}{title}{name}"), name)
        }
        3 => {
            let word = [
                "matricule ",
                "badge n° ",
                "EMP-",
                "agent ",
                "staff id ",
                "user_id: ",
                "employee no. ",
                "login ",
            ];
            let number = format!("{}{}", *word.choose(random).expect("a word"), digits(random, 9));
            ("staff number", number.clone(), number)
        }
        _ => match random.random_bool(0.5) {
            true => ("name", format!("{first} {name}"), name),
            false => ("name", format!("{} {first}", name.to_uppercase()), name),
        },
    }
}

fn hostile(n: usize, random: &mut StdRng) -> Hostile {
    let fields = ["step", "site", "channel"];
    let field = (*fields.choose(random).expect("a field")).to_owned();
    let (kind, text, mut secret) = person(random);
    if n % 10 < 6 {
        let value = dressed(&text, random);
        // What is dressed is looked for as it was sent; what is not, by its rarest part.
        if value != text {
            secret.clone_from(&value);
        }
        return Hostile { kind, field, value: value.into(), secret };
    }
    let name = surname(random);
    match n % 10 {
        6 => {
            let column = [
                "employee",
                "technicien",
                "org:resource",
                "handled_by",
                "conseillère",
                "user",
                "Nom",
                "prénom",
                "owner",
            ];
            let field = (*column.choose(random).expect("a column")).to_owned();
            Hostile { kind: "person's field", field, value: name.clone().into(), secret: name }
        }
        7 => {
            let nested = match random.random_range(0..4) {
                0 => json!({ "name": name }),
                1 => json!([[[{ "by": [name] }]]]),
                2 => json!([name, 7, null, true]),
                _ => json!({ "a": { "b": { "c": { "Mme": name } } } }),
            };
            Hostile { kind: "nested", field, value: nested, secret: name }
        }
        8 => {
            let signs = ["\u{0}", "\n", "\r\n", "\u{1b}[31m", "\u{7f}", "\u{85}", "\t"];
            let sign = *signs.choose(random).expect("a sign");
            Hostile {
                kind: "control character",
                field,
                value: format!("{name}{sign}desk").into(),
                secret: name,
            }
        }
        _ => match random.random_range(0..3) {
            0 => Hostile { kind: "huge", field, value: name.repeat(100).into(), secret: name },
            1 => Hostile {
                kind: "unknown field",
                field: format!("Mme {name}"),
                value: "x".into(),
                secret: name,
            },
            _ => Hostile {
                kind: "no time",
                field: "end".to_owned(),
                value: format!("by {name}").into(),
                secret: name,
            },
        },
    }
}

pub(super) fn corpus(seed: u64) -> Vec<Hostile> {
    let mut random = StdRng::seed_from_u64(seed);
    (0..EVENTS).map(|n| hostile(n, &mut random)).collect()
}

pub(super) fn event(hostile: &Hostile, n: usize) -> Value {
    let mut event = json!({ "journey": format!("H{n}"), "step": "RECEP", "end": "2026-11-20T08:00:00Z", "site": "S1" });
    event[&hostile.field] = hostile.value.clone();
    event
}
