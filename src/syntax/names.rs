//! Names: runs of capitals that stand for somebody or something, and who among them is a person.

mod promoted;

use std::ops::RangeInclusive;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::clause::view::TokenView;
use super::token::{Kind, Token};
use crate::lexicon::{Class, WordSet, fold};
use crate::source::ProseSpan;

/// What tells that a name is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameClass {
    /// Nothing does: a place, a body, a person not introduced.
    Unknown,
    /// Its last word is a noun for a body: the Harbour Board.
    Body,
    /// A known person's surname, or a given name alone.
    Short,
    /// A given name before it, an honorific, a role, or an age after it.
    Person,
}

/// A name in the text.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// Its first token, honorifics and titles left out.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// Where it stands in the prose.
    pub span: ProseSpan,
    /// Is it a person's?
    pub class: NameClass,
    /// `MALE`, `FEMALE` or nothing, as far as its given name, honorific or role tells.
    pub gender: Class,
    /// An honorific or role stands before it.
    pub titled: bool,
}

/// Finds the names among the tokens, in order.
pub fn find(view: TokenView<'_>) -> Vec<Name> {
    let TokenView { text, tokens, .. } = view;
    // In news copy one token of ten begins a name.
    let mut names = Vec::with_capacity(tokens.len() / 10);
    let mut at = 0;
    while let Some(capital) = tokens.get(at..).and_then(|rest| rest.iter().position(Token::is_capital)) {
        at += capital;
        if !may_begin(tokens, at) || is_opening_adverb(text, tokens, at) {
            at += 1;
            continue;
        }
        let end = run_end(tokens, at);
        let start = if is_family_first(view, at, end) {
            at
        } else {
            after_titles(tokens, at, end).max(after_office(view, at, end))
        };
        if start < end {
            names.push(name(view, at, start, end));
        }
        at = end.max(at + 1);
    }
    promoted::speakers(view, &mut names);
    without_describing(view, &mut names);
    // A surname tells a gender only where all who bear it share one.
    let mut known: FxHashMap<&str, Class> =
        FxHashMap::with_capacity_and_hasher(USUAL_SURNAMES, FxBuildHasher);
    for name in names.iter().filter(|name| name.class == NameClass::Person) {
        known
            .entry(surname(text, tokens, name))
            .and_modify(|gender| {
                if *gender != name.gender {
                    *gender = Class::NONE;
                }
            })
            .or_insert(name.gender);
    }
    for name in &mut names {
        if name.class == NameClass::Unknown
            && name.end - name.start == 1
            && let Some(&gender) = known.get(surname(text, tokens, name))
        {
            name.class = NameClass::Short;
            name.gender = gender;
        }
    }
    names
}

/// Family names that there is room for from the beginning: a story has about as many.
pub const USUAL_SURNAMES: usize = 14;

/// The longest aside between a name and its verb, in words: “Wilf Tarrant, the skipper of the Prudence, said”.
const LONGEST_ASIDE: usize = 14;

/// Is the name the subject of a verb of speech? Only plain verbs in the past or the present count.
pub fn speaks(tokens: &[Token], name: &Name) -> bool {
    let cue = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.is_word()
                && !token.is_capital()
                && token.is(Class::CUE_SPEECH)
                && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT))
                && !token.is(Class::CUE_WEAK.or(Class::PERSON_NOUN).or(Class::CUE_NOUN))
                && is_whole_cue(tokens, at)
        })
    };
    let aside = || {
        let opened = tokens.get(name.end).is_some_and(|token| token.kind == Kind::Comma);
        let rest = (name.end + 1..tokens.len()).take(LONGEST_ASIDE);
        let close = rest.take_while(|&at| !tokens[at].is_final()).find(|&at| tokens[at].kind == Kind::Comma);
        opened && close.is_some_and(|close| cue(close + 1))
    };
    // “…,” said Wilf Tarrant: after the mark only, for “told Wilf Tarrant” has another subject.
    let inverted = name.start.checked_sub(2).is_some_and(|at| {
        matches!(tokens[at].kind, Kind::Quote(_))
            && cue(at + 1)
            && tokens.get(name.end).is_none_or(|next| !next.is_word())
    });
    // “Ruiz's pollster, Tobi Okafor, said”: the name is the aside.
    let apposed = || {
        let comma = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
        name.start.checked_sub(1).is_some_and(comma) && comma(name.end) && cue(name.end + 1)
    };
    cue(name.end) || inverted || apposed() || aside()
}

/// Is the cue at `at` one by itself? “Attendance went from 612 to 2,000” is no speech: “went” is a cue with “on”, and “put” with
/// “it”, so that here they count only where a quotation is next to those words.
pub fn is_whole_cue(tokens: &[Token], at: usize) -> bool {
    !tokens[at].is(Class::CUE_ON.or(Class::CUE_IT))
        || tokens[at + 1..].iter().take(BEFORE_QUOTATION).any(|token| token.quote().is_some())
}

/// “on”, a comma or a colon, and the quotation.
const BEFORE_QUOTATION: usize = 3;

/// Does a name that nothing introduces stand where people stand: before a verb, an owner's mark or an age, or behind an
/// honorific? A name behind an article does not.
pub fn acts(view: TokenView<'_>, name: &Name) -> bool {
    let tokens = view.tokens;
    let of_a_thing = Class::BODY_NOUN
        .or(Class::DOCUMENT_NOUN)
        .or(Class::PERSON_NOUN)
        .or(Class::THING)
        .or(Class::MEDIUM)
        .or(Class::MONTH)
        .or(Class::WEEKDAY)
        .or(Class::ALL_CAPITALS);
    let own = &tokens[name.start..name.end];
    let plain = own.iter().all(|token| token.is_word() && token.is_capital() && !token.is(of_a_thing));
    let before = name.start.checked_sub(1).map(|at| &tokens[at]);
    let led = before.is_some_and(|token| token.is_word() && token.is(Class::DETERMINER));
    let Some(next) = tokens.get(name.end).filter(|_| plain && !led) else { return false };
    let verb = Class::AUXILIARY.or(Class::CUE).or(Class::VERB);
    let finite = Class::AUXILIARY.or(Class::FORM_PAST).or(Class::FORM_PRESENT);
    let acts = next.is_word() && !next.is_capital() && next.is(verb) && next.is(finite);
    let aged = next.kind == Kind::Comma
        && tokens.get(name.end + 1).is_some_and(|age| age.kind == Kind::Number && age.span.len() == 2)
        && tokens.get(name.end + 2).is_some_and(|close| close.kind == Kind::Comma);
    name.titled || acts || aged || next.kind == Kind::Possessive
}

/// The words of a name that no list has and that may be a person's.
const PERSON: RangeInclusive<usize> = 2..=3;

/// Do the words of a name leave it open that it is a person's?
pub fn may_be_person(view: TokenView<'_>, name: &Name) -> bool {
    let TokenView { text, tokens, language, .. } = view;
    let offices = &language.offices;
    let words = &tokens[name.start..name.end];
    let of_a_thing = Class::BODY_NOUN
        .or(Class::DOCUMENT_NOUN)
        .or(Class::PERSON_NOUN)
        .or(Class::CUE_NOUN)
        .or(Class::THING)
        .or(Class::WORK_NOUN)
        .or(Class::MEDIUM)
        .or(Class::MONTH)
        .or(Class::WEEKDAY)
        .or(Class::ALL_CAPITALS);
    PERSON.contains(&words.len())
        && words.iter().all(|token| token.is_word() && token.is_capital() && !token.is(of_a_thing))
        && words.iter().all(|token| {
            let folded = fold(token.span.of(text));
            !folded.ends_with("style") && offices.place(&folded).is_none() && !offices.is_body(&folded)
        })
        && offices.place(&fold(name.span.of(text))).is_none()
}

/// The last word of a name, without a suffix and without a particle that is joined to it: “Jubari” of “al-Jubari”.
pub fn surname<'t>(text: &'t str, tokens: &[Token], name: &Name) -> &'t str {
    if name.end - name.start == 1 && !tokens[name.start].is(Class::PARTICLE.or(Class::SUFFIX)) {
        return tokens[name.start].span.of(text);
    }
    let last =
        tokens[name.start..name.end].iter().rev().find(|token| token.is_word() && !token.is(Class::SUFFIX));
    let Some(last) = last else { return "" };
    let word = last.span.of(text);
    let joined = last.is(Class::PARTICLE).then(|| word.split_once('-')).flatten();
    joined.map_or(word, |(_, name)| name)
}

/// A capital at the start of a sentence tells nothing, unless the word is a name or another capital follows.
fn may_begin(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.is(Class::FUNCTION) && !token.is(Class::GIVEN_NAME) {
        return false;
    }
    if token.is(Class::WEEKDAY.or(Class::MONTH)) && !token.is(Class::GIVEN_NAME) {
        return false;
    }
    // “Will the minister go?”: a function word that is a name too needs a capital after it.
    !token.is(Class::FUNCTION)
        || (tokens.get(at + 1).is_some_and(Token::is_capital)
            && !asks(tokens, at)
            && !opens_before_given_name(tokens, at))
}

/// Does a sentence, or what stands after a mark, begin at `at`, with a given name next?
fn opens_with_given_name_next(tokens: &[Token], at: usize) -> bool {
    let opens = at.checked_sub(1).is_none_or(|before| !tokens[before].is_word());
    opens && tokens.get(at + 1).is_some_and(|next| next.is(Class::GIVEN_NAME))
}

/// “So Matthew left”, “In Dorian he saw”: a function word at a sentence's start before a given name is no name, although
/// somebody somewhere is called So or In.
fn opens_before_given_name(tokens: &[Token], at: usize) -> bool {
    let surname = tokens.get(at + 2).is_some_and(Token::is_capital);
    let leads = Class::PREPOSITION.or(Class::COORDINATOR).or(Class::SUBORDINATOR);
    opens_with_given_name_next(tokens, at) && (!surname || tokens[at].is(leads))
}

/// “Suddenly Brenda laughed”: the capital is the sentence's.
fn is_opening_adverb(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    !token.is(Class::GIVEN_NAME)
        && token.span.of(text).ends_with("ly")
        && opens_with_given_name_next(tokens, at)
}

/// “Young Tarrant said”: at the head of a sentence the capital is the sentence's. Where the two words stand elsewhere as well, as in
/// “Rep. Young Kim”, they are a name.
fn without_describing(view: TokenView<'_>, names: &mut [Name]) {
    let TokenView { text, tokens, language, .. } = view;
    let words = |name: &Name| (tokens[name.start].span.join(tokens[name.start + 1].span)).of(text);
    let heads = |name: &Name| name.start.checked_sub(1).is_none_or(|before| !tokens[before].is_word());
    let describes = |name: &Name| {
        name.end - name.start > 1
            && heads(name)
            && language.has_in_any_case(WordSet::Describing, tokens[name.start].span.of(text))
    };
    if !names.iter().any(describes) {
        return;
    }
    let elsewhere: FxHashSet<&str> =
        names.iter().filter(|name| name.end - name.start > 1 && !heads(name)).map(words).collect();
    for described in names.iter_mut().filter(|described| describes(described)) {
        if !elsewhere.contains(words(described)) {
            *described = name(view, described.start + 1, described.start + 1, described.end);
        }
    }
}

/// “Will Tarrant go?”: does the word open a question, as a verb does?
fn asks(tokens: &[Token], at: usize) -> bool {
    let opens = at.checked_sub(1).is_none_or(|before| tokens[before].is_final());
    let end = || tokens[at..].iter().find(|token| token.is_final());
    tokens[at].is(Class::AUXILIARY) && opens && end().is_some_and(|token| token.kind == Kind::Question)
}

fn run_end(tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    loop {
        let Some(token) = tokens.get(end) else { return end };
        if token.is_capital()
            && !token.is(Class::WEEKDAY)
            && !(token.is(Class::MONTH) && !token.is(Class::GIVEN_NAME))
            && !(token.is(Class::DETERMINER.or(Class::SUBJECT))
                && !token.is(Class::GIVEN_NAME.or(Class::ALL_CAPITALS)))
        {
            end += 1;
        } else if let Some(particles) = particles(tokens, end) {
            end += particles + 1;
        } else if token.kind == Kind::Comma
            && tokens.get(end + 1).is_some_and(|next| next.is(Class::SUFFIX) && next.is_capital())
        {
            end += 2;
        } else {
            return end;
        }
    }
}

/// How many particles stand at `at` with a capital after them: “de la Cruz”.
fn particles(tokens: &[Token], at: usize) -> Option<usize> {
    let count = tokens[at..]
        .iter()
        .take(3)
        .take_while(|token| token.is_word() && !token.is_capital() && token.is(Class::PARTICLE))
        .count();
    (count > 0 && tokens.get(at + count).is_some_and(Token::is_capital)).then_some(count)
}

/// Skips the honorifics and titles at the start of a run: “Foreign Minister Ana Ruiz”.
fn after_titles(tokens: &[Token], start: usize, end: usize) -> usize {
    let title = Class::HONORIFIC.or(Class::PERSON_NOUN);
    (start..end.saturating_sub(1))
        .rev()
        .find(|&at| {
            tokens[at].is(title)
                && !(at > start && tokens[at].is(Class::GIVEN_NAME) && !tokens[at].is(Class::HONORIFIC))
        })
        .map_or_else(
            || given_inside(tokens, start, end),
            |at| given_inside(tokens, without_headline_verb(tokens, at + 1, end), end),
        )
}

/// “Shen Wuying”: a family name that stands first, and one or two words that may be given.
fn is_family_first(view: TokenView<'_>, start: usize, end: usize) -> bool {
    let of_a_thing = Class::BODY_NOUN
        .or(Class::DOCUMENT_NOUN)
        .or(Class::PERSON_NOUN)
        .or(Class::THING)
        .or(Class::MEDIUM)
        .or(Class::WORK_NOUN)
        .or(Class::ALL_CAPITALS)
        .or(Class::SUFFIX);
    PERSON.contains(&(end - start))
        && !view.tokens[start].is(Class::GIVEN_NAME)
        && view.is_in(start, WordSet::FamilyFirst)
        && view.tokens[start + 1..end].iter().all(|token| token.is_capital() && !token.is(of_a_thing))
}

/// “Secretary of State Zsofia Quennell”, “Minister for Fisheries Zsofia Quennell”: the last two of three capitals after a title
/// with “of” or “for” are the name, although no list has the given name.
fn after_office(view: TokenView<'_>, start: usize, end: usize) -> usize {
    let tokens = view.tokens;
    if end - start != OFFICE_AND_NAME || tokens[start].is(Class::GIVEN_NAME) {
        return start;
    }
    let article = start.checked_sub(1).filter(|&at| tokens[at].is_word() && tokens[at].is(Class::DETERMINER));
    let of = article
        .unwrap_or(start)
        .checked_sub(1)
        .filter(|&at| tokens[at].is_word() && !tokens[at].is_capital() && tokens[at].is(Class::TYING));
    let title = of.and_then(|of| of.checked_sub(1)).map(|at| &tokens[at]);
    let of_a_thing = Class::BODY_NOUN.or(Class::DOCUMENT_NOUN).or(Class::PERSON_NOUN).or(Class::SUFFIX);
    let plain = tokens[start + 1..end].iter().all(|token| token.is_word() && !token.is(of_a_thing));
    let titled = title.is_some_and(|title| title.is_capital() && title.is(Class::PERSON_NOUN));
    if plain && titled { start + 1 } else { start }
}

/// A word of an office, a given name and a family name.
const OFFICE_AND_NAME: usize = 3;

/// “Senator Endorsed Okafor”, in a headline: the verb between a role and somebody else's name is no name's.
fn without_headline_verb(tokens: &[Token], start: usize, end: usize) -> usize {
    let verb = Class::CUE.or(Class::VERB);
    let past = &tokens[start];
    let is_verb = past.is(verb) && past.is(Class::FORM_PAST) && !past.is(Class::GIVEN_NAME);
    if is_verb && start + 1 < end { start + 1 } else { start }
}

/// “Harbour Warden Ana Ruiz”: a title that is in no list ends where a given name begins.
fn given_inside(tokens: &[Token], start: usize, end: usize) -> usize {
    if tokens[start].is(Class::GIVEN_NAME) || tokens[start].span.len() == 2 {
        return start;
    }
    (start + 1..end.saturating_sub(1)).find(|&at| tokens[at].is(Class::GIVEN_NAME)).unwrap_or(start)
}

/// The most words of a person's name, particles and suffixes left out.
const LONGEST_NAME: usize = 4;

fn name(view: TokenView<'_>, run: usize, start: usize, end: usize) -> Name {
    let TokenView { text, tokens, language, .. } = view;
    let offices = &language.offices;
    let first = &tokens[start];
    let last = &tokens[end - 1];
    let words = end - start;
    let before = run.checked_sub(1).map(|index| &tokens[index]);
    // “the official Danish news agency”, “her chief Labour rival”: an adjective between two nouns.
    let adjective = || {
        let noun = Class::BODY_NOUN.or(Class::PERSON_NOUN).or(Class::DOCUMENT_NOUN);
        let next = tokens.get(end).filter(|next| next.is_word() && !next.is_capital());
        words == 1
            && !first.is(Class::GIVEN_NAME)
            && (next.is_some_and(|next| next.is(noun) && !next.is(Class::CUE.or(Class::VERB)))
                || offices.place(&fold(first.span.of(text))).is_some())
    };
    let role_before = run < start
        || before.is_some_and(|token| {
            token.is_word() && !token.is_capital() && token.is(Class::PERSON_NOUN.or(Class::HONORIFIC))
        }) && !adjective();
    let age_after = tokens.get(end).is_some_and(|token| token.kind == Kind::Comma)
        && tokens.get(end + 1).is_some_and(|token| token.kind == Kind::Number && token.span.len() <= 2)
        && tokens
            .get(end + 2)
            .is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Stop | Kind::End));
    let gender_bits = Class::MALE.or(Class::FEMALE);
    let mut gender = Class::NONE;
    let mut take = |token: &Token| {
        if gender == Class::NONE {
            gender = token.gender();
        }
    };
    if run < start {
        tokens[run..start]
            .iter()
            .filter(|token| token.is(Class::HONORIFIC.or(Class::PERSON_NOUN)))
            .for_each(&mut take);
    } else if role_before && let Some(token) = before {
        take(token);
    }
    if first.is(Class::GIVEN_NAME) && first.is(gender_bits) && words > 1 {
        take(first);
    }
    // “J. Ana Ruiz”: an initial first, the given name second.
    if words > 2 && first.span.len() <= 2 && tokens[start + 1].is(Class::GIVEN_NAME) {
        take(&tokens[start + 1]);
    }
    let body = last.is(Class::BODY_NOUN) && words > 1
        || first.is(Class::ALL_CAPITALS) && words == 1 && !first.is(Class::STOPPED);
    let known = |token: &Token| fold(token.span.of(text));
    // “Virginia Democratic primaries”: a place, and a word that titles have.
    let of_place =
        || words == 2 && offices.place(&known(first)).is_some() && offices.word(&known(last)).is_some();
    let given = (first.is(Class::GIVEN_NAME) || is_family_first(view, start, end))
        && (2..=4).contains(&words)
        && !last.is(Class::BODY_NOUN.or(Class::DOCUMENT_NOUN).or(Class::PERSON_NOUN))
        && !of_place();
    let initial = words >= 2 && first.span.len() == 2 && first.is(Class::STOPPED) && !last.is(Class::STOPPED);
    // A headline's words may run together; nobody is called by five.
    let parts =
        tokens[start..end].iter().filter(|token| token.is_capital() && !token.is(Class::SUFFIX)).count();
    let class = if parts > LONGEST_NAME {
        if body { NameClass::Body } else { NameClass::Unknown }
    } else if body && !role_before {
        NameClass::Body
    } else if role_before && !last.is(Class::BODY_NOUN) || given || age_after || initial {
        NameClass::Person
    } else if words == 1 && first.is(Class::GIVEN_NAME) {
        NameClass::Short
    } else {
        NameClass::Unknown
    };
    let span = ProseSpan::new(first.span.start, last.span.end);
    Name { start, end, span, class, gender, titled: role_before }
}

#[cfg(test)]
mod tests {
    use super::{NameClass, find};
    use crate::lexicon::Language;
    use crate::source::ProseSpan;
    use crate::syntax::clause::view::TokenView;
    use crate::syntax::token;

    fn names(text: &str) -> Vec<(&str, NameClass)> {
        let mut tokens = Vec::new();
        let language = Language::english();
        token::words(text, ProseSpan::new(0, text.len() as u32), language, &mut tokens);
        find(TokenView::without_verbs(text, &tokens, language))
            .into_iter()
            .map(|name| (name.span.of(text), name.class))
            .collect()
    }

    #[test]
    fn people_bodies_and_what_is_unknown() {
        assert_eq!(
            names("Harbour Master Ana Ruiz met the Harbour Board in Bahía."),
            [
                ("Ana Ruiz", NameClass::Person),
                ("Harbour Board", NameClass::Body),
                ("Bahía", NameClass::Unknown),
            ]
        );
        assert_eq!(
            names("spokesman Tobi Okafor said Okafor would go"),
            [("Tobi Okafor", NameClass::Person), ("Okafor", NameClass::Short)]
        );
        assert_eq!(
            names("The tide is out. Will Okafor go? Ana Ruiz and Will Brandt left."),
            [
                ("Okafor", NameClass::Unknown),
                ("Ana Ruiz", NameClass::Person),
                ("Will Brandt", NameClass::Person)
            ]
        );
        assert_eq!(
            names("Wilf Tarrant, the skipper of the Kittiwake, said so. Later Tarrant left."),
            [
                ("Wilf Tarrant", NameClass::Person),
                ("Kittiwake", NameClass::Unknown),
                ("Tarrant", NameClass::Short)
            ]
        );
        assert_eq!(names("Brida Quennell told the crowd"), [("Brida Quennell", NameClass::Person)]);
        for other in [
            "North Korea said",
            "The Prudent Wharf said",
            "Skarrow Council said",
            "told Radio Skarrow",
            "Skarrow News said",
            "Prudent Security said",
        ] {
            assert!(names(other).iter().all(|(_, standing)| *standing < NameClass::Short), "{other}");
        }
        assert_eq!(
            names("She won Virginia Democratic primaries"),
            [("Virginia Democratic", NameClass::Unknown)]
        );
        assert_eq!(names("the official Danish news agency"), [("Danish", NameClass::Unknown)]);
        assert_eq!(names("her chief Labour rival"), [("Labour", NameClass::Unknown)]);
        assert_eq!(names("Senator Endorsed Okafor Today").first().map(|name| name.0), Some("Okafor Today"));
        assert_eq!(
            names("Ruiz's pollster, Ozric Pell, said"),
            [("Ruiz", NameClass::Unknown), ("Ozric Pell", NameClass::Person)]
        );
        assert_eq!(names("Then the Monday talks began, and I left."), []);
        assert_eq!(names("Sen. Luis de la Cruz, Jr. spoke"), [("Luis de la Cruz, Jr.", NameClass::Person)]);
    }
}
