//! Tables are called by nouns, and mails mails.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [(&str, &str); 5] = [
    ("asking", "asking_rule"),
    ("fed", "feed_day"),
    ("faded", "faded_week"),
    ("contacted", "contact_date"),
    ("intake", "import_note"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (before, after) in TABLES {
            rename(manager, before, after).await?;
        }
        manager.alter_table(column("letters", "mails")).await?;
        manager
            .drop_index(Index::drop().name("contacted_at").table("contact_date").to_owned())
            .await?;
        manager.create_index(by_time("contact_date_at", "contact_date")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (before, after) in TABLES {
            rename(manager, after, before).await?;
        }
        manager.alter_table(column("mails", "letters")).await?;
        manager
            .drop_index(Index::drop().name("contact_date_at").table("contacted").to_owned())
            .await?;
        manager.create_index(by_time("contacted_at", "contacted")).await
    }
}

async fn rename(
    manager: &SchemaManager<'_>,
    from: &'static str,
    to: &'static str,
) -> Result<(), DbErr> {
    manager.rename_table(Table::rename().table(from, to).to_owned()).await
}

fn column(from: &'static str, to: &'static str) -> TableAlterStatement {
    Table::alter().table("account").rename_column(from, to).to_owned()
}

fn by_time(name: &str, table: &'static str) -> IndexCreateStatement {
    Index::create().name(name).table(table).col("organisation_id").col("at").to_owned()
}
