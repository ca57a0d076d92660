//! Every text a person sees exists in French and English, and templates load nothing from
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::{files_under, read};

#[test]
fn every_text_exists_in_french_and_english() {
    let (fr, en) = (keys("fr"), keys("en"));
    let only = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| -> Vec<String> {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect()
    };
    assert_eq!(
        (only(&fr, &en), only(&en, &fr)),
        (Vec::new(), Vec::new()),
        "texts of one language only"
    );
    let twice: Vec<_> = fr.iter().chain(&en).filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "texts written twice: {twice:?}");
}

#[test]
fn every_text_that_is_asked_for_exists_and_every_text_is_asked_for() {
    let known = keys("en");
    let mut sources = String::new();
    for file in files_under(Path::new("src")).into_iter().chain(files_under(Path::new("templates")))
    {
        if file.extension().is_some_and(|kind| kind != "ftl") {
            sources.push_str(&read(&file));
        }
    }
    let mut missing = BTreeSet::new();
    for call in ["Text::new(\"", ".say(\"", ".with(\"", "key: \""] {
        for (at, _) in sources.match_indices(call) {
            let key: String =
                sources[at + call.len()..].chars().take_while(|c| *c != '"').collect();
            // `.with` also names arguments, which have no hyphen; every key has one.
            if key.contains('-') && !key.contains(' ') && !known.contains_key(&key) {
                missing.insert(key);
            }
        }
    }
    assert!(missing.is_empty(), "asked for and not written: {missing:?}");
    // The help is looked up by the path of its command; a test of the command line finds what is
    // missing there.
    let asked = |key: &String| key.starts_with("help-") || sources.contains(&format!("\"{key}\""));
    let unused: Vec<_> = known.keys().filter(|key| !asked(key)).collect();
    assert!(unused.is_empty(), "written and never asked for: {unused:?}");
}

#[test]
fn french_marks_never_begin_a_line() {
    let mut loose = Vec::new();
    for file in files_under(Path::new("templates/texts/fr")) {
        for (number, line) in
            read(&file).lines().enumerate().filter(|(_, line)| !line.starts_with('#'))
        {
            if [" ;", " !", " ?", " »", "« "].iter().any(|mark| line.contains(mark))
                || line.contains(" : ")
            {
                loose.push(format!("{}:{}", file.display(), number + 1));
            }
        }
    }
    assert!(loose.is_empty(), "a plain space before or inside a mark: {loose:#?}");
}

#[test]
fn arguments_of_a_text_are_the_same_in_both_languages() {
    let (fr, en) = (arguments("fr"), arguments("en"));
    let differ: Vec<_> =
        en.iter().filter(|(key, used)| fr.get(*key).is_some_and(|other| other != *used)).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
fn templates_load_nothing_from_elsewhere_and_run_nothing() {
    let mut broken = Vec::new();
    for file in files_under(Path::new("templates")) {
        if file.extension().is_none_or(|kind| kind != "html" && kind != "svg" && kind != "css") {
            continue;
        }
        let text = read(&file);
        for mark in [
            "<script",
            " style=\"",
            "onclick=",
            "onload=",
            "javascript:",
            "src=\"http",
            "url(http",
            "@import",
        ] {
            if text.contains(mark) {
                broken.push(format!("{} has {mark}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The keys of a language with how often each is written.
fn keys(lang: &str) -> BTreeMap<String, usize> {
    let mut keys = BTreeMap::new();
    for (key, _) in messages(lang) {
        *keys.entry(key).or_default() += 1;
    }
    keys
}

/// The arguments that each text of a language names.
fn arguments(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let named = |text: &str| {
        text.match_indices('$')
            .map(|(at, _)| {
                text[at + 1..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                    .collect()
            })
            .collect()
    };
    messages(lang).into_iter().map(|(key, text)| (key, named(&text))).collect()
}

fn messages(lang: &str) -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for file in files_under(&Path::new("templates/texts").join(lang)) {
        for line in read(&file).lines().filter(|line| !line.trim_start().starts_with('#')) {
            match line.split_once(" =") {
                Some((key, text)) if !line.starts_with(' ') && !line.starts_with('}') => {
                    messages.push((key.trim().to_owned(), text.to_owned()))
                }
                _ => {
                    if let Some(last) = messages.last_mut() {
                        last.1.push_str(line);
                    }
                }
            }
        }
    }
    messages
}
