//! Asking and answering: decisions, invitations, their links and mails, opt-outs, and what a
//! response says more.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, binary_null, boolean, boolean_null, integer,
    integer_null, text, text_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [fn() -> TableCreateStatement; 7] =
    [decision, invitation, link, mail, opt_out, contacted, asking];

/// What tables of earlier migrations get: table, column, definition.
fn columns() -> [(&'static str, ColumnDef); 5] {
    [
        ("response", text_null("chances")),
        ("response", text_null("another")),
        ("response", boolean_null("pressed")),
        ("questionnaire", big_integer_null("published_at")),
        ("atom", integer_null("invited")),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            manager.create_table(table()).await?;
        }
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        for sql in INDEXES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            let name = column.get_column_name();
            manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
        }
        for table in ["asking", "contacted", "opt_out", "mail", "link", "invitation", "decision"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Rows that are done leave the partial ones, which stay as small as the work that waits.
const INDEXES: [&str; 11] = [
    "CREATE UNIQUE INDEX invitation_journey ON invitation (organisation_id, journey) WHERE journey IS NOT NULL",
    "CREATE INDEX invitation_unclosed ON invitation (expires_at) WHERE closed_at IS NULL",
    "CREATE INDEX invitation_week ON invitation (organisation_id, journey_type, week)",
    "CREATE INDEX invitation_addressed ON invitation (organisation_id, expires_at) WHERE address_key IS NOT NULL",
    "CREATE INDEX contacted_at ON contacted (organisation_id, at)",
    "CREATE INDEX decision_week ON decision (organisation_id, journey_type, week)",
    "CREATE INDEX mail_waiting ON mail (due_at) WHERE state = 'waiting'",
    "CREATE INDEX mail_sending ON mail (leased_until) WHERE state = 'sending'",
    "DROP INDEX job_due",
    "CREATE INDEX job_waiting ON job (run_at, id) WHERE done_at IS NULL",
    "CREATE INDEX link_invitation ON link (organisation_id, invitation)",
];

fn decision() -> TableCreateStatement {
    Table::create()
        .table("decision")
        .col(big_integer("organisation_id"))
        .col(binary("journey"))
        .col(text("journey_type"))
        .col(integer("week"))
        .col(text("outcome"))
        .col(big_integer("decided_at"))
        .primary_key(Index::create().col("organisation_id").col("journey"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    Table::create()
        .table("invitation")
        .col(big_integer("organisation_id"))
        .col(binary("id"))
        .col(text("journey_type"))
        .col(binary_null("journey"))
        .col(integer("week"))
        .col(integer("version"))
        .col(text("channel"))
        .col(text("locale"))
        .col(text("items"))
        .col(boolean("pressure"))
        .col(binary_null("address_key"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(text_null("outcome_page"))
        .col(text_null("parts_page"))
        .col(text_null("words_page"))
        .col(big_integer_null("opened_at"))
        .col(big_integer_null("saved_at"))
        .col(big_integer_null("finished_at"))
        .col(big_integer_null("closed_at"))
        .col(big_integer_null("withdrawn_at"))
        .col(boolean_null("counted"))
        .primary_key(Index::create().col("organisation_id").col("id"))
        .to_owned()
}

fn link() -> TableCreateStatement {
    Table::create()
        .table("link")
        .col(binary("digest"))
        .col(big_integer("organisation_id"))
        .col(binary("invitation"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("digest"))
        .to_owned()
}

fn mail() -> TableCreateStatement {
    Table::create()
        .table("mail")
        .col(big_integer("organisation_id"))
        .col(binary("invitation"))
        .col(integer("wave"))
        .col(text("state"))
        .col(big_integer("due_at"))
        .col(integer("attempts"))
        .col(big_integer_null("leased_until"))
        .col(big_integer_null("sent_at"))
        .col(text_null("failure"))
        .primary_key(Index::create().col("organisation_id").col("invitation").col("wave"))
        .to_owned()
}

fn opt_out() -> TableCreateStatement {
    Table::create()
        .table("opt_out")
        .col(big_integer("organisation_id"))
        .col(binary("address_key"))
        .col(big_integer("since"))
        .col(text("reason"))
        .primary_key(Index::create().col("organisation_id").col("address_key"))
        .to_owned()
}

fn contacted() -> TableCreateStatement {
    Table::create()
        .table("contacted")
        .col(big_integer("organisation_id"))
        .col(binary("address_key"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("organisation_id").col("address_key").col("at"))
        .to_owned()
}

fn asking() -> TableCreateStatement {
    Table::create()
        .table("asking")
        .col(big_integer("organisation_id"))
        .col(text("journey_type"))
        .col(integer("rate_percent"))
        .col(integer("delay_hours"))
        .col(integer("quiet_from"))
        .col(integer("quiet_until"))
        .col(integer("reminder_days"))
        .col(integer("rest_days"))
        .col(integer("link_days"))
        .primary_key(Index::create().col("organisation_id").col("journey_type"))
        .to_owned()
}
