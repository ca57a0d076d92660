//! Organisations, sites, teams and their headcounts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(organisation()).await?;
        manager.create_table(site()).await?;
        manager.create_table(team()).await?;
        manager.create_table(headcount()).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("headcount").to_owned()).await?;
        manager.drop_table(Table::drop().table("team").to_owned()).await?;
        manager.drop_table(Table::drop().table("site").to_owned()).await?;
        manager.drop_table(Table::drop().table("organisation").to_owned()).await?;
        Ok(())
    }
}

fn organisation() -> TableCreateStatement {
    Table::create()
        .table("organisation")
        .col(big_integer("id"))
        .col(text("code"))
        .col(text("name"))
        .col(text("time_zone"))
        .col(text("stage"))
        .col(big_integer("pilot_until"))
        .col(integer("minimum_answers"))
        .col(integer("minimum_heads"))
        .col(integer("embargo_days"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .index(Index::create().unique().name("organisation_code_unique").col("code"))
        .to_owned()
}

fn site() -> TableCreateStatement {
    Table::create()
        .table("site")
        .col(big_integer("organisation_id"))
        .col(text("code"))
        .col(text_null("region"))
        .col(text_null("name"))
        .primary_key(Index::create().col("organisation_id").col("code"))
        .to_owned()
}

fn team() -> TableCreateStatement {
    Table::create()
        .table("team")
        .col(big_integer("organisation_id"))
        .col(text("code"))
        .col(text("name_fr"))
        .col(text("name_en"))
        .primary_key(Index::create().col("organisation_id").col("code"))
        .to_owned()
}

fn headcount() -> TableCreateStatement {
    Table::create()
        .table("headcount")
        .col(big_integer("organisation_id"))
        .col(text("team"))
        .col(text("site"))
        .col(big_integer("since"))
        .col(integer("heads"))
        .primary_key(Index::create().col("organisation_id").col("team").col("site").col("since"))
        .foreign_key(
            ForeignKey::create()
                .from("headcount", ("organisation_id", "team"))
                .to("team", ("organisation_id", "code")),
        )
        .to_owned()
}
