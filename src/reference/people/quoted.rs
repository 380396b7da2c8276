//! Whom a name inside a quotation stands for.

use super::People;
use crate::lexicon::lexicon;

impl People<'_> {
    /// The one person of the document whom a name inside a quotation can stand for: whoever quotes “Ruiz” or “Ana Ruiz”
    /// means the Ana Ruiz of the text around it. A given name alone may be anybody's.
    pub fn meant_by(&self, name: &str) -> Option<String> {
        let suffix = |word: &str| lexicon().is_suffix(word);
        let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let suffixed = words.iter().any(|word| suffix(word));
        let end = words.iter().rposition(|word| !suffix(word))? + 1;
        let (surname, before) = words[..end].split_last()?;
        let bears = |person: &&usize| match before.first() {
            Some(given) => {
                let person = &self.people[**person];
                person.suffixed == suffixed
                    && (person.fullest.0..person.fullest.1).any(|at| self.word(at) == *given)
            }
            None => true,
        };
        let mut found = self.of_surname(surname).iter().filter(bears);
        let Some(&person) = found.next() else {
            return self.nearly_meant(surname).filter(|_| before.is_empty()).map(|person| self.shown(person));
        };
        found.next().is_none().then(|| self.shown(person))
    }
}
