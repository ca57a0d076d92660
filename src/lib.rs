//! # Relais: the map
//!
//! Relais measures whole service journeys and attributes what customers say to the chain of teams
//! and its handoffs, never to a person. This page says where everything is; `cargo doc --open`
//! makes its links work, and the build fails when one of them rots.
//!
//! ## Glossary
//!
//! One word for one thing, in code, pages and documents. What a word replaces is held out of the
//! code by `tests/tidy`.
//!
//! | word | meaning |
//! |---|---|
//! | organisation | the tenant: everything belongs to one |
//! | region, site | where the service happens; a site belongs to a region |
//! | team, headcount | a function at a site or in the centre, and how many people it has: a number, never a roster |
//! | journey type | a service; its blueprint says what it is meant to be |
//! | blueprint | the steps of a journey type in their usual order, with the team that does each |
//! | step | a node of the blueprint: *frontstage* where the customer meets it, else *backstage* |
//! | handoff | from one step to the next; it belongs to the teams of both |
//! | event | "this journey was at this step from … to …", perhaps with a promise |
//! | journey | what happened to one customer |
//! | variant | the elements that a journey's customer met; detour: a journey that left the blueprint |
//! | promise, delay offered | a date that was given, kept or late; and how far it lay from the one asked for |
//! | questionnaire, item, friction | what is asked; one question of it; what can be ticked at a handoff |
//! | invitation, reminder | the mails that ask a customer |
//! | response, answer, comment | what came back; one item of it; its open text |
//! | outcome, shortfall | the overall answer as 0 to 100; 100 minus its mean |
//! | element | what points can be lost at: a step, a handoff or a promise |
//! | breakdown, points, untraced | the shortfall split over the elements; its unit; what belongs to none |
//! | made up, rescued | points won back after others had lost them; a journey that met trouble and ended well |
//! | power | in how many of ten quarters a fault of a given size would be named |
//! | level, contrast | what is lost here; how much more than elsewhere |
//! | cell | integer sums of some answers: they merge, and nobody is in them |
//! | atom | a cell made public once, for ever |
//! | release, week | what was made public together: a closed ISO week, or several |
//! | partition, period | whose journeys (network, region, site) and when (whole releases) |
//! | floor | the fewest answers (10) and heads (7) behind a figure |
//! | heads behind a figure | the people of the teams that a figure is about |
//! | remainder rule | what could be computed by subtraction obeys the floor as well |
//! | ruling | what one release shows of whom and hides, decided when it is made |
//! | disclosed | passed by the gate: the only thing a page can be made from |
//! | signal, control chart, zone | a special cause; where it shows; the band in which there is none |
//! | embargo | the days in which the teams alone see a release |
//! | pack, discussion, action | the one page of a meeting; about one handoff; what is tried |
//! | review, verdict | the day on which an action is judged; what the figures say of it |
//! | difference, objection | what a change of structure would change; a representative's no: while it stands, the change is not in force |
//! | timings | whether all times are known that journeys of these steps usually have: whole or partial |
//! | guarantee | a promise to the staff that a program checks |
//!
//! ## Reading order
//!
//! 1. [`element`]: the codes of what points can be lost at. [`error`], [`i18n`], [`limits`],
//!    [`calendar`], [`place`]: small words that everything uses.
//! 2. [`organisation`]: sites, teams, headcounts. [`blueprint`]: what a service is meant to be,
//!    step by step. [`journey`]: what happened to customers, from the logs of the systems that
//!    know it.
//! 3. [`survey`]: questionnaires, which parts of a journey are drawn, which answers are valid.
//! 4. [`invitation`]: whom to ask, when, and how often at most; the outbox. [`mail`]: how mails
//!    leave, and the truth about what became of each.
//! 5. [`response`]: the customer's pages, and answers from another tool.
//! 6. [`publication`]: closes weeks; raw answers become integer cells, released once. The only
//!    reader of raw answers.
//! 7. [`relais_analytics`]: the statistics, a crate of its own without input, output or clock.
//! 8. [`privacy`]: the gate. [`breakdown`]: published cells become what a team and a process owner
//!    see. [`chart`]: weeks on a control chart. [`map`]: the friction map. [`network`]: the owner's
//!    other pages. [`power`]: faults of which size would be seen at all. All of them go one road,
//!    below.
//! 9. [`discussion`]: what the teams do with it: actions and their verdicts, and what customers
//!    are told of them.
//! 10. [`team`] and [`journal`]: who is asking, who changed which setting, and who looked.
//! 11. [`guarantee`]: whether all that is promised holds on the live database, and the file for
//!     the works council.
//! 12. [`wiring`]: every route and middleware; [`worker`]: every job, and what is looked at
//!     hourly; [`command`]: the command line, and the demo. They alone know all domains.
//!
//! ## What always holds
//!
//! | invariant | kept by |
//! |---|---|
//! | No table, key, log line or metric knows a person who works at the organisation | [`schema::allow_list`], `tests/it/schema.rs`, [`privacy::person`] |
//! | `breakdown` cannot reach a raw answer; only `publication` reads them | `tests/tidy` |
//! | A page, an answer of the API or a file is made from [`privacy::Disclosed`] alone, which only the gate makes | the compiler, `tests/tidy` |
//! | An answer is released once, in one atom, above both floors | [`publication`], tested on random organisations |
//! | Nothing of too few people can be worked out between parts, totals and places | [`privacy::ruling`], searched exactly when a release is made and by [`guarantee`] |
//! | Imported answers are never released with asked ones | [`publication::atoms`] |
//! | Nobody chooses whom the service asks, and a link shows only what was saved through it | [`invitation::chosen`], [`response::answering`]; `tests/it/links.rs` |
//! | A map of the process holds no counts, and no handoff that few took is the difference of the others | [`map`], tested on random services |
//! | A comment is read by nobody before it was redacted, and its original is in no file afterwards | [`publication::comments`], [`privacy::redact`], `tests/it/comments.rs` |
//! | GET and HEAD write nothing but the access log; `/readyz` writes what is there already | readers of SQLite cannot write ([`db`]); `tests/it/scanners.rs`, `tests/it/journal.rs` |
//! | Nobody keeps somebody else out, and half a request holds nothing for long | [`web::server`], [`rate_limit`], `tests/it/siege.rs`, `tests/it/attempts.rs` |
//! | What was acknowledged is durable | `synchronous=FULL` and a commit before the answer ([`db`]); `tests/it/crash.rs` |
//! | A mail goes out at most once, and no table holds the secret of a link | [`invitation::outbox`], `tests/it/outbox.rs` |
//! | Every route answers each role as declared, and what is another organisation's as what never was | [`web::Routes`], `tests/it/matrix.rs` |
//! | What has expired or was erased is gone from the bytes of the database and the folder of mails | [`invitation::purge`], [`invitation::erasure`], [`journey::fading`]; `tests/it/erasure.rs` |
//! | No setting that touches privacy changes without an author and a reason | [`journal`], hash-chained |
//! | Who counts, and where, changes after seven days in which everybody reads it, and not while a representative objects | [`journal::objection`], `tests/it/objections.rs` |
//! | A time that is missing is unknown, and not kept; no delay is told of few known times | [`publication::usual_times`], [`relais_analytics::timings`] |
//! | What is promised to the staff and to customers can be checked by anybody | [`guarantee`], `tests/it/guarantees.rs` |
//! | Every text exists in French and English | `tests/tidy` |
//! | Nothing orders teams or sites by a figure | [`breakdown`] keeps the order of the chain |
//!
//! ## Five walks
//!
//! **A feed sends events.** `POST /api/v1/events` → [`journey::web`] → a reader that turns bytes
//! into events and refusals and never fails half-way ([`journey::read_ndjson`]) → one write
//! ([`db::Db::write`]): traces merged, so that a repeat changes nothing, and the [`jobs`] that
//! follow from it enqueued → `202` with counts and each refused line with its reason. The job of a
//! journey that ended ([`journey::Finished`]) decides whether its customer is asked
//! ([`invitation::decide`], a pure function), draws three parts of it and puts a mail into the
//! outbox.
//!
//! **A customer answers.** `GET /r/{token}` → [`response::web`] → the digest of the token → what
//! the link leads to ([`response::answering::Link`]) → a page ([`response::view`]). `POST` →
//! [`response::form`] → one durable write → `303`. Each page is saved by itself; with the last one
//! they become a response.
//!
//! **A week is published.** [`publication::publish`] → in one transaction the waiting answers and
//! journeys of the week become atoms ([`publication::atoms`]) of integer sums, of answers
//! ([`relais_analytics::cell`]) and of the process ([`relais_analytics::process`]); what does not
//! pass the floors is pooled with its region, then with the network, then waits. A job releases
//! the comments of the answers, redacted ([`publication::comments`]).
//!
//! **A team reads.** `GET /teams/{team}/breakdown` → [`team::session`] says who is asking →
//! published cells of the partition ([`publication::store`]) → the method
//! ([`relais_analytics::attribute`](mod@relais_analytics::attribute)) → the gate → a page drawn
//! from `Disclosed<Breakdown>`, and a row in the access log. Every report goes this road: a
//! question ([`breakdown::request`]) → the snapshot of releases and settings it is answered from →
//! one call site of the gate ([`breakdown::disclosure`]) → `Result<Disclosed<T>, NotShown>` → one
//! ending each for pages, programs and the command line.
//!
//! **Two teams try something.** `POST /teams/{team}/discussions/{discussion}` →
//! [`discussion::draft`] checks the plan → [`discussion::clean_text`] → a preview with the smallest
//! change that could be seen → the same form once more → a row and the job that reminds of the
//! review. On that day [`discussion::review`] judges the released weeks of the figure beside those
//! of the control, and the sentence about it is told to customers by [`survey::you_said`].

pub mod app;
pub mod backup;
pub mod blueprint;
pub mod breach_list;
pub mod breakdown;
pub mod calendar;
pub mod chart;
pub mod clock;
pub mod command;
pub mod config;
pub mod db;
pub mod discussion;
pub mod element;
pub mod error;
pub mod guarantee;
pub mod i18n;
pub mod id;
pub mod invitation;
pub mod jobs;
pub mod journal;
pub mod journey;
pub mod limits;
pub mod mail;
pub mod map;
pub mod network;
pub mod organisation;
pub mod owner_only_file;
pub mod place;
pub mod power;
pub mod privacy;
pub mod progress;
pub mod publication;
pub mod rate_limit;
pub mod readiness;
pub mod report_cache;
pub mod response;
pub mod schema;
pub mod security_event;
pub mod survey;
pub mod team;
pub mod token;
pub mod web;
pub mod wiring;
pub mod worker;
