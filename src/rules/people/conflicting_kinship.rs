//! Somebody's sister in one place and his wife in another.

use super::particulars::{Stated, conflict, stated};
use crate::facts::ParticularKind;
use crate::rules::{Finding, RuleContext};

/// Reports each person who is given two relations to one and the same relative, once a person.
pub fn check(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    let corpus = context.corpus;
    for (person, said) in stated(corpus, &[ParticularKind::Kin]) {
        let name = &corpus.people().person(person).name;
        findings.extend(conflict(
            "conflicting-kinship",
            name,
            &said,
            clash,
            |one, other| {
                format!(
                    "{name} is somebody’s {} in one place and the {} in another",
                    one.said.value, other.said.value
                )
            },
            |stated| format!("{} here", stated.said.value),
        ));
    }
}

/// Two relations clash where they are to the same person, as far as the words tell: one owner, or a pronoun against a
/// name. “His” and “her” are two people.
fn clash(one: &Stated<'_>, other: &Stated<'_>) -> bool {
    let pronoun = |stated: &Stated<'_>| matches!(&*stated.said.owner, "his" | "her");
    let owner = one.said.owner == other.said.owner || pronoun(one) != pronoun(other);
    let engaged = |kind: &str| matches!(kind, "spouse" | "partner");
    let married = engaged(&one.said.value) && engaged(&other.said.value);
    owner && one.said.value != other.said.value && !married
}
