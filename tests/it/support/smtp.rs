//! A real mail server with moods (`tests/smtp_server.py`), keys and certificates by openssl, and
//! the other implementation that verifies signatures (`tests/dkim_verify.py`). Debian's Python,
//! because its packages are Debian's.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::clock::Clock;
use relais::config::Config;
use relais::error::Result;
use relais::mail::{Mailer, Patience};
use tempfile::TempDir;

use super::{NOON, free_port, kept, wait_for};

/// One server and what it took.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) folder: TempDir,
    /// Reads until this process ends, then stops the server.
    _keeper: Child,
}

impl Server {
    /// Starts a server of a mood; see the script for which there are.
    pub(crate) fn start(mood: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp_server.py");
        let mut arguments = vec![
            script.display().to_string(),
            port.to_string(),
            folder.path().display().to_string(),
            mood.to_owned(),
        ];
        if matches!(mood, "tls" | "starttls" | "injecting") {
            let (certificate, key) = certificate(folder.path());
            arguments.extend([certificate, key].map(|path| path.display().to_string()));
        }
        let keeper = kept(r#"exec /usr/bin/python3 "$@""#, arguments);
        wait_for(port);
        Self { port, folder, _keeper: keeper }
    }

    /// What the server took, or may have taken, in its order.
    pub(crate) fn taken(&self) -> Vec<PathBuf> {
        mails(self.folder.path())
    }

    /// The certificate that it shows.
    pub(crate) fn certificate(&self) -> String {
        self.folder.path().join("certificate.pem").display().to_string()
    }
}

/// The mails of a folder, in the order of their names.
pub(crate) fn mails(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of mails");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "eml"));
    paths.sort();
    paths
}

/// A mailer of these settings whose patience ends within a test's.
pub(crate) fn mailer(settings: &[(&'static str, String)]) -> Mailer {
    let patience = Patience {
        greeting: Duration::from_millis(1500),
        reply: Duration::from_millis(1500),
        verdict: Duration::from_millis(1000),
    };
    refusable(settings).expect("a mailer").with_patience(patience)
}

/// A mailer of these settings, or why there can be none.
pub(crate) fn refusable(settings: &[(&'static str, String)]) -> Result<Mailer> {
    let mut options = vec![
        ("mail", "memory".to_owned()),
        ("mail_from", "Garages <survey@garages.example>".to_owned()),
    ];
    options.extend_from_slice(settings);
    Mailer::of_settings(&Config::read(&options, |_| None)?.mail)
}

/// An application of these settings, or why it does not start.
pub(crate) async fn application(data: &Path, settings: &[(&'static str, String)]) -> Result<App> {
    let mut options = vec![("data", data.display().to_string())];
    options.extend_from_slice(settings);
    App::open_with(Config::read(&options, |_| None)?, Clock::manual(NOON), StdRng::seed_from_u64(1))
        .await
}

/// Runs openssl in a folder, which says what it made.
pub(crate) fn openssl(folder: &Path, arguments: &str) -> Vec<u8> {
    let done = Command::new("openssl").current_dir(folder).args(arguments.split(' ')).output();
    let done = done.expect("openssl; install the package openssl");
    assert!(
        done.status.success(),
        "openssl {arguments}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    done.stdout
}

/// A certificate of this machine's own, and its key.
fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let rules = "[req]\nprompt=no\ndistinguished_name=who\nx509_extensions=more\n[who]\nCN=localhost\n\
                 [more]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n";
    std::fs::write(folder.join("rules.conf"), rules).expect("a file in the temporary folder");
    openssl(
        folder,
        "req -x509 -config rules.conf -days 2 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
         -keyout key.pem -out certificate.pem",
    );
    (folder.join("certificate.pem"), folder.join("key.pem"))
}

/// What the other implementation says of a mail's signature: the signed headers, or why it does not
/// hold.
pub(crate) fn verified(mail: &Path, name: &str, record: &str) -> Result<Vec<String>, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dkim_verify.py");
    let done = Command::new("/usr/bin/python3").arg(script).arg(mail).args([name, record]).output();
    let done = done.expect("Debian's Python; install the package python3-dkim");
    match done.status.success() {
        true => Ok(String::from_utf8_lossy(&done.stdout)
            .split_whitespace()
            .map(ToOwned::to_owned)
            .collect()),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}
