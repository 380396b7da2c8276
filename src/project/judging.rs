//! A project is judged: each file by itself where it has changed, then all files together.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::house::House;
use super::{Focus, Project, archived};
use crate::parallel;
use crate::rules::{Judge, Judged};
use crate::source::InputError;

impl Project {
    /// Checks the files and returns what touches the focus, in order of places.
    ///
    /// # Errors
    /// Where a page of the rules cannot be read, which is a fault of sayso.
    pub fn check(&mut self, focus: &Focus) -> Result<Vec<Judged>, InputError> {
        self.check_counted(focus, &AtomicUsize::new(0))
    }

    /// The same; `done` counts the files that have been judged by themselves. When it has reached their number, what remains
    /// is to compare them.
    ///
    /// # Errors
    /// As [`Project::check`].
    pub fn check_counted(&mut self, focus: &Focus, done: &AtomicUsize) -> Result<Vec<Judged>, InputError> {
        self.pages()?;
        let Some(book) = self.book.get() else { return Ok(Vec::new()) };
        let house = House {
            config: &self.config,
            options: &self.options,
            parameters: self.parameters(book)?,
            focus: self
                .documents
                .iter()
                .zip(self.corpus.facts())
                .map(|(document, facts)| !facts.archived && focus.has(&document.path))
                .collect(),
            apart: &self.apart,
        };
        let judge = Judge::new(&self.corpus, book, &house);
        let on = judge.on();
        if on != self.on {
            self.on = on;
            archived::forget(&mut self.found, &self.corpus);
        }
        let registry = self.corpus.shared_registry();
        let stale = self.found.iter_mut().zip(self.corpus.facts_mut()).filter(|(found, _)| found.is_none());
        let mut stale: Vec<_> = stale.collect();
        done.store(self.documents.len().saturating_sub(stale.len()), Ordering::Relaxed);
        parallel::map_mut(&mut stale, |(found, facts)| {
            **found = Some(judge.file(facts, &registry));
            done.fetch_add(1, Ordering::Relaxed);
        });
        let of_files = self.found.iter().map(|found| found.as_deref().unwrap_or_default());
        let verdict = judge.project(&self.corpus, of_files);
        self.met = verdict.met;
        self.allowed = verdict.allowed;
        Ok(verdict.findings)
    }
}
