//! The cells of an atom in one row. A year of a large network has hundreds of thousands of cells,
//! and what a report reads is a matter of rows.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(cells()).await?;
        let connection = manager.get_connection();
        let atoms = Query::select().columns(["organisation_id", "id"]).from("atom").to_owned();
        for atom in connection.query_all(&atoms).await? {
            let key: (i64, i64) = (atom.try_get_by_index(0)?, atom.try_get_by_index(1)?);
            gather(manager, key).await?;
        }
        manager.drop_table(Table::drop().table("cell").to_owned()).await
    }

    /// Cells are not taken apart again: what was published cannot be read by an older version.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration(
            "the cells of an atom cannot be put into rows of their own again".to_owned(),
        ))
    }
}

fn cells() -> TableCreateStatement {
    Table::create()
        .table("cells")
        .col(big_integer("organisation_id"))
        .col(big_integer("atom"))
        .col(binary("states"))
        .primary_key(Index::create().col("organisation_id").col("atom"))
        .foreign_key(
            ForeignKey::create()
                .from("cells", ("organisation_id", "atom"))
                .to("atom", ("organisation_id", "id")),
        )
        .to_owned()
}

/// Puts the cells of an atom into one row: each behind variant, version, replicate and length,
/// four bytes each, the lowest first.
async fn gather(
    manager: &SchemaManager<'_>,
    (organisation, atom): (i64, i64),
) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let stored = Query::select()
        .columns(["variant", "version", "replicate", "state"])
        .from("cell")
        .and_where(Expr::col("organisation_id").eq(organisation))
        .and_where(Expr::col("atom").eq(atom))
        .order_by("variant", Order::Asc)
        .order_by("version", Order::Asc)
        .order_by("replicate", Order::Asc)
        .to_owned();
    let mut states: Vec<u8> = Vec::new();
    for row in connection.query_all(&stored).await? {
        for part in 0..3 {
            states.extend(row.try_get_by_index::<i32>(part)?.to_le_bytes());
        }
        let state: Vec<u8> = row.try_get_by_index(3)?;
        let length = <u32 as TryFrom<usize>>::try_from(state.len())
            .map_err(|_| DbErr::Migration(format!("a cell of {atom} is too long")))?;
        states.extend(length.to_le_bytes());
        states.extend(state);
    }
    let row = Query::insert()
        .into_table("cells")
        .columns(["organisation_id", "atom", "states"])
        .values_panic([organisation.into(), atom.into(), states.into()])
        .to_owned();
    connection.execute(&row).await.map(drop)
}
