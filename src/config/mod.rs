//! The settings: one reader for the command line, the environment and one file, in this order of
//! precedence.
//!
//! Every setting has one row in `SETTINGS`, and `relais serve --check` prints each value with its
//! origin.

mod provider;
mod reached;
mod value;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use crate::db::Db;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::mail;

use value::{Values, bad, derive, parsed, refused};

pub use provider::{Provider, may_be_asked};
pub use value::Origin;

/// One setting: its key in `relais.toml`, its variable, its default and whether it is masked.
struct Setting {
    key: &'static str,
    variable: &'static str,
    default: &'static str,
    secret: bool,
}

const SETTINGS: [Setting; 23] = [
    Setting::new("data", "RELAIS_DATA", "relais-data"),
    Setting::new("database_url", "DATABASE_URL", ""),
    Setting::new("listen", "RELAIS_LISTEN", "127.0.0.1:8080"),
    Setting::new("public_url", "RELAIS_PUBLIC_URL", ""),
    Setting::new("trusted_proxies", "RELAIS_TRUSTED_PROXIES", ""),
    Setting::new("requests_per_minute", "RELAIS_REQUESTS_PER_MINUTE", "3000"),
    Setting::new("language", "RELAIS_LANGUAGE", ""),
    Setting::new("log", "RELAIS_LOG", "info,sea_orm_migration=warn"),
    Setting::new("log_format", "RELAIS_LOG_FORMAT", "text"),
    Setting::new("mail", "RELAIS_MAIL", "file"),
    Setting::new("mail_from", "RELAIS_MAIL_FROM", "Relais <relais@localhost>"),
    Setting::new("mail_reply_to", "RELAIS_MAIL_REPLY_TO", ""),
    Setting::new("mail_ca", "RELAIS_MAIL_CA", ""),
    Setting::new("dkim_domain", "RELAIS_DKIM_DOMAIN", ""),
    Setting::new("dkim_selector", "RELAIS_DKIM_SELECTOR", ""),
    Setting::new("dkim_key", "RELAIS_DKIM_KEY", ""),
    Setting::new("breached_passwords", "RELAIS_BREACHED_PASSWORDS", ""),
    Setting::new("second_factor", "RELAIS_SECOND_FACTOR", "offered"),
    Setting::new("oidc_issuer", "RELAIS_OIDC_ISSUER", ""),
    Setting::new("oidc_client_id", "RELAIS_OIDC_CLIENT_ID", ""),
    Setting::new("oidc_client_secret_file", "RELAIS_OIDC_CLIENT_SECRET_FILE", ""),
    Setting::new("oidc_label", "RELAIS_OIDC_LABEL", ""),
    Setting { key: "secret", variable: "RELAIS_SECRET", default: "", secret: true },
];

impl Setting {
    const fn new(key: &'static str, variable: &'static str, default: &'static str) -> Self {
        Self { key, variable, default, secret: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    Offered,
    Administrators,
    Everyone,
}

#[derive(Clone)]
pub struct Config {
    pub data: PathBuf,
    pub database_url: String,
    pub listen: SocketAddr,
    pub public_url: String,
    /// Their `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How much one network may ask.
    pub requests_per_minute: NonZeroU32,
    pub language: Lang,
    /// In the syntax of `tracing`.
    pub log: String,
    pub log_format: LogFormat,
    /// `None` when the key file holds it.
    pub secret: Option<String>,
    pub mail: mail::Settings,
    /// A file of passwords that became known elsewhere.
    pub breached_passwords: Option<PathBuf>,
    pub second_factor: SecondFactor,
    pub provider: Option<Provider>,
    origins: Vec<(&'static str, String, Origin)>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.lines().map(|(key, value, _)| (key, value))).finish()
    }
}

impl Config {
    /// Reads the settings. `options` are those of the command line, by key; `environment` looks a
    /// variable up.
    pub fn read(
        options: &[(&'static str, String)],
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        let mut values = Values::new();
        for setting in &SETTINGS {
            values.insert(setting.key, (setting.default.to_owned(), Origin::Default));
        }
        let mut overlay = Values::new();
        for setting in &SETTINGS {
            if let Some(value) = environment(setting.variable).filter(|value| !value.is_empty()) {
                overlay.insert(setting.key, (value, Origin::Environment(setting.variable)));
            }
        }
        for (key, value) in options {
            overlay.insert(key, (value.clone(), Origin::CommandLine));
        }
        let data = overlay.get("data").map_or("relais-data", |(value, _)| value);
        let named = environment("RELAIS_CONFIG").map(PathBuf::from);
        let path = named.clone().unwrap_or_else(|| PathBuf::from(data).join("relais.toml"));
        values.extend(file(&path, named.is_some())?);
        values.extend(overlay);
        let locale = environment("LC_ALL").or_else(|| environment("LANG")).unwrap_or_default();
        Self::understand(values, &locale)
    }

    /// Every setting with its value and its origin; secrets are masked.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, &str, &Origin)> {
        self.origins.iter().map(|(key, value, origin)| (*key, value.as_str(), origin))
    }

    /// Where the value of a setting came from.
    fn origin(&self, key: &str) -> &Origin {
        let of = self.origins.iter().find(|(known, ..)| *known == key);
        of.map_or(&Origin::Default, |(.., origin)| origin)
    }

    fn understand(mut values: Values, locale: &str) -> Result<Self> {
        derive(&mut values, "language", Lang::of_tag(locale).unwrap_or_default().tag().to_owned());
        let data = PathBuf::from(&values["data"].0);
        derive(&mut values, "database_url", Db::url_inside(&data));
        let listen: SocketAddr = parsed(&values, "listen", "config-bad-listen")?;
        derive(&mut values, "public_url", format!("http://{listen}"));
        let from = values["mail_from"].0.clone();
        derive(&mut values, "mail_reply_to", from);
        let mail = mail::Settings::parse(|key| values[key].0.as_str());
        let proxies = &values["trusted_proxies"].0;
        let proxies = proxies.split(',').map(str::trim).filter(|address| !address.is_empty());
        let trusted_proxies: Result<Vec<IpAddr>, _> = proxies.map(str::parse).collect();
        let secret = Some(values["secret"].0.clone()).filter(|secret| !secret.is_empty());
        Ok(Self {
            listen,
            database_url: values["database_url"].0.clone(),
            public_url: values["public_url"].0.trim_end_matches('/').to_owned(),
            trusted_proxies: trusted_proxies
                .map_err(|_| bad(&values, "trusted_proxies", "config-bad-proxies"))?,
            requests_per_minute: parsed(&values, "requests_per_minute", "config-bad-requests")?,
            language: Lang::of_tag(&values["language"].0)
                .ok_or_else(|| bad(&values, "language", "config-bad-language"))?,
            log: values["log"].0.clone(),
            log_format: match values["log_format"].0.as_str() {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => return Err(bad(&values, "log_format", "config-bad-log-format")),
            },
            secret,
            mail: mail.map_err(|(key, text)| refused(&values, key, text))?,
            breached_passwords: Some(PathBuf::from(&values["breached_passwords"].0))
                .filter(|path| !path.as_os_str().is_empty()),
            second_factor: match values["second_factor"].0.as_str() {
                "offered" => SecondFactor::Offered,
                "administrators" => SecondFactor::Administrators,
                "everyone" => SecondFactor::Everyone,
                _ => return Err(bad(&values, "second_factor", "config-bad-second-factor")),
            },
            provider: provider::provider(&values)?,
            data,
            origins: SETTINGS.iter().map(|setting| masked(setting, &values)).collect(),
        })
    }
}

fn masked(setting: &Setting, values: &Values) -> (&'static str, String, Origin) {
    let (value, origin) = &values[setting.key];
    let value = if setting.secret && !value.is_empty() {
        "********".to_owned()
    } else {
        without_password(value)
    };
    (setting.key, value, origin.clone())
}

fn without_password(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return value.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:********@{host}")
}

fn file(path: &std::path::Path, must_exist: bool) -> Result<Values> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound && !must_exist => {
            return Ok(Values::new());
        }
        Err(failure) => return Err(Error::io(name)(failure)),
    };
    let table: toml::Table = toml::from_str(&text).map_err(|problem| {
        let why = problem.message().to_owned();
        Refusal::new(Text::new("config-bad-file").with("why", why)).in_file(&name)
    })?;
    table.into_iter().map(|(key, value)| file_value(&name, &key, value)).collect()
}

fn file_value(
    name: &str,
    key: &str,
    value: toml::Value,
) -> Result<(&'static str, (String, Origin))> {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key && key != "data") else {
        return Err(Refusal::new(Text::new("config-unknown")).in_file(name).in_field(key).into());
    };
    match value {
        toml::Value::String(value) => Ok((setting.key, (value, Origin::File(name.to_owned())))),
        _ => Err(Refusal::new(Text::new("config-not-text")).in_file(name).in_field(key).into()),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::*;

    fn environment(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_command_line_wins_over_the_environment_over_the_file_over_the_default() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("relais.toml"),
            "listen = \"127.0.0.1:1\"\nlog = \"debug\"",
        )
        .unwrap();
        let data = ("data", folder.path().display().to_string());
        let config = Config::read(
            &[data, ("listen", "127.0.0.1:3".to_owned())],
            environment(&[
                ("RELAIS_LISTEN", "127.0.0.1:2"),
                ("RELAIS_LOG_FORMAT", "json"),
                ("LANG", "fr_FR.UTF-8"),
            ]),
        );
        let config = config.unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!((config.log.as_str(), config.log_format), ("debug", LogFormat::Json));
        assert_eq!((config.language, config.public_url.as_str()), (Lang::Fr, "http://127.0.0.1:3"));
        let origin =
            |key| config.lines().find(|line| line.0 == key).map(|line| line.2.clone()).unwrap();
        assert_eq!(origin("listen"), Origin::CommandLine);
        assert_eq!(origin("log_format"), Origin::Environment("RELAIS_LOG_FORMAT"));
        assert_eq!(origin("trusted_proxies"), Origin::Default);
    }

    #[test]
    fn secrets_are_masked_wherever_the_settings_are_shown() {
        let given = [("RELAIS_SECRET", "abcdef"), ("DATABASE_URL", "postgres://u:pass@h/db")];
        let config =
            Config::read(&[], |name| given.iter().find(|g| g.0 == name).map(|g| g.1.to_owned()))
                .unwrap();
        let shown = format!("{config:?}");
        assert!(!shown.contains("abcdef") && !shown.contains("pass@"), "{shown}");
    }

    #[test]
    fn the_password_of_the_mail_server_is_masked_and_never_repeated() {
        let read = |mail: &str| {
            let mail = mail.to_owned();
            Config::read(
                &[("mail_from", "Garages <survey@garages.example>".to_owned())],
                move |name| (name == "RELAIS_MAIL").then(|| mail.clone()),
            )
        };
        let config = read("smtps://relais:hunter2@mail.example").unwrap();
        let line = |key| {
            config
                .lines()
                .find(|line| line.0 == key)
                .map(|line| (line.1.to_owned(), line.2.clone()))
        };
        let shown = "smtps://relais:********@mail.example".to_owned();
        assert_eq!(line("mail"), Some((shown, Origin::Environment("RELAIS_MAIL"))));
        let from = "Garages <survey@garages.example>".to_owned();
        assert_eq!(line("mail_reply_to"), Some((from, Origin::Derived)));
        assert!(!format!("{config:?}").contains("hunter2"));
        for wrong in ["smtp://relais:hunter2@mail.example", "smtps:relais:hunter2@mail.example"] {
            let refused = read(wrong).unwrap_err();
            for lang in Lang::ALL {
                let said = refused.say(lang);
                assert!(
                    said.starts_with("RELAIS_MAIL, mail") && !said.contains("hunter2"),
                    "{said}"
                );
            }
        }
    }

    #[test]
    fn a_setting_that_is_none_is_refused_by_file_and_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("relais.toml"), "listne = \"x\"").unwrap();
        let refused =
            Config::read(&[("data", folder.path().display().to_string())], |_| None).unwrap_err();
        assert!(refused.to_string().contains("listne"), "{refused}");
    }
}
