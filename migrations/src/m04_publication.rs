//! Releases, atoms and their cells.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, integer, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(element()).await?;
        manager.create_table(variant()).await?;
        manager.create_table(release()).await?;
        manager.create_table(atom()).await?;
        manager.create_table(cell()).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("cell").to_owned()).await?;
        manager.drop_table(Table::drop().table("atom").to_owned()).await?;
        manager.drop_table(Table::drop().table("release").to_owned()).await?;
        manager.drop_table(Table::drop().table("variant").to_owned()).await?;
        manager.drop_table(Table::drop().table("element").to_owned()).await?;
        Ok(())
    }
}

fn element() -> TableCreateStatement {
    Table::create()
        .table("element")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("position"))
        .col(text("code"))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("position"))
        .index(
            Index::create()
                .unique()
                .name("element_code_unique")
                .col("organisation_id")
                .col("journey_type")
                .col("code"),
        )
        .to_owned()
}

fn variant() -> TableCreateStatement {
    Table::create()
        .table("variant")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("number"))
        .col(text("elements"))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("number"))
        .index(
            Index::create()
                .unique()
                .name("variant_elements_unique")
                .col("organisation_id")
                .col("journey_type")
                .col("elements"),
        )
        .to_owned()
}

fn release() -> TableCreateStatement {
    Table::create()
        .table("release")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("week"))
        .col(big_integer("published_at"))
        .col(big_integer("owners_from"))
        .col(text("sites"))
        .primary_key(Index::create().col("organisation_id").col("journey_type").col("week"))
        .to_owned()
}

fn atom() -> TableCreateStatement {
    Table::create()
        .table("atom")
        .col(big_integer("organisation_id"))
        .col(big_integer("id"))
        .col(text("journey_type"))
        .col(integer("week"))
        .col(text("scope"))
        .col(text("place"))
        .col(text_null("region"))
        .col(text("behind"))
        .col(integer("answers"))
        .col(integer("journeys"))
        .col(integer("heads"))
        .col(big_integer("published_at"))
        .col(big_integer("owners_from"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .index(
            Index::create()
                .unique()
                .name("atom_place_unique")
                .col("organisation_id")
                .col("journey_type")
                .col("week")
                .col("scope")
                .col("place"),
        )
        .to_owned()
}

fn cell() -> TableCreateStatement {
    Table::create()
        .table("cell")
        .col(big_integer("organisation_id"))
        .col(big_integer("atom"))
        .col(integer("variant"))
        .col(integer("version"))
        .col(integer("replicate"))
        .col(binary("state"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("atom")
                .col("variant")
                .col("version")
                .col("replicate"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("cell", ("organisation_id", "atom"))
                .to("atom", ("organisation_id", "id")),
        )
        .to_owned()
}
