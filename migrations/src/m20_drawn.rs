//! Customers may be asked about two to five parts: a design that is drawn is no longer "three".

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rename(manager, "three", "drawn").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rename(manager, "drawn", "three").await
    }
}

async fn rename(manager: &SchemaManager<'_>, before: &str, after: &str) -> Result<(), DbErr> {
    let update = Query::update()
        .table("questionnaire")
        .value("design", after)
        .and_where(Expr::col("design").eq(before))
        .to_owned();
    manager.execute(update).await
}
