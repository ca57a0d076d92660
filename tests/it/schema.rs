//! The schema folder cannot drift from the migrations, and no table knows a person who works at the organisation.

use sea_orm::EntityTrait;

use crate::support::{World, both};

macro_rules! read_each {
    ($db:expr, $($table:ident),+ $(,)?) => {$(
        let rows = relais::schema::$table::Entity::find().all($db).await;
        assert!(rows.is_ok(), "{}: {rows:?}", stringify!($table));
    )+};
}

async fn every_entity_reads(world: World) {
    read_each!(
        world.app.db.reader(),
        access_entry,
        account,
        api_key,
        atom,
        cell,
        comment,
        contact,
        element,
        headcount,
        intake,
        job,
        journal_entry,
        journey,
        journey_type,
        membership,
        organisation,
        questionnaire,
        release,
        response,
        session,
        sign_in_link,
        site,
        step,
        team,
        variant,
    );
}

both!(every_entity_reads);
