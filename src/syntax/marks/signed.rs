//! What words outside or inside an open quotation say about where it ended: a cue with its source, and a signature.

use crate::lexicon::{Class, lexicon};

/// A source before or after its cue has no more words than this: “the harbour master Ana Ruiz said”.
const LONGEST_SOURCE: usize = 6;

/// Does the writer speak in these words, which a quotation should hold alone: “…, Ana Ruiz said.”, “…? asked Tam
/// Brede.”? Only a cue of speech with its source counts, set off by a comma, a question mark or an exclamation mark
/// before it and by a stop, or by what may follow a cue, after it.
pub(super) fn has_attribution(words: &str) -> bool {
    let mut line: Vec<&str> = Vec::new();
    // One sentence at a time: nothing that counts runs over a full stop.
    for word in words.split_whitespace() {
        line.push(word);
        if word.ends_with(['.', ';']) {
            if is_attributed(&line) {
                return true;
            }
            line.clear();
        }
    }
    false
}

/// Does somebody speak of themselves in these words, and the writer not in them: “we have asked the county too”?
pub(super) fn is_speech(words: &str) -> bool {
    let mut each = words.split(|c: char| !(c.is_alphanumeric() || matches!(c, '’' | '\'')));
    let own = each.any(|word| {
        let word = word.split(['’', '\'']).next().unwrap_or("");
        matches!(word, "I" | "We" | "we" | "My" | "my" | "Our" | "our" | "me" | "us")
    });
    own && !has_attribution(words)
}

/// Do the words right after a closing mark name who spoke: “Ana Ruiz said”, “said she”?
pub(super) fn is_attributed_after(words: &str) -> bool {
    let line: Vec<&str> = words.split_whitespace().take(LONGEST_SOURCE + 2).collect();
    let cue = line
        .iter()
        .position(|word| lexicon().class(word.trim_end_matches(['.', ',', ':'])).any(Class::CUE_SPEECH));
    cue.is_some_and(|at| match &line[..at] {
        [] => line.get(1).is_some_and(|next| next.starts_with(char::is_uppercase)),
        [one] if matches!(*one, "he" | "she" | "they") => true,
        source => is_name(source),
    })
}

fn is_attributed(sentence: &[&str]) -> bool {
    sentence.iter().enumerate().skip(1).any(|(at, word)| {
        let bare = word.trim_end_matches(['.', ',', ':', ';']);
        let class = lexicon().class(bare);
        if !class.any(Class::CUE_SPEECH) || !class.any(Class::FORM_PAST.or(Class::FORM_PRESENT)) {
            return false;
        }
        let closes = bare.len() != word.len();
        let goes_on = sentence.get(at + 1).is_some_and(|next| {
            let class = lexicon().class(next.trim_end_matches(['.', ',']));
            class.any(Class::PREPOSITION.or(Class::ADVERB).or(Class::WEEKDAY))
                && !class.any(Class::SUBORDINATOR.or(Class::DETERMINER))
        });
        // “…, Orla Finn told the council.”
        let tells = || bare == "told" && is_hearer(&sentence[at + 1..]);
        (closes || goes_on || tells()) && source_before(&sentence[..at], closes && word.ends_with('.'))
            || !closes && source_after(&sentence[at - 1..])
    })
}

/// Whom somebody told, to the end of the sentence: “the council.”, “Radio Marrick.” Speakers say “told me” too.
fn is_hearer(words: &[&str]) -> bool {
    let Some(last) = words.last().and_then(|last| last.strip_suffix('.')) else { return false };
    let body = || lexicon().class(last).any(Class::PERSON_NOUN.or(Class::BODY_NOUN));
    words.len() <= LONGEST_SOURCE
        && match words {
            ["the" | "a" | "an" | "its", ..] => body() || last.starts_with(char::is_uppercase),
            [one] => last == "reporters" || is_name(&[one]),
            _ => is_name(words),
        }
}

/// A source right before the cue, with a comma, a question or an exclamation mark before it. A pronoun counts only
/// where the sentence ends with the cue: speakers say “he said” too.
fn source_before(words: &[&str], ends: bool) -> bool {
    let Some(stop) = words.iter().rposition(|word| word.ends_with([',', '?', '!'])) else { return false };
    let source = &words[stop + 1..];
    let pronoun = matches!(source, [one] if ends && matches!(*one, "he" | "she" | "they"));
    pronoun
        || is_name(source)
        || matches!(source, ["the" | "a" | "an" | "one", .., last] if ends && source.len() <= LONGEST_SOURCE && is_person(last))
}

/// “, said Ana Ruiz.”: what stands before the cue, the cue, the source.
fn source_after(words: &[&str]) -> bool {
    let [before, _cue, source @ ..] = words else { return false };
    if !before.ends_with([',', '?', '!']) {
        return false;
    }
    let end = source.iter().position(|word| word.ends_with(['.', ',', ';']));
    end.is_some_and(|end| {
        let source = &source[..=end];
        is_name(source) || matches!(source, [one] if matches!(one.trim_end_matches(['.', ',', ';']), "he" | "she" | "they"))
    })
}

/// One to [`LONGEST_SOURCE`] words that begin with capitals.
fn is_name(words: &[&str]) -> bool {
    (1..=LONGEST_SOURCE).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase) && *word != "I")
}

fn is_person(word: &&str) -> bool {
    lexicon().class(word).any(Class::PERSON_NOUN.or(Class::BODY_NOUN))
}

/// Bytes of the longest signature.
const LONGEST_SIGNATURE: usize = 120;

/// The byte at which the signatures begin in the words of a block quote: “— Ana Ruiz” on its last line, and on the line
/// before it, where two have signed. `Some(0)` where they are all there is.
pub(super) fn signature(words: &str) -> Option<usize> {
    let last = last_line_signed(words)?;
    Some(last_line_signed(words[..last].trim_end()).unwrap_or(last))
}

fn last_line_signed(words: &str) -> Option<usize> {
    let start = words.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let line = words[start..].trim_start();
    let name = line.trim_start_matches(['—', '–', '―', '-', '~']).trim_start();
    let dash = line.len() - line.trim_start_matches(['—', '–', '―', '-', '~']).len();
    let dashed = dash > 0 && line.len() < LONGEST_SIGNATURE && name.starts_with(char::is_uppercase);
    // A signature names somebody: it is no sentence.
    let count = name.split_whitespace().count();
    let sentence = name.contains([';', '?', '!']) || count > 16 || name.ends_with('.') && count > 5;
    (dashed && !sentence).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_speaks() {
        for (words, is) in [
            ("The old pier has stood for ninety years, Orla Finn said.", true),
            ("Shall we mend it? Orla Finn asked.", true),
            ("Shall we mend it? asked Orla Finn.", true),
            ("We waited, she said.", true),
            ("We waited, the mayor said.", true),
            ("We waited, said Orla Finn, and rowed.", true),
            ("We waited, Orla Finn said on Friday.", true),
            ("We have nothing left, Orla Finn told the council.", true),
            ("We have nothing left, Orla Finn told me.", false),
            ("We have nothing left, Orla Finn told the council that we wait.", false),
            ("I asked the board, and the clerk said no.", false),
            ("I asked the board, and Orla Finn said no.", false),
            ("Orla Finn said that we wait.", false),
            ("We waited for years. Orla Finn said so.", false),
            ("Well, he said, we wait.", false),
            ("We waited for years.", false),
            ("", false),
        ] {
            assert_eq!(has_attribution(words), is, "{words}");
        }
    }

    #[test]
    fn signatures() {
        for (words, start) in [
            ("The pier is gone.\n— Orla Finn", Some(18)),
            ("The pier is gone.\n- Orla Finn, harbour engineer", Some(18)),
            ("-- Orla Finn", Some(0)),
            ("The pier is gone.\n— Orla Finn\n— Tam Brede", Some(18)),
            ("― Orla Finn, in a letter", Some(0)),
            ("The pier is gone.", None),
            ("The pier is gone.\n- it fell", None),
            ("The pier — Orla Finn", None),
            ("- Who paid? Nobody!", None),
        ] {
            assert_eq!(signature(words), start, "{words}");
        }
    }
}
