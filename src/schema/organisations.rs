//! Who uses the service: the tenant, its sites and its teams.

use crate::id::OrganisationId;

/// The tenant.
pub mod organisation {
    use sea_orm::entity::prelude::*;

    use super::OrganisationId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OrganisationId,
        pub code: String,
        pub name: String,
        /// IANA name; weeks begin at its midnight.
        pub time_zone: String,
        /// `pilot` or `running`; see `team::Stage`.
        pub stage: String,
        pub pilot_until: i64,
        /// Never below the compiled floors, as are the heads.
        pub minimum_answers: i32,
        pub minimum_heads: i32,
        pub embargo_days: i32,
        pub created_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

table! {
    site {
        organisation_id: OrganisationId,
        code: String;
        region: Option<String>,
        name: Option<String>,
    }
}

table! {
    /// A function, at a site or central. Never a roster.
    team {
        organisation_id: OrganisationId,
        code: String;
        name_fr: String,
        name_en: String,
    }
}

table! {
    /// How many people a team has at a site since an instant: a number, never a list.
    headcount {
        organisation_id: OrganisationId,
        team: String,
        /// The site; empty for a central team.
        site: String,
        /// When this number began to hold.
        since: i64;
        heads: i32,
    }
}
