//! Mentions of people: each name that stands for a person, the titles before it and after it, and the sentence it
//! stands in, as far as that says whether the writer speaks of the present.

mod passage;
mod post;
mod retrospect;
mod shared;
mod then;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::lexicon::{Class, TitleWord, WordSet, fold, lexicon, offices};
use crate::source::{ProseSpan, name_line, one_line};
use crate::syntax::clause::first_verb::tense_after;
use crate::syntax::clause::sentence;
use crate::syntax::clause::view::VerbTense;
use crate::syntax::names::{Name, NameClass};
use crate::syntax::parse_titles;
use crate::syntax::token::{Kind, Token};

pub use passage::Passage;
pub use shared::SharedSentence;

/// A mention of a person by name, as the grammar finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonMention {
    /// The name, without titles and honorifics.
    pub span: ProseSpan,
    /// The name as written, on one line.
    pub name: String,
    /// The person it stands for: the fullest form of the name in this file.
    pub person: Option<String>,
    /// The titles given with it.
    pub titles: Vec<PersonTitle>,
    /// True inside a quotation.
    pub quoted: bool,
    /// True for “Ruiz's …”: the name owns what follows.
    pub possessive: bool,
    /// The sentence it stands in.
    pub sentence: ProseSpan,
    /// The time of the verb that goes with it.
    pub tense: MentionTense,
    /// “a Ruiz administration”, “if Ruiz …”: something imagined.
    pub imagined: bool,
    /// Says the sentence that this person comes to hold an office: “became president”?
    pub rises: bool,
    /// Does the person do here what only the holder of an office does: “vetoed the bill”?
    pub acts_in_office: bool,
    /// Something in the sentence looks back: “during”, “when”, “years ago”.
    pub retrospect: bool,
    /// An honorific that says who is meant among people of one name: “Mrs.”, “Dr.”; empty where there is none.
    pub honorific: String,
}

impl PersonMention {
    /// The name under which the person is known: the full one where the text has it.
    pub fn known_as(&self) -> &str {
        self.person.as_deref().unwrap_or(&self.name)
    }
}

/// A title given to a person, as the grammar finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonTitle {
    /// Where it stands.
    pub span: ProseSpan,
    /// Its words, on one line.
    pub text: String,
    /// Where it stands by the name.
    pub position: TitlePosition,
    /// “former”, “then”, “acting”, “-elect”, as written; empty where there is none.
    pub qualifier: String,
}

/// The time of a clause's verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionTense {
    /// There is no verb, or it does not tell.
    #[default]
    Unknown,
    /// says, is
    Present,
    /// said, was
    Past,
    /// had said
    PastPerfect,
    /// would say, will say
    Modal,
}

/// Where a title stands by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitlePosition {
    /// “President Ana Ruiz”.
    Before,
    /// “Ana Ruiz, the president”.
    After,
    /// “the Ruiz administration”, “Ruiz's government”.
    Era,
}

/// The longest title looked for, in words.
const LONGEST_TITLE: usize = 14;

/// The mention that a name makes, in prose offsets; `around` are the tokens of its sentence and `person` is whom it
/// stands for. `shared` is lent from one name to the next. `None` where the name is no person's.
pub fn mention(
    passage: Passage<'_>,
    name: &Name,
    around: Range<usize>,
    shared: &mut SharedSentence,
    person: Option<String>,
) -> Option<PersonMention> {
    let Passage { text, tokens, .. } = passage;
    let era = era(passage, name);
    let (start, end) = (around.start, around.end.max(name.end));
    shared.read(passage, start..end);
    let too_long = name.span.of(text).split_whitespace().count() > LONGEST_NAME;
    if too_long || shared.in_capitals || is_named_word(passage, name, start) {
        return None;
    }
    // A headline's words may have been taken for a name; nobody is called by six.
    let person = person.filter(|person| person.split(' ').count() <= LONGEST_NAME);
    let following = after(passage, name, end).or_else(|| post::relative(passage, name, end));
    // “Ilka Vordenau, the mayor,”: the title tells that this is a person, whatever the name.
    let told_by_title = following.is_some() && name.class == NameClass::Unknown && name.end - name.start > 1;
    if name.class != NameClass::Person && person.is_none() && era.is_none() && !told_by_title {
        return None;
    }
    let person = person.or_else(|| told_by_title.then(|| name_line(name.span.of(text))));
    let mut titles = Vec::new();
    let (before, honorific) = before(passage, name, start);
    titles.extend(before);
    titles.extend(opening(passage, name, titles.first(), start));
    titles.extend(following);
    let possessive = tokens.get(name.end).is_some_and(|token| token.kind == Kind::Possessive);
    let imagined = imagined(passage, name, start, titles.first());
    let after_era =
        era.as_ref().map_or(name.end, |era| tokens.partition_point(|token| token.span.start < era.span.end));
    let told = inverted(passage, name, start, titles.first());
    let first = begins(tokens, name, titles.first());
    let before_first = first.checked_sub(1).filter(|&at| at >= start).map(|at| &tokens[at]);
    let subject = before_first.is_none_or(opens_a_clause);
    let rises = subject && rises(passage, name.end, end);
    let was =
        before_first.is_some_and(|token| offices().word(&fold(token.span.of(text))) == Some(TitleWord::Past));
    titles.extend(era);
    let looked_at = retrospect::speech_begins(passage, name, titles.last(), end, told.is_some());
    let then = then::title_then(passage, name, start..end);
    if let Some(then) = &then {
        titles.retain(|title| !title.span.overlaps(then.span));
    }
    let of_then = then.is_some();
    titles.extend(then);
    let comma = before_first.is_some_and(|token| token.kind == Kind::Comma);
    let looked_from = if comma && retrospect::trails(tokens, looked_at, end) { first } else { start };
    Some(PersonMention {
        span: name.span,
        name: name_line(name.span.of(text)),
        person,
        titles,
        quoted: false,
        possessive,
        sentence: sentence::span(tokens, start, end),
        tense: told
            .unwrap_or_else(|| if subject { tense(passage, after_era, end) } else { MentionTense::Unknown }),
        imagined,
        rises,
        acts_in_office: post::acts_in_office(passage, name, end),
        retrospect: was || of_then || shared.looks_back(looked_from.min(looked_at)..looked_at),
        honorific,
    })
}

/// May a subject stand after this token? In “signed by President Ruiz and is …” and “had represented President Ruiz, has
/// …” the verb that follows is not the name's own.
fn opens_a_clause(token: &Token) -> bool {
    let leads = Class::DETERMINER
        .or(Class::POSSESSIVE)
        .or(Class::COORDINATOR)
        .or(Class::SUBORDINATOR)
        .or(Class::RELATIVE)
        .or(Class::ADVERB)
        .or(Class::TIME);
    let governs =
        Class::PREPOSITION.or(Class::TO).or(Class::FORM_PAST).or(Class::FORM_PRESENT).or(Class::FORM_BASE);
    !token.is_word() || (token.is_capital() || token.is(leads)) && !token.is(governs)
}

/// The most words of a name.
const LONGEST_NAME: usize = 5;

/// What ends an owner.
const OWNED: [&str; 4] = ["'s ", "’s ", "s' ", "s’ "];

fn title(text: &str, span: ProseSpan, position: TitlePosition) -> PersonTitle {
    let written = span.of(text);
    // What stands before an owner is the owner's: “former President Vell's chief of staff”.
    let own = OWNED.iter().filter_map(|end| written.rfind(end)).max().map_or(written, |at| &written[at..]);
    let qualifier = own
        .split(|c: char| !c.is_alphabetic())
        .find(|word| {
            let kind = offices().word(&fold(word));
            matches!(kind, Some(TitleWord::Past | TitleWord::Coming | TitleWord::Acting))
        })
        .unwrap_or("");
    PersonTitle { span, text: one_line(written), position, qualifier: qualifier.to_owned() }
}

/// A word for a person's role.
fn is_role(token: &Token) -> bool {
    token.is_word() && token.is(Class::PERSON_NOUN.or(Class::HONORIFIC))
}

/// A role of several: “writers”.
fn is_plural(role: &str) -> bool {
    let one = role.strip_suffix('s').filter(|one| !one.ends_with('s'));
    one.is_some_and(|one| lexicon().class(one).any(Class::PERSON_NOUN))
}

/// Can this token belong to a title? Not a verb, not a function word that no title has.
fn may_belong(token: &Token) -> bool {
    if token.kind == Kind::Possessive {
        return true;
    }
    if !token.is_word() || token.is(Class::WEEKDAY.or(Class::MONTH).or(Class::NEGATION)) {
        return false;
    }
    let closed = Class::SUBJECT
        .or(Class::OBJECT)
        .or(Class::AUXILIARY)
        .or(Class::SUBORDINATOR)
        .or(Class::RELATIVE)
        .or(Class::PREPOSITION)
        .or(Class::COORDINATOR)
        .or(Class::DETERMINER)
        .or(Class::POSSESSIVE)
        .or(Class::TO)
        .or(Class::NUMBER_WORD);
    if is_role(token) {
        return true;
    }
    if token.is_capital() {
        // “US” and “Will” are function words only by their letters.
        return !token.is(closed) || token.is(Class::ALL_CAPITALS.or(Class::GIVEN_NAME).or(Class::STOPPED));
    }
    let verb =
        token.is(Class::CUE) && token.is(Class::FORM_PAST.or(Class::FORM_PRESENT).or(Class::FORM_GERUND));
    !token.is(closed.or(Class::VERB)) && !verb
}

/// “chief of staff of President Vell”: of the two roles around an “of”, only the second is Vell's. “Chief of staff” is
/// one role.
fn serves(role: &Token, after: &Token, text: &str) -> bool {
    is_role(after) && offices().role(&fold(role.span.join(after.span).of(text))).is_none()
        || after.is_word() && offices().place(&fold(after.span.of(text))).is_some()
}

/// Is it a word that titles have: “former”, “top”, “minister”, “party”?
fn titular(token: &Token, text: &str) -> bool {
    let folded = fold(token.span.of(text));
    is_role(token)
        || token.is(Class::BODY_NOUN)
        || folded.split(' ').any(|word| offices().word(word).is_some() || offices().place(word).is_some())
        || offices().is_body(&folded)
}

/// “of” and “for” inside a title: “Secretary of State Ana Ruiz”.
fn links(token: &Token, text: &str) -> bool {
    token.is_word() && matches!(token.span.of(text), "of" | "for")
}

/// The title that ends where the name begins, or a comma before it, and the honorific that is no office.
fn before(passage: Passage<'_>, name: &Name, floor: usize) -> (Option<PersonTitle>, String) {
    let Passage { text, tokens, .. } = passage;
    let mut end = name.start;
    let comma = end > floor + 1 && tokens[end - 1].kind == Kind::Comma;
    if comma {
        // “the mayor, Ana Ruiz, said”: only where a comma closes what the first one opened.
        let closed = tokens
            .get(name.end)
            .is_some_and(|next| matches!(next.kind, Kind::Comma | Kind::Stop | Kind::End | Kind::Dash));
        if !closed || !is_role(&tokens[end - 2]) {
            return (None, String::new());
        }
        end -= 1;
    }
    // The role stands right before the name, or before “of …” that reaches the name.
    let mut role = None;
    let mut linked = false;
    for at in (floor.max(end.saturating_sub(LONGEST_TITLE))..end).rev() {
        let token = &tokens[at];
        let to_name = at + 2 < end && tokens.get(at + 1).is_some_and(|next| links(next, text));
        if is_role(token) && (at + 1 == end || to_name) {
            role = Some(at);
            break;
        }
        linked |= links(token, text);
        let capital_tail = token.is_capital() || token.is(Class::BODY_NOUN) || may_belong(token);
        if !(links(token, text) || capital_tail || (linked && token.is(Class::DETERMINER))) || comma {
            break;
        }
    }
    // “Harbour News writers Ana Ruiz and Bo Lee”, “Ruiz hosts Lee”: no title of one person, if a title at all.
    let Some(role) = role.filter(|&role| !is_plural(tokens[role].span.of(text))) else {
        return (None, String::new());
    };
    let honorific = tokens[role].is(Class::HONORIFIC) && parse_titles(tokens[role].span.of(text)).is_empty();
    if role + 1 == end && honorific {
        // “Mr.” is no office, whatever stands before it.
        return (None, tokens[role].span.of(text).to_owned());
    }
    let mut start = role;
    let mut capital = tokens[role].is_capital();
    while start > floor {
        let token = &tokens[start - 1];
        let joined = links(token, text)
            && start > floor + 1
            && is_role(&tokens[start - 2])
            && !serves(&tokens[start - 2], &tokens[start], text);
        // “destroy President Vell”: before a capital only the words that titles have.
        let stray = capital && token.is_word() && !token.is_capital() && !titular(token, text);
        if !(may_belong(token) && !stray || joined) || end - start > LONGEST_TITLE {
            break;
        }
        capital |= token.is_word() && token.is_capital();
        start -= 1;
    }
    // “a minister” names nobody's office; the article tells, so it is kept.
    if start > floor && tokens[start - 1].is_word() && is_article(tokens[start - 1].span.of(text)) {
        start -= 1;
    }
    while start < role && tokens[start].kind == Kind::Possessive {
        start += 1;
    }
    let span = ProseSpan::new(tokens[start].span.start, tokens[end - 1].span.end);
    let alone = role + 1 == end && start == role;
    if alone && parse_titles(span.of(text)).is_empty() {
        return (None, span.of(text).to_owned());
    }
    (Some(title(text, span, TitlePosition::Before)), String::new())
}

/// “Ruiz's envoy to Oster and Port Avel, Gen. Keith Bell, left.”: the title that opens a sentence, a comma after it.
fn opening(
    passage: Passage<'_>,
    name: &Name,
    title_before: Option<&PersonTitle>,
    floor: usize,
) -> Option<PersonTitle> {
    let Passage { text, tokens, .. } = passage;
    let end = begins(tokens, name, title_before).checked_sub(1).filter(|&at| at > floor)?;
    let closed = tokens.get(name.end).is_some_and(|next| next.kind == Kind::Comma);
    if !closed || tokens[end].kind != Kind::Comma || end - floor > LONGEST_TITLE {
        return None;
    }
    let role = (floor..end).rfind(|&at| is_role(&tokens[at]))?;
    let tail = tokens.get(role + 1).filter(|_| role + 1 < end)?;
    let linked = links(tail, text) || tail.is(Class::TO);
    let whole = (floor..role).all(|at| may_belong(&tokens[at]) || tokens[at].is(Class::DETERMINER))
        && (role + 2..end).all(|at| {
            tokens[at].is_capital()
                || tokens[at].is(Class::COORDINATOR.or(Class::DETERMINER))
                || end - role <= SHORT_BODY && names_part(&tokens[at])
        });
    if !linked || !whole {
        return None;
    }
    let span = ProseSpan::new(tokens[floor].span.start, tokens[end - 1].span.end);
    Some(title(text, span, TitlePosition::Before))
}

/// Tokens from a role to the end of its body: “chair of the amenities committee”.
const SHORT_BODY: usize = 5;

/// A plain noun of a body's name: “amenities committee”.
fn names_part(token: &Token) -> bool {
    let other = Class::AUXILIARY
        .or(Class::PREPOSITION)
        .or(Class::SUBORDINATOR)
        .or(Class::RELATIVE)
        .or(Class::SUBJECT)
        .or(Class::FORM_PAST);
    token.is_word() && !token.is(other)
}

fn is_article(word: &str) -> bool {
    offices().word(&fold(word)) == Some(TitleWord::Article)
}

/// The title in apposition: “Ana Ruiz, the president of the harbour guild, said”.
fn after(passage: Passage<'_>, name: &Name, ceiling: usize) -> Option<PersonTitle> {
    let Passage { text, tokens, .. } = passage;
    let mut start = name.end;
    if tokens.get(start)?.kind != Kind::Comma {
        return None;
    }
    start += 1;
    // “Ana Ruiz, 43, a teacher,”
    if tokens.get(start)?.kind == Kind::Number && tokens.get(start + 1)?.kind == Kind::Comma {
        start += 2;
    }
    let limit = ceiling.min(start + LONGEST_TITLE).min(tokens.len());
    let end = (start..limit).find(|&at| {
        let token = &tokens[at];
        token.is_final()
            || matches!(token.kind, Kind::Comma | Kind::Dash | Kind::Close | Kind::Semicolon | Kind::Quote(_))
            || token.is(Class::RELATIVE) && at > start
            || token.is(Class::CUE_SPEECH) && !is_role(token) && token.is(Class::FORM_PAST)
    })?;
    // “Ruiz, analysts said, has …”: the aside has a subject and a verb of its own.
    if tokens[end].is_word() && tokens[end].is(Class::CUE_SPEECH) {
        return None;
    }
    let first = tokens.get(start)?;
    let bad_start = first
        .is(Class::RELATIVE.or(Class::SUBJECT).or(Class::COORDINATOR).or(Class::SUBORDINATOR))
        || first.is(Class::PREPOSITION.or(Class::AUXILIARY).or(Class::ADVERB))
            && offices().word(&fold(first.span.of(text))).is_none();
    if start >= end || bad_start {
        return None;
    }
    // “Keith Bell, President Ana Ruiz's envoy, …”: the role stands after the last owner.
    let owned = (start..end).rfind(|&at| tokens[at].kind == Kind::Possessive).unwrap_or(start);
    let unowned = |at: usize| {
        is_role(&tokens[at]) && tokens.get(at + 1).is_none_or(|next| next.kind != Kind::Possessive)
    };
    // “Keith Bell, head of the county's roads department, …”: the owner owns the body.
    let heads = |at: &usize| unowned(*at) && tokens.get(at + 1).is_some_and(|next| links(next, text));
    let role = (owned..end).find(|&at| unowned(at)).or_else(|| (start..owned).find(heads))?;
    let before_role = &tokens[start..role];
    if !before_role.iter().all(|token| may_belong(token) || token.is(Class::DETERMINER.or(Class::POSSESSIVE)))
    {
        return None;
    }
    // “Ana Ruiz, Mayor Bo Lee and …” goes on with a list: a name right after the role is another person's.
    let role_end =
        (role..end).take_while(|&at| is_role(&tokens[at]) || tokens[at].is(Class::BODY_NOUN)).last()? + 1;
    if tokens.get(role_end).filter(|_| role_end < end).is_some_and(|next| {
        next.is_capital() && !is_role(next)
            || next.is_word() && next.is(Class::AUXILIARY.or(Class::COORDINATOR))
    }) {
        return None;
    }
    let skip = usize::from(first.is(Class::DETERMINER) && !is_article(first.span.of(text)));
    let span = ProseSpan::new(tokens[start + skip].span.start, tokens[end - 1].span.end);
    Some(title(text, span, TitlePosition::After))
}

/// “the Ruiz administration”, “Ruiz's government”.
fn era(passage: Passage<'_>, name: &Name) -> Option<PersonTitle> {
    let Passage { text, tokens, .. } = passage;
    if name.class == NameClass::Body || name.end - name.start > 3 {
        return None;
    }
    let owned = tokens.get(name.end).is_some_and(|token| token.kind == Kind::Possessive);
    let noun = tokens.get(name.end + usize::from(owned))?;
    if !noun.is_word() || noun.is_capital() || !offices().is_era(noun.span.of(text)) {
        return None;
    }
    // “the government's Ruiz” has a name after it; “Ruiz government officials” means the same era.
    let article = name
        .start
        .checked_sub(1)
        .is_some_and(|at| tokens[at].is(Class::DETERMINER.or(Class::POSSESSIVE)) || is_role(&tokens[at]));
    if !owned && !article && name.class == NameClass::Unknown {
        return None;
    }
    Some(title(text, noun.span, TitlePosition::Era))
}

/// “a Ruiz administration”, “a President Ruiz”, “if Ruiz”: imagined, not so.
fn imagined(passage: Passage<'_>, name: &Name, floor: usize, title: Option<&PersonTitle>) -> bool {
    let Passage { text, tokens, .. } = passage;
    let first = begins(tokens, name, title);
    let article =
        [first.checked_sub(1), Some(first)].into_iter().flatten().filter(|&at| at >= floor).any(|at| {
            tokens[at].is_word()
                && offices()
                    .word(&fold(tokens[at].span.of(text)))
                    .is_some_and(|word| matches!(word, TitleWord::Article | TitleWord::Coming))
        });
    article || tokens[floor..name.start].iter().any(|token| WordSet::Imagining.has(token.span.of(text)))
}

/// “said President Ruiz”: the time of a cue that stands right before the name and its title.
fn inverted(
    passage: Passage<'_>,
    name: &Name,
    floor: usize,
    title: Option<&PersonTitle>,
) -> Option<MentionTense> {
    let Passage { tokens, .. } = passage;
    let first = begins(tokens, name, title);
    let mut cue = first.checked_sub(1).filter(|&at| at >= floor).map(|at| &tokens[at])?;
    // “said the chief whip, Fenna Oake”
    if cue.is_word() && cue.is(Class::DETERMINER) {
        cue = first.checked_sub(2).filter(|&at| at >= floor).map(|at| &tokens[at])?;
    }
    if !cue.is_word() || !cue.is(Class::CUE) {
        None
    } else if cue.is(Class::FORM_PAST) {
        Some(MentionTense::Past)
    } else {
        cue.is(Class::FORM_PRESENT).then_some(MentionTense::Present)
    }
}

/// The first token of a name with the title before it.
fn begins(tokens: &[Token], name: &Name, title: Option<&PersonTitle>) -> usize {
    title
        .filter(|title| title.position == TitlePosition::Before)
        .map_or(name.start, |title| tokens.partition_point(|token| token.span.start < title.span.start))
}

/// The time of the first verb after the name.
fn tense(passage: Passage<'_>, from: usize, end: usize) -> MentionTense {
    match tense_after(passage.view, from, end) {
        VerbTense::Past => MentionTense::Past,
        VerbTense::PastPerfect => MentionTense::PastPerfect,
        VerbTense::Present => MentionTense::Present,
        VerbTense::Modal => MentionTense::Modal,
        VerbTense::None => MentionTense::Unknown,
    }
}

/// Does the subject come to hold an office in this sentence: “Quennell, who became president”?
fn rises(passage: Passage<'_>, name: usize, end: usize) -> bool {
    let Passage { text, tokens, .. } = passage;
    let verbs = tokens[name..end.max(name)].iter().filter(|token| token.is_word() && token.is(Class::VERB));
    verbs.map(|token| token.span.of(text)).any(|word| WordSet::Becoming.has(word))
}

/// “The name Okonrad comes from …”: the word is talked about, and nobody is meant.
fn is_named_word(passage: Passage<'_>, name: &Name, start: usize) -> bool {
    let Passage { text, tokens, .. } = passage;
    let Some(before) = name.start.checked_sub(1).filter(|&at| at > start) else { return false };
    WordSet::NamedWord.has(tokens[before].span.of(text)) && tokens[before - 1].is(Class::DETERMINER)
}
