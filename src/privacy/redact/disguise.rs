//! Names that are written so that they are not found.
