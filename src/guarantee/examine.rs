//! The check of everything: reads what is stored once, and asks each guarantee about it.

use super::chains::{ACCESS, Chains, SETTINGS};
use super::check::{
    access_log, comments, customers, model, origins, parts, pilot, published, settings, shape,
    structure,
};
use super::figures::SearchFigures;
use super::report::{Report, Seal};
use super::store::{
    catalogue, customers as customer_rows, organisations, origins as origin_rows,
    published as published_rows, texts,
};
use super::{Finding, Guarantee, PageAnswer, file};
use crate::app::App;
use crate::breakdown::everything::{self, Everything};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal;
use crate::organisation::store::teams;
use crate::privacy::Floors;

/// Checks every guarantee on the live database and its files. `pages` is how our own pages
/// answered, `routes` the addresses that the service answers at.
pub async fn examine(app: &App, pages: &[PageAnswer], routes: &[&str]) -> Result<Report> {
    let db = app.db.reader();
    let now = app.clock.now();
    let live = catalogue::read(db).await?;
    // Before the journal, which has its entry of whatever is in the tables by now.
    let batches = origin_rows::link_batches(db).await?;
    let changes = organisations::changes(db).await?;
    let texts = texts::read(db, &live, &vouched(&changes), |places| {
        app.random(|random| rand::RngExt::random_range(random, 0..=places))
    })
    .await?;
    let known = organisations::organisations(db).await?;
    let chains = chains(app, &known).await?;
    let cut = cut_off(app, &chains).await?;
    // In this order: a week that is closed meanwhile adds atoms to known answers, never answers to
    // unknown atoms.
    let marked = published_rows::marked(db).await?;
    let atoms = published_rows::atoms(db).await?;
    let releases = published_rows::releases(db).await?;
    let began = std::time::Instant::now();
    let found = everything(app, &known, now).await?;
    let search = SearchFigures::of(&found, began.elapsed(), now);
    let findings = vec![
        model::no_person(&live, &texts),
        model::strict_feeds(&texts),
        model::tool_logs(&texts, &organisations::intakes(db).await?),
        comments::redacted(
            &customer_rows::comments(db).await?,
            &customer_rows::released(db).await?,
            free_pages(app).await?,
        ),
        published::minimum_sizes(&known, &atoms, &marked),
        published::no_differencing(&atoms, &releases, &marked),
        published::searched(&found, &search),
        parts::heads(&found),
        origins::links(&batches, &changes),
        origins::imports(&origin_rows::origins(db).await?, &changes),
        shape::one_gate(),
        settings::team_first(&known, &changes, &atoms, &releases)?,
        settings::journal(&known, &changes, &chains, &cut, now),
        structure::waits(&changes, &heads_in_force(app, &known, now).await?, now),
        access_log::looking(&chains, &cut, &organisations::readers(db).await?),
        pilot::first(&known, &changes, &releases, now),
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
    Ok(Report::of(&findings, search, seals, build, now))
}

/// The text of all blueprints that an administrator applied.
fn vouched(changes: &[organisations::Change]) -> String {
    let blueprints = changes.iter().filter(|change| change.subject.starts_with("blueprint:"));
    blueprints.map(|change| change.after.to_string()).collect()
}

/// Searches everything that was published, as it is shown now.
async fn everything(
    app: &App,
    known: &[organisations::Organisation],
    now: Instant,
) -> Result<Vec<Everything>> {
    let mut found = Vec::new();
    for organisation in known {
        let [answers, heads, _] = organisation.values;
        let floors = Floors::raised(answers, heads);
        let tells_management = organisation.stage == "running";
        let mut all = everything::search(&app.db, organisation.id, floors, now).await?;
        if !tells_management {
            // What a pilot publishes is its teams' alone.
            all.releases.iter_mut().for_each(|release| release.owners_from = Instant::MAX);
        }
        found.push(all);
    }
    Ok(found)
}

async fn heads_in_force(
    app: &App,
    known: &[organisations::Organisation],
    now: Instant,
) -> Result<Vec<organisations::HeadsInForce>> {
    let mut all = Vec::new();
    for organisation in known {
        let teams = teams::heads_at(app.db.reader(), organisation.id, now).await?;
        for (team, sites) in teams {
            let of = |site| (organisation.id, team.clone(), site);
            let heads = sites.into_iter();
            all.extend(
                heads.map(|(site, heads)| organisations::HeadsInForce { of: of(site), heads }),
            );
        }
    }
    Ok(all)
}

async fn chains(app: &App, known: &[organisations::Organisation]) -> Result<Vec<Chains>> {
    let mut chains = Vec::new();
    for organisation in known {
        chains.push(Chains {
            organisation: organisation.id,
            settings: journal::store::verify(&app.db, organisation.id).await?,
            access: journal::store::verify_looks(&app.db, organisation.id).await?,
        });
    }
    Ok(chains)
}

fn seals(chains: &[Chains]) -> Vec<Seal> {
    let seals = chains.iter().flat_map(|chain| {
        let settings = Seal::of(chain.organisation, SETTINGS, &chain.settings);
        [settings, Seal::of(chain.organisation, ACCESS, &chain.access)]
    });
    seals.flatten().collect()
}

/// The seals that the last check kept and that are no longer in their chains: a chain whose newest
/// entries were cut off is whole by itself, and only this shows it.
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

/// The free pages of the database file; `None` where there is no file of ours. The log is written
/// back first, or pages would look unwritten that were overwritten since.
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
