//! How people reach the service: what it really listens at, for itself and for the commands that print links beside it.

use std::net::SocketAddr;
use std::path::Path;

use super::{Config, Origin};
use crate::error::{Error, Result};
use crate::owner_only_file;

/// Where a service writes down how people reach it.
const FILE: &str = "reached-at";

impl Config {
    /// The same for a service that is bound to an address: port 0 means one that the system chose.
    #[must_use]
    pub fn bound_to(mut self, bound: SocketAddr) -> Self {
        if *self.origin("public_url") == Origin::Derived {
            self.public_url = format!("http://{bound}");
        }
        Self { listen: bound, ..self }
    }

    /// Writes down how people reach this service.
    pub fn note_reached(&self) -> Result<()> {
        let file = self.data.join(FILE);
        owner_only_file::write(&file, format!("{}\n", self.public_url))
            .map_err(Error::io(file.display()))
    }

    /// The same for a command that runs beside a service: where nobody tells the command, its links lead to where the
    /// service was started last, which may have been told by options and variables that the command does not see.
    #[must_use]
    pub fn beside_service(mut self) -> Self {
        let file = self.data.join(FILE);
        let is_told = match (self.origin("public_url"), self.origin("listen")) {
            (Origin::Derived, Origin::Default) => false,
            (Origin::Derived, Origin::File(settings)) => is_newer(Path::new(settings), &file),
            _ => true,
        };
        if !is_told && let Ok(url) = std::fs::read_to_string(&file) {
            url.trim().clone_into(&mut self.public_url);
        }
        self
    }
}

/// Whether a file was changed after another; one whose time cannot be read was not.
fn is_newer(file: &Path, other: &Path) -> bool {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|of| of.modified()).ok();
    changed(file) > changed(other)
}

#[cfg(test)]
mod tests {
    use crate::config::*;

    fn config(data: &std::path::Path, told: &[(&'static str, &str)]) -> Config {
        let options: Vec<_> = told.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let data = ("data", data.display().to_string());
        Config::read(&[&[data], options.as_slice()].concat(), |_| None).unwrap()
    }

    #[test]
    fn links_lead_to_where_the_service_listens_unless_the_command_is_told_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let beside =
            |told: &[(&'static str, &str)]| config(folder.path(), told).beside_service().public_url;
        assert_eq!(beside(&[]), "http://127.0.0.1:8080", "nobody has served yet");
        let served = config(folder.path(), &[("listen", "127.0.0.1:0")]);
        served.bound_to("127.0.0.1:9123".parse().unwrap()).note_reached().unwrap();
        assert_eq!(beside(&[]), "http://127.0.0.1:9123");
        assert_eq!(beside(&[("listen", "127.0.0.1:7000")]), "http://127.0.0.1:7000");
        assert_eq!(beside(&[("public_url", "https://relais.example/")]), "https://relais.example");
    }

    #[test]
    fn a_public_address_stays_whatever_the_service_is_bound_to() {
        let folder = tempfile::tempdir().unwrap();
        let served = config(folder.path(), &[("public_url", "https://relais.example")]);
        let bound = served.bound_to("127.0.0.1:9123".parse().unwrap());
        assert_eq!(bound.public_url, "https://relais.example");
    }
}
