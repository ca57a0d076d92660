//! Numbers for names: the process measures count in small integers, and a number never changes its
//! meaning.

use std::borrow::Borrow;
use std::hash::Hash;

use relais_analytics::process::OTHER;
use rustc_hash::FxHashMap;

/// Things in the order in which they got a number, which is their place.
#[derive(Clone, Debug)]
pub struct Numbers<T> {
    known: FxHashMap<T, u16>,
    list: Vec<T>,
    most: usize,
}

impl<T: Clone + Eq + Hash> Numbers<T> {
    /// These have a number; others get one as long as there are fewer than `most`.
    pub fn known(list: Vec<T>, most: usize) -> Self {
        Self {
            known: list.iter().cloned().zip(0..).collect(),
            list,
            most: most.min(usize::from(OTHER)),
        }
    }

    pub fn list(&self) -> &[T] {
        &self.list
    }

    /// What has that number; `None` for [`OTHER`].
    pub fn name(&self, number: u16) -> Option<&T> {
        self.list.get(usize::from(number))
    }

    /// The number of a thing, or [`OTHER`] when it has none.
    pub fn get<Q>(&self, thing: &Q) -> u16
    where
        T: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.known.get(thing).copied().unwrap_or(OTHER)
    }

    /// The number of a thing, which is given one if there is room, or else [`OTHER`].
    pub fn number<Q>(&mut self, thing: &Q) -> u16
    where
        T: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = T> + ?Sized,
    {
        let known = self.get(thing);
        if known != OTHER || self.list.len() >= self.most {
            return known;
        }
        let number = u16::try_from(self.list.len()).unwrap_or(OTHER);
        self.known.insert(thing.to_owned(), number);
        self.list.push(thing.to_owned());
        number
    }
}

#[cfg(test)]
mod tests {
    use crate::journey::numbers::*;

    #[test]
    fn numbers_are_places_and_end_where_there_is_no_more_room() {
        let mut numbers = Numbers::known(vec!["A".to_owned()], 2);
        assert_eq!((numbers.get("A"), numbers.get("B")), (0, OTHER));
        assert_eq!((numbers.number("B"), numbers.number("C"), numbers.number("B")), (1, OTHER, 1));
        assert_eq!(numbers.list(), ["A", "B"]);
        assert_eq!((numbers.name(1).map(String::as_str), numbers.name(OTHER)), (Some("B"), None));
    }
}
