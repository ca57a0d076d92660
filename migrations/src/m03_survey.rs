//! Questionnaires, responses and comments.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, binary_null, integer, integer_null, text, text_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(questionnaire()).await?;
        manager.create_table(response()).await?;
        manager.create_table(comment()).await?;
        waiting_responses(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("comment").to_owned()).await?;
        manager.drop_table(Table::drop().table("response").to_owned()).await?;
        manager.drop_table(Table::drop().table("questionnaire").to_owned()).await?;
        Ok(())
    }
}

/// What a release reads: the responses that no atom holds yet. A released row leaves the index.
async fn waiting_responses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE INDEX response_waiting ON response (organisation_id, journey_type, answered_at, site) WHERE atom IS NULL",
        )
        .await?;
    Ok(())
}

fn questionnaire() -> TableCreateStatement {
    Table::create()
        .table("questionnaire")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("version"))
        .col(text("design"))
        .col(integer("outcome_low"))
        .col(integer("outcome_high"))
        .col(integer("item_low"))
        .col(integer("item_high"))
        .col(text("definition"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("version"))
        .foreign_key(
            ForeignKey::create()
                .from("questionnaire", ("organisation_id", "journey_type"))
                .to("journey_type", ("organisation_id", "code")),
        )
        .to_owned()
}

fn response() -> TableCreateStatement {
    Table::create()
        .table("response")
        .col(big_integer("organisation_id"))
        .col(binary("id"))
        .col(text("journey_type"))
        .col(binary_null("journey"))
        .col(text_null("site"))
        .col(integer("version"))
        .col(big_integer("answered_at"))
        .col(integer_null("outcome"))
        .col(text("answers"))
        .col(big_integer_null("atom"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .foreign_key(
            ForeignKey::create()
                .from("response", ("organisation_id", "journey_type"))
                .to("journey_type", ("organisation_id", "code")),
        )
        .to_owned()
}

fn comment() -> TableCreateStatement {
    Table::create()
        .table("comment")
        .col(big_integer("organisation_id"))
        .col(binary("response"))
        .col(text("text"))
        .col(text("state"))
        .primary_key(Index::create().col("organisation_id").col("response"))
        .to_owned()
}
