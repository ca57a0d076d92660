//! The usual order of steps, as the journeys went through them.

use rustc_hash::FxHashMap;

/// How often which step came before which, each at its first time. Memory grows with the number of
/// steps, not with the number of journeys.
#[derive(Clone, Debug, Default)]
pub struct Order {
    seen: Vec<u16>,
    before: FxHashMap<(u16, u16), u64>,
}

impl Order {
    pub fn add(&mut self, steps: &[u16]) {
        let mut distinct: Vec<u16> = Vec::new();
        for step in steps {
            if !distinct.contains(step) {
                distinct.push(*step);
            }
        }
        for (place, step) in distinct.iter().enumerate() {
            if !self.seen.contains(step) {
                self.seen.push(*step);
            }
            for later in &distinct[place + 1..] {
                *self.before.entry((*step, *later)).or_default() += 1;
            }
        }
    }

    /// The steps in their usual order: one stands before another when it comes first in more of
    /// the journeys that have both; by that, each is placed after those that beat it.
    pub fn usual(&self) -> Vec<u16> {
        let count = |a: u16, b: u16| self.before.get(&(a, b)).copied().unwrap_or(0);
        let wins = |a: u16| self.seen.iter().filter(|b| count(a, **b) > count(**b, a)).count();
        let losses = |a: u16| self.seen.iter().filter(|b| count(**b, a) > count(a, **b)).count();
        let mut order = self.seen.clone();
        order.sort_by_cached_key(|step| losses(*step) as i64 - wins(*step) as i64);
        order
    }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::usual_order::*;

    #[test]
    fn the_usual_order_survives_skipped_steps_and_returns() {
        let mut order = Order::default();
        for path in ["BCD", "ABCD", "ACD", "ABDC", "ABCD"] {
            order.add(&path.bytes().map(u16::from).collect::<Vec<_>>());
        }
        assert_eq!(order.usual(), b"ABCD".map(u16::from));
    }
}
