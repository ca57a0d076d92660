//! The files: the program that runs, the database file's free pages, and the report of the last check.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use data_encoding::HEXLOWER;
use ring::digest::{Context, SHA256};

use super::report::Report;
use crate::error::{Error, Result};

/// The SHA-256 of the program that runs, in hexadecimal: what `sha256sum` says of the same file. Read once; an empty text
/// where the system does not show a program its own file.
pub fn build() -> &'static str {
    static BUILD: OnceLock<String> = OnceLock::new();
    BUILD.get_or_init(|| running().and_then(|mut file| hash(&mut file)).unwrap_or_default())
}

/// On Linux the file that was started, even when another one has taken its name since.
fn running() -> std::io::Result<File> {
    File::open("/proc/self/exe").or_else(|_| File::open(std::env::current_exe()?))
}

fn hash(file: &mut File) -> std::io::Result<String> {
    let (mut context, mut buffer) = (Context::new(&SHA256), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(HEXLOWER.encode(context.finish().as_ref())),
            read => context.update(&buffer[..read]),
        }
    }
}

/// The pages of a SQLite file that hold nothing any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FreePages {
    /// How many.
    pub all: u64,
    /// How many of them still have bytes of what was there.
    pub written: u64,
}

/// Looks into the free pages of a SQLite file: a list of trunk pages, each of which names leaves.
/// Format: <https://www.sqlite.org/fileformat2.html#the_freelist>.
pub fn free_pages(path: &Path) -> Result<FreePages> {
    look(path).map_err(Error::io(path.display()))
}

fn look(path: &Path) -> std::io::Result<FreePages> {
    let mut file = File::open(path)?;
    let mut header = [0; 100];
    file.read_exact(&mut header)?;
    let size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => usize::from(size),
    };
    let (mut trunk, most) = (word(&header, 32), word(&header, 36));
    // A trunk forgets a leaf by counting one less: what stays behind its list is the number of a page, and no more.
    let left_over = 0..=word(&header, 28);
    let mut pages = FreePages::default();
    while trunk != 0 && pages.all <= u64::from(most) {
        let list = page(&mut file, trunk, size)?;
        let leaves = usize::try_from(word(&list, 4)).unwrap_or(0).min(size / 4 - 2);
        pages.all += 1;
        for leaf in 0..leaves {
            let leaf = page(&mut file, word(&list, 8 + 4 * leaf), size)?;
            pages.all += 1;
            pages.written += u64::from(leaf.iter().any(|byte| *byte != 0));
        }
        pages.written += u64::from(
            (8 + 4 * leaves..size).step_by(4).any(|at| !left_over.contains(&word(&list, at))),
        );
        trunk = word(&list, 0);
    }
    Ok(pages)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn page(file: &mut File, number: u32, size: usize) -> std::io::Result<Vec<u8>> {
    let mut page = vec![0; size];
    file.seek(SeekFrom::Start(u64::from(number.saturating_sub(1)) * size as u64))?;
    file.read_exact(&mut page)?;
    Ok(page)
}

/// Where the report of the last check lies.
fn report_in(data: &Path) -> PathBuf {
    data.join("guarantees.json")
}

/// The report of the last check; `None` when there was none.
pub fn last(data: &Path) -> Result<Option<Report>> {
    let path = report_in(data);
    match std::fs::read(&path) {
        // One that cannot be read, as of another version, is as good as none: the next check writes another.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(missing) if missing.kind() == ErrorKind::NotFound => Ok(None),
        Err(failure) => Err(Error::io(path.display())(failure)),
    }
}

/// Keeps a report for the pages. Whoever reads meanwhile finds the old one or the new one, and no half.
pub fn keep(data: &Path, report: &Report) -> Result<()> {
    let path = report_in(data);
    let text = serde_json::to_vec(report)
        .map_err(|e| Error::Internal(format!("a report has no JSON: {e}")))?;
    let draft = path.with_extension("json.new");
    let written = crate::owner_only_file::options()
        .create(true)
        .truncate(true)
        .open(&draft)
        .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()));
    written.and_then(|()| std::fs::rename(&draft, &path)).map_err(Error::io(path.display()))
}

#[cfg(test)]
mod tests {
    use crate::guarantee::file::*;

    #[test]
    fn the_build_is_the_hash_of_the_program_that_runs() {
        assert_eq!(build().len(), 64);
        assert_eq!(
            build(),
            hash(&mut File::open(std::env::current_exe().unwrap()).unwrap()).unwrap()
        );
    }
}
