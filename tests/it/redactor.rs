//! The redactor: its figures on the corpora, and itself on the command line.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use relais::i18n::Lang;
use relais::privacy::redact::{Kind, TeamNames, masks};

use crate::corpus::people;
use crate::corpus::{self, Masked, Part};
use crate::support::figure;

/// The figures that the redactor is judged by: on the part of each corpus that nobody looked at.
#[test]
fn the_redactor_finds_the_names_of_the_corpora() {
    let (fr, fresh_fr) = (include_str!("corpus/fr.txt"), include_str!("corpus/fresh_fr.txt"));
    let (en, fresh_en) = (include_str!("corpus/en.txt"), include_str!("corpus/fresh_en.txt"));
    for (lang, text, later) in [(Lang::Fr, fr, fresh_fr), (Lang::En, en, fresh_en)] {
        let masked =
            |text: &str| masks(text, lang, &TeamNames::default()).into_iter().map(seen).collect();
        for part in [Part::Tuning, Part::HeldOut] {
            let measure = corpus::measure(&corpus::sentences(text, part), masked);
            figure(&format!("redactor, {}, {part:?}: {measure}", lang.tag()));
            assert!(measure.recall() >= 0.95 && measure.precision() >= 0.80, "{measure}");
            let most = |(of, right): (usize, usize)| right * 10 >= of * 9;
            assert!(most(measure.forms) && most(measure.pointers), "{measure}");
        }
        let fresh = corpus::measure(&corpus::sentences(later, Part::HeldOut), masked);
        figure(&format!("redactor, {}, written after its rules: {fresh}", lang.tag()));
        let all = text.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(all >= 400, "{all} sentences");
    }
}

/// The same of who is pointed at or disguised: half of the sentences were written before any rule.
#[test]
fn the_redactor_finds_who_is_pointed_at_and_disguised() {
    let (fr, en) = (
        [
            include_str!("corpus/people/tuning_fr.txt"),
            include_str!("corpus/people/held_out_fr.txt"),
        ],
        [
            include_str!("corpus/people/tuning_en.txt"),
            include_str!("corpus/people/held_out_en.txt"),
        ],
    );
    for (lang, [tuning, held_out]) in [(Lang::Fr, fr), (Lang::En, en)] {
        let masked =
            |text: &str| masks(text, lang, &TeamNames::default()).into_iter().map(seen).collect();
        let tuned = people::measure(tuning, masked);
        figure(&format!("people, {}, tuning: {tuned}", lang.tag()));
        let held = people::measure(held_out, masked);
        figure(&format!("people, {}, held out: {held}", lang.tag()));
        assert!(held.names.value() >= 0.97, "{held}");
        assert!(held.disguises.value() >= 0.8, "{held}");
        assert!(held.pointers.value() >= 0.9, "{held}");
        assert!(held.forms.value() >= 0.9, "{held}");
        assert!(held.in_vain.of >= 150 && held.in_vain.value() <= 0.05, "{held}");
        assert!(tuned.pointers.of + held.pointers.of >= 150, "{tuned} {held}");
        assert!(tuned.disguises.of + held.disguises.of >= 100, "{tuned} {held}");
    }
}

fn seen(mask: relais::privacy::redact::Mask) -> Masked {
    Masked {
        at: mask.at,
        name: mask.kind == Kind::Name,
        pointer: mask.kind == Kind::Pointer,
        instead: mask.instead,
    }
}

/// Runs a command with something on its standard input.
fn given(data: &std::path::Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command.args(args).arg("--data").arg(data).env_remove("DATABASE_URL").env("LANG", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("read");
    child.wait_with_output().expect("its output")
}

#[test]
fn anybody_may_try_the_redactor_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = given(
        folder.path(),
        &["redact", "--lang", "fr"],
        "Merci à Sandrine\nla dame de l'accueil aussi\n",
    );
    assert_eq!(String::from_utf8_lossy(&done.stdout), "Merci à [nom]\nl'accueil aussi\n");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    let done = given(folder.path(), &["redact", "--lang", "fr"], "\nle technicien de Laval\n");
    assert_eq!(String::from_utf8_lossy(&done.stdout), "\nle technicien de Laval\n");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.starts_with("Ligne 2"), "{said}");
    let done = given(
        folder.path(),
        &["redact", "--json"],
        "Thanks to Kevin at reception for calling me back\n",
    );
    let told: serde_json::Value = serde_json::from_slice(&done.stdout).expect("one JSON document");
    assert_eq!(told["comments"][0]["text"], "Thanks to [name] at reception for calling me back");
    assert_eq!(
        (told["comments"][0]["lang"].as_str(), told["comments"][0]["masked"]["name"].as_u64()),
        (Some("en"), Some(1))
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("the folder").count(),
        0,
        "nothing is stored"
    );
}

#[test]
fn names_are_added_on_the_command_line_and_never_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |done: &Output| {
        format!(
            "{}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        )
    };
    let add = ["names", "add", "--team", "reception", "--reason", "asked for"];
    let done = given(folder.path(), &add, "Petitpas\n");
    assert!(
        !done.status.success() && told(&done).contains("reception"),
        "no such team yet: {}",
        told(&done)
    );
    let done = given(folder.path(), &add, "Petitpas\none two three four five six\n");
    assert!(
        !done.status.success() && told(&done).contains("line 2") && !told(&done).contains("five"),
        "{}",
        told(&done)
    );
    let done = given(folder.path(), &add, "\n");
    assert!(!done.status.success() && told(&done).contains("No name"), "{}", told(&done));
}
