//! The blueprint file as TOML has it, before anything in it is checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::blueprint::Names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) reason: Option<String>,
    pub(super) journey_type: TypeTable,
    #[serde(default)]
    pub(super) step: Vec<StepTable>,
    #[serde(default)]
    pub(super) team: Vec<TeamTable>,
    #[serde(default)]
    pub(super) site: Vec<SiteTable>,
    pub(super) questionnaire: Option<QuestionnaireTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypeTable {
    pub(super) code: Spanned<String>,
    pub(super) name: Option<Names>,
    #[serde(default)]
    pub(super) attributes: Option<Vec<Spanned<String>>>,
    pub(super) buffer_minutes: Option<Spanned<i64>>,
    pub(super) quiet_days: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepTable {
    pub(super) code: Spanned<String>,
    pub(super) team: Option<Spanned<String>>,
    pub(super) frontstage: bool,
    pub(super) planned_by: Option<Spanned<String>>,
    pub(super) name: Option<Names>,
    #[serde(default)]
    pub(super) activities: Vec<Spanned<String>>,
    pub(super) quiet_days: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamTable {
    pub(super) code: Spanned<String>,
    pub(super) name: Option<Names>,
    pub(super) central: Option<Spanned<i64>>,
    pub(super) sites: Option<BTreeMap<String, Spanned<i64>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteTable {
    pub(super) code: Spanned<String>,
    pub(super) region: Option<Spanned<String>>,
    pub(super) name: Option<String>,
}

/// The designs that can be asked for by name.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DesignName {
    Three,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionnaireTable {
    #[serde(default, rename = "design")]
    pub(super) _design: Option<DesignName>,
}
