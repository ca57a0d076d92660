//! Mails reach a real mail server in every mood, and what became of each is told truthfully.

use std::path::Path;
use std::time::{Duration, Instant};

use mail_parser::{HeaderValue, MessageParser, MimeHeaders as _};
use relais::i18n::Lang;
use relais::mail::{Mail, Mailer, Outcome};

use crate::support::smtp::{Server, application, mailer, mails};
use crate::support::{NOON, free_port};

/// Long, in French, with every kind of character that headers dislike.
const SUBJECT: &str = "Votre passage à l’atelier de Châteauneuf-du-Rhône : où cela a-t-il coincé, et où cela s’est-il \
                       bien passé ? Deux minutes suffisent — « merci » d’avance, œuvre de 😀";
const URL: &str = "https://enquetes.garages-de-la-vallee.example/some/longer/prefix/of/the/service/u/\
                   abcdefghijklmnopqrstuvwxyz";

pub(crate) fn mail_to(to: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        lang: Lang::Fr,
        subject: SUBJECT.to_owned(),
        text: format!(
            "Bonjour,\n\n.\n..deux points\nFrom ici, tout va bien = 100 %, « déjà »\tà la fin  \n{}\n\nAdieu.\n",
            "très ".repeat(300)
        ),
        html: format!(
            "<!doctype html>\n<html lang=\"fr\"><body><p>Été &amp; hiver{}</p></body></html>\n",
            "·".repeat(999)
        ),
        unsubscribe_url: Some(URL.to_owned()),
    }
}

async fn send(mailer: &Mailer, to: &str) -> Outcome {
    mailer.send(&mail_to(to), NOON, [7; 16]).await
}

fn on(port: u16) -> Mailer {
    mailer(&[("mail", format!("smtp://127.0.0.1:{port}"))])
}

const NO_ADDRESS: Outcome = Outcome::Refused { code: "to-5xx", address: true };

/// Reads a mail by a parser that did not write it, and compares it with what was sent.
fn reads_back(bytes: &[u8]) {
    assert!(
        bytes.is_ascii() && !bytes.windows(2).any(|two| two[1] == b'\n' && two[0] != b'\r'),
        "not ready to travel"
    );
    assert!(bytes.split(|b| *b == b'\n').all(|line| line.len() < 999), "a line is too long");
    let mail = MessageParser::default().parse(bytes).expect("a mail");
    let sent = mail_to("accept@example.org");
    assert_eq!(mail.subject(), Some(SUBJECT));
    assert_eq!(mail.body_text(0).expect("a text").replace("\r\n", "\n"), sent.text);
    assert_eq!(mail.body_html(0).expect("some HTML").replace("\r\n", "\n"), sent.html);
    assert_eq!(
        (mail.text_body_count(), mail.html_body_count(), mail.attachment_count()),
        (1, 1, 0)
    );
    let from = mail.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!((from.name(), from.address()), (Some("Garages"), Some("survey@garages.example")));
    assert_eq!(
        mail.to().and_then(|to| to.first()).and_then(|to| to.address()),
        Some("accept@example.org")
    );
    assert_eq!(mail.date().map(|date| date.to_timestamp()), Some(NOON));
    assert!(
        mail.message_id().is_some_and(|id| id.ends_with("@garages.example")),
        "{:?}",
        mail.message_id()
    );
    let raw = |name: &'static str| mail.header_raw(name).map(str::trim);
    assert_eq!(raw("List-Unsubscribe"), Some(format!("<{URL}>").as_str()));
    assert_eq!(raw("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    assert_eq!(raw("Auto-Submitted"), Some("auto-generated"));
    assert_eq!(raw("Content-Language"), Some("fr"));
    assert!(mail.is_content_type("multipart", "alternative"));
    assert!(raw("Bcc").is_none() && raw("Precedence").is_none());
}

#[tokio::test]
async fn a_letter_reads_back_as_it_was_written_whichever_way_it_leaves() {
    let memory = mailer(&[("mail_reply_to", "Accueil d’été <hello@garages.example>".to_owned())]);
    assert_eq!(send(&memory, "accept@example.org").await, Outcome::Sent);
    let kept = memory.delivered();
    reads_back(&kept[0].message);
    assert_eq!(kept[0].to, "accept@example.org");
    let mail = MessageParser::default().parse(&kept[0].message).expect("a mail");
    let reply_to = mail.reply_to().and_then(|to| to.first()).expect("whom to answer");
    assert_eq!(
        (reply_to.name(), reply_to.address()),
        (Some("Accueil d’été"), Some("hello@garages.example"))
    );

    let server = Server::start("plain");
    assert_eq!(send(&on(server.port), "accept@example.org").await, Outcome::Sent);
    let taken = std::fs::read(&server.taken()[0]).expect("what the server took");
    reads_back(&taken);

    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = mailer(&[("mail", format!("file:{}/mails", folder.path().display()))]);
    assert_eq!(send(&files, "accept@example.org").await, Outcome::Sent);
    let written = mails(&folder.path().join("mails/20261121"));
    assert!(
        written[0]
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("20261121T120000Z-"))
    );
    assert_eq!(std::fs::read(&written[0]).expect("a file"), taken, "the two ways differ");
    assert_eq!(
        std::fs::read_dir(folder.path().join("mails/20261121")).expect("a day").count(),
        1,
        "a draft was left"
    );
}

#[tokio::test]
async fn a_refusal_says_whether_the_address_is_at_fault() {
    let server = Server::start("plain");
    let mailer = on(server.port);
    let refused = |code| Outcome::Refused { code, address: false };
    for (to, outcome) in [
        ("nobody@example.org", NO_ADDRESS),
        ("gone@example.org", NO_ADDRESS),
        ("disabled@example.org", NO_ADDRESS),
        ("full@example.org", refused("to-5xx")),
        ("policy@example.org", refused("to-5xx")),
        ("stranger@example.org", Outcome::Later("auth-5xx")),
        ("later@example.org", Outcome::Later("to-4xx")),
        ("reject@example.org", refused("message-5xx")),
        ("busy@example.org", Outcome::Later("message-4xx")),
        ("vanish@example.org", Outcome::Later("to-lost")),
        ("cut@example.org", Outcome::Later("data-lost")),
        ("deaf@example.org", Outcome::Later("to-timeout")),
    ] {
        assert_eq!(send(&mailer, to).await, outcome, "{to}");
    }
    assert!(server.taken().is_empty(), "a mail that was told not to have gone did go");
}

#[tokio::test]
async fn what_is_greylisted_goes_at_the_second_try() {
    let server = Server::start("plain");
    let mailer = on(server.port);
    assert_eq!(send(&mailer, "grey@example.org").await, Outcome::Later("to-4xx"));
    assert_eq!(send(&mailer, "grey@example.org").await, Outcome::Sent);
    assert_eq!(send(&mailer, "slow@example.org").await, Outcome::Sent);
    assert_eq!(server.taken().len(), 2);
}

#[tokio::test]
async fn silence_after_the_content_is_unknown_and_not_a_failure() {
    let server = Server::start("plain");
    let mailer = on(server.port);
    let began = Instant::now();
    assert_eq!(send(&mailer, "hang@example.org").await, Outcome::Unknown("message-timeout"));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(send(&mailer, "drop@example.org").await, Outcome::Unknown("message-lost"));
    assert_eq!(send(&mailer, "babble@example.org").await, Outcome::Unknown("message-lost"));
    // That is why: the server had them all.
    assert_eq!(server.taken().len(), 3);
}

#[tokio::test]
async fn silence_amid_the_content_is_a_failure_because_its_end_was_never_written() {
    let server = Server::start("plain");
    let long = Mail { text: "mot ".repeat(4_000_000), ..mail_to("stall@example.org") };
    assert_eq!(on(server.port).send(&long, NOON, [7; 16]).await, Outcome::Later("message-timeout"));
    // The same mail to one who reads: it was not the length.
    let read = Mail { to: "accept@example.org".to_owned(), text: "mot ".repeat(40_000), ..long };
    assert_eq!(on(server.port).send(&read, NOON, [7; 16]).await, Outcome::Sent);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_server_that_lets_nothing_in_costs_no_letter() {
    for (mood, code) in
        [("unable", "connect-5xx"), ("busy", "connect-4xx"), ("mute", "connect-timeout")]
    {
        let server = Server::start(mood);
        assert_eq!(
            send(&on(server.port), "accept@example.org").await,
            Outcome::Later(code),
            "{mood}"
        );
    }
    assert_eq!(send(&on(free_port()), "accept@example.org").await, Outcome::Later("connect-lost"));
}

#[tokio::test]
async fn the_line_is_secret_when_it_was_asked_to_be() {
    for (mood, scheme, lost) in
        [("tls", "smtps", "connect-lost"), ("starttls", "smtp+starttls", "starttls-lost")]
    {
        let server = Server::start(mood);
        let way = ("mail", format!("{scheme}://localhost:{}", server.port));
        let trusted = mailer(&[way.clone(), ("mail_ca", server.certificate())]);
        assert_eq!(send(&trusted, "accept@example.org").await, Outcome::Sent, "{mood}");
        // A certificate that nobody vouches for.
        assert_eq!(
            send(&mailer(&[way]), "accept@example.org").await,
            Outcome::Later(lost),
            "{mood}"
        );
        assert_eq!(server.taken().len(), 1);
    }
    // A server, or somebody on the way to it, that offers no secrecy gets nothing.
    let plain = Server::start("plain");
    let asked = mailer(&[("mail", format!("smtp+starttls://localhost:{}", plain.port))]);
    assert_eq!(send(&asked, "accept@example.org").await, Outcome::Later("starttls-lost"));
    assert!(plain.taken().is_empty());
}

#[tokio::test]
async fn what_was_said_before_the_secrecy_is_not_believed_after_it() {
    let server = Server::start("injecting");
    let way = ("mail", format!("smtp+starttls://localhost:{}", server.port));
    let trusting = mailer(&[way, ("mail_ca", server.certificate())]);
    assert_eq!(send(&trusting, "accept@example.org").await, Outcome::Later("starttls-lost"));
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_wrong_password_costs_no_letter() {
    let server = Server::start("login");
    let with =
        |login: &str| mailer(&[("mail", format!("smtp://{login}127.0.0.1:{}", server.port))]);
    assert_eq!(send(&with("relais:pass%2Bword@"), "accept@example.org").await, Outcome::Sent);
    assert_eq!(
        send(&with("relais:password@"), "accept@example.org").await,
        Outcome::Later("auth-5xx")
    );
    assert_eq!(send(&with(""), "accept@example.org").await, Outcome::Later("auth-5xx"));
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn nobody_writes_headers_or_commands_of_ours() {
    let server = Server::start("plain");
    let mailer = on(server.port);
    for to in [
        "accept@example.org\r\nBcc: accept+2@example.org",
        "accept@example.org>\r\nRCPT TO:<accept+2@example.org",
        "\"accept\r\n\"@example.org",
        "accept@example.org,accept+2@example.org",
        "Accept <accept@example.org>",
        "accept@example.org\0",
        "accept",
        "",
    ] {
        assert_eq!(
            send(&mailer, to).await,
            Outcome::Refused { code: "address", address: true },
            "{to:?}"
        );
    }
    assert!(server.taken().is_empty());
    let tricky = "Bonjour\r\nBcc: accept+2@example.org\r\n\r\n<b>Autre corps</b>";
    let sent = Mail { subject: tricky.to_owned(), ..mail_to("accept@example.org") };
    assert_eq!(mailer.send(&sent, NOON, [7; 16]).await, Outcome::Sent);
    let bytes = std::fs::read(&server.taken()[0]).expect("what the server took");
    let mail = MessageParser::default().parse(&bytes).expect("a mail");
    assert!(
        mail.bcc().is_none() && mail.body_text(0).is_some_and(|text| text.starts_with("Bonjour,"))
    );
    assert_eq!(mail.subject(), Some("Bonjour  Bcc: accept+2@example.org    <b>Autre corps</b>"));
    let broken = Mail {
        unsubscribe_url: Some("https://x.example/>\r\nBcc: a@b.example".to_owned()),
        ..sent
    };
    let outcome = mailer.send(&broken, NOON, [7; 16]).await;
    assert_eq!(outcome, Outcome::Refused { code: "unsubscribe-url", address: false });
    assert!(matches!(mail.header("To"), Some(HeaderValue::Address(_))));
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_and_the_letter_kept_for_later() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let app = application(folder.path(), &[]).await.expect("an application");
    let mails_in = app
        .mailer
        .folder()
        .map(Path::to_owned)
        .expect("mails lie in the data folder unless told otherwise");
    assert_eq!(mails_in, folder.path().join("mails"));
    assert_eq!(send(&app.mailer, "accept@example.org").await, Outcome::Sent);
    std::fs::remove_dir_all(&mails_in).expect("the folder goes");
    assert_eq!(send(&app.mailer, "accept@example.org").await, Outcome::Later("file"));
    let shown = format!("{app:?} {:?} {:?}", mail_to("accept@example.org"), app.mailer.delivered());
    assert!(!shown.contains("accept@"), "{shown}");
}
