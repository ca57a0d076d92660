//! Relais.
pub mod app;
pub mod calendar;
pub mod clock;
pub mod config;
pub mod db;
pub mod element;
pub mod error;
pub mod i18n;
pub mod id;
pub mod jobs;
pub mod limits;
pub mod progress;
pub mod schema;
pub mod survey;
pub mod token;
pub mod web;
pub mod wiring;
