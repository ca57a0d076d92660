//! The demo as anybody runs it: the program itself, once for a test run, and served for those who
//! look at its pages.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// The demo's folder with what the command printed.
pub(crate) struct Demo {
    folder: TempDir,
    pub(crate) links: serde_json::Value,
}

/// Makes the demo at the first call.
pub(crate) fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made =
            relais(&folder.path().join("demo"), &["demo", "--no-serve", "--json", "--lang", "en"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let links = serde_json::from_slice(&made.stdout).expect("one JSON document");
        Demo { folder, links }
    })
}

/// Runs the program on a data folder.
pub(crate) fn relais(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command
        .args(args)
        .arg("--data")
        .arg(data)
        .env_remove("DATABASE_URL")
        .env("LANG", "C")
        .stdin(Stdio::null());
    command.output().expect("the program")
}

/// A copy of the demo that is served; it stops when this is dropped.
pub(crate) struct Served {
    server: Child,
    pub(crate) url: String,
    _folder: TempDir,
}

impl Demo {
    /// A copy of its data, so that one story does not write into another's.
    pub(crate) fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().expect("a temporary folder");
        for entry in std::fs::read_dir(self.folder.path().join("demo")).expect("the demo").flatten()
        {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
            }
        }
        copy
    }

    /// Serves a copy.
    pub(crate) fn serve(&self) -> Served {
        let copy = self.copy();
        let port = super::free_port();
        let url = format!("http://127.0.0.1:{port}");
        let server = Command::new(env!("CARGO_BIN_EXE_relais"))
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(copy.path())
            .env_remove("DATABASE_URL")
            .env("RELAIS_LOG", "warn")
            .stdin(Stdio::null())
            .spawn()
            .expect("the service");
        super::wait_for(port);
        Served { server, url, _folder: copy }
    }

    /// The sign-in link of one of the demo's people, on that server.
    pub(crate) fn link(&self, who: &str, served: &Served) -> String {
        let links = self.links["links"].as_array().expect("links");
        let link = links.iter().find(|link| link["who"] == who).expect("that person's link");
        let path = link["link"]
            .as_str()
            .and_then(|url| url.split_once("/sign-in/"))
            .expect("a sign-in link")
            .1;
        format!("{}/sign-in/{path}", served.url)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
