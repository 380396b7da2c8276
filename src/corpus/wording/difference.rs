//! Two passages side by side, in words as written.

use super::passage::{PassageId, Surface};
use super::relation::{Change, change, relate};
use super::short::LONGEST;
use super::vocabulary::Symbol;
use super::{Alignment, Hunk, Wording, align};

use crate::facts::FileFacts;

/// A place where two passages differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it comes to.
    pub change: Change,
    /// The one's words there, as written; may be empty.
    pub one: String,
    /// The other's.
    pub other: String,
    /// Both with a few words around: `our [-voters-]{+supporters+} will`.
    pub shown: String,
}

/// Words shown on either side of a difference.
const AROUND: usize = 3;

impl Wording {
    /// Where two passages differ, in order; empty where nothing does.
    pub fn compare(&self, files: &[FileFacts], one: PassageId, other: PassageId) -> Vec<Difference> {
        let (form, other_form) = (self.form(one), self.form(other));
        let words = self.vocabulary();
        let aligned = match relate(form, other_form, words) {
            Some((_, aligned)) => aligned,
            // Too few words to let the ends go free: all between the first and the last that differ.
            None if form.len().max(other_form.len()) <= LONGEST => {
                Alignment { hunks: Vec::from_iter(middle(form, other_form)), ..Alignment::default() }
            }
            None => align(form, other_form, words),
        };
        let (left, right) = (self.passage(one).surface(files), self.passage(other).surface(files));
        let name = |surface: &[Surface<'_>], at: usize| surface.get(at).is_some_and(Surface::is_name);
        aligned
            .hunks
            .iter()
            .map(|hunk| {
                let kind =
                    change(hunk, form, other_form, words, (&|at| name(&left, at), &|at| name(&right, at)));
                let ours = written(&left, hunk.one.start, hunk.one.end);
                let theirs = written(&right, hunk.other.start, hunk.other.end);
                let mut shown = written(&left, hunk.one.start.saturating_sub(AROUND), hunk.one.start);
                if !shown.is_empty() {
                    shown.push(' ');
                }
                if !ours.is_empty() {
                    shown.push_str(&format!("[-{ours}-]"));
                }
                if !theirs.is_empty() {
                    shown.push_str(&format!("{{+{theirs}+}}"));
                }
                let after = written(&left, hunk.one.end, (hunk.one.end + AROUND).min(left.len()));
                if !after.is_empty() {
                    shown.push(' ');
                    shown.push_str(&after);
                }
                // Marks between words are not compared, so where the excerpt is cut it says so.
                if hunk.one.end + AROUND < left.len() {
                    shown.push_str(" …");
                }
                if hunk.one.start > AROUND {
                    shown.insert_str(0, "… ");
                }
                Difference { change: kind, one: ours, other: theirs, shown }
            })
            .collect()
    }
}

/// All between the first and the last words that differ: “I {never} said that”; `None` where nothing does.
fn middle(one: &[Symbol], other: &[Symbol]) -> Option<Hunk> {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (rest, other_rest) = (&one[start..], &other[start..]);
    let end = rest.iter().rev().zip(other_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let hunk = Hunk { one: start..one.len() - end, other: start..other.len() - end };
    (!hunk.one.is_empty() || !hunk.other.is_empty()).then_some(hunk)
}

/// Items as written, one blank between them; a gap as `…`.
fn written(surface: &[Surface<'_>], start: usize, end: usize) -> String {
    let mut text = String::new();
    let mut before: Option<&Surface<'_>> = None;
    for item in surface.get(start..end).unwrap_or_default() {
        // “gonna” is two items and one word.
        let again =
            before.is_some_and(|before| !item.text.is_empty() && before.text.as_ptr() == item.text.as_ptr());
        if !again {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(if item.text.is_empty() { "…" } else { item.text });
        }
        before = Some(item);
    }
    text
}
