//! Journey types, steps, journeys and what imports said.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, integer, text, text_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(journey_type()).await?;
        manager.create_table(step()).await?;
        manager.create_table(journey()).await?;
        manager.create_table(contact()).await?;
        manager.create_table(intake()).await?;
        waiting_journeys(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("intake").to_owned()).await?;
        manager.drop_table(Table::drop().table("contact").to_owned()).await?;
        manager.drop_table(Table::drop().table("journey").to_owned()).await?;
        manager.drop_table(Table::drop().table("step").to_owned()).await?;
        manager.drop_table(Table::drop().table("journey_type").to_owned()).await?;
        Ok(())
    }
}

/// What a release reads: the journeys that no atom holds yet. A released row leaves the index.
async fn waiting_journeys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE INDEX journey_waiting ON journey (organisation_id, journey_type, finished_at, site) WHERE atom IS NULL",
        )
        .await?;
    Ok(())
}

fn journey_type() -> TableCreateStatement {
    Table::create()
        .table("journey_type")
        .col(big_integer("organisation_id"))
        .col(text("code"))
        .col(text("name_fr"))
        .col(text("name_en"))
        .col(text("attributes"))
        .col(integer("buffer_minutes"))
        .col(integer("quiet_days"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("organisation_id").col("code"))
        .foreign_key(
            ForeignKey::create().from("journey_type", "organisation_id").to("organisation", "id"),
        )
        .to_owned()
}

fn step() -> TableCreateStatement {
    Table::create()
        .table("step")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(text("code"))
        .col(integer("position"))
        .col(text_null("team"))
        .col(boolean("frontstage"))
        .col(text_null("planned_by"))
        .col(text("name_fr"))
        .col(text("name_en"))
        .col(text("activities"))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("code"))
        .foreign_key(
            ForeignKey::create()
                .from("step", ("organisation_id", "journey_type"))
                .to("journey_type", ("organisation_id", "code")),
        )
        .foreign_key(
            ForeignKey::create()
                .from("step", ("organisation_id", "team"))
                .to("team", ("organisation_id", "code")),
        )
        .to_owned()
}

fn journey() -> TableCreateStatement {
    Table::create()
        .table("journey")
        .col(big_integer("organisation_id"))
        .col(binary("id"))
        .col(text("journey_type"))
        .col(text_null("site"))
        .col(text_null("attributes"))
        .col(text("trace"))
        .col(big_integer("started_at"))
        .col(big_integer("ended_at"))
        .col(big_integer("finished_at"))
        .col(big_integer_null("atom"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .foreign_key(
            ForeignKey::create()
                .from("journey", ("organisation_id", "journey_type"))
                .to("journey_type", ("organisation_id", "code")),
        )
        .to_owned()
}

fn contact() -> TableCreateStatement {
    Table::create()
        .table("contact")
        .col(big_integer("organisation_id"))
        .col(binary("journey"))
        .col(binary("address"))
        .col(text_null("locale"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("organisation_id").col("journey"))
        .to_owned()
}

fn intake() -> TableCreateStatement {
    Table::create()
        .table("intake")
        .col(big_integer("organisation_id"))
        .col(big_integer("id"))
        .col(big_integer("at"))
        .col(text("kind"))
        .col(text("journey_type"))
        .col(text("report"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .to_owned()
}
