//! Which comments are directives to sayso, or were meant as one.

/// Verbs that people know from this linter and others. With one of them a comment is meant for sayso even where its
/// colon or its brackets are missing.
const VERBS: [&str; 8] = ["allow", "disable", "disallow", "enable", "ignore", "noqa", "off", "suppress"];

/// Is `content` a directive, or something that was plainly meant as one? `in_comment` says that it stands between the
/// marks of a comment: there it is no prose. In plain text a line of prose may begin with the name too.
pub(super) fn is_directive(content: &str, in_comment: bool) -> bool {
    let exact = content.strip_prefix("sayso");
    let Some(rest) = exact.or_else(|| content.strip_prefix("Sayso")) else { return false };
    let rest = rest.trim_start();
    if exact.is_some() && rest.starts_with(':') {
        return true;
    }
    let rest = rest.strip_prefix([':', '-']).unwrap_or(rest).trim_start();
    let end = rest.find(|sign: char| !sign.is_ascii_lowercase()).unwrap_or(rest.len());
    let (verb, rest) = rest.split_at(end);
    let of_linter = VERBS.contains(&verb);
    let called = rest.trim_start_matches(|sign: char| sign.is_ascii_lowercase() || sign == '-');
    let called = called.trim_start().starts_with('(');
    match in_comment {
        true => of_linter || (called && !verb.is_empty()),
        false => of_linter && called,
    }
}

#[cfg(test)]
mod tests {
    use super::is_directive;

    #[test]
    fn what_was_meant_as_a_directive() {
        for content in [
            "sayso: allow(a)",
            "sayso: anything",
            "sayso : allow(a)",
            "Sayso: allow(a)",
            "sayso allow-file(a)",
        ] {
            assert!(is_directive(content, false) && is_directive(content, true), "{content}");
        }
        for content in ["sayso-disable", "sayso ignore a", "sayso quiet(a)", "sayso allow a"] {
            assert!(is_directive(content, true), "{content}");
            assert!(!is_directive(content, false), "{content}");
        }
    }

    #[test]
    fn what_is_prose_or_another_comment() {
        for content in [
            "sayso is a tool",
            "Sayso: a history",
            "sayso runs (twice a day) here",
            "Sayso (the word)",
            "saysos: allow(a)",
            "see sayso: allow(a)",
            "sayso",
            "",
        ] {
            assert!(!is_directive(content, false), "{content}");
        }
        assert!(!is_directive("sayso found this on Tuesday", true));
    }
}
