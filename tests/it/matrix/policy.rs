//! The policy: who may what, and what everybody else is told.

/// Who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Nobody,
    Member,
    OtherMember,
    Owner,
    Representative,
    Administrator,
    KeyOfEvents,
    KeyOfOwner,
    KeyOfTeam,
}

use Who::{
    Administrator, KeyOfEvents, KeyOfOwner, KeyOfTeam, Member, Nobody, OtherMember, Owner,
    Representative,
};

pub(super) const ALL: [Who; 9] = [
    Nobody,
    Member,
    OtherMember,
    Owner,
    Representative,
    Administrator,
    KeyOfEvents,
    KeyOfOwner,
    KeyOfTeam,
];
pub(super) const PERSONS: [Who; 5] = [Member, OtherMember, Owner, Representative, Administrator];

/// What whoever may not is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// There are no others.
    None,
    /// A page of the staff: persons are refused, everybody else signs in first.
    Page,
    /// A route of programs: everybody without a key needs one, other keys are refused.
    Program,
    /// A route that programs and persons read.
    Both,
}

pub(super) struct Rule {
    pub(super) method: &'static str,
    /// As the router writes it.
    pub(super) path: &'static str,
    /// The address of an object of one's own; the path itself when it is empty.
    pub(super) own: &'static str,
    pub(super) form: &'static str,
    pub(super) may: &'static [Who],
    /// What those are answered.
    pub(super) answer: u16,
    pub(super) others: Others,
    /// The same for an object of another organisation, with a form that changes it if anything
    /// does: its address has `THEIRS`, which becomes theirs and then one that nobody has.
    pub(super) foreign: Option<(&'static str, &'static str, u16)>,
}

const fn rule(
    method: &'static str,
    path: &'static str,
    may: &'static [Who],
    answer: u16,
    others: Others,
) -> Rule {
    Rule { method, path, own: "", form: "", may, answer, others, foreign: None }
}

impl Rule {
    const fn at(self, own: &'static str) -> Self {
        Self { own, ..self }
    }

    const fn sending(self, form: &'static str) -> Self {
        Self { form, ..self }
    }

    const fn foreign(self, address: &'static str, form: &'static str, answer: u16) -> Self {
        Self { foreign: Some((address, form, answer)), ..self }
    }
}

const ADMINISTRATOR: &[Who] = &[Administrator];
const READERS: &[Who] = &[Administrator, Representative];
const ASKING: &[Who] = &[Administrator, Owner];

/// The policy. A form is one that is refused, so that the story leaves everything as it is.
pub(super) const POLICY: &[Rule] =
    &[
        rule("GET", "/", &PERSONS, 303, Others::Page),
        rule("GET", "/sign-in", &ALL, 200, Others::None),
        rule("POST", "/sign-in", &ALL, 403, Others::None).sending("email=x&password=y"),
        rule("GET", "/sign-in/{link}", &ALL, 200, Others::None)
            .at("/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("POST", "/sign-in/{link}", &ALL, 404, Others::None)
            .at("/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("GET", "/sign-in/code", &PERSONS, 303, Others::Page),
        rule("POST", "/sign-in/code", &PERSONS, 303, Others::Page).sending("code=1"),
        rule("GET", "/sign-in/provider", &ALL, 404, Others::None),
        rule("GET", "/sign-in/provider/back", &ALL, 404, Others::None),
        rule("POST", "/sign-in/provider/back", &ALL, 404, Others::None),
        rule("GET", "/password", &PERSONS, 200, Others::Page),
        rule("POST", "/password", &PERSONS, 422, Others::Page).sending("new=a&again=b"),
        rule("GET", "/second-factor", &PERSONS, 200, Others::Page),
        rule("POST", "/second-factor", &PERSONS, 303, Others::Page),
        rule("POST", "/second-factor/confirm", &PERSONS, 422, Others::Page).sending("code=1"),
        rule("POST", "/second-factor/codes", &PERSONS, 422, Others::Page).sending("code=1"),
        rule("POST", "/second-factor/remove", &PERSONS, 422, Others::Page).sending("code=1"),
        rule("GET", "/sessions", &PERSONS, 200, Others::Page),
        rule("POST", "/sessions", &PERSONS, 303, Others::Page).sending("end=none"),
        rule("GET", "/accounts", ADMINISTRATOR, 200, Others::Page),
        rule("POST", "/accounts", ADMINISTRATOR, 422, Others::Page),
        rule("GET", "/accounts/{number}", ADMINISTRATOR, 200, Others::Page)
            .at("/accounts/1")
            .foreign("/accounts/THEIRS", "", 404),
        rule("POST", "/accounts/{number}", ADMINISTRATOR, 422, Others::Page)
            .at("/accounts/1")
            .foreign("/accounts/THEIRS", "role=owner&reason=x", 404),
        rule("POST", "/accounts/{number}/link", ADMINISTRATOR, 422, Others::Page)
            .at("/accounts/1/link")
            .foreign("/accounts/THEIRS/link", "link-reason=x", 404),
        rule("POST", "/accounts/{number}/remove", ADMINISTRATOR, 422, Others::Page)
            .at("/accounts/1/remove")
            .foreign("/accounts/THEIRS/remove", "remove-reason=x", 404),
        rule("GET", "/keys", ADMINISTRATOR, 200, Others::Page),
        rule("POST", "/keys", ADMINISTRATOR, 422, Others::Page).foreign(
            "/keys",
            "label=x&scope=breakdown%3Aread&eyes=team%3ATHEIRS&reason=x",
            422,
        ),
        rule("POST", "/keys/revoke", ADMINISTRATOR, 422, Others::Page).foreign(
            "/keys/revoke",
            "revoke=THEIRS&revoke-reason=x",
            422,
        ),
        rule("GET", "/erasure", ADMINISTRATOR, 200, Others::Page),
        rule("POST", "/erasure", ADMINISTRATOR, 422, Others::Page),
        rule("GET", "/setup", ADMINISTRATOR, 200, Others::Page),
        rule("GET", "/journal", &PERSONS, 200, Others::Page),
        rule("POST", "/journal/{number}/objection", &[Representative], 422, Others::Page)
            .at("/journal/1/objection"),
        rule("POST", "/journal/{number}/withdrawal", &[Representative], 422, Others::Page)
            .at("/journal/1/withdrawal"),
        rule("GET", "/readers", READERS, 200, Others::Page),
        rule(
            "GET",
            "/teams/{team}/readers",
            &[Administrator, Representative, Member],
            200,
            Others::Page,
        )
        .at("/teams/reception/readers")
        .foreign("/teams/THEIRS/readers", "", 404),
        rule("GET", "/teams/{team}/breakdown", &[Member], 200, Others::Page)
            .at("/teams/reception/breakdown")
            .foreign("/teams/THEIRS/breakdown", "", 404),
        rule("GET", "/teams/{team}", &[Member], 200, Others::Page).at("/teams/reception").foreign(
            "/teams/THEIRS",
            "",
            404,
        ),
        rule("GET", "/teams/{team}/breakdown/{element}", &[Member], 200, Others::Page)
            .at("/teams/reception/breakdown/handoff:RECEP:WORK")
            .foreign("/teams/THEIRS/breakdown/handoff:RECEP:WORK", "", 404),
        rule("GET", "/teams/{team}/breakdown/{element}", &[Member], 200, Others::Page)
            .at("/teams/reception/breakdown/step:RECEP")
            .foreign("/teams/reception/breakdown/step:THEIRS", "", 404),
        rule("GET", "/teams/{team}/chart", &[Member], 200, Others::Page)
            .at("/teams/reception/chart")
            .foreign("/teams/THEIRS/chart", "", 404),
        rule("GET", "/teams/{team}/pack", &[Member], 200, Others::Page)
            .at("/teams/reception/pack")
            .foreign("/teams/THEIRS/pack", "", 404),
        rule("GET", "/network/chart", &[Owner], 200, Others::Page).foreign(
            "/network/chart?partition=site:THEIRS",
            "",
            422,
        ),
        rule("GET", "/network", &[Owner], 200, Others::Page).foreign(
            "/network?journey_type=THEIRS",
            "",
            422,
        ),
        rule(
            "GET",
            "/api/v1/breakdown",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .foreign("/api/v1/breakdown?journey_type=THEIRS", "", 422),
        rule("GET", "/network", &[Owner], 200, Others::Page).foreign(
            "/network?partition=site:THEIRS",
            "",
            422,
        ),
        rule(
            "GET",
            "/api/v1/breakdown",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .foreign("/api/v1/breakdown?partition=site:THEIRS", "", 422),
        rule("GET", "/network/map", &[Owner], 200, Others::Page).foreign(
            "/network/map?journey_type=THEIRS",
            "",
            422,
        ),
        rule("GET", "/network/map", &[Owner], 200, Others::Page).foreign(
            "/network/map?partition=site:THEIRS",
            "",
            422,
        ),
        rule("GET", "/teams/{team}/map", &[Member], 200, Others::Page)
            .at("/teams/reception/map")
            .foreign("/teams/THEIRS/map", "", 404),
        rule(
            "GET",
            "/api/v1/map",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .foreign("/api/v1/map?journey_type=THEIRS", "", 422),
        rule(
            "GET",
            "/api/v1/map",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .foreign("/api/v1/map?partition=site:THEIRS", "", 422),
        rule(
            "GET",
            "/api/v1/chart",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .at("/api/v1/chart?measure=outcome")
        .foreign("/api/v1/chart?measure=outcome&journey_type=THEIRS", "", 422),
        rule(
            "GET",
            "/api/v1/chart",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .at("/api/v1/chart?measure=promise")
        .foreign("/api/v1/chart?measure=promise&partition=site:THEIRS", "", 422),
        rule("GET", "/teams/{team}/discussions", &[Member], 200, Others::Page)
            .at("/teams/reception/discussions")
            .foreign("/teams/THEIRS/discussions", "", 404),
        rule("POST", "/teams/{team}/discussions", &[Member], 422, Others::Page)
            .at("/teams/reception/discussions")
            .foreign("/teams/THEIRS/discussions", "handoff=x&place=network", 404),
        // Of a team's own, nobody has this one.
        rule("GET", "/teams/{team}/discussions/{discussion}", &[Member], 404, Others::Page)
            .at("/teams/reception/discussions/1")
            .foreign("/teams/THEIRS/discussions/1", "", 404),
        rule("POST", "/teams/{team}/discussions/{discussion}", &[Member], 404, Others::Page)
            .at("/teams/reception/discussions/1")
            .foreign("/teams/THEIRS/discussions/1", "do=note&step=save&note=x", 404),
        rule("GET", "/teams/{team}/feeds", &[Member], 200, Others::Page)
            .at("/teams/reception/feeds")
            .foreign("/teams/THEIRS/feeds", "", 404),
        rule("GET", "/network/actions", &[Owner], 200, Others::Page),
        rule("POST", "/network/actions", &[Owner], 422, Others::Page),
        rule(
            "GET",
            "/api/v1/actions",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        ),
        rule("GET", "/letters/{token}", &ALL, 404, Others::None).at("/letters/1-1-a"),
        rule("POST", "/letters/{token}", &ALL, 404, Others::None).at("/letters/1-1-a"),
        rule(
            "GET",
            "/api/v1/help",
            &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam],
            200,
            Others::Both,
        )
        .foreign("/api/v1/help?journey_type=THEIRS", "", 422),
        rule("GET", "/network/help", &[Owner], 200, Others::Page).foreign(
            "/network/help?journey_type=THEIRS",
            "",
            422,
        ),
        rule("GET", "/network/compare", &[Owner], 200, Others::Page).foreign(
            "/network/compare?journey_type=THEIRS",
            "",
            422,
        ),
        rule("GET", "/network/system", &[Owner], 200, Others::Page).foreign(
            "/network/system?journey_type=THEIRS",
            "",
            422,
        ),
        rule("GET", "/network/coverage", &[Owner], 200, Others::Page).foreign(
            "/network/coverage?journey_type=THEIRS",
            "",
            422,
        ),
        rule("GET", "/network/incentives", &[Owner], 200, Others::Page).foreign(
            "/network/incentives?journey_type=THEIRS",
            "",
            422,
        ),
        rule("GET", "/what-this-cannot-know", &ALL, 200, Others::None),
        rule("GET", "/guarantees", &ALL, 200, Others::None),
        rule("GET", "/guarantees/dossier", &PERSONS, 200, Others::Page),
        rule("GET", "/.well-known/relais-guarantees.json", &ALL, 200, Others::None),
        rule("POST", "/api/v1/events", &[KeyOfEvents], 415, Others::Program).foreign(
            "/api/v1/events?journey_type=THEIRS",
            "",
            404,
        ),
        rule("GET", "/asking", ASKING, 303, Others::Page),
        rule("GET", "/asking/{journey_type}", ASKING, 200, Others::Page)
            .at("/asking/repair")
            .foreign("/asking/THEIRS", "", 404),
        rule("POST", "/asking/{journey_type}", ADMINISTRATOR, 422, Others::Page)
            .at("/asking/repair")
            .foreign("/asking/THEIRS", "rate_percent=10&reason=x", 404),
        rule("GET", "/questionnaires/{type}", ADMINISTRATOR, 200, Others::Page)
            .at("/questionnaires/repair")
            .foreign("/questionnaires/THEIRS", "", 404),
        rule("POST", "/questionnaires/{type}", ADMINISTRATOR, 422, Others::Page)
            .at("/questionnaires/repair")
            .sending("do=publish")
            .foreign("/questionnaires/THEIRS", "do=save", 404),
        rule("GET", "/r/{token}", &ALL, 404, Others::None).at("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("GET", "/r/{token}/{page}", &ALL, 404, Others::None)
            .at("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/1"),
        rule("POST", "/r/{token}/{page}", &ALL, 404, Others::None)
            .at("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/1"),
        rule("GET", "/u/{token}", &ALL, 404, Others::None).at("/u/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("POST", "/u/{token}", &ALL, 404, Others::None).at("/u/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("GET", "/privacy", &ALL, 200, Others::None),
        rule("GET", "/healthz", &ALL, 200, Others::None),
        rule("GET", "/livez", &ALL, 200, Others::None),
        rule("GET", "/readyz", &ALL, 200, Others::None),
        rule("GET", "/assets/style.css", &ALL, 200, Others::None),
        rule("GET", "/assets/survey.css", &ALL, 200, Others::None),
        rule("POST", "/sign-out", &ALL, 303, Others::None),
    ];
