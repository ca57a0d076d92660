//! The files that the rules are about, and their code without comments.

use std::fs;
use std::path::{Path, PathBuf};

/// The text of a file without comments, so that what is only written about does not count.
pub(crate) fn code(file: &Path) -> String {
    let text = read(file);
    let lines = text.lines().map(|line| line.find("//").map_or(line, |at| &line[..at]));
    lines.collect::<Vec<_>>().join("\n")
}

pub(crate) fn rust_files(root: &str) -> Vec<PathBuf> {
    let mut files = files_under(Path::new(root));
    files.retain(|file| file.extension().is_some_and(|kind| kind == "rs"));
    files
}

pub(crate) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_default()
}
