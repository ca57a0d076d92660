//! Reads the blueprint file, and refuses what it does not understand by line and field.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::tables::{File, SiteTable, StepTable, TeamTable, TypeTable};
use super::{Described, KnownCodes, Plan};
use crate::blueprint::{Blueprint, Names, Step};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;
use crate::organisation::{Site, Team};

impl Plan {
    /// Reads a file. `journey_type` is the one that the person named beside it.
    pub fn parse(
        text: &str,
        file: &str,
        journey_type: Option<&str>,
        known: &KnownCodes,
    ) -> Result<Self> {
        let reading = Reading { text, known };
        let plan = reading.plan(journey_type).map_err(|refusal| refusal.in_file(file))?;
        Ok(plan)
    }
}

struct Reading<'a> {
    text: &'a str,
    known: &'a KnownCodes,
}

impl Reading<'_> {
    fn plan(&self, journey_type: Option<&str>) -> Result<Plan, Refusal> {
        let file: File = toml::from_str(self.text).map_err(|problem| {
            let text =
                Text::new("journey-blueprint-malformed").with("why", problem.message().trim());
            match problem.span() {
                Some(span) => self.at(&span, text),
                None => Refusal::new(text),
            }
        })?;
        let reason = file.reason.as_deref().unwrap_or_default().trim().to_owned();
        if reason.is_empty() {
            return Err(
                Refusal::new(Text::new("journey-blueprint-reason-missing")).in_field("reason")
            );
        }
        let code = self.code(&file.journey_type.code, "journey_type.code")?;
        if let Some(expected) = journey_type.filter(|expected| *expected != code) {
            let text = Text::new("journey-blueprint-other-type")
                .with("found", code)
                .with("expected", expected);
            return Err(self
                .at(&file.journey_type.code.span(), text)
                .in_field("journey_type.code"));
        }
        let sites = self.sites(&file.site)?;
        let teams = self.teams(&file.team, &sites)?;
        let steps = self.steps(&file.step, &teams)?;
        let blueprint = self.blueprint(file.journey_type, steps)?;
        let questionnaire = file.questionnaire.is_some();
        Ok(Plan { described: Described { blueprint, teams, sites, questionnaire }, reason })
    }

    fn blueprint(&self, table: TypeTable, steps: Vec<Step>) -> Result<Blueprint, Refusal> {
        let code = table.code.into_inner();
        let mut blueprint = Blueprint { steps, ..Blueprint::unknown(&code) };
        if let Some(name) = table.name {
            blueprint.name = name;
        }
        if let Some(attributes) = &table.attributes {
            let mut taken = BTreeSet::new();
            blueprint.attributes = attributes
                .iter()
                .map(|a| self.unique(a, "attributes", &mut taken))
                .collect::<Result<_, _>>()?;
        }
        let days = self.between(table.quiet_days.as_ref(), 1..366, "quiet_days")?;
        blueprint.quiet_days = days.unwrap_or(blueprint.quiet_days);
        let minutes =
            self.between(table.buffer_minutes.as_ref(), 0..30 * 1_440 + 1, "buffer_minutes")?;
        blueprint.buffer_minutes = minutes.unwrap_or(blueprint.buffer_minutes);
        Ok(blueprint)
    }

    fn between(
        &self,
        given: Option<&Spanned<i64>>,
        range: Range<i64>,
        field: &str,
    ) -> Result<Option<i32>, Refusal> {
        let Some(given) = given else { return Ok(None) };
        match i32::try_from(*given.get_ref()).ok().filter(|_| range.contains(given.get_ref())) {
            Some(number) => Ok(Some(number)),
            None => {
                let text = Text::new("journey-blueprint-days");
                Err(self.at(&given.span(), text).in_field(field))
            }
        }
    }

    fn steps(
        &self,
        tables: &[StepTable],
        teams: &BTreeMap<String, Team>,
    ) -> Result<Vec<Step>, Refusal> {
        if tables.is_empty() {
            return Err(Refusal::new(Text::new("journey-blueprint-no-steps")).in_field("step"));
        }
        let (mut codes, mut activities) = (BTreeSet::new(), BTreeSet::new());
        let mut steps = Vec::new();
        for table in tables {
            let code = self.unique(&table.code, "step.code", &mut codes)?;
            for activity in &table.activities {
                self.name(activity, "step.activities")?;
                if !activities.insert(activity.get_ref().clone()) {
                    let text = Text::new("journey-blueprint-activity-twice")
                        .with("code", activity.get_ref().as_str());
                    return Err(self.at(&activity.span(), text).in_field("step.activities"));
                }
            }
            if let Some(team) = &table.team
                && !teams.contains_key(team.get_ref())
                && !self.known.teams.contains(team.get_ref())
            {
                return Err(self.unknown("journey-blueprint-unknown-team", team, "step.team"));
            }
            steps.push(Step {
                team: table.team.as_ref().map(|team| team.get_ref().clone()),
                frontstage: table.frontstage,
                planned_by: table.planned_by.as_ref().map(|planner| planner.get_ref().clone()),
                name: named(&table.name, &code),
                activities: table
                    .activities
                    .iter()
                    .map(|activity| activity.get_ref().clone())
                    .collect(),
                quiet_days: self.between(table.quiet_days.as_ref(), 0..366, "step.quiet_days")?,
                code,
            });
        }
        self.connected(tables, &codes, steps)
    }

    /// What only shows when all steps are there: planners that exist, and someone whom customers
    /// meet.
    fn connected(
        &self,
        tables: &[StepTable],
        codes: &BTreeSet<String>,
        steps: Vec<Step>,
    ) -> Result<Vec<Step>, Refusal> {
        for planner in tables.iter().filter_map(|table| table.planned_by.as_ref()) {
            if !codes.contains(planner.get_ref()) {
                return Err(self.unknown(
                    "journey-blueprint-unknown-planner",
                    planner,
                    "step.planned_by",
                ));
            }
        }
        let shared = |table: &&StepTable| {
            table
                .activities
                .iter()
                .any(|a| codes.contains(a.get_ref()) && a.get_ref() != table.code.get_ref())
        };
        if let Some(table) = tables.iter().find(shared) {
            let text = Text::new("journey-blueprint-activity-twice")
                .with("code", table.code.get_ref().as_str());
            return Err(self.at(&table.code.span(), text).in_field("step.activities"));
        }
        match steps.iter().any(|step| step.frontstage) {
            true => Ok(steps),
            false => Err(Refusal::new(Text::new("journey-blueprint-no-frontstage"))
                .in_field("step.frontstage")),
        }
    }

    fn sites(&self, tables: &[SiteTable]) -> Result<BTreeMap<String, Site>, Refusal> {
        let mut codes = BTreeSet::new();
        let mut sites = BTreeMap::new();
        for table in tables {
            let code = self.unique(&table.code, "site.code", &mut codes)?;
            let region = table
                .region
                .as_ref()
                .map(|region| self.code(region, "site.region").map(str::to_owned));
            let (name, region) = (table.name.clone(), region.transpose()?);
            sites.insert(code.clone(), Site { code, name, region });
        }
        Ok(sites)
    }

    fn teams(
        &self,
        tables: &[TeamTable],
        sites: &BTreeMap<String, Site>,
    ) -> Result<BTreeMap<String, Team>, Refusal> {
        let mut codes = BTreeSet::new();
        let mut teams = BTreeMap::new();
        for table in tables {
            let code = self.unique(&table.code, "team.code", &mut codes)?;
            let heads = self.heads(table, sites)?;
            let name = named(&table.name, &code);
            teams.insert(code, Team { name, heads });
        }
        Ok(teams)
    }

    fn heads(
        &self,
        table: &TeamTable,
        sites: &BTreeMap<String, Site>,
    ) -> Result<BTreeMap<String, i32>, Refusal> {
        let number = |heads: &Spanned<i64>, field: &str| match i32::try_from(*heads.get_ref()) {
            Ok(heads @ 0..=100_000) => Ok(heads),
            _ => Err(self
                .at(&heads.span(), Text::new("journey-blueprint-heads-too-many"))
                .in_field(field)),
        };
        match (&table.central, &table.sites) {
            (Some(central), Some(_)) => Err(self
                .at(&central.span(), Text::new("journey-blueprint-heads-twice"))
                .in_field("team.central")),
            (Some(central), None) => {
                Ok(BTreeMap::from([(String::new(), number(central, "team.central")?)]))
            }
            (None, None) => Ok(BTreeMap::new()),
            (None, Some(heads)) => {
                let mut out = BTreeMap::new();
                for (site, heads) in heads {
                    if !sites.contains_key(site) && !self.known.sites.contains(site) {
                        let text =
                            Text::new("journey-blueprint-unknown-site").with("code", site.as_str());
                        return Err(self.at(&heads.span(), text).in_field("team.sites"));
                    }
                    out.insert(site.clone(), number(heads, "team.sites")?);
                }
                Ok(out)
            }
        }
    }

    /// A code that may stand in `handoff:A:B`.
    fn code<'s>(&self, code: &'s Spanned<String>, field: &str) -> Result<&'s str, Refusal> {
        let name = self.name(code, field)?;
        match name.contains(':') {
            true => Err(self.bad(code, field)),
            false => Ok(name),
        }
    }

    fn name<'s>(&self, name: &'s Spanned<String>, field: &str) -> Result<&'s str, Refusal> {
        let text = name.get_ref();
        let fits = !text.is_empty() && text.len() <= limits::NAME && text.trim() == text;
        if fits && !text.chars().any(char::is_control) {
            Ok(text)
        } else {
            Err(self.bad(name, field))
        }
    }

    fn bad(&self, code: &Spanned<String>, field: &str) -> Refusal {
        let shown: String = code.get_ref().chars().filter(|c| !c.is_control()).take(40).collect();
        self.at(&code.span(), Text::new("journey-bad-code").with("code", shown)).in_field(field)
    }

    fn unique(
        &self,
        code: &Spanned<String>,
        field: &str,
        taken: &mut BTreeSet<String>,
    ) -> Result<String, Refusal> {
        let name = self.code(code, field)?.to_owned();
        match taken.insert(name.clone()) {
            true => Ok(name),
            false => Err(self.unknown("journey-blueprint-code-twice", code, field)),
        }
    }

    fn unknown(&self, key: &'static str, code: &Spanned<String>, field: &str) -> Refusal {
        self.at(&code.span(), Text::new(key).with("code", code.get_ref().as_str())).in_field(field)
    }

    fn at(&self, span: &Range<usize>, text: Text) -> Refusal {
        let before = self.text.get(..span.start).unwrap_or_default();
        Refusal::new(text).at_line(1 + before.matches('\n').count() as u64)
    }
}

/// What the file calls something, or its code.
fn named(name: &Option<Names>, code: &str) -> Names {
    name.clone().unwrap_or_else(|| Names::same(code))
}
