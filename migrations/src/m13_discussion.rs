//! What teams do with the figures: discussions with their notes and actions, what kept them from
//! good work, and what customers are told was done; and on which days events of a step arrived, so
//! that a feed that stops is noticed. No column knows who wrote: a team did, on a day.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, integer_null, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [discussion(), note(), action(), obstacle(), sentence(), notice(), fed()] {
            manager.create_table(table).await?;
        }
        // Whoever signs in may say that no mail is wanted; a setting of the account, and of
        // nothing measured.
        let letters = boolean("letters").default(true).to_owned();
        manager.alter_table(Table::alter().table("account").add_column(letters).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(Table::alter().table("account").drop_column("letters").to_owned())
            .await?;
        for table in ["fed", "notice", "sentence", "obstacle", "action", "note", "discussion"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn discussion() -> TableCreateStatement {
    Table::create()
        .table("discussion")
        .col(big_integer("organisation_id"))
        .col(big_integer("id"))
        .col(text("journey_type"))
        .col(text("element"))
        .col(text("place"))
        .col(text("team"))
        .col(text("neighbour"))
        .col(integer("opened_on"))
        .col(integer_null("joined_on"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .to_owned()
}

fn note() -> TableCreateStatement {
    Table::create()
        .table("note")
        .col(big_integer("organisation_id"))
        .col(big_integer("discussion"))
        .col(integer("number"))
        .col(text("team"))
        .col(integer("written_on"))
        .col(text("text"))
        .primary_key(Index::create().col("organisation_id").col("discussion").col("number"))
        .foreign_key(&mut of_discussion("note"))
        .to_owned()
}

fn action() -> TableCreateStatement {
    Table::create()
        .table("action")
        .col(big_integer("organisation_id"))
        .col(big_integer("id"))
        .col(big_integer("discussion"))
        .col(text("proposed_by"))
        .col(text_null("team"))
        .col(text("text"))
        .col(text_null("role"))
        .col(text("measure"))
        .col(text("direction"))
        .col(text_null("control"))
        .col(integer("saved_on"))
        .col(integer("start_week"))
        .col(integer("review_on"))
        .col(text("state"))
        .col(integer_null("decided_on"))
        .col(text_null("answer"))
        .col(integer_null("answered_on"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .foreign_key(&mut of_discussion("action"))
        .to_owned()
}

fn of_discussion(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, ("organisation_id", "discussion"))
        .to("discussion", ("organisation_id", "id"))
        .to_owned()
}

fn obstacle() -> TableCreateStatement {
    Table::create()
        .table("obstacle")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(text("element"))
        .col(text("team"))
        .col(text("place"))
        .col(integer("month"))
        .col(text("ticked"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("journey_type")
                .col("element")
                .col("team")
                .col("place")
                .col("month"),
        )
        .to_owned()
}

fn sentence() -> TableCreateStatement {
    Table::create()
        .table("sentence")
        .col(big_integer("organisation_id"))
        .col(big_integer("id"))
        .col(text("journey_type"))
        .col(text("element"))
        .col(text("place"))
        .col(text("team"))
        .col(text_null("text_fr"))
        .col(text_null("text_en"))
        .col(integer("written_on"))
        .col(boolean("floor_met"))
        .col(integer_null("withdrawn_on"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .to_owned()
}

fn notice() -> TableCreateStatement {
    Table::create()
        .table("notice")
        .col(big_integer("organisation_id"))
        .col(text("kind"))
        .col(text("about"))
        .col(text("team"))
        .col(integer("sent_on"))
        .primary_key(Index::create().col("organisation_id").col("kind").col("about").col("team"))
        .to_owned()
}

fn fed() -> TableCreateStatement {
    Table::create()
        .table("fed")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(text("step"))
        .col(integer("day"))
        .col(big_integer("events"))
        .col(big_integer("promised"))
        .col(big_integer("timed"))
        .primary_key(
            Index::create().col("organisation_id").col("journey_type").col("step").col("day"),
        )
        .to_owned()
}
