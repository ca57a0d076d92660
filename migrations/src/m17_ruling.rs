//! What a release may show is decided once, and stored beside it; an invitation knows through which
//! of its links it was answered.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("ruling").text().null().to_owned();
        manager.alter_table(Table::alter().table("release").add_column(column).to_owned()).await?;
        let column = ColumnDef::new("answered_through").blob().null().to_owned();
        manager.alter_table(Table::alter().table("invitation").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter().table("invitation").drop_column("answered_through").to_owned();
        manager.alter_table(column).await?;
        manager.alter_table(Table::alter().table("release").drop_column("ruling").to_owned()).await
    }
}
