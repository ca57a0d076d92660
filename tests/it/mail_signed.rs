//! Signatures that another implementation verifies, and settings that are refused at the start.

use std::fs;
use std::path::Path;

use data_encoding::BASE64;
use relais::clock::Clock;
use relais::i18n::Lang;
use relais::mail::{Mail, Outcome};

use crate::mail::mail_to;
use crate::support::smtp::{Server, application, mailer, mails, openssl, refusable, verified};

pub(crate) const NAME: &str = "s2026._domainkey.garages.example";

/// The settings that sign with a key.
pub(crate) fn signing(way: String, key: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("mail", way),
        ("dkim_domain", "garages.example".to_owned()),
        ("dkim_selector", "s2026".to_owned()),
        ("dkim_key", key.display().to_string()),
    ]
}

/// Makes a key of each kind that openssl writes: its file, and what the DNS says of it.
pub(crate) fn keys(folder: &Path) -> Vec<(&'static str, String)> {
    openssl(folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem");
    openssl(folder, "rsa -in rsa.pem -traditional -out old.pem");
    openssl(folder, "genpkey -algorithm ED25519 -out ed25519.pem");
    let rsa = BASE64.encode(&openssl(folder, "pkey -in rsa.pem -pubout -outform DER"));
    let ed25519 = openssl(folder, "pkey -in ed25519.pem -pubout -outform DER");
    // The last 32 bytes are the key; RFC 8463 wants it bare.
    let ed25519 = BASE64.encode(&ed25519[ed25519.len() - 32..]);
    let rsa = format!("v=DKIM1; k=rsa; p={rsa}");
    vec![
        ("rsa.pem", rsa.clone()),
        ("old.pem", rsa),
        ("ed25519.pem", format!("v=DKIM1; k=ed25519; p={ed25519}")),
    ]
}

#[tokio::test]
async fn signatures_hold_before_another_implementation_and_break_when_a_word_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start("plain");
    // A signature from the future would be refused, so this is the time of the machine.
    let now = Clock::System.now();
    for (number, (file, record)) in keys(folder.path()).into_iter().enumerate() {
        let way = format!("smtp://127.0.0.1:{}", server.port);
        let mailer = mailer(&signing(way, &folder.path().join(file)));
        assert_eq!(
            mailer.send(&mail_to("accept@example.org"), now, [number as u8; 16]).await,
            Outcome::Sent
        );
        let taken = server.taken().pop().expect("a mail");
        let signed = verified(&taken, NAME, &record).unwrap_or_else(|why| panic!("{file}: {why}"));
        for header in [
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "mime-version",
            "content-type",
        ] {
            assert!(
                signed.iter().any(|one| one == header),
                "{file}: {header} is not signed: {signed:?}"
            );
        }
        for header in ["list-unsubscribe", "list-unsubscribe-post"] {
            assert!(
                signed.iter().any(|one| one == header),
                "{file}: {header} is not signed: {signed:?}"
            );
        }
        let whole = fs::read_to_string(&taken).expect("a mail");
        for (was, becomes) in [
            ("/u/abcdefghijklmnopqrstuvwxyz", "/u/bbcdefghijklmnopqrstuvwxyz"),
            ("One-Click", "Two-Click"),
            ("boundary=\"", "boundary=\"x"),
            ("Bonjour,", "Bonsoir,"),
            ("From: Garages", "From: somebody@else.example\r\nFrom: Garages"),
        ] {
            assert!(whole.contains(was), "{was} is not in the mail");
            let changed = folder.path().join("changed.eml");
            fs::write(&changed, whole.replacen(was, becomes, 1)).expect("a file");
            assert!(
                verified(&changed, NAME, &record).is_err(),
                "{file}: {was} can become {becomes}"
            );
        }
    }
}

#[tokio::test]
async fn signatures_hold_whatever_the_headers_are_folded_like() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let keys = keys(folder.path());
    let (file, record) = &keys[0];
    let way = format!("file:{}", folder.path().join("mails").display());
    let mut settings = signing(way, &folder.path().join(file));
    settings.push((
        "mail_from",
        format!("Très long nom {} <survey@garages.example>", "de garage ".repeat(12)),
    ));
    let mailer = mailer(&settings);
    let long_address = format!("{}@{}.example", "a".repeat(64), "b".repeat(60));
    let now = Clock::System.now();
    let long_url =
        format!("https://{}.example/u/abcdefghijklmnopqrstuvwxyz", "a-long-name.".repeat(12));
    let subjects = [
        String::new(),
        " ".repeat(90),
        "é".repeat(200),
        "un deux  trois ".repeat(40),
        "x".repeat(300),
    ];
    for (number, subject) in subjects.into_iter().enumerate() {
        let mail =
            Mail { subject, unsubscribe_url: Some(long_url.clone()), ..mail_to(&long_address) };
        assert_eq!(mailer.send(&mail, now, [number as u8; 16]).await, Outcome::Sent);
    }
    for path in mails(&folder.path().join("mails")) {
        let signed =
            verified(&path, NAME, record).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert!(signed.iter().any(|one| one == "list-unsubscribe"));
    }
}

#[tokio::test]
async fn bad_settings_are_refused_at_the_start_by_their_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    keys(folder.path());
    openssl(folder.path(), "pkey -in rsa.pem -pubout -out public.pem");
    openssl(folder.path(), "pkey -in rsa.pem -aes256 -passout pass:x -out locked.pem");
    openssl(folder.path(), "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out short.pem");
    openssl(folder.path(), "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out curve.pem");
    fs::write(path("text.pem"), "no key").expect("a file");
    for (file, words) in [
        ("public.pem", "no private key"),
        ("text.pem", "no private key"),
        ("locked.pem", "protected by a password"),
        ("short.pem", "2,048"),
        ("curve.pem", "2,048"),
        ("missing.pem", "No such file"),
    ] {
        let refused = application(folder.path(), &signing("file".to_owned(), &path(file))).await;
        let said = refused.map(|_| ()).expect_err(file).say(Lang::En);
        assert!(
            said.contains("dkim_key") && said.contains(file) && said.contains(words),
            "{file}: {said}"
        );
    }
    let certificates = [
        ("mail", "smtps://localhost".to_owned()),
        ("mail_ca", path("rsa.pem").display().to_string()),
    ];
    for (settings, field) in [
        (vec![("mail", "smtp://relais:hunter2@mail.example".to_owned())], "mail"),
        (vec![("mail", "ftp://relais:hunter2@mail.example".to_owned())], "mail"),
        (vec![("mail", "smtp://relais:hunter2@ho st".to_owned())], "mail"),
        (vec![("mail_from", "nobody".to_owned())], "mail_from"),
        (vec![("mail_reply_to", "a@b.example\nBcc: c@d.example".to_owned())], "mail_reply_to"),
        (vec![("dkim_domain", "garages.example".to_owned())], "dkim_selector"),
        (signing("memory".to_owned(), Path::new("")), "dkim_key"),
        (certificates.to_vec(), "mail_ca"),
    ] {
        let refused = refusable(&settings).map(|_| ()).expect_err(field);
        for lang in Lang::ALL {
            let said = refused.say(lang);
            assert!(said.contains(field) && !said.contains("hunter2"), "{said}");
        }
    }
}
