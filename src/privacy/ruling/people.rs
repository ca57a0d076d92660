//! Who stands behind a figure: whose work an element is, and how many they are.

use crate::element::Element;
use crate::privacy::HeadsBehind;

/// Whose work an element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Workers {
    /// All teams together: the whole, and rare handoffs of any teams.
    All,
    /// Each team with the part of it that does this, in thousandths: steps that exclude each other
    /// share their team's people among them.
    Teams(Vec<(String, u32)>),
    /// Two teams of a handoff, each of which needs a few people.
    Between(Vec<(String, u32)>),
    /// A step that no team does: nobody can say how many they are.
    Nobody,
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

/// A whole team, in thousandths.
pub(super) const ALL_OF_IT: u32 = 1000;

impl Workers {
    /// Of an element, given the team of each step and the part of it that does the step.
    pub(super) fn of(element: &Element, team: impl Fn(&str) -> Option<(String, u32)>) -> Self {
        if *element == Element::HandoffOther {
            return Self::All;
        }
        let teams: Option<Vec<(String, u32)>> = element.steps().into_iter().map(team).collect();
        match teams.map(together) {
            None => Self::Nobody,
            Some(teams) if teams.len() > 1 => Self::Between(teams),
            Some(teams) => Self::Teams(teams),
        }
    }

    /// Of several elements: nobody twice.
    pub(super) fn union<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut teams = Vec::new();
        for workers in all {
            match workers {
                Self::All => return Self::All,
                Self::Teams(more) | Self::Between(more) => teams.extend(more.iter().cloned()),
                Self::Nobody => {}
            }
        }
        if teams.is_empty() { Self::Nobody } else { Self::Teams(together(teams)) }
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
            Self::All => People { own: Some(everybody(behind, central_only)), central: 0 },
            Self::Nobody => People { own: Some(0), central: 0 },
            Self::Teams(teams) | Self::Between(teams) => {
                let own = teams.iter().filter_map(|team| own_heads(behind, team));
                People {
                    own: own.reduce(|sum, heads| sum + heads),
                    central: teams.iter().map(|team| central_heads(behind, team)).sum(),
                }
            }
        }
    }

    /// The heads of the smaller team of a handoff.
    pub(super) fn fewest(&self, behind: &[&HeadsBehind]) -> Option<u32> {
        let Self::Between(teams) = self else { return None };
        let heads = |team| own_heads(behind, team).unwrap_or_else(|| central_heads(behind, team));
        teams.iter().map(heads).min()
    }
}

/// Each team once, with at most the whole of it.
fn together(mut teams: Vec<(String, u32)>) -> Vec<(String, u32)> {
    teams.sort();
    teams.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = (kept.1 + next.1).min(ALL_OF_IT);
        }
        same
    });
    teams
}

fn everybody(behind: &[&HeadsBehind], central_only: bool) -> u32 {
    if !central_only {
        return behind.iter().flat_map(|one| one.sites.values()).sum();
    }
    let mut teams: Vec<&String> = behind.iter().flat_map(|one| one.central.keys()).collect();
    teams.sort();
    teams.dedup();
    teams.into_iter().map(|team| central_heads(behind, &(team.clone(), ALL_OF_IT))).sum()
}

/// The heads of a team at the sites of some atoms; `None` of a team that is not of the sites.
fn own_heads(behind: &[&HeadsBehind], (team, part): &(String, u32)) -> Option<u32> {
    let sites = behind.iter().filter_map(|one| one.sites.get(team)).copied();
    sites.reduce(|sum, heads| sum + heads).map(|heads| heads * part / ALL_OF_IT)
}

fn central_heads(behind: &[&HeadsBehind], (team, part): &(String, u32)) -> u32 {
    let heads = behind.iter().filter_map(|one| one.central.get(team)).max().copied();
    heads.unwrap_or(0) * part / ALL_OF_IT
}
