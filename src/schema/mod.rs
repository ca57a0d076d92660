//! One table a file, no behaviour: rows as the migrations crate makes them.
//!
//! Instants are seconds since 1970 in UTC, JSON is text that its domain parses, and every key of a
//! tenant's table starts with the organisation. `tests/it/schema.rs` migrates both databases and
//! reads every entity, so that this folder cannot drift from the migrations.

pub mod access_entry;
pub mod account;
pub mod action;
pub mod allow_list;
pub mod api_key;
pub mod asking;
pub mod atom;
pub mod cells;
pub mod channel;
pub mod comment;
pub mod contact;
pub mod contacted;
pub mod decision;
pub mod discussion;
pub mod element;
pub mod faded;
pub mod fed;
pub mod flow;
pub mod flow_path;
pub mod flow_step;
pub mod headcount;
pub mod intake;
pub mod invitation;
pub mod job;
pub mod journal_entry;
pub mod journey;
pub mod journey_type;
pub mod link;
pub mod mail;
pub mod membership;
pub mod note;
pub mod notice;
pub mod obstacle;
pub mod opt_out;
pub mod organisation;
pub mod questionnaire;
pub mod recovery_code;
pub mod release;
pub mod response;
pub mod second_factor;
pub mod sentence;
pub mod session;
pub mod sign_in_link;
pub mod site;
pub mod staff_name;
pub mod step;
pub mod team;
pub mod variant;
