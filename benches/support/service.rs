//! A service that asks, with open invitations, for the programs that measure.

use std::fmt::Write as _;
use std::path::Path;

use rand::SeedableRng;
use rand::rngs::StdRng;
use relais::app::App;
use relais::blueprint::file::Plan;
use relais::blueprint::store::apply;
use relais::calendar::rfc3339;
use relais::clock::Clock;
use relais::config::Config;
use relais::id::OrganisationId;
use relais::invitation::deciding;
use relais::invitation::links::{self, LinkRequest};
use relais::journal::{Author, Reason};
use relais::journey::import::{self, Format, Import};
use relais::journey::mapping::ColumnChoices;
use relais::journey::source::Source;
use relais::journey::store::batch::Arrival;
use relais::journey::store::following;
use relais::progress::silent;
use relais::survey::publishing::{self, Publishing};
use relais::token::JourneyId;

/// Saturday 21 November 2026, 12:00 UTC.
pub(crate) const NOON: i64 = 1_795_262_400;
const TYPE: &str = "repair";

const BLUEPRINT: &str = r#"reason = "a measurement"
[journey_type]
code = "repair"
name = { fr = "Réparation", en = "Repair" }
[[step]]
code = "CALL"
team = "call-centre"
frontstage = true
name = { fr = "Appel", en = "Call" }
[[step]]
code = "RECEP"
team = "reception"
frontstage = true
name = { fr = "Accueil", en = "Reception" }
[[step]]
code = "WORK"
team = "reception"
frontstage = true
name = { fr = "Atelier", en = "Workshop" }
[[step]]
code = "DELIV"
team = "reception"
frontstage = true
name = { fr = "Restitution", en = "Hand-back" }
[[team]]
code = "call-centre"
central = 30
[[team]]
code = "reception"
central = 40
[[site]]
code = "first"
[[site]]
code = "look"
[[site]]
code = "weigh"
[[site]]
code = "plain"
[[site]]
code = "http"
[[site]]
code = "steady"
[[site]]
code = "mail"
"#;

/// A service in a folder, its mails in memory.
pub(crate) struct Service {
    pub(crate) app: App,
    pub(crate) organisation: OrganisationId,
}

impl Service {
    /// Founds it, and publishes its questionnaire.
    pub(crate) async fn found(folder: &Path) -> Self {
        let often = ("requests_per_minute", "1000000000".to_owned());
        let options = [("data", folder.display().to_string()), often];
        let config =
            Config::read(&options, |name| (name == "RELAIS_MAIL").then(|| "memory".to_owned()));
        let clock = Clock::manual(NOON - 30 * 86_400);
        let random = StdRng::seed_from_u64(1);
        let app =
            App::open_with(config.expect("settings"), clock, random).await.expect("an application");
        let organisation = relais::organisation::store::ensure(&app.db, app.clock.now())
            .await
            .expect("an organisation");
        let service = Self { app, organisation };
        service.set_up().await;
        service.app.clock.set(NOON);
        service
    }

    async fn set_up(&self) {
        let (organisation, now) = (self.organisation, self.app.clock.now());
        let known = apply::known(self.app.db.reader(), organisation).await.expect("what is known");
        let plan =
            Plan::parse(BLUEPRINT, "blueprint.toml", Some(TYPE), &known).expect("a blueprint");
        let applied = self.app.db.write(move |tx| {
            Box::pin(
                async move { following::apply(tx, organisation, &plan, now).await.map(|_| ()) },
            )
        });
        applied.await.expect("a blueprint in force");
        let reason = Reason::parse("a measurement").expect("a reason");
        let publishing =
            Publishing { author: Author::command_line(), reason, now, parts_asked: None };
        publishing::publish(&self.app.db, organisation, TYPE.to_owned(), publishing)
            .await
            .expect("a questionnaire");
    }

    /// Journeys that ended this morning, by the names of their source.
    pub(crate) async fn journeys(&self, name: &str, count: usize) -> Vec<String> {
        let mut csv = String::from("journey,step,start,end,site,contact,locale\n");
        let sources: Vec<String> = (0..count).map(|n| format!("{name}{n:06}")).collect();
        for source in &sources {
            for (place, step) in ["CALL", "RECEP", "WORK", "DELIV"].iter().enumerate() {
                let start = NOON - 4 * 86_400 + 86_400 * i64::try_from(place).expect("a few");
                let (start, end) = (rfc3339(start - 7_200), rfc3339(start - 3_600));
                let _ = writeln!(
                    csv,
                    "{source},{step},{start},{end},{name},{source}@customers.example,fr"
                );
            }
        }
        let log = Import {
            organisation: self.organisation,
            journey_type: TYPE.to_owned(),
            format: Format::Csv,
            source: Source::Bytes(csv.into_bytes().into()),
            said: ColumnChoices::default(),
            site: None,
            arrival: Arrival::History,
        };
        let report = import::import(&self.app, &log, &silent).await.expect("a report");
        assert_eq!(report.refused, 0, "{:?}", report.refusals);
        sources
    }

    /// The secrets of as many new open links. Nobody chooses whose customers are asked: links are
    /// made for all journeys of a site of that name, and there are enough of them.
    pub(crate) async fn tokens(&self, name: &str, count: usize) -> Vec<String> {
        let sources = self.journeys(name, count.max(30)).await;
        let reason = Reason::parse("links to answer through").expect("a reason");
        let wanted = LinkRequest { sources: Some(sources), again: false, reason };
        let given = links::give(&self.app, self.organisation, TYPE, &wanted).await.expect("links");
        assert_eq!(given.len(), count.max(30));
        given
            .iter()
            .take(count)
            .map(|one| one.url.rsplit('/').next().unwrap_or_default().to_owned())
            .collect()
    }

    /// Decides about these journeys; says how many are invited.
    pub(crate) async fn decide(&self, sources: &[String]) -> u64 {
        let ids: Vec<JourneyId> =
            sources.iter().map(|source| self.app.secret.journey_id(TYPE, source)).collect();
        deciding::decide_all(&self.app, self.organisation, TYPE, &ids).await.expect("decisions")
    }
}
