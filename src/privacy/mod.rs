//! Who is protected, and how.

pub mod person;
