//! Who reads reports through the API, and how they are answered.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::page::{covered, looked_at};
use crate::app::App;
use crate::breakdown::disclosure::Reading;
use crate::breakdown::request::{Question, RawQuestion};
use crate::breakdown::store;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Eyes, NotShown};
use crate::team::web::{ApiCaller, SignedIn};
use crate::team::{Role, Scope};
use crate::web::{Answer, Failure};

/// Who reads through the API, and with whose eyes.
#[derive(Debug)]
pub struct Reader {
    pub organisation: OrganisationId,
    /// As the access log names it.
    pub role: String,
    pub eyes: Eyes,
    pub lang: Lang,
    /// The person, where it is no program.
    pub person: Option<SignedIn>,
}

impl FromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        if parts.headers.contains_key(AUTHORIZATION) {
            let Ok(lang) = Lang::from_request_parts(parts, app).await;
            let caller = ApiCaller::from_request_parts(parts, app).await?;
            return Self::program(caller, lang).map_err(IntoResponse::into_response);
        }
        let me = SignedIn::from_request_parts(parts, app).await?;
        Self::person(me, parts.uri.query().unwrap_or_default()).map_err(IntoResponse::into_response)
    }
}

impl Reader {
    /// What is asked, checked against what this reader may read.
    pub async fn question(&self, app: &App, asked: &RawQuestion) -> Answer<Question> {
        let known = store::known(app.db.reader(), self.organisation).await?;
        let question = asked.check(&known, self.eyes.clone())?;
        if let (Some(me), Some(team)) = (&self.person, question.eyes.team()) {
            covered(me, team, &question)?;
        }
        Ok(question)
    }

    /// The end of the road: the document of what may be shown, and the row in the access log; or
    /// why nothing is.
    pub async fn answer<T, D>(
        &self,
        app: &App,
        reading: Reading<T>,
        place: String,
        document: impl FnOnce(&Disclosed<T>) -> D,
    ) -> Answer<Json<D>> {
        let shown = reading.map_err(|why| self.refusal(&why))?;
        looked_at(app, self.organisation, &self.role, place).await?;
        Ok(Json(document(&shown)))
    }

    /// Why this reader is shown nothing.
    pub fn refusal(&self, why: &NotShown) -> Failure {
        let text = Text::new("breakdown-withheld-because").with("why", why.say(self.lang));
        Failure::new(StatusCode::FORBIDDEN, text)
    }

    fn program(caller: ApiCaller, lang: Lang) -> Answer<Self> {
        let eyes = caller.eyes(Scope::BreakdownRead)?.clone();
        Ok(Self {
            organisation: caller.organisation,
            role: "api".to_owned(),
            eyes,
            lang,
            person: None,
        })
    }

    /// A member reads for the team that `?team=` names, or for its first one.
    fn person(me: SignedIn, query: &str) -> Answer<Self> {
        let eyes = match me.role {
            Role::ProcessOwner => Eyes::Owner,
            Role::TeamMember => {
                let named = query.split('&').find_map(|pair| pair.strip_prefix("team="));
                let first = me.teams.first().map(|member| member.team.as_str());
                let team = named.or(first).ok_or_else(Failure::not_found)?;
                Eyes::Team(team.to_owned())
            }
            Role::Administrator | Role::Representative => {
                return Err(Failure::new(
                    StatusCode::FORBIDDEN,
                    Text::new("breakdown-reads-no-figure"),
                ));
            }
        };
        Ok(Self {
            organisation: me.organisation,
            role: me.role.code().to_owned(),
            eyes,
            lang: me.lang,
            person: Some(me),
        })
    }
}
