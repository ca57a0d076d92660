//! No circle of files: whoever reads one file follows its imports down, and never comes back to
//! where they began.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::source::{code, rust_files};

/// A module by its path from the root of its crate, and the file that it stands in.
type Modules = BTreeMap<Vec<String>, PathBuf>;

/// The circles that are left, each by its first file. The list only gets shorter: a new circle
/// fails, and so does one that is gone and still stands here.
const LEFT: &[&str] = &[];

#[test]
fn no_circle_of_files_is_new() {
    let mut circles = Vec::new();
    for root in ["src", "analytics/src", "migrations/src"] {
        circles.extend(circles_of(&graph(root)));
    }
    circles.sort();
    let first: Vec<&str> =
        circles.iter().filter_map(|circle| circle.first()).map(String::as_str).collect();
    assert_eq!(first, LEFT, "files that import each other in a circle: {circles:#?}");
}

/// Which file imports which, by name. A door (`pub use child::Name`) is no import: the name is
/// looked up behind it.
fn graph(root: &str) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let modules = modules(root);
    let doors: BTreeMap<_, _> =
        modules.iter().map(|(path, file)| (path.clone(), doors(path, &code_of(file)))).collect();
    let mut graph = BTreeMap::new();
    for (path, file) in &modules {
        let text = without_doors(&code_of(file));
        let mut used = BTreeSet::new();
        for name in names(path, &text, &modules) {
            let found = resolve(&name, &modules, &doors, 0);
            used.extend(found.filter(|other| *other != file).cloned());
        }
        graph.insert(file.clone(), used);
    }
    graph
}

fn modules(root: &str) -> Modules {
    let files = rust_files(root).into_iter().filter(|file| !is_root_of_program(file));
    let tests = test_files(root);
    files.filter(|file| !tests.contains(file)).map(|file| (module_of(root, &file), file)).collect()
}

fn is_root_of_program(file: &Path) -> bool {
    file.ends_with("src/main.rs")
}

/// Files that are compiled for tests alone, with all below them: they may look at anything.
fn test_files(root: &str) -> BTreeSet<PathBuf> {
    let mut tests = BTreeSet::new();
    for file in rust_files(root) {
        let text = code(&file);
        let folder = match file.file_name().and_then(|name| name.to_str()) {
            Some("mod.rs" | "lib.rs" | "main.rs") => file.parent().map(Path::to_path_buf),
            _ => Some(file.with_extension("")),
        };
        for (at, mark) in text.match_indices("#[cfg(test)]\n") {
            let after = text[at + mark.len()..].trim_start_matches("pub(crate) ");
            let after = after.trim_start_matches("pub(super) ").trim_start_matches("pub ");
            let Some((name, _)) = after.strip_prefix("mod ").and_then(|rest| rest.split_once(';'))
            else {
                continue;
            };
            if let Some(folder) = folder.as_ref().filter(|_| !name.contains(' ')) {
                tests.insert(folder.join(format!("{name}.rs")));
                tests.extend(rust_files(&folder.join(name).to_string_lossy()));
            }
        }
    }
    tests
}

fn module_of(root: &str, file: &Path) -> Vec<String> {
    let below = file.strip_prefix(root).unwrap_or(file).with_extension("");
    let mut path: Vec<String> =
        below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib")) {
        path.pop();
    }
    path
}

/// The code of a file without its own tests.
fn code_of(file: &Path) -> String {
    let text = code(file);
    match text.find("#[cfg(test)]\nmod tests {") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// What a module passes on under its own name: the name, and the path that it really stands at.
fn doors(module: &[String], text: &str) -> BTreeMap<String, Vec<String>> {
    let mut doors = BTreeMap::new();
    for (visible, tree) in uses(text).into_iter().filter(|(visible, _)| *visible) {
        let _ = visible;
        for path in leaves(&tree) {
            if let Some(name) = path.last().cloned() {
                let full = absolute(module, &path).unwrap_or_else(|| [module, &path].concat());
                doors.insert(name, full);
            }
        }
    }
    doors
}

fn without_doors(text: &str) -> String {
    let mut out = String::new();
    for statement in text.split_inclusive(';') {
        let lines: Vec<&str> = statement.lines().collect();
        let door = lines
            .iter()
            .position(|line| line.starts_with("pub use ") || line.starts_with("pub(crate) use "));
        match door {
            Some(at) => out.push_str(&lines[..at].join("\n")),
            None => out.push_str(statement),
        }
    }
    out
}

/// Every `use` of a text: whether it is a door, and its tree.
fn uses(text: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices("use ") {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let visible = line.trim_start().starts_with("pub");
        if !(line.trim().is_empty() || visible && !line.contains("fn ")) {
            continue;
        }
        if let Some((tree, _)) = text[at + word.len()..].split_once(';') {
            found.push((visible, tree.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    found
}

/// The paths of a `use` tree, without `self`, `*` and the names that things are given.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let Some(open) = tree.find('{') else {
        let name = tree.split(" as ").next().unwrap_or_default();
        let path = name.split("::").map(|part| part.trim().to_owned());
        return vec![path.filter(|part| !matches!(part.as_str(), "self_" | "*" | "")).collect()];
    };
    let before: Vec<String> = tree[..open].split("::").map(|part| part.trim().to_owned()).collect();
    let inside = tree[open + 1..].trim_end().trim_end_matches('}');
    let mut all = Vec::new();
    for branch in branches(inside) {
        for leaf in leaves(branch.trim()) {
            let path = before.iter().cloned().chain(leaf).filter(|part| !part.is_empty());
            let mut path: Vec<String> = path.collect();
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            all.push(path);
        }
    }
    all
}

/// The parts of a group, split at the commas that stand in no inner group.
fn branches(group: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0usize, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[from..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// A path as written in a module, from the root of the crate; `None` for another crate's.
fn absolute(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let first = path.first()?.as_str();
    match first {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let parent = module.get(..module.len().checked_sub(ups)?)?;
            Some([parent, &path[ups..]].concat())
        }
        _ => None,
    }
}

/// Every path of this crate that a text names: in its imports, and where it stands.
fn names(module: &[String], text: &str, modules: &Modules) -> BTreeSet<Vec<String>> {
    let own = |path: &[String]| {
        let child = [module, &path[..1]].concat();
        modules.contains_key(&child).then(|| [module, path].concat())
    };
    let mut names = BTreeSet::new();
    for (_, tree) in uses(text) {
        for path in leaves(&tree).into_iter().filter(|path| !path.is_empty()) {
            names.extend(absolute(module, &path).or_else(|| own(&path)));
        }
    }
    let in_a_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    // A path that ends in `::` is the stem of a group, whose leaves were read above.
    let is_path = |word: &&str| word.contains("::") && !word.ends_with("::");
    for word in text.replace("::<", "<").split(|c: char| !in_a_path(c)).filter(is_path) {
        let path: Vec<String> =
            word.split("::").map(str::to_owned).filter(|part| !part.is_empty()).collect();
        if !path.is_empty() {
            names.extend(absolute(module, &path).or_else(|| own(&path)));
        }
    }
    names
}

/// The file in which what a path names is written.
fn resolve<'a>(
    path: &[String],
    modules: &'a Modules,
    doors: &BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
    depth: usize,
) -> Option<&'a PathBuf> {
    let (module, rest) = (0..=path.len())
        .rev()
        .map(|length| path.split_at(length))
        .find(|(module, _)| modules.contains_key(*module))?;
    let behind = rest.first().and_then(|name| doors.get(module)?.get(name));
    match behind {
        Some(full) if depth < 5 => resolve(full, modules, doors, depth + 1),
        // A module named as a whole is no name of its file.
        _ if rest.is_empty() && module.is_empty() => None,
        _ => modules.get(module),
    }
}

/// The strongly connected groups of more than one file, by Kosaraju's two walks.
fn circles_of(graph: &BTreeMap<PathBuf, BTreeSet<PathBuf>>) -> Vec<Vec<String>> {
    let mut back: BTreeMap<&PathBuf, Vec<&PathBuf>> = BTreeMap::new();
    for (from, used) in graph {
        for to in used {
            back.entry(to).or_default().push(from);
        }
    }
    let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
    for file in graph.keys() {
        finish(file, graph, &mut seen, &mut order);
    }
    let (mut placed, mut circles) = (BTreeSet::new(), Vec::new());
    for file in order.into_iter().rev() {
        let (mut group, mut waiting) = (Vec::new(), vec![file]);
        while let Some(next) = waiting.pop() {
            if placed.insert(next) {
                group.push(next.display().to_string());
                waiting.extend(back.get(next).into_iter().flatten());
            }
        }
        if group.len() > 1 {
            group.sort();
            circles.push(group);
        }
    }
    circles
}

fn finish<'a>(
    file: &'a PathBuf,
    graph: &'a BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    seen: &mut BTreeSet<&'a PathBuf>,
    order: &mut Vec<&'a PathBuf>,
) {
    if !seen.insert(file) {
        return;
    }
    for next in graph.get(file).into_iter().flatten() {
        finish(next, graph, seen, order);
    }
    order.push(file);
}
