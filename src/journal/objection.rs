//! Objections: what a staff representative does not want to come into force while it still waits.
//!
//! A change that touches privacy waits ([`crate::limits::PRIVACY_NOTICE`]). Until it is in force a
//! representative may object, and then it waits until the objection is withdrawn, however long.
//! Only who raised it withdraws it, so that nobody who comes to administer accounts can make
//! another representative who does; whoever wants the change nonetheless proposes it anew, which
//! is seen and can be objected to anew. Both are entries of the journal like any other, and this
//! module reads what stands from them alone: there is no second table that could say otherwise.

use std::collections::BTreeMap;

use super::{Author, Reason};
use crate::clock::Instant;

/// What the journal calls objections to an entry, before its number.
pub(super) const SUBJECT: &str = "objection:";

/// What was last said of a change that somebody objected to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub raised_by: Author,
    pub raised_at: Instant,
    pub reason: Reason,
    /// `None` while it stands.
    pub withdrawn_at: Option<Instant>,
}

/// The changes that somebody objected to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objections {
    by_entry: BTreeMap<i64, Objection>,
    /// By the instant from which changes were to be in force: the one from which they are, or
    /// nothing while one is objected to. Two changes of one instant wait for each other.
    delayed: BTreeMap<Instant, Option<Instant>>,
}

impl Objections {
    /// From when on that is in force which was to be from `effective_at` on; `None` while somebody
    /// objects to it.
    pub fn in_force(&self, effective_at: Instant) -> Option<Instant> {
        self.delayed.get(&effective_at).copied().unwrap_or(Some(effective_at))
    }

    /// The objection to an entry, as long as it stands.
    pub fn standing(&self, number: i64) -> Option<&Objection> {
        self.by_entry.get(&number).filter(|objection| objection.withdrawn_at.is_none())
    }

    /// The instants from which changes were to be in force that are not at `now`, though they were
    /// to be: objected to, or let go of later.
    pub fn overdue(&self, now: Instant) -> Vec<Instant> {
        let late = |at: &Option<Instant>| at.is_none_or(|at| at > now);
        self.delayed
            .iter()
            .filter(|(_, at)| late(at))
            .map(|(effective_at, _)| *effective_at)
            .collect()
    }

    /// What entries about objections say, in the order of the journal; `effective_at` tells when
    /// the entry of a number was to be in force.
    pub(super) fn of(
        entries: impl IntoIterator<Item = ObjectionEntry>,
        effective_at: impl Fn(i64) -> Option<Instant>,
    ) -> Self {
        let mut by_entry: BTreeMap<i64, Objection> = BTreeMap::new();
        for ObjectionEntry { about, at, author, reason, withdraws } in entries {
            if !withdraws {
                let raised =
                    Objection { raised_by: author, raised_at: at, reason, withdrawn_at: None };
                by_entry.insert(about, raised);
            } else if let Some(objection) = by_entry.get_mut(&about) {
                objection.withdrawn_at = Some(at);
            }
        }
        let mut delayed = BTreeMap::new();
        for (number, objection) in &by_entry {
            let Some(effective_at) = effective_at(*number) else { continue };
            let until = objection.withdrawn_at.map(|at| at.max(effective_at));
            let known = delayed.entry(effective_at).or_insert(until);
            *known = known.zip(until).map(|(one, other)| one.max(other));
        }
        Self { by_entry, delayed }
    }
}

/// An entry of the journal that objects to another, or withdraws that.
#[derive(Clone, Debug)]
pub(super) struct ObjectionEntry {
    /// The number of the other.
    pub(super) about: i64,
    pub(super) at: Instant,
    pub(super) author: Author,
    pub(super) reason: Reason,
    pub(super) withdraws: bool,
}

/// Which entry an entry of this subject objects to.
pub fn number_of(subject: &str) -> Option<i64> {
    subject.strip_prefix(SUBJECT)?.parse().ok()
}

/// Who says something about a change that waits, why, and when.
#[derive(Clone, Debug)]
pub struct Objector {
    pub author: Author,
    pub reason: Reason,
    pub now: Instant,
}

#[cfg(test)]
mod tests {
    use crate::journal::objection::*;

    /// Entry 5 was to be in force from 100 on, entries 6 and 7 from 200 on.
    fn told(said: &[(i64, Instant, bool)]) -> Objections {
        let entries = said.iter().map(|(about, at, withdraws)| ObjectionEntry {
            about: *about,
            at: *at,
            author: Author::account("representative", 1),
            reason: Reason::parse("because").unwrap(),
            withdraws: *withdraws,
        });
        let effective = |number| match number {
            5 => Some(100),
            6 | 7 => Some(200),
            _ => None,
        };
        Objections::of(entries, effective)
    }

    #[test]
    fn what_is_objected_to_waits_until_that_is_withdrawn() {
        assert_eq!(told(&[]).in_force(100), Some(100));
        assert_eq!(told(&[(5, 50, false)]).in_force(100), None);
        assert_eq!(told(&[(5, 50, false), (5, 60, true)]).in_force(100), Some(100));
        assert_eq!(told(&[(5, 50, false), (5, 160, true)]).in_force(100), Some(160));
        let again = told(&[(5, 50, false), (5, 60, true), (5, 70, false)]);
        assert_eq!((again.in_force(100), again.in_force(200)), (None, Some(200)));
        assert_eq!(told(&[(5, 60, true)]).in_force(100), Some(100), "nobody had objected");
    }

    #[test]
    fn two_changes_of_one_instant_wait_for_each_other() {
        let one = told(&[(6, 50, false), (7, 60, false), (6, 300, true)]);
        assert_eq!(one.in_force(200), None);
        assert_eq!(one.overdue(400), [200]);
        let both = told(&[(6, 50, false), (7, 60, false), (6, 300, true), (7, 250, true)]);
        assert_eq!(both.in_force(200), Some(300));
        assert_eq!((both.overdue(299), both.overdue(300)), (vec![200], vec![]));
    }
}
