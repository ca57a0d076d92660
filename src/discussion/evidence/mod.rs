//! The pages that a picture leads to: the evidence of one part of the chain, and a figure week
//! after week with what was tried marked on it.

pub mod web;
