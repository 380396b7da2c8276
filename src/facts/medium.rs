//! How something was said: “on X”, “in a statement”, “in an interview”.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Attribution;
use crate::lexicon::{Class, WordSet, lexicon};
use crate::source::{ProseSpan, one_line};
use crate::syntax::Parse;
use crate::syntax::clause::view::TokenView;
use crate::syntax::token::Kind;

/// Words after a cue among which the preposition is looked for, and its medium.
const REACH: usize = 12;

/// The longest word that leads to a medium, in bytes: during.
const LONGEST_LEAD: u32 = 6;

/// Words between a preposition and the medium: “in a long radio interview”.
const WIDEST: usize = 4;

/// The phrase for the medium in the writer's words after a cue, `after`, where one stands there plainly. What the press is
/// told is said “to reporters”: `hearer` is the phrase that names to whom it was said.
pub(super) fn medium(parse: &Parse<'_>, after: ProseSpan, hearer: Option<&str>) -> Option<String> {
    let all = parse.all();
    let words = all.indices_of(after);
    named(all, words).or_else(|| hearer.and_then(press))
}

/// The medium in the phrase that opens the sentence of a source: “In an interview on Sunday, Ana Ruiz said”, “Speaking at a
/// rally, Ana Ruiz said”. A comma or a capital must end the phrase, so that no other clause stands between.
pub(super) fn opening(parse: &Parse<'_>, source: ProseSpan) -> Option<String> {
    let at = parse.token_from(source.start);
    let all = parse.all();
    let first = parse.sentence_around(at).indices().start;
    let lead = first + usize::from(all.language.has_in_any_case(WordSet::SpeakingThen, all.word(first)));
    let led = lead < at.index() && all.language.has_in_any_case(WordSet::MediumLead, all.word(lead));
    // Another clause has a verb of its own: “In an interview she gave on Sunday”.
    let clause = Class::AUXILIARY.or(Class::RELATIVE).or(Class::SUBORDINATOR).or(Class::SUBJECT);
    let phrase = lead + 1..at.index();
    let plain = |at: usize| {
        let token = &all.tokens[at];
        !token.is(clause) && token.quote().is_none() && !token.is_final()
    };
    if !led || phrase.len() > OPENING || !phrase.clone().all(plain) {
        return None;
    }
    let comma = phrase.clone().find(|&at| all.tokens[at].kind == Kind::Comma).unwrap_or(phrase.end);
    let last = (phrase.start..comma).take(WIDEST).rfind(|&at| is_medium(all.word(at)))?;
    let span = all.tokens[lead].span.join(all.tokens[last].span);
    let words = one_line(span.of(all.text));
    Some(format!("{}{}", words[..1].to_lowercase(), &words[1..]))
}

/// Words of the phrase that opens a sentence: “In an interview with the Mercury on Sunday, ”.
const OPENING: usize = 14;

/// “reporters”, “a group of reporters”: hearers who are the press, and not by name.
fn press(hearer: &str) -> Option<String> {
    let last = hearer.rsplit(' ').next()?;
    let plain = hearer.chars().all(|c| c.is_lowercase() || matches!(c, '-' | ' '));
    (plain && WordSet::Press.has(last)).then(|| format!("to {hearer}"))
}

fn named(view: TokenView<'_>, after: Range<usize>) -> Option<String> {
    let is_word = |at: &usize| matches!(view.tokens[*at].kind, Kind::Word | Kind::Number);
    let mut words = after.filter(is_word).take(REACH);
    while let Some(lead) = words.next() {
        // A look at the length spares most words the question.
        if view.tokens[lead].span.len() > LONGEST_LEAD || !view.is_in(lead, WordSet::MediumLead) {
            continue;
        }
        let mut last = None;
        for at in words.clone().take(WIDEST) {
            if is_medium(view.word(at)) {
                last = Some(at);
            }
            // A comma ends the phrase.
            let next = view.tokens.get(at + 1).map(|token| token.kind);
            if matches!(next, Some(Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::End)) {
                break;
            }
        }
        if let Some(last) = last {
            let phrase = view.tokens[lead].span.join(view.tokens[last].span);
            return Some(one_line(phrase.of(view.text).trim_end_matches('.')));
        }
    }
    None
}

fn is_medium(word: &str) -> bool {
    // At the end of a sentence “X.” looks like an initial.
    let word = word.trim_end_matches('.');
    // The network is a capital letter; “x” is none.
    word == "X" || (word.len() > 1 && MEDIA.contains_key(word.to_lowercase().as_str()))
}

/// In writing or aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A post, a letter, a statement.
    Written,
    /// A speech, an interview, a briefing.
    Spoken,
}

/// Which of the two the phrase for a medium tells; `None` where it tells neither, or both.
pub fn way(phrase: &str) -> Option<Way> {
    let mut ways = phrase
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| MEDIA.get(word.to_lowercase().as_str()).copied());
    let way = ways.next()?;
    ways.all(|other| other == way).then_some(way)
}

/// Is this word in small letters one for a way to speak: “interview”, “briefing”?
pub(super) fn is_spoken(word: &str) -> bool {
    MEDIA.get(word) == Some(&Way::Spoken)
}

/// The words for a way to speak in the phrase for a medium, in small letters.
pub fn spoken_words(phrase: &str) -> impl Iterator<Item = String> + '_ {
    phrase.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| is_spoken(word))
}

/// Were the words written, by their medium or by the cue alone (“wrote”, “tweeted”, “Pell's statement said”)?
pub fn is_written(attribution: &Attribution) -> bool {
    if let Some(phrase) = &attribution.medium {
        return way(phrase) == Some(Way::Written);
    }
    let cue = attribution.cue.as_ref();
    cue.is_some_and(|cue| {
        let word = cue.text.to_lowercase();
        lexicon().class(&word).any(Class::CUE_WRITING) || way(&word) == Some(Way::Written)
    })
}

static MEDIA: LazyLock<FxHashMap<&'static str, Way>> = LazyLock::new(|| {
    let mut way = Way::Written;
    let mut media = FxHashMap::default();
    for line in include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/words/media.txt")).lines() {
        match line {
            "[written]" => way = Way::Written,
            "[spoken]" => way = Way::Spoken,
            word if word.is_empty() || word.starts_with('#') => {}
            word => {
                media.insert(word, way);
            }
        }
    }
    media
});

#[cfg(test)]
mod tests {
    use crate::lexicon::Language;
    use crate::source::{Block, BlockKind, ProseSpan};
    use crate::syntax::{Extent, Parse};

    fn medium(text: &str, hearer: Option<&str>) -> Option<String> {
        let span = ProseSpan::new(0, text.len() as u32);
        let blocks = [Block { kind: BlockKind::Paragraph, span }];
        let parse = Parse::of_blocks(text, &blocks, Language::english(), Extent::Everything);
        super::medium(&parse, span, hearer)
    }

    #[test]
    fn finds_the_medium_and_nothing_else() {
        for (text, found) in [
            ("on X on Monday.", Some("on X")),
            ("on X.", Some("on X")),
            ("in a statement, without giving a reason", Some("in a statement")),
            ("on Friday in a long radio interview with the islanders", Some("in a long radio interview")),
            ("on Monday that the ferry was late", None),
            ("in the harbour, where reporters stood", None),
            ("in x days", None),
            ("on Bluesky late on Monday", Some("on Bluesky")),
            ("in a newsletter to members", Some("in a newsletter")),
            ("reporters outside the hall", None),
        ] {
            assert_eq!(medium(text, None).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn the_press_is_told_without_a_preposition() {
        for (text, hearer, found) in [
            ("reporters on Monday that the ferry was late", "reporters", Some("to reporters")),
            ("a group of reporters.", "a group of reporters", Some("to a group of reporters")),
            ("reporters in an interview", "reporters", Some("in an interview")),
            ("Harbour reporters", "Harbour reporters", None),
            ("the council", "the council", None),
        ] {
            assert_eq!(medium(text, Some(hearer)).as_deref(), found, "{text}");
        }
    }
}
