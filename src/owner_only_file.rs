//! Files and folders that their owner alone can read: the data folder, the database, keys, links, mails, backups.
//!
//! Rights are only ever taken away: what the owner has closed further stays closed.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// How such a file is opened for writing; whether it may be there already is for the caller to say.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a whole file, which may be there already.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let mut file = options().create(true).truncate(true).open(path)?;
    io::Write::write_all(&mut file, content.as_ref())
}

/// Makes one folder; those above it must be there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        // Another made it at the same moment, or long ago.
        Err(there) if there.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Makes a folder that may be there already, with other rights, and closes it and the files in it. What stands in
/// folders inside it is left to who made those.
pub fn open_folder(path: &Path) -> io::Result<()> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    make_folder(path)?;
    close(path)?;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            close(&entry.path())?;
        }
    }
    Ok(())
}

/// Takes everybody else's rights to a file or folder away; says whether anybody had some.
#[cfg(unix)]
pub fn close(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = match fs::metadata(path) {
        // SQLite takes its log away when the last of its readers goes.
        Err(gone) if gone.kind() == ErrorKind::NotFound => return Ok(false),
        found => found?,
    };
    let mut rights = metadata.permissions();
    if rights.mode() & 0o077 == 0 {
        return Ok(false);
    }
    rights.set_mode(rights.mode() & 0o700);
    match fs::set_permissions(path, rights) {
        // Another's file, such as settings that a container lays into the folder: the folder that is closed has to do.
        Err(failure)
            if matches!(
                failure.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            tracing::warn!(path = %path.display(), %failure, "others may read this");
            Ok(true)
        }
        closed => closed.map(|()| true),
    }
}

/// Rights are the folder's own here.
#[cfg(not(unix))]
pub fn close(_path: &Path) -> io::Result<bool> {
    Ok(false)
}
