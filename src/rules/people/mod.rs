//! People: one person, one spelling, the right title on the right day.

mod bearer;
pub mod title_not_held;
mod when;
