//! The demo's network: twelve garages in four regions, with a central call centre and central
//! planning.

use std::fmt::Write as _;

/// The journey type of the demo.
pub(super) const JOURNEY_TYPE: &str = "repair";
/// The region where planning slips and customers blame the workshop.
pub(super) const SLIPPING_REGION: &str = "south";
/// The garage whose handoff from reception to workshop fails.
pub(super) const FAILING_SITE: &str = "G05";

/// The region whose reception and workshop try something, so that dates are kept.
pub(super) const TRYING_REGION: &str = "east";
/// For how many weeks they try it until its review, which was last week.
pub(super) const TRYING_WEEKS: i32 = 12;

/// One garage.
pub(super) struct Garage {
    /// Its code in events.
    pub(super) code: &'static str,
    /// The region it belongs to.
    pub(super) region: &'static str,
    name: &'static str,
    /// Journeys in a usual week.
    pub(super) weekly: u32,
    /// Heads of reception, workshop and hand-back.
    heads: [u32; 3],
}

const fn garage(
    code: &'static str,
    region: &'static str,
    name: &'static str,
    weekly: u32,
    heads: [u32; 3],
) -> Garage {
    Garage { code, region, name, weekly, heads }
}

/// Two of them are small on purpose: what they show is pooled with their region, and the page says
/// why.
pub(super) const GARAGES: [Garage; 12] = [
    garage("G01", "north", "Lille", 78, [12, 18, 9]),
    garage("G02", "north", "Amiens", 52, [9, 13, 8]),
    garage("G03", "north", "Arras", 34, [5, 9, 4]),
    garage("G04", "east", "Strasbourg", 84, [13, 20, 9]),
    garage("G05", "east", "Nancy", 72, [11, 17, 9]),
    garage("G06", "east", "Colmar", 48, [9, 12, 8]),
    garage("G07", "south", "Marseille", 88, [14, 22, 10]),
    garage("G08", "south", "Nîmes", 60, [10, 14, 8]),
    garage("G09", "south", "Gap", 12, [2, 3, 1]),
    garage("G10", "west", "Nantes", 82, [12, 19, 9]),
    garage("G11", "west", "Rennes", 66, [10, 15, 8]),
    garage("G12", "west", "Vannes", 44, [8, 11, 8]),
];

/// The blueprint file, as an administrator would write it.
pub(super) fn blueprint() -> String {
    let mut text = String::from(BLUEPRINT);
    for (place, team) in ["reception", "workshop", "hand-back"].iter().enumerate() {
        let sites: Vec<String> =
            GARAGES.iter().map(|g| format!("{} = {}", g.code, g.heads[place])).collect();
        let (fr, en) = SITE_TEAMS[place];
        let _ = write!(
            text,
            "\n[[team]]\ncode = \"{team}\"\nname = {{ fr = \"{fr}\", en = \"{en}\" }}\nsites = {{ {} }}\n",
            sites.join(", ")
        );
    }
    for g in &GARAGES {
        let _ = write!(
            text,
            "\n[[site]]\ncode = \"{}\"\nregion = \"{}\"\nname = \"{}\"\n",
            g.code, g.region, g.name
        );
    }
    text
}

const SITE_TEAMS: [(&str, &str); 3] =
    [("Réception", "Reception"), ("Atelier", "Workshop"), ("Restitution", "Hand-back")];

const BLUEPRINT: &str = r#"# The demo's service: a garage repairs a car.
reason = "The demo's first set-up"

[journey_type]
code = "repair"
name = { fr = "Réparation", en = "Repair" }

[[step]]
code = "CALL"
team = "call-centre"
frontstage = true
name = { fr = "Appel", en = "Call" }

[[step]]
code = "PLAN"
team = "planning"
frontstage = false
name = { fr = "Planification", en = "Planning" }

[[step]]
code = "RECEP"
team = "reception"
frontstage = true
planned_by = "PLAN"
name = { fr = "Accueil", en = "Reception" }

[[step]]
code = "WORK"
team = "workshop"
frontstage = true
name = { fr = "Atelier", en = "Workshop" }

[[step]]
code = "DELIV"
team = "hand-back"
frontstage = true
name = { fr = "Restitution", en = "Hand-back" }

[[team]]
code = "call-centre"
name = { fr = "Centre d’appels", en = "Call centre" }
central = 120

[[team]]
code = "planning"
name = { fr = "Planification", en = "Planning" }
central = 26
"#;
