//! What the owner's pages have in common: what they are about, what stands around them, the row in
//! the access log.

use axum::http::Uri;

use crate::app::App;
use crate::breakdown::chooser::{Choice, Chooser};
use crate::breakdown::phrases::partition;
use crate::breakdown::request::{Catalogue, Question, RawQuestion};
use crate::breakdown::store;
use crate::breakdown::web::nav;
use crate::breakdown::web::page::looked_at;
use crate::calendar::Week;
use crate::clock::Instant;
use crate::i18n::{Lang, Text, Words};
use crate::privacy::{Eyes, Place};
use crate::team::web::{SignedIn, frame};
use crate::web::{Answer, Frame, FrameLink};

/// What stands around a page's own part; `templates/network/frame.html` lays it out.
#[derive(Debug)]
pub(crate) struct OwnerFrame {
    pub(crate) nav: Vec<FrameLink>,
    pub(crate) about: String,
    pub(crate) choosers: Vec<ChoiceField>,
    /// Whether the choices stand open: on the page that is about choosing.
    pub(crate) open: bool,
}

/// Something to choose.
#[derive(Debug)]
pub(crate) struct ChoiceField {
    pub(crate) field: &'static str,
    pub(crate) label: String,
    pub(crate) choices: Vec<Choice>,
}

/// An owner on one of their pages.
pub(crate) struct Visit {
    pub(crate) me: SignedIn,
    pub(crate) question: Question,
    pub(crate) now: Instant,
    known: Catalogue,
    weeks: Vec<Week>,
}

impl Visit {
    /// Checks what is asked for. The owner's pages are about the whole network.
    pub(crate) async fn of(app: &App, me: SignedIn, asked: RawQuestion) -> Answer<Self> {
        let known = store::known(app.db.reader(), me.organisation).await?;
        let question =
            RawQuestion { partition: None, against: None, ..asked }.check(&known, Eyes::Owner)?;
        let now = app.clock.now();
        let (code, visible_at) = (&question.blueprint.journey_type, question.eyes.visible_at(now));
        let weeks = store::weeks(app.db.reader(), me.organisation, code, visible_at).await?;
        Ok(Self { me, question, now, known, weeks })
    }

    /// Tells the teams that somebody looked at `what`.
    pub(crate) async fn looked(&self, app: &App, what: &str) -> Answer<()> {
        let place = format!("{what} {} {}", self.question.blueprint.journey_type, Place::Network);
        looked_at(app, self.me.organisation, self.me.role.code(), place).await
    }

    pub(crate) fn lang(&self) -> Lang {
        self.me.lang
    }

    pub(crate) fn known(&self) -> &Catalogue {
        &self.known
    }

    pub(crate) fn frame(&self, uri: &Uri, title: &str) -> Frame {
        frame(&self.me, uri, Words(self.me.lang).say(title))
    }

    /// The links, the service, and what can be chosen: first what only this page has to choose.
    pub(crate) fn around(&self, uri: &Uri, own: Vec<ChoiceField>) -> OwnerFrame {
        let (lang, w) = (self.me.lang, Words(self.me.lang));
        let about =
            Text::new("breakdown-of").with("journey", self.question.blueprint.name.say(lang));
        let chooser = Chooser::of(&self.question, &self.known, &self.weeks, &|_| false, lang);
        let choosing =
            |field, key: &str, choices| ChoiceField { field, label: w.say(key), choices };
        let open = !own.is_empty();
        let all = own.into_iter().chain([
            choosing("journey_type", "breakdown-choose-journey", chooser.journeys),
            choosing("from", "breakdown-choose-from", chooser.from),
            choosing("to", "breakdown-choose-to", chooser.to),
        ]);
        OwnerFrame {
            nav: nav::links(uri.path(), uri.query(), lang),
            about: about.with("partition", partition(&Place::Network, None, lang)).say(lang),
            choosers: all.filter(|choosing| choosing.choices.len() > 1).collect(),
            open,
        }
    }
}
