//! Signing in: second factors and their recovery codes, whom a provider knows as which account,
//! what keys may read.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, binary_null, boolean, integer_null, text_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What tables of earlier migrations get: table, column, definition.
fn columns() -> [(&'static str, ColumnDef); 4] {
    let mut awaits_factor = boolean("awaits_factor");
    awaits_factor.default(false);
    [
        ("account", binary_null("subject")),
        ("session", awaits_factor),
        ("api_key", text_null("eyes")),
        ("api_key", integer_null("used_on")),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(second_factor()).await?;
        manager.create_table(recovery_code()).await?;
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        for sql in SCOPES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in SCOPES_BEFORE {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        for (table, column) in columns() {
            let name = column.get_column_name();
            manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("recovery_code").to_owned()).await?;
        manager.drop_table(Table::drop().table("second_factor").to_owned()).await?;
        Ok(())
    }
}

/// What a key allows and with whose eyes it reads stood in one column; now they are two.
const SCOPES: [&str; 2] = [
    "UPDATE api_key SET eyes = substr(scope, 6), scope = 'breakdown:read' WHERE scope LIKE 'read:%'",
    "UPDATE api_key SET scope = 'events:write' WHERE scope = 'events'",
];
const SCOPES_BEFORE: [&str; 2] = [
    "UPDATE api_key SET scope = 'read:' || eyes WHERE eyes IS NOT NULL",
    "UPDATE api_key SET scope = 'events' WHERE scope = 'events:write'",
];

fn second_factor() -> TableCreateStatement {
    Table::create()
        .table("second_factor")
        .col(big_integer("organisation_id"))
        .col(big_integer("account"))
        .col(binary("secret"))
        .col(big_integer("created_at"))
        .col(big_integer_null("confirmed_at"))
        .col(big_integer_null("last_step"))
        .primary_key(Index::create().col("organisation_id").col("account"))
        .foreign_key(&mut of_account("second_factor"))
        .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    Table::create()
        .table("recovery_code")
        .col(big_integer("organisation_id"))
        .col(big_integer("account"))
        .col(binary("digest"))
        .primary_key(Index::create().col("organisation_id").col("account").col("digest"))
        .foreign_key(&mut of_account("recovery_code"))
        .to_owned()
}

fn of_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, ("organisation_id", "account"))
        .to("account", ("organisation_id", "id"))
        .to_owned()
}
