//! Which lists of journeys may say whom links are made for.
//!
//! The service draws whom it asks. Somebody who chose could choose one colleague's customers, and
//! every figure that follows would be that colleague's. So a list may only leave out who cannot be
//! reached: it holds nearly all of a place's journeys of a week, or none of them.

use std::collections::BTreeMap;

use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::limits;

/// A journey's place, and when it was over.
pub type Ending = (Option<String>, Instant);

/// What a list holds of its places and weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Of all their journeys.
    pub percent: u32,
    /// The fewest journeys that it has of a place and week.
    pub fewest: u64,
}

/// The listed journeys as a share of all of the same places and weeks; or why the list is refused.
pub fn share(listed: &[Ending], all: &[Ending], zone: &Zone) -> Result<Share> {
    let listed = counts(listed, zone);
    let all = counts(all, zone);
    let (mut chosen, mut there) = (0, 0);
    for ((site, week), count) in &listed {
        let of = all.get(&(site.clone(), *week)).copied().unwrap_or(*count).max(*count);
        let least = limits::LISTED_PERCENT * of;
        if 100 * count < least || *count < limits::LISTED {
            let site = site.clone().unwrap_or_else(|| "–".to_owned());
            let text = Text::new("invitation-links-chosen")
                .with("site", site)
                .with("week", week.monday().to_string())
                .with("listed", *count)
                .with("all", of)
                .with("percent", limits::LISTED_PERCENT)
                .with("least", limits::LISTED);
            return Err(Error::from(text));
        }
        chosen += count;
        there += of;
    }
    Ok(Share {
        percent: u32::try_from(100 * chosen / there.max(1)).unwrap_or(100),
        fewest: listed.values().min().copied().unwrap_or(0),
    })
}

type Counts = BTreeMap<(Option<String>, crate::calendar::Week), u64>;

fn counts(endings: &[Ending], zone: &Zone) -> Counts {
    let mut counts = Counts::new();
    for (site, at) in endings {
        *counts.entry((site.clone(), zone.week(*at))).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use crate::invitation::chosen::{self, *};

    fn endings(site: &str, day: i64, count: usize) -> Vec<Ending> {
        vec![(Some(site.to_owned()), 1_784_548_800 + day * 86_400); count]
    }

    #[test]
    fn a_list_may_leave_out_a_few_and_choose_nobody() {
        let zone = Zone::named("UTC").unwrap();
        let all: Vec<Ending> = [endings("S1", 0, 50), endings("S2", 0, 100), endings("S1", 7, 31)]
            .into_iter()
            .flatten()
            .collect();
        let held = |listed: &[Ending]| chosen::share(listed, &all, &zone).ok();
        let share = |listed: &[Ending]| held(listed).map(|share| share.percent);
        assert_eq!(held(&endings("S1", 0, 40)), Some(Share { percent: 80, fewest: 40 }));
        assert_eq!(share(&endings("S1", 0, 39)), None, "less than four in five");
        assert_eq!(share(&endings("S1", 7, 29)), None, "nearly all, and too few");
        assert_eq!(share(&endings("S1", 7, 31)), Some(100));
        let both: Vec<Ending> =
            endings("S1", 0, 50).into_iter().chain(endings("S2", 0, 3)).collect();
        assert_eq!(share(&both), None, "every place and week by itself");
        assert_eq!(share(&[]), Some(0));
    }
}
