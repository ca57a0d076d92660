//! One word for one thing: the words that the glossary of `src/lib.rs` has replaced stay out of the
//! code.

use std::collections::BTreeSet;

use crate::source::{code, read, rust_files};

const ROOTS: [&str; 6] =
    ["src", "analytics", "migrations/src", "tests/it", "tests/fuzz/fuzz_targets", "benches"];

/// Words that stand in no identifier and no file name, and the glossary's word for the thing.
const RETIRED: &[(&str, &str)] = &[
    ("seam", "handoff"),
    ("seams", "handoffs"),
    ("passage", "handoff"),
    ("passages", "handoffs"),
    ("speech", "phrases"),
];

/// Types that go by a better name now.
const RETIRED_TYPES: &[(&str, &str)] = &[
    ("Chain", "Blueprint"),
    ("Stop", "Step"),
    ("Around", "ResponseRate, OwnerFrame or CustomerFrame"),
    ("Beside", "Counts"),
    ("Behind", "HeadsBehind"),
    ("Desk", "DraftContext or CustomerSession"),
    ("Door", "SignInState"),
    ("Letter", "Mail, or what it is for"),
    ("Meaning", "Column"),
    ("Own", "PlaceFigure"),
    ("Says", "what it says"),
    ("Traffic", "Flow"),
    ("Used", "KeyUses"),
    ("Way", "Link"),
    ("Ways", "Flow"),
];

/// Participles say what was done to a thing, not what it is: no file, module or type is called by
/// one.
const PARTICIPLES: &[&str] = &[
    "agreed",
    "asked",
    "contacted",
    "discovered",
    "faded",
    "fed",
    "given",
    "hashed",
    "heard",
    "held",
    "kept",
    "known",
    "printed",
    "redacted",
    "said",
    "seen",
    "shown",
    "taken",
    "ticked",
    "told",
];

#[test]
fn retired_words_name_nothing() {
    let mut found = BTreeSet::new();
    for root in ROOTS {
        for file in rust_files(root) {
            let text = without_strings(&code(&file));
            for name in identifiers(&text) {
                let parts = parts_of(name);
                for (word, better) in RETIRED {
                    if parts.iter().any(|part| part == word) {
                        found.insert(format!("{}: {name} → {better}", file.display()));
                    }
                }
                let types = RETIRED_TYPES.iter().filter(|(word, _)| *word == name);
                for (word, better) in types.filter(|_| root == "src") {
                    found.insert(format!("{}: {word} → {better}", file.display()));
                }
            }
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            for (word, better) in RETIRED {
                if stem.as_deref().is_some_and(|stem| stem.split('_').any(|part| part == *word)) {
                    found.insert(format!("{} → {better}", file.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_file_module_or_type_is_called_by_a_participle() {
    let mut found = BTreeSet::new();
    for root in ["src", "analytics/src", "migrations/src"] {
        for file in rust_files(root) {
            let named = |part: &str| PARTICIPLES.contains(&part.to_lowercase().as_str());
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            if stem.as_deref().is_some_and(named) {
                found.insert(file.display().to_string());
            }
            let text = without_strings(&code(&file));
            let words: Vec<&str> = identifiers(&text).collect();
            for pair in words.windows(2) {
                let kind = matches!(pair[0], "struct" | "enum" | "type" | "trait" | "mod");
                if kind && named(pair[1]) {
                    found.insert(format!("{}: {} {}", file.display(), pair[0], pair[1]));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn customers_and_users_are_they() {
    let mut found = Vec::new();
    for root in ["src", "analytics/src", "migrations/src", "tests", "benches"] {
        for file in rust_files(root) {
            for (number, line) in read(&file).lines().enumerate() {
                let Some(at) = line.find("// ").or_else(|| line.find("//! ")) else { continue };
                let mut words = line[at..].split(|c: char| !c.is_alphabetic());
                if words.any(|word| matches!(word, "he" | "his" | "him" | "himself")) {
                    found.push(format!("{}:{}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn comments_end_before_column_100() {
    let mut long = Vec::new();
    for root in ["src", "analytics/src", "migrations/src"] {
        for file in rust_files(root) {
            for (number, line) in read(&file).lines().enumerate() {
                // Code is broken by rustfmt, and the row of a table cannot be.
                let comment = line.trim_start().starts_with("//") && !line.contains("//! |");
                if comment && line.chars().count() > 100 {
                    long.push(format!("{}:{}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// `handoff_range` and `HandoffRange` are both of two words.
fn parts_of(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() {
            parts.push(String::new());
        }
        if letter != '_'
            && let Some(last) = parts.last_mut()
        {
            last.extend(letter.to_lowercase());
        }
    }
    parts
}

/// What stands between quotes is content: words of pages, of files, of tests.
fn without_strings(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::with_capacity(text.len()), false, false);
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '"' if !escaped && before != '\'' => inside = !inside,
            _ if !inside => out.push(letter),
            _ => {}
        }
        escaped = inside && letter == '\\' && !escaped;
        before = letter;
    }
    out
}
