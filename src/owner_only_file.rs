//! Files that their owner alone can read: keys, links, mails, backups.

use std::fs::OpenOptions;

/// Options to open such a file for writing; whether it may be there already is for the caller to
/// say.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
