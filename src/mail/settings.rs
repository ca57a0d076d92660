//! The settings of mail, understood but not yet tried: no file is opened here.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::i18n::Text;

use super::address::address;
use super::dkim::{Dkim, is_name};

#[derive(Clone)]
pub struct Settings {
    pub(super) transport: Transport,
    pub(super) from: Mailbox,
    pub(super) reply_to: Mailbox,
    pub(super) dkim: Option<Dkim>,
    pub(super) ca: Option<PathBuf>,
    /// How we name ourselves to a server.
    pub(super) hello: ClientId,
}

/// The setting `mail`.
#[derive(Clone)]
pub(super) enum Transport {
    Folder(PathBuf),
    Memory,
    Smtp(Server),
}

#[derive(Clone)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    pub(super) login: Option<Credentials>,
}

/// When the connection to a server becomes encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    Never,
    /// Asked for after the greeting, and insisted on.
    StartTls,
    Always,
}

/// The setting that is wrong, and what is wrong with it.
type Wrong = (&'static str, Text);

impl Settings {
    /// Reads the settings of mail by their keys, those of `data` and `public_url` included.
    pub fn parse<'a>(value: impl Fn(&'static str) -> &'a str) -> Result<Self, Wrong> {
        Ok(Self {
            transport: transport(value("mail"), Path::new(value("data")))
                .map_err(|text| ("mail", text))?,
            from: mailbox("mail_from", value("mail_from"))?,
            reply_to: mailbox("mail_reply_to", value("mail_reply_to"))?,
            dkim: dkim(&value)?,
            ca: Some(value("mail_ca")).filter(|path| !path.is_empty()).map(PathBuf::from),
            hello: hello(value("public_url")),
        })
    }
}

fn mailbox(key: &'static str, text: &str) -> Result<Mailbox, Wrong> {
    sender(text).ok_or_else(|| (key, Text::new("mail-bad-sender").with("value", text)))
}

fn transport(text: &str, data: &Path) -> Result<Transport, Text> {
    match text {
        "file" => Ok(Transport::Folder(data.join("mails"))),
        "memory" => Ok(Transport::Memory),
        _ => match text.strip_prefix("file:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
            Some("") => Err(refused()),
            Some(path) => Ok(Transport::Folder(PathBuf::from(path))),
            None => server(text).map(Transport::Smtp),
        },
    }
}

/// The value is never repeated: there may be a password in it.
fn refused() -> Text {
    Text::new("mail-bad-way")
}

fn server(text: &str) -> Result<Server, Text> {
    let url = Url::parse(text).map_err(|_| refused())?;
    let (encryption, port) = match url.scheme() {
        "smtp" => (Encryption::Never, 25),
        "smtp+starttls" => (Encryption::StartTls, 587),
        "smtps" => (Encryption::Always, 465),
        _ => return Err(refused()),
    };
    let more = url.query().is_some() || url.fragment().is_some() || !matches!(url.path(), "" | "/");
    let host = match url.host() {
        // The scheme is unknown to the parser, which then takes any characters for a host.
        Some(Host::Domain(name))
            if name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)) =>
        {
            name
        }
        Some(Host::Ipv6(_)) => url.host_str().unwrap_or_default().trim_matches(['[', ']']),
        _ => return Err(refused()),
    };
    if more || host.is_empty() {
        return Err(refused());
    }
    let login = login(&url).ok_or_else(refused)?;
    if login.is_some() && encryption == Encryption::Never && !loopback(host) {
        return Err(Text::new("mail-plain-password").with("host", host));
    }
    Ok(Server { host: host.to_owned(), port: url.port().unwrap_or(port), encryption, login })
}

/// The name and password of a server's address; `None` when there is one without the other or they
/// are no text.
fn login(url: &Url) -> Option<Option<Credentials>> {
    match (url.username(), url.password()) {
        ("", None) => Some(None),
        ("", _) | (_, None) => None,
        (user, Some(password)) => Some(Some(Credentials::new(decoded(user)?, decoded(password)?))),
    }
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}

fn loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `Garages <survey@garages.example>`, or the address alone.
fn sender(text: &str) -> Option<Mailbox> {
    if text.chars().any(char::is_control) {
        return None;
    }
    let parsed: Mailbox = text.parse().ok()?;
    Some(Mailbox::new(parsed.name, address(parsed.email.as_ref())?))
}

fn dkim<'a>(value: &impl Fn(&'static str) -> &'a str) -> Result<Option<Dkim>, Wrong> {
    let keys = ["dkim_domain", "dkim_selector", "dkim_key"];
    if keys.iter().all(|key| value(key).is_empty()) {
        return Ok(None);
    }
    if let Some(missing) = keys.into_iter().find(|key| value(key).is_empty()) {
        return Err((missing, Text::new("mail-dkim-incomplete")));
    }
    if let Some(key) = ["dkim_domain", "dkim_selector"].into_iter().find(|key| !is_name(value(key)))
    {
        return Err((key, Text::new("mail-dkim-bad-name").with("value", value(key))));
    }
    let [domain, selector, key] = keys.map(|key| value(key).to_owned());
    Ok(Some(Dkim { domain, selector, key: PathBuf::from(key) }))
}

/// We greet as the host of our own pages, a name that a suspicious server can look up.
fn hello(public_url: &str) -> ClientId {
    match Url::parse(public_url).ok().and_then(|url| url.host().map(|host| host.to_owned())) {
        Some(Host::Domain(name)) => ClientId::Domain(name),
        Some(Host::Ipv4(address)) => ClientId::Ipv4(address),
        Some(Host::Ipv6(address)) => ClientId::Ipv6(address),
        None => ClientId::default(),
    }
}

#[cfg(test)]
mod tests {
    use crate::mail::settings::*;

    fn transport_of(text: &str) -> Result<Transport, &'static str> {
        transport(text, Path::new("data")).map_err(|text| text.key())
    }

    fn server_of(text: &str) -> Server {
        match transport_of(text) {
            Ok(Transport::Smtp(server)) => server,
            _ => panic!("{text} is no server"),
        }
    }

    #[test]
    fn folders_and_memory() {
        let folder = |text| match transport_of(text) {
            Ok(Transport::Folder(path)) => path.display().to_string(),
            _ => panic!("{text} is no folder"),
        };
        assert_eq!(folder("file"), "data/mails");
        assert_eq!(folder("file:/some/folder"), "/some/folder");
        assert_eq!(folder("file:///some/folder"), "/some/folder");
        assert!(matches!(transport_of("memory"), Ok(Transport::Memory)));
    }

    #[test]
    fn servers_with_their_usual_ports_and_passwords_in_any_characters() {
        let plain = server_of("smtp://relay.example");
        assert_eq!(
            (plain.host.as_str(), plain.port, plain.encryption),
            ("relay.example", 25, Encryption::Never)
        );
        assert!(plain.login.is_none());
        let tls = server_of("smtps://anne%40example.org:p%40ss%3A%2F%C3%A9@mail.example");
        assert_eq!((tls.port, tls.encryption), (465, Encryption::Always));
        assert!(
            tls.login
                == Some(Credentials::new("anne@example.org".to_owned(), "p@ss:/é".to_owned()))
        );
        let later = server_of("smtp+starttls://u:p@[::1]:2525");
        assert_eq!(
            (later.host.as_str(), later.port, later.encryption),
            ("::1", 2525, Encryption::StartTls)
        );
    }

    #[test]
    fn a_password_travels_in_the_open_to_this_machine_only() {
        for fine in ["smtp://u:p@localhost", "smtp://u:p@127.0.0.1:25", "smtp://u:p@[::1]"] {
            assert!(server_of(fine).login.is_some());
        }
        assert_eq!(transport_of("smtp://u:p@mail.example").err(), Some("mail-plain-password"));
    }

    #[test]
    fn what_is_no_transport_is_refused() {
        for text in [
            "",
            "files",
            "file:",
            "sendmail",
            "smtp:",
            "smtp://",
            "smtp://host/path",
            "smtp://host?tls=required",
            "smtp://u@host",
            "smtp://:p@host",
            "smtp://ho st",
            "smtp://h%0d%0aost",
            "smtp://host:99999",
            "http://host",
            "smtps://u:%ff@host",
        ] {
            assert_eq!(transport_of(text).err(), Some("mail-bad-way"), "{text:?}");
        }
    }

    #[test]
    fn senders_have_a_name_or_none() {
        assert_eq!(sender("survey@garages.example").unwrap().to_string(), "survey@garages.example");
        let named = sender("Garages d’été <survey@garages.example>").unwrap();
        assert_eq!(named.name.as_deref(), Some("Garages d’été"));
        for text in [
            "",
            "Garages",
            "Garages <survey>",
            "a@b.example\r\nBcc: c@d.example",
            "a@b.example, c@d.example",
        ] {
            assert!(sender(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn we_greet_by_the_name_of_our_pages() {
        assert_eq!(hello("https://survey.example/x").to_string(), "survey.example");
        assert_eq!(hello("http://[::1]:80").to_string(), "[IPv6:::1]");
        assert_eq!(hello("http://127.0.0.1:8080").to_string(), "[127.0.0.1]");
    }
}
