//! The versions of a journey type's questionnaire.

pub mod you_said;

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, Select,
};
use serde::{Deserialize, Serialize};

use super::wording::Wording;
use super::{Design, Handoffs, Questionnaire, Scale};
use crate::clock::Instant;
use crate::db;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::schema::questionnaire;

/// What a version says beside its scales.
#[derive(Serialize, Deserialize)]
struct Definition {
    handoffs: Handoffs,
    /// Older versions have none.
    #[serde(default)]
    wording: Wording,
}

/// All versions of a journey type's questionnaire, the oldest first.
pub async fn versions(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<Questionnaire>> {
    let rows = of_type(organisation, journey_type)
        .order_by_asc(questionnaire::Column::Version)
        .all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The version for answers that another tool asked on these scales: the same pair, the same
/// version.
pub async fn imported(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    (outcome, item): (Scale, Scale),
    now: Instant,
) -> Result<Questionnaire> {
    let wanted = |version| Questionnaire::imported(version, outcome, item);
    find_or_create(tx, organisation, journey_type, wanted, now).await
}

/// Our own questionnaire, which a journey type starts with.
pub async fn standard(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    now: Instant,
) -> Result<Questionnaire> {
    find_or_create(tx, organisation, journey_type, Questionnaire::standard, now).await
}

/// The version that customers are asked now: the newest of ours that was published; `None` when
/// there is none.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<Questionnaire>> {
    let row = newest_of_ours(organisation, journey_type)
        .filter(questionnaire::Column::PublishedAt.is_not_null())
        .one(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

fn of_type(organisation: OrganisationId, journey_type: &str) -> Select<questionnaire::Entity> {
    questionnaire::Entity::of(organisation)
        .filter(questionnaire::Column::JourneyType.eq(journey_type))
}

fn newest_of_ours(
    organisation: OrganisationId,
    journey_type: &str,
) -> Select<questionnaire::Entity> {
    of_type(organisation, journey_type)
        .filter(questionnaire::Column::Design.eq(Design::Drawn.code()))
        .order_by_desc(questionnaire::Column::Version)
}

/// A version as the list of all of them tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub questionnaire: Questionnaire,
    pub created_at: Instant,
}

/// All versions with when they were made, the newest first.
pub async fn history(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<Recorded>> {
    let rows = of_type(organisation, journey_type)
        .order_by_desc(questionnaire::Column::Version)
        .all(conn)
        .await?;
    let recorded = |row| Ok(Recorded { questionnaire: read(row)?, created_at: row.created_at });
    rows.iter().map(recorded).collect()
}

/// The version that is being worded: the newest of ours, while it is not published. There is one
/// at most.
pub async fn draft(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<Questionnaire>> {
    let row = newest_of_ours(organisation, journey_type).one(conn).await?;
    row.filter(|newest| newest.published_at.is_none()).as_ref().map(read).transpose()
}

/// Saves the draft: the one there is, or a new version after the last. Customers are asked
/// published versions alone, so a draft has neither an invitation nor a response.
pub async fn save_draft(
    tx: &DatabaseTransaction,
    (organisation, journey_type): (OrganisationId, &str),
    wording: Wording,
    now: Instant,
) -> Result<Questionnaire> {
    // Two who begin at once would both take the same number.
    db::lock(tx, &format!("questionnaire {organisation} {journey_type}")).await?;
    if let Some(draft) = draft(tx, organisation, journey_type).await? {
        let made = Questionnaire { wording, ..draft };
        let definition = Expr::value(definition(&made)?);
        change(
            tx,
            organisation,
            journey_type,
            made.version,
            questionnaire::Column::Definition,
            definition,
        )
        .await?;
        return Ok(made);
    }
    let last =
        versions(tx, organisation, journey_type).await?.last().map_or(0, |last| last.version);
    let made = Questionnaire { wording, ..Questionnaire::standard(last + 1) };
    let row = write(&made, organisation, journey_type, now)?;
    questionnaire::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(made)
}

/// Lets a draft be asked from `now` on. [`super::publishing`] does it with its reason.
pub async fn mark_published(
    tx: &DatabaseTransaction,
    (organisation, journey_type): (OrganisationId, &str),
    version: i32,
    now: Instant,
) -> Result<()> {
    let column = questionnaire::Column::PublishedAt;
    change(tx, organisation, journey_type, version, column, Expr::value(now)).await
}

/// Changes one column of a version, unless it is published: what customers were asked is never
/// changed.
async fn change(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    version: i32,
    column: questionnaire::Column,
    value: SimpleExpr,
) -> Result<()> {
    let done = questionnaire::Entity::update_of(organisation)
        .col_expr(column, value)
        .filter(questionnaire::Column::JourneyType.eq(journey_type))
        .filter(questionnaire::Column::Version.eq(version))
        .filter(questionnaire::Column::Design.eq(Design::Drawn.code()))
        .filter(questionnaire::Column::PublishedAt.is_null())
        .exec(tx)
        .await?;
    match done.rows_affected {
        0 => Err(Text::new("survey-published").with("version", version).into()),
        _ => Ok(()),
    }
}

async fn find_or_create(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    wanted: impl Fn(i32) -> Questionnaire,
    now: Instant,
) -> Result<Questionnaire> {
    let known = versions(tx, organisation, journey_type).await?;
    // Whether it was published is not what tells versions apart; a draft that somebody has worded
    // is another one.
    let same = |known: &&Questionnaire| {
        **known == Questionnaire { published_at: known.published_at, ..wanted(known.version) }
    };
    if let Some(same) = known.iter().find(same) {
        return Ok(same.clone());
    }
    let made = wanted(known.last().map_or(1, |last| last.version + 1));
    let row = write(&made, organisation, journey_type, now)?;
    questionnaire::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(made)
}

fn write(
    made: &Questionnaire,
    organisation: OrganisationId,
    journey_type: &str,
    now: Instant,
) -> Result<questionnaire::ActiveModel> {
    Ok(questionnaire::ActiveModel {
        organisation_id: Set(organisation),
        journey_type: Set(journey_type.to_owned()),
        version: Set(made.version),
        design: Set(made.design.code().to_owned()),
        outcome_low: Set(made.outcome.low()),
        outcome_high: Set(made.outcome.high()),
        item_low: Set(made.item.low()),
        item_high: Set(made.item.high()),
        definition: Set(definition(made)?),
        created_at: Set(now),
        published_at: Set(made.published_at),
    })
}

fn definition(made: &Questionnaire) -> Result<String> {
    let definition = Definition { handoffs: made.handoffs, wording: made.wording.clone() };
    serde_json::to_string(&definition).map_err(|e| Error::Internal(e.to_string()))
}

fn read(row: &questionnaire::Model) -> Result<Questionnaire> {
    let damaged = || {
        Error::Internal(format!("questionnaire {} of {} is damaged", row.version, row.journey_type))
    };
    let definition: Definition = serde_json::from_str(&row.definition).map_err(|_| damaged())?;
    Ok(Questionnaire {
        version: row.version,
        design: Design::of_code(&row.design).ok_or_else(damaged)?,
        outcome: Scale::new(row.outcome_low, row.outcome_high).ok_or_else(damaged)?,
        item: Scale::new(row.item_low, row.item_high).ok_or_else(damaged)?,
        handoffs: definition.handoffs,
        wording: definition.wording,
        published_at: row.published_at,
    })
}

#[cfg(test)]
mod tests {
    use crate::db::Db;
    use crate::i18n::Lang;
    use crate::schema::{journey_type, organisation};
    use crate::survey::store::*;

    const HOUSE: OrganisationId = OrganisationId::new(1);

    async fn organisation_with_repair(db: &Db) {
        db.write(|tx| {
            Box::pin(async move {
                let house = organisation::ActiveModel {
                    id: Set(HOUSE),
                    code: Set("garage".to_owned()),
                    name: Set("Garage".to_owned()),
                    time_zone: Set("Europe/Paris".to_owned()),
                    stage: Set("pilot".to_owned()),
                    pilot_until: Set(0),
                    minimum_answers: Set(10),
                    minimum_heads: Set(8),
                    embargo_days: Set(7),
                    created_at: Set(0),
                };
                organisation::Entity::insert(house).exec_without_returning(tx).await?;
                let repair = journey_type::ActiveModel {
                    organisation_id: Set(HOUSE),
                    code: Set("repair".to_owned()),
                    name_fr: Set("Réparation".to_owned()),
                    name_en: Set("Repair".to_owned()),
                    attributes: Set("[]".to_owned()),
                    buffer_minutes: Set(720),
                    quiet_days: Set(14),
                    created_at: Set(0),
                };
                journey_type::Entity::insert(repair).exec_without_returning(tx).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    }

    #[tokio::test]
    async fn a_pair_of_scales_is_one_version_and_ours_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Db::url_inside(folder.path())).await.unwrap();
        organisation_with_repair(&db).await;
        let made = db.write(|tx| {
            Box::pin(async move {
                let ours = standard(tx, HOUSE, "repair", 5).await?;
                let ten = imported(tx, HOUSE, "repair", (Scale::TEN, Scale::TEN), 6).await?;
                let five = imported(tx, HOUSE, "repair", (Scale::FIVE, Scale::FIVE), 7).await?;
                let again = imported(tx, HOUSE, "repair", (Scale::TEN, Scale::TEN), 8).await?;
                assert_eq!(
                    (ours.version, ten.version, five.version),
                    (1, 2, 3),
                    "rated handoffs are not ticked ones"
                );
                assert_eq!(again, ten);
                assert_eq!(standard(tx, HOUSE, "repair", 9).await?, ours);
                Ok(vec![ours, ten, five])
            })
        });
        let made = made.await.unwrap();
        assert_eq!(versions(db.reader(), HOUSE, "repair").await.unwrap(), made);
        assert_eq!(
            versions(db.reader(), OrganisationId::new(2), "repair").await.unwrap(),
            [],
            "another organisation has none"
        );
    }

    #[tokio::test]
    async fn a_published_version_is_never_changed_and_the_next_draft_is_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Db::url_inside(folder.path())).await.unwrap();
        organisation_with_repair(&db).await;
        let (key, french) =
            ((HOUSE, "repair"), Wording { languages: vec![Lang::Fr], ..Wording::default() });
        let only_french = french.clone();
        let written = db.write(move |tx| {
            Box::pin(async move {
                assert_eq!(save_draft(tx, key, Wording::default(), 5).await?.version, 1);
                assert_eq!(
                    save_draft(tx, key, only_french, 6).await?.version,
                    1,
                    "one draft at a time"
                );
                assert_eq!(in_force(tx, HOUSE, "repair").await?, None);
                mark_published(tx, key, 1, 7).await?;
                assert!(mark_published(tx, key, 1, 8).await.is_err(), "published once");
                assert_eq!(draft(tx, HOUSE, "repair").await?, None);
                Ok(save_draft(tx, key, Wording::default(), 9).await?.version)
            })
        });
        assert_eq!(written.await.unwrap(), 2);
        let asked = in_force(db.reader(), HOUSE, "repair").await.unwrap().unwrap();
        assert_eq!((asked.version, asked.published_at, asked.wording), (1, Some(7), french));
        let history = history(db.reader(), HOUSE, "repair").await.unwrap();
        assert_eq!(
            history
                .iter()
                .map(|one| (one.questionnaire.version, one.created_at))
                .collect::<Vec<_>>(),
            [(2, 9), (1, 5)]
        );
    }
}
