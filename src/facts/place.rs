//! Where something was said: “Oslo” of “told a hall in Oslo”.

use crate::lexicon::{Class, lexicon};
use crate::source::ProseSpan;

/// Bytes behind a cue within which the place stands.
const NEAR: usize = 60;
/// The most words in a place's name.
const LONGEST: usize = 4;

/// The place that the writer gives behind a cue, in the same clause. Names of months and languages are none.
pub(super) fn after(text: &str, cue: ProseSpan) -> Option<String> {
    let rest = text.get(cue.end as usize..)?;
    let end = rest.find(['.', ',', ';', ':', '“', '"', '‘', '«', '\n']).unwrap_or(rest.len());
    let clause = &rest[..end];
    let near = |word: &&str| word.as_ptr() as usize - clause.as_ptr() as usize <= NEAR;
    let words: Vec<&str> = clause.split_whitespace().take_while(near).collect();
    (1..words.len()).find_map(|at| {
        if !matches!(words[at - 1], "in" | "at") {
            return None;
        }
        let capital = |word: &&&str| word.starts_with(char::is_uppercase);
        let name: Vec<&str> = words[at..].iter().take_while(capital).take(LONGEST).copied().collect();
        let name = name.join(" ");
        let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
        let language = ["ish", "ese", "ench", "ian"].iter().any(|ending| name.ends_with(ending));
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        (!name.is_empty() && !language && !lexicon().class(&first).any(Class::MONTH)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::after;
    use crate::source::ProseSpan;

    #[test]
    fn places_behind_a_cue() {
        for (text, place) in [
            ("said in Oslo, “", Some("Oslo")),
            ("told a hall at Port Skarrow on Tuesday: “", Some("Port Skarrow")),
            ("said in June. In Oslo", None),
            ("said in English", None),
            ("said in an interview. In Oslo it rained", None),
            ("said: “We met in Oslo", None),
        ] {
            assert_eq!(after(text, ProseSpan::new(0, 4)).as_deref(), place, "{text}");
        }
    }
}
