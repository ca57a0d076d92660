//! The stories: people and programs use Relais over HTTP and the command line, on both databases.

mod access;
mod airline;
mod answers;
mod asked;
mod asking;
mod breakdown;
mod browser;
mod crash;
mod customer;
mod demo;
mod events;
mod feed;
mod garage;
mod journal;
mod logs;
mod mail;
mod mail_signed;
mod make;
mod plans;
mod publication;
mod questionnaire;
mod schema;
mod storage;
mod support;
mod trouble;
mod visitor;
