//! The life of comments: which atom one was released with and in which language; the names that
//! teams have added.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [big_integer_null("atom"), text_null("lang")] {
            manager
                .alter_table(Table::alter().table("comment").add_column(column).to_owned())
                .await?;
        }
        manager.create_table(staff_name()).await?;
        for sql in INDEXES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in ["DROP INDEX comment_held", "DROP INDEX comment_atom"] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        manager.drop_table(Table::drop().table("staff_name").to_owned()).await?;
        for column in ["lang", "atom"] {
            manager
                .alter_table(Table::alter().table("comment").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// What a release looks for, and what is read of it afterwards.
const INDEXES: [&str; 2] = [
    "CREATE INDEX comment_held ON comment (organisation_id, response) WHERE state = 'held'",
    "CREATE INDEX comment_atom ON comment (organisation_id, atom) WHERE atom IS NOT NULL",
];

fn staff_name() -> TableCreateStatement {
    Table::create()
        .table("staff_name")
        .col(big_integer("organisation_id"))
        .col(text("team"))
        .col(binary("digest"))
        .primary_key(Index::create().col("organisation_id").col("team").col("digest"))
        .to_owned()
}
