use proptest::prelude::*;

use crate::map::layout::*;

/// Some steps in two lanes, and flow between any of them.
fn graphs() -> impl Strategy<Value = (Vec<Node>, Vec<Link>)> {
    (2usize..=40).prop_flat_map(|count| {
        let node = (20.0..160.0, 9.0..60.0, 9.0..90.0, prop::bool::weighted(0.7));
        let node = node
            .prop_map(|(width, up, down, front)| Node { room: Room { width, up, down }, front });
        let link = (0..count, 0..count, 0.0..100.0, 1.0..14.0, 20.0..130.0, 9.0..70.0);
        let link = link.prop_filter_map(
            "a way from a step to itself",
            |(from, to, weight, thickness, width, down)| {
                let label = Room { width, up: thickness / 2.0 + 20.0, down };
                (from != to).then_some(Link { from, to, weight, thickness, label })
            },
        );
        (prop::collection::vec(node, count), prop::collection::vec(link, 0..=100))
    })
}

/// The room that something takes where it stands: left, top, right, bottom.
fn taken((x, y): (f64, f64), room: Room) -> [f64; 4] {
    [x - room.width / 2.0, y - room.up, x + room.width / 2.0, y + room.down]
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    // A tenth of a pixel is lost in rounding on either side.
    a[0] + 0.2 < b[2] && b[0] + 0.2 < a[2] && a[1] + 0.2 < b[3] && b[1] + 0.2 < a[3]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_everything_lies_within_the_picture((nodes, links) in graphs()) {
        let plan = lay_out(&nodes, &links);
        prop_assert_eq!(&plan, &lay_out(&nodes, &links), "the same graph gives the same picture");
        let steps = plan.nodes.iter().zip(&nodes).map(|(at, node)| taken(*at, node.room));
        let labels = plan.routes.iter().zip(&links).map(|(route, link)| taken(route.label, link.label));
        let boxes: Vec<[f64; 4]> = steps.chain(labels).collect();
        for (at, a) in boxes.iter().enumerate() {
            prop_assert!(a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= plan.width && a[3] <= plan.height, "{a:?} of {plan:?}");
            for b in &boxes[at + 1..] {
                prop_assert!(!overlap(a, b), "{a:?} and {b:?}");
            }
        }
        for (route, link) in plan.routes.iter().zip(&links) {
            joined(&plan, route, link)?;
            // Where a way is level it runs through no box but those of its own steps and label.
            for level in &route.levels {
                let line = [level.left, level.y, level.right, level.y];
                let crossed = boxes.iter().enumerate().filter(|(_, it)| overlap(&line, it)).map(|(at, _)| at);
                let own = |at: &usize| *at == link.from || *at == link.to || boxes[*at] == taken(route.label, link.label);
                prop_assert!(crossed.clone().all(|at| own(&at)), "{level:?} runs through something");
            }
        }
    }

    #[test]
    fn what_customers_meet_lies_above_the_line_and_the_rest_below_it((nodes, links) in graphs()) {
        let plan = lay_out(&nodes, &links);
        prop_assert_eq!(plan.visibility.is_some(), nodes.iter().any(|node| !node.front));
        for ((_, y), node) in plan.nodes.iter().zip(&nodes) {
            let line = plan.visibility.unwrap_or(f64::MAX);
            let above = if node.front { y + node.room.down <= line } else { y - node.room.up >= line };
            prop_assert!(above, "{y} of {node:?} and the line at {line}");
        }
    }
}

/// A way begins at its one step and ends at its other, goes from left to right, and stays within
/// the picture.
fn joined(plan: &Plan, route: &Route, link: &Link) -> Result<(), TestCaseError> {
    let (left, right) = (link.from.min(link.to), link.from.max(link.to));
    let (first, last) = (route.levels[0], route.levels[route.levels.len() - 1]);
    prop_assert_eq!((first.left, first.y), plan.nodes[left]);
    prop_assert_eq!((last.right, last.y), plan.nodes[right]);
    prop_assert_eq!(route.back, link.from > link.to);
    for level in &route.levels {
        prop_assert!(level.left <= level.right && level.left >= 0.0 && level.right <= plan.width);
        prop_assert!(level.y >= 0.0 && level.y <= plan.height);
    }
    for pair in route.levels.windows(2) {
        prop_assert!(pair[0].right < pair[1].left, "it bends between two columns");
    }
    Ok(())
}

#[test]
fn the_main_line_is_straight_and_loops_rise_above_it() {
    let room = Room { width: 80.0, up: 9.0, down: 40.0 };
    let nodes = [Node { room, front: true }; 4];
    let link = |from, to, weight| Link { from, to, weight, thickness: 4.0, label: room };
    let plan = lay_out(
        &nodes,
        &[link(0, 1, 90.0), link(1, 2, 80.0), link(2, 3, 80.0), link(0, 2, 10.0), link(3, 1, 5.0)],
    );
    assert!(plan.nodes.iter().all(|(_, y)| *y == plan.nodes[0].1), "{plan:?}");
    let main = plan.nodes[0].1;
    assert!(plan.routes[3].label.1 > main && plan.routes[4].label.1 < main, "{plan:?}");
}
