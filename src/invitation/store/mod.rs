//! Invitations in the database.

pub mod deciding;
pub mod erasure;
pub mod links;
pub mod opt_out;
pub mod outbox;
pub mod purge;
pub mod rates;
pub mod rotation;
pub mod rules;
