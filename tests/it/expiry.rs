//! What has expired goes, and nothing else does.

use relais::calendar::Week;
use relais::invitation::purge::{self, PurgeCounts};
use relais::schema::codes::MailState;
use relais::schema::{contact, contact_date, invitation, link, mail};
use sea_orm::EntityTrait;

use crate::asking::{id, invited, put};
use crate::events::organisation;
use crate::garage::{DAY, MONDAY, ORGANISATION, WEEK, found};
use crate::support::customer::{self, asking, ended, mails};
use crate::support::{NOON, World, both};

both!(what_has_expired_goes_and_nothing_else, mails_go_after_thirty_days);

async fn what_has_expired_goes_and_nothing_else(world: World) {
    found(&world.app, &[]).await;
    let now = MONDAY + 60 * WEEK;
    world.app.clock.set(now);
    let ended =
        |n, days: i64| invitation::Model { expires_at: now - days * DAY, ..invited(n, Week(0)) };
    put::<_, invitation::ActiveModel>(
        &world,
        vec![ended(1, 0), ended(2, 29), ended(3, 30), ended(4, 60)],
    )
    .await;
    let digest = |n: u32| link::Model {
        digest: id(n),
        organisation_id: ORGANISATION,
        invitation: id(n / 10),
        created_at: MONDAY,
    };
    put::<_, link::ActiveModel>(&world, [10, 20, 30, 40, 41].map(digest).to_vec()).await;
    let reached = |(n, days): (u32, i64)| contact::Model {
        organisation_id: ORGANISATION,
        journey: id(n),
        address: vec![1],
        locale: None,
        expires_at: now - days * DAY,
    };
    let many = (100..2_700).map(|n| (n, 5));
    put::<_, contact::ActiveModel>(
        &world,
        [(1, -1), (2, 0)].into_iter().chain(many).map(reached).collect(),
    )
    .await;
    let written = |(key, days): (u8, i64)| contact_date::Model {
        organisation_id: ORGANISATION,
        address_key: vec![key; 32],
        at: now - days * DAY,
    };
    put::<_, contact_date::ActiveModel>(
        &world,
        [(1, 10), (1, 365), (1, 366), (2, 400)].map(written).to_vec(),
    )
    .await;
    let purged = purge::run(&world.app, ORGANISATION).await.expect("purged");
    let counts = PurgeCounts {
        contacts: 2_601,
        address_keys: 2,
        contacted: 2,
        links: 2,
        ..PurgeCounts::default()
    };
    assert_eq!(purged, counts);
    assert_eq!(purge::run(&world.app, ORGANISATION).await.expect("purged"), PurgeCounts::default());
    let reader = world.app.db.reader();
    let left = contact::Entity::find().all(reader).await.expect("contacts");
    assert_eq!(left.into_iter().map(|row| row.journey).collect::<Vec<_>>(), [id(1)]);
    let kept = invitation::Entity::find().all(reader).await.expect("invitations");
    let keyed: Vec<_> =
        kept.iter().filter(|row| row.address_key.is_some()).map(|row| row.id.clone()).collect();
    assert_eq!((kept.len(), keyed), (4, vec![id(1), id(2)]));
    assert_eq!(link::Entity::find().all(reader).await.expect("links").len(), 3);
    assert_eq!(contact_date::Entity::find().all(reader).await.expect("notes").len(), 2);
}

async fn mails_go_after_thirty_days(world: World) {
    asking(&world).await;
    for n in 0..4 {
        ended(&world, &format!("J{n}"), &format!("c{n}@example.org"), "en", NOON - 3_600).await;
    }
    customer::live(&world, 30).await;
    let (house, sent) = (organisation(&world).await, world.app.clock.now());
    assert_eq!(mails(&world).len(), 4);
    // Two more that no server takes.
    let waiting = |n: u32, days: i64| mail::Model {
        organisation_id: house,
        invitation: id(n),
        wave: 0,
        state: MailState::Waiting,
        due_at: sent - days * DAY,
        attempts: 1,
        leased_until: None,
        sent_at: None,
        failure: None,
    };
    let asked = |n: u32| invitation::Model {
        organisation_id: house,
        expires_at: sent + 90 * DAY,
        ..invited(n, Week(0))
    };
    put::<_, invitation::ActiveModel>(&world, vec![asked(1), asked(2)]).await;
    put::<_, mail::ActiveModel>(&world, vec![waiting(1, 30), waiting(2, 29)]).await;
    let purged = purge::run(&world.app, house).await.expect("purged");
    assert_eq!((purged.waiting_mails, purged.mail_files), (1, 0));
    world.app.clock.set(sent + 28 * DAY);
    assert_eq!(purge::run(&world.app, house).await.expect("purged").mail_files, 0);
    world.app.clock.set(sent + 31 * DAY);
    let purged = purge::run(&world.app, house).await.expect("purged");
    assert_eq!((purged.mail_files, mails(&world).len()), (4, 0));
    let folder = world.folder.path().join("mails");
    assert_eq!(std::fs::read_dir(folder).expect("the folder").count(), 0, "no empty day stays");
}
