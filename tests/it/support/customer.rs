//! A customer: gets mails, follows their link with a browser that keeps nothing, and answers.

use axum::Router;
use axum::http::{Method, StatusCode};
use mail_parser::MessageParser;
use relais::app::App;
use relais::id::OrganisationId;
use relais::journal::{Author, Reason};
use relais::journey::import::{Format, Import, import};
use relais::journey::mapping::ColumnChoices;
use relais::journey::source::Source;
use relais::journey::store::batch::Arrival;
use relais::progress::silent;
use relais::survey::publishing::{Publishing, publish};
use relais::worker;

use super::World;
use crate::visitor::{Answered, Visitor};

/// A service that asks: the garage of `plans`, its questionnaire published a year ago.
pub(crate) async fn asking(world: &World) -> OrganisationId {
    crate::plans::applied(world).await;
    let organisation = crate::events::organisation(world).await;
    publish_questionnaire(world, organisation).await;
    organisation
}

async fn publish_questionnaire(world: &World, organisation: OrganisationId) {
    let now = world.app.clock.now() - 365 * 86_400;
    let reason = Reason::parse("the teams agreed").expect("a reason");
    let publishing = Publishing { author: Author::command_line(), reason, now, parts_asked: None };
    publish(&world.app.db, organisation, "repair".to_owned(), publishing)
        .await
        .expect("a questionnaire");
}

/// A journey through reception, workshop and hand-back that ended an hour ago, told by a feed.
pub(crate) async fn journey(world: &World, source: &str, contact: &str, locale: &str) {
    ended(world, source, contact, locale, world.app.clock.now() - 3_600).await;
}

/// The same with its end.
pub(crate) async fn ended(world: &World, source: &str, contact: &str, locale: &str, end: i64) {
    feed(world, told(source, contact, locale, end)).await;
}

/// What the garage's systems tell of such a journey, a line for each of its events.
pub(crate) fn told(source: &str, contact: &str, locale: &str, end: i64) -> String {
    let at = |before: i64| relais::calendar::rfc3339(end - before);
    let row = |step: &str, from: i64, to: i64| {
        format!(
            "{{\"journey\":\"{source}\",\"step\":\"{step}\",\"start\":\"{}\",\"end\":\"{}\",\"site\":\"S1\",\
             \"contact\":\"{contact}\",\"locale\":\"{locale}\"}}\n",
            at(from),
            at(to)
        )
    };
    [row("RECEP", 90_000, 89_000), row("WORK", 80_000, 20_000), row("DELIV", 600, 0)].concat()
}

/// A feed sends these lines.
pub(crate) async fn feed(world: &World, lines: String) {
    let feed = Import {
        organisation: crate::events::organisation(world).await,
        journey_type: "repair".to_owned(),
        format: Format::Lines,
        source: Source::Bytes(lines.into_bytes().into()),
        said: ColumnChoices::default(),
        site: None,
        arrival: Arrival::Live,
    };
    let report = import(&world.app, &feed, &silent).await.expect("a report");
    assert_eq!(report.refused, 0, "{:?}", report.refusals);
}

/// Does what is due until `days` have gone by: jobs and mails, every hour, as the service would.
pub(crate) async fn live(world: &World, hours: i64) {
    for _ in 0..hours {
        work(&world.app).await;
        world.app.clock.set(world.app.clock.now() + 3_600);
    }
    work(&world.app).await;
}

/// Does what is due now.
pub(crate) async fn work(app: &App) {
    worker::do_jobs(app).await.expect("the jobs");
    worker::send_mails(app).await.expect("the mails");
}

/// A mail as its reader sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) unsubscribe: String,
    pub(crate) raw: String,
}

impl Mail {
    /// Reads a message with another hand than the one that wrote it.
    pub(crate) fn read(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).expect("a message");
        let header = |name: &str| {
            let value = message.header_raw(name).unwrap_or_default();
            value.split_whitespace().collect::<String>()
        };
        Self {
            to: message
                .to()
                .and_then(|to| to.first())
                .and_then(|to| to.address())
                .expect("an address")
                .to_owned(),
            subject: message.subject().expect("a subject").to_owned(),
            text: message.body_text(0).expect("text").into_owned(),
            html: message.body_html(0).expect("HTML").into_owned(),
            unsubscribe: header("List-Unsubscribe"),
            raw: String::from_utf8_lossy(raw).into_owned(),
        }
    }

    /// The path of its link.
    pub(crate) fn link(&self) -> String {
        let at = self.text.find("/r/").expect("a link");
        self.text[at..at + 29].to_owned()
    }

    /// The secret of its link.
    pub(crate) fn token(&self) -> String {
        self.link()[3..].to_owned()
    }
}

/// The mails in the world's folder, oldest first.
pub(crate) fn mails(world: &World) -> Vec<Mail> {
    let mut paths = Vec::new();
    for day in
        std::fs::read_dir(world.folder.path().join("mails")).expect("the folder of mails").flatten()
    {
        paths.extend(
            std::fs::read_dir(day.path()).expect("a day").flatten().map(|entry| entry.path()),
        );
    }
    paths.sort();
    paths.iter().map(|path| Mail::read(&std::fs::read(path).expect("a mail"))).collect()
}

/// One mail to this address.
pub(crate) fn mail_to(world: &World, address: &str) -> Mail {
    mails(world)
        .into_iter()
        .find(|mail| mail.to == address)
        .unwrap_or_else(|| panic!("no mail to {address}"))
}

/// A customer with their link.
pub(crate) struct Customer {
    browser: Visitor,
    pub(crate) link: String,
}

impl Customer {
    pub(crate) fn new(router: &Router, mail: &Mail) -> Self {
        Self { browser: Visitor::new(router), link: mail.link() }
    }

    pub(crate) async fn get(&mut self, page: &str) -> Answered {
        let answered = self.browser.get(&format!("{}{page}", self.link)).await;
        assert!(self.browser.cookies.is_empty(), "a customer's page set a cookie");
        answered
    }

    /// Sends a page as a text browser does: no word of where it came from.
    pub(crate) async fn post(&mut self, page: &str, form: &str) -> Answered {
        self.browser.send(Method::POST, &format!("{}{page}", self.link), &[], form).await
    }

    /// Sends a page and is led to the next.
    pub(crate) async fn sends(&mut self, page: &str, form: &str, next: &str) {
        let answered = self.post(page, form).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
        assert_eq!(answered.header("location"), format!("{}{next}", self.link));
    }

    /// The names of the fields on the second page with a first value each.
    pub(crate) async fn parts(&mut self) -> Vec<(String, String)> {
        fields(&self.get("/2").await.body)
    }
}

/// The names of the fields of a page with a first value each.
pub(crate) fn fields(page: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in page.split("<input").skip(1) {
        let of = |name: &str| {
            let from = input.find(&format!(" {name}=\""))? + name.len() + 3;
            Some(input[from..].split('"').next()?.to_owned())
        };
        let (Some(name), Some(value)) = (of("name"), of("value")) else { continue };
        if !fields.iter().any(|(known, _)| *known == name) {
            fields.push((name, value));
        }
    }
    fields
}

/// A form of these fields.
pub(crate) fn form(fields: &[(String, String)]) -> String {
    let pairs =
        fields.iter().map(|(name, value)| format!("{}={}", name.replace(':', "%3A"), value));
    pairs.collect::<Vec<_>>().join("&")
}
