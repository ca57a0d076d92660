//! The check of everything: reads what is stored once, and asks each guarantee about it.

use super::check::{access_log, comments, customers, model, pilot, published, settings, shape};
use super::report::{Report, Seal};
use super::store::{
    catalogue, customers as customer_rows, organisations, published as published_rows, texts,
};
use super::{Answered, Finding, Guarantee, file};
use crate::app::App;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::journal::{self, Found};

/// How the two chains of an organisation were found.
#[derive(Clone, Debug)]
pub(super) struct Chains {
    pub(super) organisation: OrganisationId,
    pub(super) settings: Found,
    pub(super) access: Found,
}

/// Checks every guarantee on the live database and its files. `pages` is how our own pages answered, `routes` where the
/// service answers.
pub async fn examine(app: &App, pages: &[Answered], routes: &[&str]) -> Result<Report> {
    let db = app.db.reader();
    let now = app.clock.now();
    let live = catalogue::read(db).await?;
    let changes = organisations::changes(db).await?;
    let vouched: String = changes
        .iter()
        .filter(|change| change.subject.starts_with("blueprint:"))
        .map(said)
        .collect();
    let anywhere =
        |places: u64| app.random(|random| rand::RngExt::random_range(random, 0..=places));
    let texts = texts::read(db, &live, &vouched, anywhere).await?;
    let houses = organisations::organisations(db).await?;
    let chains = chains(app, &houses).await?;
    let cut = cut_off(app, &chains).await?;
    // In this order: a week that is closed meanwhile adds atoms to known answers, never answers to unknown atoms.
    let marked = published_rows::marked(db).await?;
    let atoms = published_rows::atoms(db).await?;
    let releases = published_rows::releases(db).await?;
    let findings = vec![
        model::no_person(&live, &texts),
        model::strict_feeds(&texts),
        model::tool_logs(&texts, &organisations::intakes(db).await?),
        comments::redacted(
            &customer_rows::comments(db).await?,
            &customer_rows::released(db).await?,
            free_pages(app).await?,
        ),
        published::minimum_sizes(&houses, &atoms, &marked),
        published::no_differencing(&atoms, &releases, &marked),
        shape::one_gate(),
        settings::team_first(&houses, &changes, &atoms, &releases)?,
        settings::journal(&houses, &changes, &chains, &cut, now),
        access_log::looking(&chains, &cut, &organisations::readers(db).await?),
        pilot::first(&houses, &changes, &releases, now),
        shape::no_ranking(&live, routes),
        shape::dossier(&live),
        customers::secret_links(&customer_rows::lengths(db, &live, "digest", 32).await?, &texts),
        addresses(app, &live, &texts).await?,
        customers::pages(pages),
    ];
    let build = tokio::task::spawn_blocking(file::build).await;
    let build = build
        .map_err(|failure| Error::Internal(format!("the program was not hashed: {failure}")))?;
    debug_assert!(findings.iter().map(|finding| finding.guarantee).eq(Guarantee::ALL));
    // What is missed once stays missed: the next check looks for it again.
    let seals = seals(&chains).into_iter().chain(cut).collect();
    Ok(Report::of(&findings, seals, build, now))
}

fn said(change: &organisations::Change) -> String {
    change.after.to_string()
}

async fn chains(app: &App, houses: &[organisations::Organisation]) -> Result<Vec<Chains>> {
    let mut chains = Vec::new();
    for house in houses {
        chains.push(Chains {
            organisation: house.id,
            settings: journal::store::verify(&app.db, house.id).await?,
            access: journal::store::verify_looks(&app.db, house.id).await?,
        });
    }
    Ok(chains)
}

fn seals(chains: &[Chains]) -> Vec<Seal> {
    let both = |chain: &Chains| {
        let settings = Seal::of(chain.organisation, SETTINGS, &chain.settings);
        [settings, Seal::of(chain.organisation, ACCESS, &chain.access)]
    };
    chains.iter().flat_map(both).flatten().collect()
}

pub(super) const SETTINGS: &str = "journal_entry";
pub(super) const ACCESS: &str = "access_entry";

/// The seals that the last check kept and that are not in their chains any more: a chain is whole when its newest entries
/// are cut off, and this is how it shows.
async fn cut_off(app: &App, chains: &[Chains]) -> Result<Vec<Seal>> {
    let kept = file::last(&app.config.data)?.map(|report| report.seals).unwrap_or_default();
    let mut cut = Vec::new();
    for seal in kept {
        let known = [SETTINGS, ACCESS].into_iter().find(|chain| *chain == seal.chain);
        let Some(chain) =
            known.filter(|_| chains.iter().any(|chain| chain.organisation == seal.organisation))
        else {
            continue;
        };
        let found =
            organisations::seal(app.db.reader(), chain, seal.organisation, seal.entries).await?;
        if found.as_ref() != Some(&seal.last) {
            cut.push(seal);
        }
    }
    Ok(cut)
}

/// The free pages of the database file; `None` where there is no file of ours. What still stands in the log would make
/// pages look written that were overwritten since.
async fn free_pages(app: &App) -> Result<Option<file::FreePages>> {
    let path = app
        .config
        .database_url
        .strip_prefix("sqlite://")
        .map(|path| path.split('?').next().unwrap_or(path));
    match path.filter(|_| customer_rows::is_file(app.db.reader())) {
        Some(path) => {
            app.db.cut_log().await?;
            file::free_pages(path.as_ref()).map(Some)
        }
        None => Ok(None),
    }
}

async fn addresses(
    app: &App,
    live: &catalogue::Catalogue,
    texts: &texts::Texts,
) -> Result<Finding> {
    let db = app.db.reader();
    let sealed = customer_rows::addresses(db).await?;
    let opened = sealed.iter().filter(|address| app.secret.decrypt(address).is_some()).count();
    let keys = customer_rows::lengths(db, live, "address_key", 16).await?;
    let overdue = customer_rows::overdue(db, app.clock.now()).await?;
    Ok(customers::addresses((sealed.len(), opened), &keys, overdue, texts))
}
