//! The stories: people and programs use Relais over HTTP and the command line, on both databases.

mod access;
mod answers;
mod events;
mod journal;
mod logs;
mod make;
mod plans;
mod schema;
mod storage;
mod support;
mod visitor;
