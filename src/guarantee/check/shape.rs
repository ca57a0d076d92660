//! The shape of the product: one gate, no ranking, and a dossier. Asked of the program that runs
//! and of the tables.

use std::collections::BTreeMap;

use super::{each, list};
use crate::breakdown::disclosure::Gate;
use crate::guarantee::dossier::CATEGORIES;
use crate::guarantee::store::catalogue::Catalogue;
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::limits;
use crate::privacy::store::Settings;
use crate::privacy::{Audience, Floors, HeadsBehind, Place, Unit, person};

/// The gate of this very program lets nothing through under the floors, whatever the settings say.
pub(in crate::guarantee) fn one_gate() -> Finding {
    let (answers, heads) = (limits::MINIMUM_ANSWERS, limits::MINIMUM_HEADS);
    let tried = [
        (answers, heads, Audience::Team, true),
        (answers - 1, heads, Audience::Team, false),
        (answers, heads - 1, Audience::Team, false),
        (answers, heads, Audience::Management, false),
    ];
    let wrong = tried
        .iter()
        .filter(|(answers, heads, eyes, opens)| lets(*answers, *heads, *eyes) != *opens)
        .count();
    Finding::of(Guarantee::OneGate)
        .open(Text::new("guarantee-seen-gate").with("answers", answers).with("heads", heads))
        .open(Text::new("guarantee-seen-gate-type"))
        .against((wrong > 0).then(|| Text::new("guarantee-against-gate").with("count", wrong)))
}

/// Whether the gate of an organisation in pilot, whose settings ask for one of each, shows that
/// many to this audience.
fn lets(answers: u32, heads: u32, audience: Audience) -> bool {
    let place = Place::Site("S".to_owned());
    let behind = HeadsBehind {
        sites: BTreeMap::from([("team".to_owned(), heads)]),
        ..HeadsBehind::default()
    };
    let units =
        [Unit { release: 1, place: place.clone(), region: None, answers, behind: behind.into() }];
    let settings = Settings { floors: Floors::raised(1, 1), pilot: true };
    Gate::of_places(settings, audience, &units).whole(&units, &place, || ()).is_ok()
}

/// Words of league tables, in French and English, as parts of a name.
const RANKING: [&str; 18] = [
    "best",
    "classement",
    "league",
    "order",
    "palmares",
    "podium",
    "rang",
    "rank",
    "ranking",
    "sort",
    "sorted",
    "tri",
    "top",
    "winner",
    "winners",
    "worst",
    "leaderboard",
    "leaderboards",
];

/// No address and no column has a word of a league table or of a person.
pub(in crate::guarantee) fn no_ranking(live: &Catalogue, routes: &[&str]) -> Finding {
    let addresses: Vec<&&str> = routes
        .iter()
        .filter(|route| ranks(route) || parts(route).any(|part| person::is_person_column(&part)))
        .collect();
    let columns = live.columns.iter().map(|column| format!("{}.{}", column.table, column.name));
    let columns: Vec<String> = columns.filter(|name| ranks(name)).collect();
    Finding::of(Guarantee::NoRanking)
        .open(
            Text::new("guarantee-seen-routes")
                .with("routes", routes.len())
                .with("columns", live.columns.len()),
        )
        .open(Text::new("guarantee-seen-chain-order"))
        .against(each(&addresses, |route| {
            Text::new("guarantee-against-route").with("route", **route)
        }))
        .against(each(&columns, |column| {
            Text::new("guarantee-against-ranking").with("column", column.as_str())
        }))
}

fn ranks(name: &str) -> bool {
    parts(name).any(|part| RANKING.contains(&part.as_str()))
}

fn parts(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    words.map(str::to_lowercase)
}

/// The dossier says of every table that exists what it is for.
pub(in crate::guarantee) fn dossier(live: &Catalogue) -> Finding {
    let (told, untold): (Vec<&str>, Vec<&str>) = live.tables().into_iter().partition(|table| {
        CATEGORIES.iter().any(|category| category.tables.split(' ').any(|known| known == *table))
    });
    Finding::of(Guarantee::Dossier)
        .open(
            Text::new("guarantee-seen-dossier")
                .with("tables", told.len())
                .with("categories", CATEGORIES.len()),
        )
        .against(
            (!untold.is_empty())
                .then(|| Text::new("guarantee-against-untold").with("tables", list(&untold))),
        )
}

#[cfg(test)]
mod tests {
    use crate::guarantee::check::shape::*;

    #[test]
    fn the_gate_of_this_program_holds() {
        assert!(one_gate().holds(), "{:?}", one_gate());
    }

    #[test]
    fn a_route_that_ranks_or_names_people_is_found() {
        let live = Catalogue::default();
        assert!(
            no_ranking(&live, &["/teams/{team}/breakdown", "/readers", "/api/v1/events"]).holds()
        );
        for route in ["/sites/ranking", "/top-sites", "/agents/{employee}", "/network/best"] {
            assert!(!no_ranking(&live, &[route]).holds(), "{route}");
        }
    }
}
