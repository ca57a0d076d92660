//! Owen's value: Shapley among the groups, and inside each group Shapley again.
//!
//! An element of group `G` joins coalitions made of whole other groups and of some of its own: the
//! mean over the sets `T` of other groups, with Shapley's weights among groups, of its Shapley
//! value inside `G` *given* `T`. So the walk through the other groups, taken or left as a whole,
//! ends in the walk through the subsets of `G`.

use super::subsets::{Subsets, room, weights};
use super::triangle::{eliminate_last, start};

/// Owen's value of each element, `triangle(order)` being the packed covariances with the outcome
/// first and the elements in the order asked for. The groups are disjoint and hold `0..elements`.
pub(super) fn owen(
    groups: &[Vec<usize>],
    elements: usize,
    triangle: impl Fn(&[usize]) -> Vec<f64>,
) -> Vec<f64> {
    let mut values = vec![0.0; elements];
    let among = weights(groups.len());
    let mut stack = vec![0.0; room(elements)];
    for (at, own) in groups.iter().enumerate() {
        let others =
            || groups.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, group)| group);
        let order: Vec<usize> = own.iter().chain(others().flatten()).copied().collect();
        let triangle = triangle(&order);
        let inside = weights(own.len());
        let given = |taken: usize| inside.iter().map(|weight| weight * among[taken + 1]).collect();
        let mut around = OtherGroups {
            own: own.len(),
            total: triangle[0],
            weights: (0..groups.len()).map(given).collect(),
            values: vec![0.0; own.len()],
        };
        around.decide(&triangle, &others().map(Vec::len).collect::<Vec<_>>(), 0, &mut stack);
        own.iter().zip(&around.values).for_each(|(&element, &value)| values[element] = value);
    }
    values
}

/// The walk through the sets of other groups around one group.
struct OtherGroups {
    /// Elements of the group.
    own: usize,
    total: f64,
    /// By how many other groups were taken: the weights inside, times the weight of that many.
    weights: Vec<Vec<f64>>,
    values: Vec<f64>,
}

impl OtherGroups {
    /// Decides the other groups, of so many elements each, from the last to the first.
    fn decide(&mut self, triangle: &[f64], others: &[usize], taken: usize, stack: &mut [f64]) {
        let Some((&size, others)) = others.split_last() else {
            let weights = &self.weights[taken];
            Subsets { weights, total: self.total, values: &mut self.values }
                .walk(triangle, self.own, stack);
            return;
        };
        let left = 1 + self.own + others.iter().sum::<usize>();
        self.decide(&triangle[..start(left)], others, taken, stack);
        let (child, rest) = stack.split_at_mut(triangle.len());
        child.copy_from_slice(triangle);
        eliminate_last(child, left + size, size);
        self.decide(&child[..start(left)], others, taken + 1, rest);
    }
}
