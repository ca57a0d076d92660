//! The process measures of atoms, with the numbers of the steps and paths that they are about.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, integer, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(numbers("flow_step", "code")).await?;
        manager.create_table(numbers("flow_path", "steps")).await?;
        manager.create_table(flow()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("flow").to_owned()).await?;
        manager.drop_table(Table::drop().table("flow_path").to_owned()).await?;
        manager.drop_table(Table::drop().table("flow_step").to_owned()).await
    }
}

fn numbers(table: &'static str, what: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("number"))
        .col(text(what))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("number"))
        .to_owned()
}

fn flow() -> TableCreateStatement {
    Table::create()
        .table("flow")
        .col(big_integer("organisation_id"))
        .col(big_integer("atom"))
        .col(binary("state"))
        .primary_key(Index::create().col("organisation_id").col("atom"))
        .foreign_key(
            ForeignKey::create()
                .from("flow", ("organisation_id", "atom"))
                .to("atom", ("organisation_id", "id")),
        )
        .to_owned()
}
