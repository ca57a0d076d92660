//! The rules of the codebase as tests: who may import whom, which library stands where, sizes,
//! texts.
//!
//! Standard library only, so that it runs first and fast. To add an arrow, argue it beside
//! [`ARROWS`].

mod circles;
mod names;
mod source;
mod texts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use source::{code, read, rust_files};

/// The files of the plumbing: they import no domain.
const PLUMBING: &[&str] = &[
    "app",
    "backup",
    "breach_list",
    "calendar",
    "clock",
    "config",
    "db",
    "element",
    "error",
    "i18n",
    "id",
    "jobs",
    "limits",
    "mail",
    "readiness",
    "report_cache",
    "rate_limit",
    "owner_only_file",
    "place",
    "progress",
    "schema",
    "security_event",
    "token",
    "web",
];

/// Which domain may import which. `web.rs` of any domain may also use `team` and `journal`.
///
/// - `blueprint` → `organisation`: the blueprint file describes teams and sites, too. → `privacy`:
///   what a log calls a step must not be a person.
/// - `organisation` → `journal`: its settings that touch privacy change with an entry and after a
///   notice.
/// - `team` → `organisation`: a session says of which organisation, team and site somebody is. →
///   `privacy`: which place a membership covers and whose eyes a key has are the gate's words.
/// - `journey`, `response` → `organisation`: a log and a file of answers name sites, in the
///   organisation's local time.
/// - `invitation`, `publication`, `breakdown`, `discussion`, `guarantee` → `organisation`: its
///   name, zone, sites or stage, which are asked there and nowhere else. All that read along a
///   blueprint import `blueprint`.
/// - `invitation` → `journal`: whom a journey type asks is a setting, and none changes without its
///   entry.
/// - `privacy` → `journal`: the names that a team adds to be masked are a setting, written down
///   without a name.
/// - `publication` → `journal`: a step that was given to another team counts for its former one
///   until nobody objects any more.
/// - `survey` → `journal`: what customers are asked is a setting. A version is published in one
///   transaction with its entry, whoever publishes it.
/// - `breakdown` → `survey`: the frictions have names, which are the questionnaire's. Answers are
///   not the survey's.
/// - `discussion` → `publication`: which handoffs were published can be discussed, the job of a
///   release is its news, and the pack reads released comments, through the gate. Figures it reads
///   through `breakdown`.
/// - `discussion` → `survey`: what was ticked at a handoff chooses a comment. → `journal`: the pack
///   says who has looked.
/// - `power` → `publication`: what goes through a log is counted there, released or not; it reads no
///   answer but through `breakdown`. → `organisation`: which sites a region has. → `survey`:
///   how many parts may be asked about. `discussion` → `power`: the pack says what could be seen.
/// - `guarantee` → `journal`, `privacy`, `team`: it asks them whether what they promise holds.
///   Nobody imports it.
/// - `guarantee` → `breakdown`: the limits that the page tells everybody stand in the file for the
///   works council.
/// - `response` → `journal`: an import of answers is written down, so that who reads the journal can
///   ask where they came from.
/// - `response` → `journey`: answers imported from another tool form journeys of their own when we
///   do not know theirs.
const ARROWS: &[(&str, &[&str])] = &[
    ("privacy", &["journal"]),
    ("journal", &[]),
    ("survey", &["journal"]),
    ("organisation", &["journal"]),
    ("team", &["journal", "organisation", "privacy"]),
    ("blueprint", &["organisation", "privacy"]),
    ("journey", &["blueprint", "organisation", "privacy"]),
    ("invitation", &["blueprint", "journal", "journey", "organisation", "privacy", "survey"]),
    (
        "response",
        &["blueprint", "invitation", "journal", "journey", "organisation", "privacy", "survey"],
    ),
    (
        "publication",
        &["blueprint", "journal", "journey", "organisation", "privacy", "response", "survey"],
    ),
    ("breakdown", &["blueprint", "organisation", "privacy", "publication", "survey"]),
    ("chart", &["blueprint", "breakdown", "organisation", "privacy", "publication", "survey"]),
    ("map", &["blueprint", "breakdown", "chart", "privacy", "publication", "survey"]),
    (
        "network",
        &[
            "blueprint",
            "breakdown",
            "chart",
            "map",
            "organisation",
            "privacy",
            "publication",
            "survey",
        ],
    ),
    ("power", &["blueprint", "breakdown", "organisation", "privacy", "publication", "survey"]),
    (
        "discussion",
        &[
            "blueprint",
            "breakdown",
            "chart",
            "map",
            "network",
            "power",
            "journal",
            "organisation",
            "publication",
            "survey",
            "team",
            "privacy",
        ],
    ),
    ("guarantee", &["breakdown", "journal", "organisation", "privacy", "team"]),
];

/// Whether a file may use a library.
type Allowed = fn(&Path) -> bool;

/// Longer files are two nouns in one room.
const LINES: usize = 400;

#[test]
fn domains_import_only_what_the_map_allows() {
    let mut broken = Vec::new();
    for file in rust_files("src") {
        let Some(domain) = domain_of(&file) else { continue };
        let allowed =
            ARROWS.iter().find(|(name, _)| *name == domain).map_or(&[][..], |(_, to)| *to);
        let web = file.file_name().is_some_and(|name| name == "web.rs")
            || file.components().any(|part| part.as_os_str() == "web");
        for used in imports(&code(&file)) {
            let known = ARROWS.iter().any(|(name, _)| *name == used);
            let fine = !known || used == domain || allowed.contains(&used.as_str());
            if !(fine || web && matches!(used.as_str(), "team" | "journal")) {
                broken.push(format!("{} uses crate::{used}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn plumbing_imports_no_domain() {
    let mut broken = Vec::new();
    for file in rust_files("src") {
        if domain_of(&file).is_some() || !PLUMBING.contains(&top_of(&file).as_str()) {
            continue;
        }
        let used = imports(&code(&file));
        broken.extend(
            used.iter()
                .filter(|used| ARROWS.iter().any(|(name, _)| name == used))
                .map(|used| format!("{} uses crate::{used}", file.display())),
        );
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_folder_of_src_is_plumbing_or_a_domain() {
    let known = |name: &str| {
        PLUMBING.contains(&name)
            || ARROWS.iter().any(|(domain, _)| *domain == name)
            || matches!(name, "main" | "lib" | "wiring" | "worker" | "command" | "demo")
    };
    let strangers: BTreeSet<_> =
        rust_files("src").iter().map(|file| top_of(file)).filter(|name| !known(name)).collect();
    assert!(strangers.is_empty(), "not in the map: {strangers:?}");
}

#[test]
fn inside_a_domain_web_uses_store_uses_mod_never_back() {
    let mut broken = Vec::new();
    for file in rust_files("src") {
        let Some(domain) = domain_of(&file) else { continue };
        let text = code(&file);
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let uses = |module: &str| {
            text.contains(&format!("crate::{domain}::{module}::"))
                || text.contains(&format!("super::{module}::"))
        };
        let is_root =
            file.parent().is_some_and(|folder| folder.ends_with(Path::new("src").join(&domain)));
        let back = match name {
            "mod.rs" if is_root => uses("store") || uses("web"),
            "web.rs" => false,
            _ => uses("web"),
        };
        if back {
            broken.push(file.display().to_string());
        }
    }
    assert!(broken.is_empty(), "imports point back in {broken:#?}");
}

#[test]
fn big_libraries_stay_in_their_places() {
    let places: &[(&str, Allowed)] = &[
        ("sea_orm", |file| {
            domain_of(file).is_none_or(|_| {
                file.ends_with("store.rs") || file.components().any(|c| c.as_os_str() == "store")
            }) && top_of(file) != "web"
        }),
        ("axum", |file| {
            matches!(
                top_of(file).as_str(),
                "app" | "main" | "wiring" | "worker" | "web" | "error" | "command"
            ) || file.ends_with("web.rs")
                || file.components().any(|c| c.as_os_str() == "web")
        }),
        ("lettre", |file| top_of(file) == "mail"),
    ];
    let mut broken = Vec::new();
    for file in rust_files("src") {
        let text = code(&file);
        for (library, allowed) in places {
            if text.contains(&format!("{library}::")) && !allowed(&file) {
                broken.push(format!("{} uses {library}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn breakdown_and_discussion_cannot_reach_a_raw_answer() {
    let mut broken = Vec::new();
    for file in rust_files("src") {
        let domain = domain_of(&file).unwrap_or_default();
        let text = code(&file);
        let raw = ["schema::response", "schema::comment", "schema::contact"];
        let may = matches!(
            domain.as_str(),
            "response" | "publication" | "privacy" | "invitation" | "journey"
        );
        broken.extend(
            raw.iter()
                .filter(|table| text.contains(**table) && !may && domain_of(&file).is_some())
                .map(|table| format!("{} names {table}", file.display())),
        );
        let reads =
            ["find", "of("].iter().any(|verb| text.contains(&format!("response::Entity::{verb}")));
        if reads && domain != "publication" {
            broken.push(format!("{} reads responses, which only publication may", file.display()));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn only_the_gate_makes_something_disclosed() {
    let mut broken = Vec::new();
    for file in rust_files("src") {
        if domain_of(&file).as_deref() != Some("privacy") && code(&file).contains("Disclosed(") {
            broken.push(file.display().to_string());
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Whatever is shown went one road, and a second call site would be a second idea of what may be
/// shown.
#[test]
fn one_file_asks_the_gate() {
    let asks = |file: &PathBuf| {
        let text = code(file);
        let domain = domain_of(file).unwrap_or_default();
        let verbs = ["disclose(", "disclose_each(", "disclose_comments(", "privacy::Request"];
        domain != "privacy" && verbs.iter().any(|verb| text.contains(verb))
    };
    let askers: Vec<PathBuf> = rust_files("src").into_iter().filter(asks).collect();
    assert_eq!(askers, [PathBuf::from("src/breakdown/disclosure.rs")]);
}

#[test]
fn no_file_is_two_nouns_in_one_room() {
    let mut long = Vec::new();
    for root in ["src", "analytics/src", "migrations/src", "tests", "benches"] {
        for file in rust_files(root) {
            let lines = read(&file).lines().count();
            if lines > LINES {
                long.push(format!("{} has {lines} lines", file.display()));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_is_silenced_or_left_for_later() {
    let mut found = Vec::new();
    for root in ["src", "analytics/src", "migrations/src"] {
        for file in rust_files(root) {
            let text = read(&file);
            for mark in
                ["#[allow", "#![allow", "todo!(", "unimplemented!(", "TODO", "FIXME", "#[ignore"]
            {
                if text.contains(mark) {
                    found.push(format!("{} has {mark}", file.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The domain of a file, when it stands in a domain's folder.
fn domain_of(file: &Path) -> Option<String> {
    let top = top_of(file);
    ARROWS.iter().any(|(name, _)| *name == top).then_some(top)
}

/// The first name below `src`: a folder or a file without its ending.
fn top_of(file: &Path) -> String {
    let below = file.strip_prefix("src").unwrap_or(file);
    let first =
        below.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a text imports: every `crate::name`, also inside braces.
fn imports(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, found) in text.match_indices("crate::") {
        let rest = &text[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split_once("};").map_or(group, |(inside, _)| inside);
                names.extend(group.split(',').map(|part| word(part.trim())));
            }
            None => {
                names.insert(word(rest));
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
