//! Rows as the migrations crate makes them, by domain. No behaviour.
//!
//! Instants are seconds since 1970 in UTC, JSON is text that its domain parses, and every key of a
//! tenant's table starts with the organisation. `tests/it/schema.rs` migrates both databases and
//! reads every entity, so that this folder cannot drift from the migrations.

/// An entity of a tenant: the columns before the semicolon are its primary key. Whoever reads or
/// changes the rows of an organisation starts with `of`, `update_of` or `delete_of`.
macro_rules! table {
    ($(#[$about:meta])* $name:ident {
        $($(#[$key_about:meta])* $key:ident: $key_type:ty),+;
        $($(#[$column_about:meta])* $column:ident: $column_type:ty,)*
    }) => {
        $(#[$about])*
        pub mod $name {
            use sea_orm::entity::prelude::*;
            use sea_orm::{DeleteMany, QueryFilter, Select, UpdateMany};

            use super::*;

            #[derive(Clone, Copy, Debug, Default, DeriveEntity)]
            pub struct Entity;

            impl EntityName for Entity {
                fn table_name(&self) -> &'static str {
                    stringify!($name)
                }
            }

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            pub struct Model {
                $($(#[$key_about])*
                #[sea_orm(primary_key, auto_increment = false)]
                pub $key: $key_type,)+
                $($(#[$column_about])* pub $column: $column_type,)*
            }

            #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}

            impl Entity {
                pub fn of(organisation: OrganisationId) -> Select<Self> {
                    Self::find().filter(Column::OrganisationId.eq(organisation))
                }

                pub fn update_of(organisation: OrganisationId) -> UpdateMany<Self> {
                    Self::update_many().filter(Column::OrganisationId.eq(organisation))
                }

                pub fn delete_of(organisation: OrganisationId) -> DeleteMany<Self> {
                    Self::delete_many().filter(Column::OrganisationId.eq(organisation))
                }
            }
        }
    };
}

mod access;
pub mod allow_list;
mod blueprints;
pub mod codes;
mod discussions;
mod invitations;
mod jobs;
mod journals;
mod journeys;
mod organisations;
mod publications;
mod responses;
mod surveys;

pub use access::{
    account, api_key, membership, recovery_code, second_factor, session, sign_in_link,
};
pub use blueprints::{channel, element, journey_type, step, variant};
pub use discussions::{action, discussion, note, notice, obstacle, sentence};
pub use invitations::{asking_rule, contact_date, decision, invitation, link, mail, opt_out};
pub use jobs::job;
pub use journals::{access_entry, journal_entry};
pub use journeys::{contact, faded_week, feed_day, import_note, journey};
pub use organisations::{headcount, organisation, site, team};
pub use publications::{atom, cells, flow, flow_path, flow_step, release};
pub use responses::{comment, response, staff_name};
pub use surveys::questionnaire;
