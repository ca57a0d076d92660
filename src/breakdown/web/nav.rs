//! The owner's pages, in the order in which they are read: where it hurts, what would help, whether
//! it is alike everywhere, how far the figures carry.

use crate::i18n::{Lang, Words};
use crate::privacy::Eyes;
use crate::web::FrameLink;

/// Where each page is, and what it is called. A new page is one more line.
const PAGES: [(&str, &str); 8] = [
    ("/network", "owner-nav-breakdown"),
    ("/network/map", "owner-nav-map"),
    ("/network/help", "owner-nav-help"),
    ("/network/compare", "owner-nav-compare"),
    ("/network/chart", "owner-nav-chart"),
    ("/network/system", "owner-nav-system"),
    ("/network/coverage", "owner-nav-coverage"),
    ("/network/incentives", "owner-nav-incentives"),
];

/// The links above a page that a team has too: none for a team.
pub fn of(eyes: &Eyes, (path, query): (&str, Option<&str>), lang: Lang) -> Vec<FrameLink> {
    match eyes {
        Eyes::Owner => links(path, query, lang),
        Eyes::Team(_) => Vec::new(),
    }
}

/// The links above every page of the owner; whoever chose a service keeps it.
pub fn links(here: &str, query: Option<&str>, lang: Lang) -> Vec<FrameLink> {
    let w = Words(lang);
    let mut pairs = query.unwrap_or_default().split('&');
    let service = pairs.rfind(|pair| pair.starts_with("journey_type="));
    let link = |(path, key): &(&str, &str)| FrameLink {
        href: service.map_or_else(|| (*path).to_owned(), |service| format!("{path}?{service}")),
        words: w.say(key),
        here: here == *path,
    };
    PAGES.iter().map(link).collect()
}
