//! Accounts, sessions, keys, the settings journal and the access log.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary, boolean, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(account()).await?;
        manager.create_table(membership()).await?;
        manager.create_table(session()).await?;
        manager.create_table(sign_in_link()).await?;
        manager.create_table(api_key()).await?;
        manager.create_table(journal_entry()).await?;
        manager.create_table(access_entry()).await?;
        manager
            .create_index(
                Index::create()
                    .name("access_entry_team")
                    .table("access_entry")
                    .col("organisation_id")
                    .col("team")
                    .col("number")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("access_entry").to_owned()).await?;
        manager.drop_table(Table::drop().table("journal_entry").to_owned()).await?;
        manager.drop_table(Table::drop().table("api_key").to_owned()).await?;
        manager.drop_table(Table::drop().table("sign_in_link").to_owned()).await?;
        manager.drop_table(Table::drop().table("session").to_owned()).await?;
        manager.drop_table(Table::drop().table("membership").to_owned()).await?;
        manager.drop_table(Table::drop().table("account").to_owned()).await?;
        Ok(())
    }
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("account")
        .col(big_integer("organisation_id"))
        .col(big_integer("id"))
        .col(text("email"))
        .col(text_null("password_hash"))
        .col(text("role"))
        .col(text("locale"))
        .col(boolean("disabled"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .index(Index::create().unique().name("account_email_unique").col("email"))
        .to_owned()
}

fn membership() -> TableCreateStatement {
    Table::create()
        .table("membership")
        .col(big_integer("organisation_id"))
        .col(big_integer("account"))
        .col(text("team"))
        .col(text("site"))
        .primary_key(Index::create().col("organisation_id").col("account").col("team").col("site"))
        .foreign_key(
            ForeignKey::create()
                .from("membership", ("organisation_id", "account"))
                .to("account", ("organisation_id", "id")),
        )
        .foreign_key(
            ForeignKey::create()
                .from("membership", ("organisation_id", "team"))
                .to("team", ("organisation_id", "code")),
        )
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(binary("digest"))
        .col(big_integer("organisation_id"))
        .col(big_integer("account"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .primary_key(Index::create().col("digest"))
        .foreign_key(
            ForeignKey::create()
                .from("session", ("organisation_id", "account"))
                .to("account", ("organisation_id", "id")),
        )
        .to_owned()
}

fn sign_in_link() -> TableCreateStatement {
    Table::create()
        .table("sign_in_link")
        .col(binary("digest"))
        .col(big_integer("organisation_id"))
        .col(big_integer("account"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .primary_key(Index::create().col("digest"))
        .foreign_key(
            ForeignKey::create()
                .from("sign_in_link", ("organisation_id", "account"))
                .to("account", ("organisation_id", "id")),
        )
        .to_owned()
}

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_key")
        .col(binary("digest"))
        .col(big_integer("organisation_id"))
        .col(text("label"))
        .col(text("scope"))
        .col(big_integer("created_at"))
        .col(big_integer_null("revoked_at"))
        .primary_key(Index::create().col("digest"))
        .to_owned()
}

fn journal_entry() -> TableCreateStatement {
    Table::create()
        .table("journal_entry")
        .col(big_integer("organisation_id"))
        .col(big_integer("number"))
        .col(big_integer("at"))
        .col(text("author"))
        .col(text("subject"))
        .col(text_null("before"))
        .col(text_null("after"))
        .col(text("reason"))
        .col(big_integer("effective_at"))
        .col(binary("previous"))
        .col(binary("hash"))
        .primary_key(Index::create().col("organisation_id").col("number"))
        .to_owned()
}

fn access_entry() -> TableCreateStatement {
    Table::create()
        .table("access_entry")
        .col(big_integer("organisation_id"))
        .col(big_integer("number"))
        .col(big_integer("at"))
        .col(text("role"))
        .col(text_null("team"))
        .col(text("place"))
        .col(binary("previous"))
        .col(binary("hash"))
        .primary_key(Index::create().col("organisation_id").col("number"))
        .to_owned()
}
