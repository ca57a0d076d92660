//! Setting up the second factor of one's own account: the secret is made, shown, confirmed by its
//! first right code, and then recovery codes are shown, once.

pub mod web;
