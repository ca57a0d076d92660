//! The truth about the database of Relais: one migration a theme, the same on SQLite and
//! PostgreSQL.
//!
//! Every tenant's table starts its key with the organisation. No table knows a person who works at
//! the organisation: accounts serve signing in and are linked to nothing that was measured.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m01_organisation;
mod m02_journey;
mod m03_survey;
mod m04_publication;
mod m05_access;
mod m06_jobs;
mod m07_asking;
mod m08_flow;
mod m09_channel;
mod m10_sign_in;
mod m11_comments;
mod m12_fading;
mod m13_discussion;
mod m14_pack;
mod m15_cells;
mod m16_nouns;
mod m17_ruling;
mod m18_team_comments;
mod m19_quiet_days;
mod m20_drawn;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m01_organisation::Migration),
            Box::new(m02_journey::Migration),
            Box::new(m03_survey::Migration),
            Box::new(m04_publication::Migration),
            Box::new(m05_access::Migration),
            Box::new(m06_jobs::Migration),
            Box::new(m07_asking::Migration),
            Box::new(m08_flow::Migration),
            Box::new(m09_channel::Migration),
            Box::new(m10_sign_in::Migration),
            Box::new(m11_comments::Migration),
            Box::new(m12_fading::Migration),
            Box::new(m13_discussion::Migration),
            Box::new(m14_pack::Migration),
            Box::new(m15_cells::Migration),
            Box::new(m16_nouns::Migration),
            Box::new(m17_ruling::Migration),
            Box::new(m18_team_comments::Migration),
            Box::new(m19_quiet_days::Migration),
            Box::new(m20_drawn::Migration),
        ]
    }
}
