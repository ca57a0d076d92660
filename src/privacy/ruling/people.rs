//! Who stands behind a figure: whose work an element is, and how many they are.

use std::sync::Arc;

use crate::element::Element;
use crate::privacy::{HeadsBehind, Part};

/// Whose work an element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Workers {
    /// All teams together: the whole, and rare handoffs of any teams.
    All,
    /// Each team with what it does of this: steps that exclude each other share their
    /// team's people among them.
    Teams(Vec<Work>),
    /// Two teams of a handoff, each of which needs a few people.
    Between(Vec<Work>),
    /// A step that no team does: nobody can say how many they are.
    Nobody,
}

/// Some of the work of a team.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Work {
    pub(super) team: Arc<str>,
    pub(super) parts: Vec<Part>,
}

/// People behind some figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct People {
    /// Of teams at sites; `None` where none of the teams is.
    own: Option<u32>,
    central: u32,
}

impl People {
    /// How many they are: central ones only where there are no others.
    pub(super) fn count(self) -> u32 {
        self.own.unwrap_or(self.central)
    }

    /// With those at other sites; central ones may be the same.
    pub(super) fn and(self, other: Self) -> Self {
        let own = [self.own, other.own].into_iter().flatten();
        Self { own: own.reduce(|sum, heads| sum + heads), central: self.central.max(other.central) }
    }

    /// The larger of two counts of the same people.
    pub(super) fn at_least(self, own: u32) -> Self {
        Self { own: Some(self.count().max(own)), ..self }
    }
}

impl Workers {
    /// Of an element, given the team of each step.
    pub(super) fn of(element: &Element, team: impl Fn(&str) -> Option<String>) -> Self {
        if *element == Element::HandoffOther {
            return Self::All;
        }
        let work = |step: &str| {
            Some(Work { team: team(step)?.into(), parts: vec![Part::new(element, step)] })
        };
        let works: Option<Vec<Work>> = element.steps().into_iter().map(work).collect();
        match works.map(together) {
            None => Self::Nobody,
            Some(works) if works.len() > 1 => Self::Between(works),
            Some(works) => Self::Teams(works),
        }
    }

    /// Of several elements: nobody twice.
    pub(super) fn union<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut works = Vec::new();
        for workers in all {
            match workers {
                Self::All => return Self::All,
                Self::Teams(more) | Self::Between(more) => works.extend(more.iter().cloned()),
                Self::Nobody => {}
            }
        }
        if works.is_empty() { Self::Nobody } else { Self::Teams(together(works)) }
    }

    /// How many people of the sites' own teams stand behind some atoms of one release. Central
    /// teams count only where none of the teams is of the sites: they are the same people
    /// everywhere, so that a difference between places is not theirs.
    pub(super) fn heads(&self, behind: &[&HeadsBehind], central_only: bool) -> u32 {
        self.people(behind, central_only).count()
    }

    /// The same, with central people apart.
    pub(super) fn people(&self, behind: &[&HeadsBehind], central_only: bool) -> People {
        match self {
            Self::All => {
                People { own: Some(HeadsBehind::everybody(behind, central_only)), central: 0 }
            }
            Self::Nobody => People { own: Some(0), central: 0 },
            Self::Teams(works) | Self::Between(works) => {
                let own = works.iter().filter_map(|work| own_heads(behind, work, works));
                People {
                    own: own.reduce(|sum, heads| sum + heads),
                    central: works.iter().map(|work| central_heads(behind, work)).sum(),
                }
            }
        }
    }

    /// The heads of the smaller team of a handoff.
    pub(super) fn fewest(&self, behind: &[&HeadsBehind]) -> Option<u32> {
        let Self::Between(works) = self else { return None };
        let own = |work| own_heads(behind, work, works);
        let heads = |work| own(work).unwrap_or_else(|| central_heads(behind, work));
        works.iter().map(heads).min()
    }
}

/// Each team once, with all of its work.
fn together(mut works: Vec<Work>) -> Vec<Work> {
    works.sort();
    works.dedup_by(|next, kept| {
        let same = next.team == kept.team;
        if same {
            kept.parts.append(&mut next.parts);
        }
        same
    });
    for work in &mut works {
        work.parts.sort();
        work.parts.dedup();
    }
    works
}

/// The heads behind some work at the sites of some atoms, beside whoever does the rest of `all`;
/// `None` of a team that is not of the sites.
fn own_heads(behind: &[&HeadsBehind], work: &Work, all: &[Work]) -> Option<u32> {
    let sites = behind.iter().filter_map(|one| {
        if one.moved.is_empty() {
            return one.own(&work.team, &work.parts);
        }
        let parts = work.parts.iter().filter(|part| !is_theirs(one, part, all));
        one.own(&work.team, &parts.cloned().collect::<Vec<_>>())
    });
    sites.reduce(|sum, heads| sum + heads)
}

/// Whether a step that went from one team to another may be the work of people who do something
/// else of `all` as well.
fn is_theirs(behind: &HeadsBehind, part: &Part, all: &[Work]) -> bool {
    let Some(teams) = behind.moved.get(&*part.step) else { return false };
    let does_more = |work: &Work| work.parts.iter().any(|one| one.step != part.step);
    all.iter().any(|work| teams.contains(&*work.team) && does_more(work))
}

fn central_heads(behind: &[&HeadsBehind], work: &Work) -> u32 {
    let heads = behind.iter().filter_map(|one| one.of_central(&work.team, &work.parts));
    heads.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::privacy::ruling::people::*;

    /// Washing went from the yard to the shop while this was collected.
    #[test]
    fn a_step_on_its_way_adds_nobody_to_those_who_may_have_it_already() {
        let codes = |pairs: [(&str, &str); 2]| -> BTreeMap<String, String> {
            pairs.map(|(step, team)| (step.to_owned(), team.to_owned())).into()
        };
        let mut behind = HeadsBehind {
            sites: [("shop".to_owned(), 4), ("yard".to_owned(), 3)].into(),
            steps: codes([("WORK", "shop"), ("WASH", "yard")]),
            ..HeadsBehind::default()
        };
        let heads = |behind: &HeadsBehind, element: &str| {
            let element: Element = element.parse().unwrap();
            let workers = Workers::of(&element, |step| behind.steps.get(step).cloned());
            (workers.heads(&[behind], false), workers.fewest(&[behind]))
        };
        assert_eq!(heads(&behind, "handoff:WORK:WASH"), (7, Some(3)));
        assert_eq!(behind.heads(false), 7);
        let both = ["shop", "yard"].map(str::to_owned);
        behind.moved.insert("WASH".to_owned(), both.into());
        assert_eq!(heads(&behind, "handoff:WORK:WASH"), (4, Some(0)), "it may all be the shop's");
        assert_eq!(heads(&behind, "step:WASH"), (3, None), "the smaller of the two");
        assert_eq!(behind.heads(false), 4, "the yard may have done nothing");
        let mut moved_twice = behind.clone();
        moved_twice.moved.get_mut("WASH").unwrap().insert("loft".to_owned());
        assert_eq!(heads(&moved_twice, "handoff:WORK:WASH"), (4, Some(0)), "by way of a third");
        let mut pool = behind.clone();
        behind.steps = codes([("WORK", "shop"), ("WASH", "shop")]);
        pool.add(&behind);
        assert_eq!(pool.heads(false), 8, "whichever of the two each of its sites counts");
    }
}
