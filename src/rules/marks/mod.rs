//! Quotation marks: do they pair, and are they what they should be?

pub mod unclosed_quotation;
