//! The stories: people and programs use Relais over HTTP and the command line, on both databases.

mod access;
mod journal;
mod answers;
mod make;
mod schema;
mod storage;
mod support;
mod visitor;
