//! Writes the blueprint file, and what changed for the settings journal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Described;
use crate::blueprint::{Names, Step};
use crate::organisation::{Site, Team};

impl Described {
    /// The file that describes this. Applying it where this is in force changes nothing.
    pub fn to_toml(&self, reason: &str) -> String {
        let mut out = String::new();
        let blueprint = &self.blueprint;
        // Writing to a String cannot fail.
        let _ = writeln!(out, "reason = {}\n\n[journey_type]", quoted(reason));
        let _ = writeln!(
            out,
            "code = {}\nname = {}",
            quoted(&blueprint.journey_type),
            names(&blueprint.name)
        );
        let _ = writeln!(out, "attributes = {}", list(&blueprint.attributes));
        let _ = writeln!(
            out,
            "buffer_minutes = {}\nquiet_days = {}",
            blueprint.buffer_minutes, blueprint.quiet_days
        );
        blueprint.steps.iter().for_each(|step| write_step(&mut out, step));
        for (code, team) in &self.teams {
            let _ =
                writeln!(out, "\n[[team]]\ncode = {}\nname = {}", quoted(code), names(&team.name));
            if let Some(heads) = team.heads.get("") {
                let _ = writeln!(out, "central = {heads}");
            } else if !team.heads.is_empty() {
                let heads: Vec<String> =
                    team.heads.iter().map(|(s, n)| format!("{} = {n}", quoted(s))).collect();
                let _ = writeln!(out, "sites = {{ {} }}", heads.join(", "));
            }
        }
        for (code, site) in &self.sites {
            let _ = writeln!(out, "\n[[site]]\ncode = {}", quoted(code));
            for (key, value) in [("region", &site.region), ("name", &site.name)] {
                if let Some(value) = value {
                    let _ = writeln!(out, "{key} = {}", quoted(value));
                }
            }
        }
        if self.questionnaire {
            out.push_str("\n[questionnaire]\ndesign = \"three\"\n");
        }
        out
    }

    /// The same for the settings journal and for programs.
    pub fn to_json(&self) -> Value {
        let blueprint = &self.blueprint;
        json!({
            "journey_type": {
                "code": blueprint.journey_type, "name": both(&blueprint.name),
                "attributes": blueprint.attributes, "buffer_minutes": blueprint.buffer_minutes,
                "quiet_days": blueprint.quiet_days,
            },
            "steps": blueprint.steps.iter().map(of_step).collect::<Vec<_>>(),
            "teams": teams(&self.teams), "sites": sites(&self.sites),
            "questionnaire": self.questionnaire,
        })
    }
}

fn write_step(out: &mut String, step: &Step) {
    let _ = writeln!(out, "\n[[step]]\ncode = {}", quoted(&step.code));
    if let Some(team) = &step.team {
        let _ = writeln!(out, "team = {}", quoted(team));
    }
    let _ = writeln!(out, "frontstage = {}", step.frontstage);
    if let Some(planner) = &step.planned_by {
        let _ = writeln!(out, "planned_by = {}", quoted(planner));
    }
    let _ = writeln!(out, "name = {}", names(&step.name));
    if !step.activities.is_empty() {
        let _ = writeln!(out, "activities = {}", list(&step.activities));
    }
    if let Some(days) = step.quiet_days {
        let _ = writeln!(out, "quiet_days = {days}");
    }
}

fn of_step(step: &Step) -> Value {
    let mut fields = json!({
        "code": step.code, "team": step.team, "frontstage": step.frontstage,
        "planned_by": step.planned_by, "name": both(&step.name),
        "activities": step.activities,
    });
    if let Some(days) = step.quiet_days {
        fields["quiet_days"] = days.into();
    }
    fields
}

fn both(name: &Names) -> Value {
    json!({ "fr": name.fr, "en": name.en })
}

fn teams(teams: &BTreeMap<String, Team>) -> Value {
    let team = |(code, team): (&String, &Team)| {
        let fields =
            json!({ "name_fr": team.name.fr, "name_en": team.name.en, "heads": team.heads });
        (code.clone(), fields)
    };
    Value::Object(teams.iter().map(team).collect())
}

fn sites(sites: &BTreeMap<String, Site>) -> Value {
    let site = |(code, site): (&String, &Site)| {
        (code.clone(), json!({ "region": site.region, "name": site.name }))
    };
    Value::Object(sites.iter().map(site).collect())
}

fn names(name: &Names) -> String {
    format!("{{ fr = {}, en = {} }}", quoted(&name.fr), quoted(&name.en))
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

/// A basic string on one line, so that what a reviewer compares is one line a value.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use crate::blueprint::file::{KnownCodes, Plan};
    use crate::error::Error;

    const GARAGE: &str = r#"reason = "first set-up"
[journey_type]
code = "repair"
name = { fr = "Réparation", en = "Repair" }
[[step]]
code = "CALL"
team = "call-centre"
frontstage = true
planned_by = "PLAN"
name = { fr = "Appel", en = "Call" }
activities = ["Appel entrant", "say \"hello\"\\"]
[[step]]
code = "PLAN"
team = "planning"
frontstage = false
[[team]]
code = "call-centre"
central = 120
[[team]]
code = "planning"
sites = { S1 = 8, "S 2" = 9 }
[[site]]
code = "S1"
region = "R1"
[[site]]
code = "S 2"
[questionnaire]
"#;

    fn parse(text: &str) -> Result<Plan, String> {
        Plan::parse(text, "b.toml", Some("repair"), &KnownCodes::default()).map_err(|error| {
            match error {
                Error::Refused(r) => {
                    format!(
                        "{}:{}:{} {}",
                        r.place.file.unwrap(),
                        r.place.line.unwrap_or(0),
                        r.place.field.unwrap_or_default(),
                        r.text.key()
                    )
                }
                other => other.to_string(),
            }
        })
    }

    #[test]
    fn an_export_says_what_the_file_said() {
        let plan = parse(GARAGE).unwrap();
        assert_eq!(plan.described.teams["planning"].heads["S 2"], 9);
        assert_eq!(plan.described.blueprint.steps[0].activities[1], "say \"hello\"\\");
        let again = parse(&plan.described.to_toml("first set-up")).unwrap();
        assert_eq!(again, plan);
        assert_eq!(again.described.to_json(), plan.described.to_json());
    }

    #[test]
    fn mistakes_are_named_by_file_line_and_field() {
        let with = |from: &str, to: &str| parse(&GARAGE.replacen(from, to, 1)).unwrap_err();
        assert_eq!(
            with("reason = \"first set-up\"", ""),
            "b.toml:0:reason journey-blueprint-reason-missing"
        );
        assert_eq!(
            with("team = \"planning\"", "team = \"plannning\""),
            "b.toml:14:step.team journey-blueprint-unknown-team"
        );
        assert_eq!(
            with("planned_by = \"PLAN\"", "planned_by = \"PLAY\""),
            "b.toml:9:step.planned_by journey-blueprint-unknown-planner"
        );
        assert_eq!(with("S1 = 8", "S9 = 8"), "b.toml:21:team.sites journey-blueprint-unknown-site");
        assert_eq!(
            with("S1 = 8", "S1 = -8"),
            "b.toml:21:team.sites journey-blueprint-heads-too-many"
        );
        assert_eq!(
            with("central = 120", "central = 120\nsites = { S1 = 1 }"),
            "b.toml:18:team.central journey-blueprint-heads-twice"
        );
        assert_eq!(
            with("code = \"PLAN\"", "code = \"CALL\""),
            "b.toml:13:step.code journey-blueprint-code-twice"
        );
        assert_eq!(
            with("code = \"PLAN\"", "code = \"PL:AN\""),
            "b.toml:13:step.code journey-bad-code"
        );
        assert_eq!(
            with("code = \"PLAN\"", "code = \"PLAN\"\ncolour = \"red\""),
            "b.toml:14: journey-blueprint-malformed"
        );
        assert_eq!(
            with("frontstage = true", "frontstage = false"),
            "b.toml:0:step.frontstage journey-blueprint-no-frontstage"
        );
        assert_eq!(
            with("code = \"repair\"", "code = \"claims\""),
            "b.toml:3:journey_type.code journey-blueprint-other-type"
        );
        assert_eq!(
            with("code = \"repair\"", "code = \"repair\"\nquiet_days = 0"),
            "b.toml:4:quiet_days journey-blueprint-days"
        );
        assert_eq!(
            with("\"Appel entrant\"", "\"PLAN\""),
            "b.toml:6:step.activities journey-blueprint-activity-twice"
        );
        assert_eq!(
            with("[questionnaire]", "[questionnaire]\ndesign = \"four\""),
            "b.toml:28: journey-blueprint-malformed"
        );
    }
}
