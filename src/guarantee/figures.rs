//! What the search of everything published came to, as fields for programs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::breakdown::everything::{Everything, SearchedRelease};
use crate::calendar::rfc3339;
use crate::clock::Instant;
use crate::limits;
use crate::privacy::Search;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchFigures {
    /// Releases.
    pub documents: u64,
    /// Figures that are shown, each at its place.
    pub figures: u64,
    /// Sums that a reader can know.
    pub equations: u64,
    /// The fewest people that anything can be worked out about; none before anything was
    /// published.
    pub smallest_group: Option<u32>,
    pub hidden_for_few_heads: u64,
    /// Figures that are not shown only because of what could be worked out beside them.
    pub withheld_beside: u64,
    /// Those as a fraction of all figures, shown or not.
    pub share_withheld: f64,
    /// Rounded up.
    pub seconds: u64,
    /// RFC 3339 in UTC.
    pub checked_at: String,
    pub open: OpenFigures,
}

/// What of it anybody may read: of releases that are not the teams' alone any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFigures {
    pub documents: u64,
    pub figures: u64,
    pub equations: u64,
    /// Fewer people than that nothing can be worked out about, in anything published: the floor
    /// that is compiled in. None where something can.
    pub nothing_under: Option<u32>,
    pub checked_at: String,
}

impl SearchFigures {
    pub fn of(found: &[Everything], took: Duration, now: Instant) -> Self {
        let all: Vec<&SearchedRelease> = found.iter().flat_map(|of| &of.releases).collect();
        let sum = sum(all.iter().copied());
        let opened = || all.iter().copied().filter(|release| release.owners_from <= now);
        let open = self::sum(opened());
        let few = sum.smallest.is_some_and(|people| people < limits::MINIMUM_HEADS);
        let is_open = few || all.iter().any(|release| release.search.is_none());
        Self {
            documents: all.len() as u64,
            seconds: took.as_secs() + 1,
            checked_at: rfc3339(now),
            open: OpenFigures {
                documents: opened().count() as u64,
                figures: open.documents,
                equations: open.equations,
                nothing_under: (!is_open).then_some(limits::MINIMUM_HEADS),
                checked_at: rfc3339(now),
            },
            ..Self::of_search(sum)
        }
    }

    fn of_search(search: Search) -> Self {
        let all = search.documents + search.hidden + search.withheld;
        Self {
            figures: search.documents,
            equations: search.equations,
            smallest_group: search.smallest,
            hidden_for_few_heads: search.hidden,
            withheld_beside: search.withheld,
            share_withheld: search.withheld as f64 / all.max(1) as f64,
            ..Self::default()
        }
    }
}

fn sum<'a>(releases: impl Iterator<Item = &'a SearchedRelease>) -> Search {
    releases.filter_map(|release| release.search).fold(Search::default(), Search::and)
}
