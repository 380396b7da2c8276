//! The day of saying, from the clause that attributes.

use std::ops::Range;

use super::days::{Clause, DateContext};
use crate::calendar::{Day, Interval};
use crate::lexicon::{Class, WordSet};
use crate::source::ProseSpan;
use crate::syntax::clause::view::TokenView;
use crate::syntax::dates::{self, Expression, Shape};
use crate::syntax::tense::{self, Tense};
use crate::syntax::token::{Kind, Token};
use crate::syntax::{Parse, TokenId, TokenRange};

/// Words between a cue and its day: more than this, and the day is hardly the cue's any more.
const REACH: usize = 18;

/// A day of saying so many days after the publication is a slip; a later one belongs to something else.
const FAR: i32 = 30;

/// The same for a day that is written out with its weekday or its year.
const FARTHEST: i32 = 400;

/// Prepositions that lead to what is spoken of, or to what comes after the words.
const TOPICS: [&str; 5] = [" of the ", " before ", " about ", " ahead of ", " for the "];

/// A day of a month with its year or its weekday.
const fn is_written_out(expression: &Expression) -> bool {
    match expression.shape {
        Shape::Civil { year, .. } => year.is_some() || expression.weekday.is_some(),
        _ => false,
    }
}

/// Words before the day in a phrase that opens a sentence and names how something was said.
const OCCASION: usize = 12;

/// Prepositions behind which such a phrase goes on to what was spoken of: “in a speech about the vote on Friday”.
const TOPIC_LEADS: [&str; 7] = ["about", "of", "for", "before", "after", "over", "ahead"];

/// Words before a day that leads its sentence: “On”, “Late on”.
const LEAD: usize = 2;

/// The days on which something was said, from the words of the attribution's own clause: the source, the cue and what
/// belongs to them, without what was said. `content` is that, where it stands without marks.
///
/// `None` where the clause names no day, or where the day belongs to what was said (“said the vote on Friday
/// would fail”) or to the source (“Ruiz, who resigned on Monday, said”). “After Friday's vote” gives the days
/// from then to the publication.
pub fn said_on(
    parse: &Parse<'_>,
    cue: ProseSpan,
    content: Option<ProseSpan>,
    published: Option<Day>,
) -> Option<Interval> {
    let clause = CueClause::of(parse, cue, content)?;
    for expression in dates::each_of(clause.text, clause.start, clause.view.words()) {
        let at = clause.view.indices_of(clause.in_prose(expression.span));
        let link = if at.start >= clause.cue.end {
            clause.after_cue(at.start)
        } else if at.end <= clause.cue.start {
            clause.before_cue(at.clone())
        } else {
            None
        };
        let Some(link) = link else { continue };
        if matches!(expression.shape, Shape::Year { .. }) && !clause.leads_year(at.start) {
            continue;
        }
        if clause.is_owner(at.end) && !matches!(link, Link::At | Link::After) {
            continue;
        }
        return clause.resolved(&expression, at, link, published);
    }
    None
}

/// How a day hangs on the clause.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// “said Monday”, “said on Monday”.
    On,
    /// “said at Monday's hearing”, “said in an interview televised Monday”.
    At,
    /// “said after Monday's vote”.
    After,
}

/// The writer's own words around a cue: its sentence, up to the nearest quotation on either side.
struct CueClause<'p> {
    view: TokenView<'p>,
    /// The prose that the tokens cover.
    text: &'p str,
    /// The byte of the prose that it begins with.
    start: u32,
    /// The tokens of the cue.
    cue: Range<usize>,
}

impl<'p> CueClause<'p> {
    fn of(parse: &'p Parse<'_>, cue: ProseSpan, content: Option<ProseSpan>) -> Option<Self> {
        let first = parse.token_from(cue.start);
        let end = parse.token_from(cue.end);
        let sentence = parse.sentence_around(first);
        let said = |token: &Token| {
            token.quote().is_some() || content.is_some_and(|content| content.contains(token.span))
        };
        let before = parse.words(TokenRange { start: sentence.start, end: first });
        let after = parse.words(TokenRange { start: end, end: sentence.end.max(end) });
        let skipped = before.iter().rposition(said).map_or(0, |last| last + 1);
        let stops = |token: &Token| said(token) || matches!(token.kind, Kind::Stop | Kind::End);
        let taken = after.iter().position(stops).unwrap_or(after.len());
        let start = sentence.start.index() + skipped;
        let range = TokenRange { start: TokenId::new(start), end: TokenId::new(end.index() + taken) };
        let span = parse.span(range);
        let view = parse.view(range);
        view.tokens.get(first.index() - start)?;
        Some(Self {
            view,
            text: span.of(parse.text()),
            start: span.start,
            cue: first.index() - start..end.index() - start,
        })
    }

    /// The place in the prose of a place in the clause.
    const fn in_prose(&self, span: ProseSpan) -> ProseSpan {
        ProseSpan::new(self.start + span.start, self.start + span.end)
    }

    fn is(&self, at: usize, class: Class) -> bool {
        self.view.tokens.get(at).is_some_and(|token| token.is(class))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.view.tokens.get(at).is_some_and(Token::is_capital)
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.view.tokens.get(at).map(|token| token.kind)
    }

    fn has(&self, at: usize, set: WordSet) -> bool {
        self.view.language.has_in_any_case(set, self.view.word(at))
    }

    /// The words and numbers of a stretch.
    fn words(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        let is_word = |at: &usize| matches!(self.kind(*at), Some(Kind::Word | Kind::Number));
        range.filter(is_word)
    }

    fn has_comma(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.kind(at) == Some(Kind::Comma))
    }

    fn resolved(
        &self,
        expression: &Expression,
        at: Range<usize>,
        link: Link,
        published: Option<Day>,
    ) -> Option<Interval> {
        if matches!(expression.shape, Shape::Elsewhere) {
            return None;
        }
        // “promised on Tuesday” is of the past whatever is promised; “will say” is not.
        let past = self.is(self.cue.start, Class::FORM_PAST);
        let future = !past && tense::around(self.view, at) == Tense::Future;
        let clause = Clause::Cue(if future { Tense::Future } else { Tense::Past });
        let context = DateContext { text: self.text, expression, published, year: None, clause };
        let days = context.days(context.day())?;
        // Nobody is quoted from next year: “said of the prospects in 2017” speaks of the prospects. A day that is written
        // out right behind the cue is the day of saying, however far ahead it lies: its month or its year is the slip.
        let written = link == Link::On && is_written_out(expression);
        let ahead = days.from.zip(published).map_or(0, |(from, published)| from.days_since(published));
        if past && (ahead > if written { FARTHEST } else { FAR } || ahead > 0 && self.has_topic(expression)) {
            return None;
        }
        Some(if link == Link::After { Interval { from: days.from, to: published } } else { days })
    }

    /// “Said of the vote on Friday”, when Friday is to come: the day is the vote's.
    fn has_topic(&self, expression: &Expression) -> bool {
        let from =
            self.view.tokens.get(self.cue.end.saturating_sub(1)).map_or(0, |cue| cue.span.end - self.start);
        let between = self.text.get(from as usize..expression.span.start as usize).unwrap_or("");
        TOPICS.iter().any(|lead| between.contains(lead))
    }

    /// “in 2014”, “in a 2014 interview”; but “the 1968 contest” and “Lund's 2012 campaign” are no days of saying.
    fn leads_year(&self, year: usize) -> bool {
        let before = self.words(0..year).next_back();
        before.is_some_and(|at| self.is(at, Class::PREPOSITION) || self.has(at, WordSet::Indefinite))
    }

    /// “Monday's”.
    fn is_owner(&self, end: usize) -> bool {
        self.kind(end) == Some(Kind::Possessive)
    }

    /// “told”, “asked”: the hearer stands between the cue and the day.
    fn takes_hearer(&self) -> bool {
        self.has(self.cue.start, WordSet::Hearer)
    }

    /// How a day behind the cue hangs on it, by the words between; `None` where what was said has begun.
    fn after_cue(&self, day: usize) -> Option<Link> {
        // “…,” said Ana Ruiz, the mayor, on Monday: the source stands between the cue and the day.
        let inverted = self.words(0..self.cue.start).next().is_none();
        let from = if inverted { self.past_source(day) } else { self.cue.end };
        let ends = |kind: Kind| matches!(kind, Kind::Quote(_) | Kind::Colon | Kind::Semicolon | Kind::Dash);
        if (from..day).any(|at| self.kind(at).is_some_and(ends)) || self.words(from..day).count() > REACH {
            return None;
        }
        let told = self.takes_hearer();
        let mut carried = false;
        let mut before: Option<usize> = None;
        for at in self.words(from..day) {
            let first = before.is_none();
            let carrier = self.has(at, WordSet::Carrying);
            carried |= carrier;
            if first && !told && !carrier && !self.is(at, Class::PREPOSITION.or(Class::ADVERB)) {
                return None;
            }
            let capital = self.is_capital(at);
            let content = self.is(at, Class::SUBJECT.or(Class::RELATIVE).or(Class::AUXILIARY)) && !capital
                || self.has(at, WordSet::Reported);
            let verb = !capital && !carrier && self.is(at, Class::FORM_PAST) && !self.is(at, Class::CUE_NOUN);
            // A noun phrase that no preposition leads begins what was said: “said in Paris the talks on Saturday …”.
            let led = before.is_some_and(|it| self.is(it, Class::PREPOSITION.or(Class::COORDINATOR)));
            let unled = self.is(at, Class::DETERMINER.or(Class::POSSESSIVE)) && !led && !(told && first);
            if content || verb || unled {
                return None;
            }
            before = Some(at);
        }
        self.link(from..day, carried)
    }

    /// Where the source behind the cue ends: names, titles and an aside between commas are passed over. The end of the
    /// cue where no name stands there.
    fn past_source(&self, day: usize) -> usize {
        let title = Class::PERSON_NOUN.or(Class::HONORIFIC).or(Class::BODY_NOUN);
        let mut named = false;
        let mut at = self.cue.end;
        while at < day {
            let capital = self.is_capital(at);
            let of_title =
                self.is(at, title) && !self.is(at, Class::PREPOSITION) || self.has(at, WordSet::The);
            if !(capital || of_title || self.kind(at) == Some(Kind::Possessive)) {
                break;
            }
            named |= capital;
            at += 1;
        }
        let aside = self.kind(at) == Some(Kind::Comma);
        if aside && let Some(close) = (at + 1..day).find(|&at| self.kind(at) == Some(Kind::Comma)) {
            at = close + 1;
        }
        if named { at } else { self.cue.end }
    }

    /// By the preposition right before the day, articles passed over.
    fn link(&self, words: Range<usize>, carried: bool) -> Option<Link> {
        let leading = self
            .words(words.clone())
            .rev()
            .find(|&at| self.is(at, Class::PREPOSITION) || !self.is(at, Class::DETERMINER.or(Class::ADVERB)));
        let leads = |set: WordSet| leading.is_some_and(|at| self.has(at, set));
        if leads(WordSet::DayBehind) {
            Some(Link::After)
        } else if leads(WordSet::DayOfOther) {
            None
        } else if leads(WordSet::DayOfEvent) || carried {
            Some(Link::At)
        } else if self.words(words).any(|at| self.has(at, WordSet::DayBehind)) {
            // “after talks in Turin last Friday”: the day is the talks'.
            Some(Link::After)
        } else {
            Some(Link::On)
        }
    }

    /// “Reyes, speaking on Monday in Lima, said”: does the day stand in an aside that begins with such a participle and
    /// ends right before the cue?
    fn is_speaking_then(&self, day: usize, between: Range<usize>) -> bool {
        let comma = (0..day).rev().find(|&at| self.kind(at) == Some(Kind::Comma));
        let opens = comma.is_some_and(|comma| self.has(comma + 1, WordSet::SpeakingThen));
        let closes = between.clone().next_back().is_some_and(|at| self.kind(at) == Some(Kind::Comma));
        let commas = between.filter(|&at| self.kind(at) == Some(Kind::Comma)).count();
        opens && closes && commas == 1
    }

    /// “In an interview with the Mercury on Sunday, Ruiz said”, “In a statement issued late on April 9, Ruiz said”: does a
    /// phrase that opens the clause and names how it was said end with the day and a comma?
    fn is_occasion(&self, day: &Range<usize>) -> bool {
        let lead = 0..day.start;
        let opens = self.has(0, WordSet::MediumLead) && self.kind(day.end) == Some(Kind::Comma);
        let other = Class::AUXILIARY.or(Class::RELATIVE).or(Class::SUBORDINATOR).or(Class::SUBJECT);
        opens
            && lead.len() <= OCCASION
            && !self.has_comma(lead.clone())
            && self.words(lead.clone()).any(|at| self.is(at, Class::DOCUMENT_NOUN.or(Class::MEDIUM)))
            && self.words(lead).all(|at| {
                let about = TOPIC_LEADS.contains(&self.view.word(at));
                let verb =
                    self.is(at, Class::FORM_PAST) && !self.has(at, WordSet::Carrying) && !self.is_capital(at);
                !self.is(at, other) && !about && (!verb || self.is(at, Class::DOCUMENT_NOUN))
            })
    }

    /// How a day before the cue hangs on it: it opens the clause (“On Monday, Ruiz said”) or stands right before the
    /// cue (“Ruiz on Monday said”).
    fn before_cue(&self, day: Range<usize>) -> Option<Link> {
        let lead = 0..day.start;
        let between = day.end..self.cue.start;
        let leading = Class::PREPOSITION.or(Class::ADVERB).or(Class::DETERMINER);
        let words = self.words(lead.clone()).take(LEAD + 1).count();
        let short = words <= LEAD && self.words(lead.clone()).all(|at| self.is(at, leading));
        if short || self.is_occasion(&day) {
            // A verb on the way, outside an aside between commas, may have taken the day for itself.
            let (mut aside, mut commas, mut comma) = (false, 0, false);
            for at in between {
                if self.kind(at) == Some(Kind::Comma) {
                    comma = true;
                    continue;
                }
                commas += usize::from(comma);
                aside |= comma && commas > 1 && self.is(at, Class::RELATIVE);
                comma = false;
                if !aside && !self.is_capital(at) && self.is(at, Class::FORM_PAST.or(Class::AUXILIARY)) {
                    return None;
                }
            }
            return self.link(lead, false).or((words == 0).then_some(Link::On));
        }
        if self.is_speaking_then(day.start, between.clone()) {
            return Some(Link::On);
        }
        let adjacent =
            self.words(between.clone()).all(|at| self.is(at, Class::ADVERB)) && !self.has_comma(between);
        let last = self.words(lead).next_back();
        let on = last.is_some_and(|at| {
            self.has(at, WordSet::On)
                || self.is_capital(at) && !(at > 0 && self.kind(at - 1) == Some(Kind::Comma))
        });
        (adjacent && on).then_some(Link::On)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Language;
    use crate::source::{Block, BlockKind};
    use crate::syntax::Extent;

    /// The answer for a clause whose cue stands in brackets, published on Thursday, April 17, 2025.
    fn said(marked: &str) -> Option<String> {
        let (before, rest) = marked.split_once('[')?;
        let (cue, after) = rest.split_once(']')?;
        let clause = format!("{before}{cue}{after}");
        let cue = ProseSpan::new(before.len() as u32, (before.len() + cue.len()) as u32);
        let blocks = [Block { kind: BlockKind::Paragraph, span: ProseSpan::new(0, clause.len() as u32) }];
        let parse = Parse::of_blocks(&clause, &blocks, Language::english(), Extent::Everything);
        let days = said_on(&parse, cue, None, Day::new(2025, 4, 17))?;
        Some(match (days.from, days.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (from, to) => format!("{}/{}", from?, to?),
        })
    }

    #[test]
    fn the_clause_tells_the_day() {
        for (clause, day) in [
            ("Reyes [said] on Monday", "2025-04-14"),
            ("Reyes [said] Monday", "2025-04-14"),
            ("Reyes [told] reporters in Lima on Wednesday", "2025-04-16"),
            ("Reyes [told] Channel Six in an interview televised Monday that", "2025-04-14"),
            ("Reyes [said] during a Harbour Radio talk broadcast Monday", "2025-04-14"),
            ("Reyes [said] of the strike on Sunday", "2025-04-13"),
            ("On Monday, Reyes, who leads the union, [said]", "2025-04-14"),
            ("Reyes on Tuesday [said]", "2025-04-15"),
            ("Reyes [wrote] in a letter dated April 3, 2025,", "2025-04-03"),
            ("Reyes [said] at Wednesday’s hearing", "2025-04-16"),
            ("Reyes [said] after Monday’s vote", "2025-04-14/2025-04-17"),
            ("[said] Ana Reyes on Monday", "2025-04-14"),
            ("[wrote] Ana Reyes, the mayor, on April 9", "2025-04-09"),
            ("[said] Mayor Ana Reyes Monday", "2025-04-14"),
            ("Reyes [said] yesterday", "2025-04-16"),
            ("Reyes [said] in a 2014 interview", "2014-01-01/2014-12-31"),
            ("Reyes [said] in March", "2025-03-01/2025-03-31"),
            ("Reyes [said] Thursday", "2025-04-17"),
            ("Reyes [promised] on Tuesday to refrain from it", "2025-04-15"),
            ("Reyes will [say] on Monday", "2025-04-21"),
            ("Reyes, speaking on April 28 in Lima, [said]", "2025-04-28"),
            ("Reyes, testifying Tuesday, [said]", "2025-04-15"),
        ] {
            assert_eq!(said(clause).as_deref(), Some(day), "{clause}");
        }
    }

    #[test]
    fn the_day_belongs_to_something_else() {
        for clause in [
            "Reyes [said] the vote on Friday would fail",
            "[said] Ana Reyes, who resigned on Monday",
            "Reyes [said] he would leave on Monday",
            "Reyes [said] that on Monday the union met",
            "Reyes [said] in Lima the talks on Saturday had failed",
            "Reyes, who resigned on Monday, [said]",
            "Reyes [said] Monday’s vote was void",
            "Reyes [said] before Monday’s vote",
            "The minister elected in 2018 [said]",
            "Reyes [said]",
            "Reyes [said] about Monday",
            "The 1968 contest that Lund won [was] tough",
            "Reyes [said] of the chances for rents in 2027",
        ] {
            assert_eq!(said(clause), None, "{clause}");
        }
    }
}
