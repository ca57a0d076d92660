//! Which column everything stands in, and which of it is the main line.

use super::grid::{Grid, Item, Link, Node, Room, What};

/// The columns: steps in the even ones, labels in the odd ones.
pub(super) fn grid(nodes: &[Node], links: &[Link]) -> Grid {
    let layers = layers(nodes.len(), links);
    let main = main_line(nodes, links);
    let last = layers.iter().max().map_or(0, |last| 2 * last);
    let mut grid = Grid { columns: vec![Vec::new(); last + 1], ..Grid::default() };
    for (at, node) in nodes.iter().enumerate() {
        let weight = links
            .iter()
            .filter(|link| link.from == at || link.to == at)
            .map(|link| link.weight)
            .sum();
        let on_main = main.iter().any(|link| links[*link].from == at || links[*link].to == at);
        let item = Item {
            what: What::Node(at),
            room: node.room,
            front: node.front,
            main: on_main,
            weight,
        };
        add(&mut grid, 2 * layers[at], item);
    }
    let mut labels = vec![0usize; last + 1];
    for (at, link) in links.iter().enumerate() {
        way(&mut grid, nodes, (at, link), &layers, (&main, &mut labels));
    }
    grid
}

/// The layer of each step: as far left as what leads to it allows. What leads back does not count.
fn layers(nodes: usize, links: &[Link]) -> Vec<usize> {
    let mut layers = vec![0; nodes];
    let mut forward: Vec<(usize, usize)> =
        links.iter().map(ends).filter(|(left, right)| left != right).collect();
    forward.sort_unstable();
    for (left, right) in &forward {
        // In the usual order, whatever leads to a step was placed before it leads on.
        layers[*right] = layers[*right].max(layers[*left] + 1);
    }
    // What nothing leads to stands right before what it leads to, not at the far left.
    for node in (0..nodes).rev() {
        let next =
            forward.iter().filter(|(left, _)| *left == node).map(|(_, right)| layers[*right]).min();
        if let Some(next) = next.filter(|_| !forward.iter().any(|(_, right)| *right == node)) {
            layers[node] = next - 1;
        }
    }
    layers
}

/// The steps that a way joins, the one on the left first: the usual order says which.
fn ends(link: &Link) -> (usize, usize) {
    (link.from.min(link.to), link.from.max(link.to))
}

/// The heaviest way through: from the step that most leave, always on along the heaviest way.
fn main_line(nodes: &[Node], links: &[Link]) -> Vec<usize> {
    let on = |at: usize| {
        let onward =
            (0..links.len()).filter(|link| links[*link].from == at && links[*link].to > at);
        onward.max_by(|a, b| links[*a].weight.total_cmp(&links[*b].weight).then(b.cmp(a)))
    };
    let mut line = Vec::new();
    let mut at = (0..nodes.len()).find(|node| on(*node).is_some());
    while let Some(next) = at.and_then(on) {
        line.push(next);
        at = Some(links[next].to);
    }
    line
}

/// The places of one way in the columns that it passes. Its label stands where fewest do.
fn way(
    grid: &mut Grid,
    nodes: &[Node],
    (at, link): (usize, &Link),
    layers: &[usize],
    (main, labels): (&[usize], &mut [usize]),
) {
    let (left, right) = ends(link);
    let (first, last) = (2 * layers[left] + 1, 2 * layers[right]);
    let column = (first..last).step_by(2).min_by_key(|column| labels[*column]).unwrap_or(first);
    let front = nodes[left].front && nodes[right].front;
    labels[column] += 1;
    let mut chain = vec![left];
    for place in first..last {
        let bare = Room { width: 0.0, up: link.thickness / 2.0, down: link.thickness / 2.0 };
        let labelled = place == column;
        let item = Item {
            what: What::Link(at, labelled),
            room: if labelled { link.label } else { bare },
            front,
            main: main.contains(&at),
            weight: link.weight,
        };
        chain.push(add(grid, place, item));
    }
    chain.push(right);
    grid.joints.extend(chain.windows(2).map(|pair| (pair[0], pair[1], link.weight)));
    grid.chains.push(chain);
    grid.back.push(link.from > link.to);
}

fn add(grid: &mut Grid, column: usize, item: Item) -> usize {
    grid.items.push(item);
    grid.columns[column].push(grid.items.len() - 1);
    grid.items.len() - 1
}
