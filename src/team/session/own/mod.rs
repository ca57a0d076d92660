//! Everybody's own sessions: where one is signed in, and how to end that elsewhere. Of a session
//! it is known when it began and when it made its last request, and nothing of the machine or the
//! place.

pub mod web;
