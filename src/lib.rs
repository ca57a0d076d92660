//! Relais.
pub mod calendar;
pub mod clock;
pub mod db;
pub mod element;
pub mod error;
pub mod i18n;
pub mod limits;
pub mod schema;
pub mod survey;
pub mod token;
