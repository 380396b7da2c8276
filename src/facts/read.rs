//! Facts of a document: the grammar's findings, tied together and placed in the file.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::condition;
use super::foreign::ForeignBlocks;
use super::medium;
use super::place;
use super::why::{self, Verdict, Why};
use super::word_places;
use super::{
    Attribution, BlockFact, CONFIDENCE, Depth, FileFacts, Hints, Indirect, MarkFault, Mention, Phrase,
    Quotation, QuotationKind, Setting, TapeFact, TapeHints, Turn, WordPlaces, dates, details, display, gist,
    mark, published,
};
use crate::calendar::Day;
use crate::lexicon::{Class, lexicon};
use crate::reference::{Dialogue, Reading, Resolution, names_in_quotation, said_on};
use crate::source::{Block, BlockKind, Document, Prose, ProseSpan, TextKind, one_line};
use crate::syntax::clause::sentence::QuotationShape;
use crate::syntax::marks::{Glyph, MarkedFault, MarkedQuotation};
use crate::syntax::names::acts;
use crate::syntax::sieve::NotSpeech;
use crate::syntax::transcript::Layout;
use crate::syntax::{Parse, QuotationId, TokenId, TokenRange, mentions, sieve, transcript};

/// Words up to which a quotation's own do not tell its topic.
const FEW: u32 = 10;

/// Reads a document's facts.
pub fn read(document: &Document, hints: &Hints) -> FileFacts {
    // Subtitles are transcripts wherever they come from.
    let subtitles = [".vtt", ".srt"].iter().any(|ending| document.path.ends_with(ending));
    if hints.transcript || subtitles {
        return read_transcript(document, &hints.tape);
    }
    let prose = document.prose();
    let hints = &hints.clone().with_front_matter_of(document, &prose);
    let published = published::discover(document, &prose, hints);
    let day = published.as_ref().map(|published| published.day);
    let mut facts = read_with(&prose, hints, day, None);
    facts.path.clone_from(&document.path);
    facts.format = document.format;
    facts.desk.clone_from(&hints.desk);
    facts.listed.clone_from(&hints.listed);
    facts.published = published;
    facts.dateline = published::dateline_date(&prose).map(|span| prose.to_text(span));
    if hints.depth == Depth::Everything {
        (facts.directives, facts.directive_faults) = super::directives::read(document, &facts.blocks);
        let above = display::compare(document, &prose, &facts.quotations, hints.language);
        (facts.display_only, facts.display_numbers) = (above.missing, above.numbers);
        facts.statements.extend(above.statements);
    }
    facts
}

/// A transcript says what was said, and nothing that a draft does.
fn read_transcript(document: &Document, hints: &TapeHints) -> FileFacts {
    let text = document.text.as_str();
    let spoken = transcript::read(text);
    let turns: Vec<Turn> = (spoken.lines.into_iter())
        .map(|line| Turn {
            places: WordPlaces::search(&line.words, text, line.span),
            speaker: line.speaker,
            at: line.at,
            span: line.span,
            words: line.words,
        })
        .collect();
    let tape = TapeFact::read(&document.path, text, &turns, spoken.layout.name(), spoken.machine, hints);
    FileFacts {
        path: document.path.clone(),
        format: document.format,
        unreadable: (spoken.layout == Layout::BrokenJson).then(|| "this JSON does not parse".to_owned()),
        words: turns.iter().map(|turn| turn.words.split_whitespace().count() as u32).sum(),
        turns,
        tape: Some(tape),
        ..FileFacts::default()
    }
}

/// Reads the facts that stand in a document's prose, which is in the language of the hints and published on no day that is
/// known.
pub fn read_prose(prose: &Prose<'_>, hints: &Hints) -> FileFacts {
    read_with(prose, hints, None, None)
}

/// Reads the facts. `published` is the day from which the days in it are counted. Where `account` is given, each quotation's decision is accounted for there, in the order of the
/// facts' quotations. With and without an account it is the same reading: the sieve only asks the steps after the one
/// that decides as well.
pub(super) fn read_with(
    prose: &Prose<'_>,
    hints: &Hints,
    published: Option<Day>,
    mut account: Option<&mut Vec<Why>>,
) -> FileFacts {
    let depth = hints.depth;
    let enough = hints.confidence.unwrap_or(CONFIDENCE);
    let text: &str = &prose.text;
    let parsed = Reading::of(prose, hints.language, depth.extent(), hints.conventions());
    // In a language that sayso does not read, only the marks are.
    let other_language = hints.other_language.map(|language| language.code.to_owned());
    let english = other_language.is_none();
    let detailed = depth == Depth::Everything && english;
    let Reading { parse, headings, .. } = &parsed;
    let (marked, shapes, tokens) = (parse.marks(), parse.shapes(), parse.tokens());
    let mark_fault = |fault: &MarkedFault| {
        let replaced = fault.replaced.map(|span| prose.to_text(span));
        // Where the file has markup between the signs, it would go with them.
        let plain = fault.replaced.map(|span| span.len()) == replaced.map(|span| span.len());
        MarkFault {
            kind: fault.kind,
            span: prose.to_text(fault.span),
            related: fault.related.map(|span| prose.to_text(span)),
            also: fault.also.iter().map(|span| prose.to_text(*span)).collect(),
            instead: fault.instead.filter(|_| plain).map(str::to_owned),
            replaced: replaced.filter(|_| plain),
        }
    };
    let mark_faults = marked.faults.iter().map(mark_fault).collect();
    if depth == Depth::Quotations && marked.quotations.is_empty() {
        return FileFacts { mark_faults, other_language, ..FileFacts::default() };
    }
    let (mut decisions, traces) = match &account {
        _ if !english => (sieve::Decisions::abstaining(parse), Vec::new()),
        Some(_) => sieve::trace(parse),
        None => (sieve::attribute(parse), Vec::new()),
    };
    let foreign = if english { ForeignBlocks::read(prose) } else { ForeignBlocks::default() };
    for (quotation, decided) in marked.quotations.iter().zip(&mut decisions.decided) {
        if foreign.has(quotation.block) {
            *decided = None;
        }
    }
    let dialogue = Dialogue::read(parse, hints.kind);
    dialogue.withdraw(&mut decisions.decided);
    let headlines: FxHashSet<String> = (headings.iter().map(|heading| headline(heading.of(text))))
        .filter(|headline| !headline.is_empty())
        .collect();
    let mut people = parsed.people(&decisions.decided);
    if depth == Depth::Quotations {
        people.ask_voices_only();
        if account.is_none() {
            people.leave_rivals_out();
        }
    }
    if dialogue.kind == TextKind::Fiction {
        people.read_as_fiction();
    }
    let mut resolutions: Vec<Resolution> = marked
        .quotations
        .iter()
        .zip(&decisions.decided)
        .map(|(quotation, decision)| Resolution::of(*decision, quotation.level, &people, enough))
        .collect();
    if english {
        dialogue.settle(parse, &people, &mut resolutions, enough);
    }
    let words = |span: ProseSpan| Phrase { span: prose.to_text(span), text: one_line(span.of(text)) };
    let setting = |block: &Block, tokens: TokenRange| {
        let setting = Setting::read(text, block.span, parse.words(tokens));
        if dialogue.kind == TextKind::Fiction { setting.in_fiction() } else { setting }
    };
    let block = |(block, tokens): (&Block, TokenRange)| BlockFact {
        kind: block.kind,
        span: prose.to_text(block.span),
        digest: digest(block.span.of(text)),
        setting: setting(block, tokens),
    };
    let mut facts = FileFacts {
        words: match depth {
            Depth::Everything => tokens.iter().filter(|token| token.is_word()).count() as u32,
            Depth::Quotations => 0,
        },
        blocks: match depth {
            Depth::Everything => parse.block_tokens().map(block).collect(),
            Depth::Quotations => Vec::new(),
        },
        mark_faults,
        other_language,
        quotations: Vec::with_capacity(marked.quotations.len()),
        ..FileFacts::default()
    };
    let passage = mentions::Passage::new(parse.all());
    let mut mentioned = Vec::new();
    let mut sentence = mentions::SharedSentence::default();
    for (name, person) in people.names().take_while(|_| detailed) {
        let around = parse.sentence_around(TokenId::new(name.start)).indices();
        match mentions::mention(passage, name, around, &mut sentence, person) {
            Some(mention) => mentioned.push(mention),
            None => {
                facts.names.push(words(name.span));
                facts.acting.extend(acts(parse.all(), name).then(|| words(name.span)));
            }
        }
    }
    if detailed {
        details::read(prose, parse, &mentioned, hints.tapes, &mut facts);
    }
    let placed = mentioned.into_iter().map(|mention| Mention::placed(mention, |span| prose.to_text(span)));
    facts.mentions.extend(placed);
    let hearer = |cue: ProseSpan, source: Option<ProseSpan>| sieve::hearer(parse, cue, source);
    let reports = if detailed { sieve::indirect(parse) } else { Vec::new() };
    facts.indirect = reports
        .into_iter()
        .map(|found| {
            let to = hearer(found.cue, Some(found.source)).map(words);
            let attribution = Attribution {
                source: Some(words(found.source)),
                cue: Some(words(found.cue)),
                speaker: people.resolve(found.source, found.head_kind),
                place: place::after(text, found.cue),
                said_on: said_on(parse, found.cue, Some(found.content), published),
                medium: medium::medium(parse, found.circumstance, to.as_ref().map(|to| to.text.as_str()))
                    .or_else(|| medium::opening(parse, found.source)),
                to,
                evidence: Cow::Borrowed(found.form.name()),
                confidence: found.form.precision(),
                rival: None,
                described: is_described(text, found.source),
                countersigned: None,
            };
            let content = words(found.content);
            Indirect { gist: gist(&content.text), content, attribution }
        })
        .collect();
    for (index, quotation) in marked.quotations.iter().enumerate() {
        let at = parse.quotation_token(QuotationId::new(index));
        let resolution = &resolutions[index];
        let attribution = resolution.attributes(enough).map(|found| {
            let to = found.cue.and_then(|cue| hearer(cue, found.source)).map(words);
            let after = writers_words(parse, at, found.cue);
            Attribution {
                source: resolution.source.map(words),
                cue: found.cue.map(words),
                speaker: resolution.speaker.clone(),
                rival: resolution.rival.clone(),
                described: detailed && resolution.source.is_some_and(|source| is_described(text, source)),
                countersigned: countersigned(&decisions, index, resolution.source, text).map(words),
                place: found
                    .cue
                    .filter(|_| depth == Depth::Everything)
                    .and_then(|cue| place::after(text, cue)),
                said_on: found.cue.and_then(|cue| said_on(parse, cue, None, published)),
                medium: after
                    .and_then(|after| medium::medium(parse, after, to.as_ref().map(|to| to.text.as_str())))
                    .or_else(|| resolution.source.and_then(|source| medium::opening(parse, source))),
                to,
                evidence: Cow::Borrowed(found.pattern.name()),
                confidence: found.pattern.precision(),
            }
        });
        let compared = depth == Depth::Everything;
        let (said, places) = match compared || attribution.is_none() {
            true => inside(prose, quotation),
            false => Default::default(),
        };
        // The headline of the text itself, quoted: “Post a comment on “…””.
        let echo = attribution.is_none() && headlines.contains(&headline(&said));
        let before = interrupted(text, &marked.quotations, shapes, index);
        let kind = kind(
            quotation,
            &shapes[index],
            attribution.is_some(),
            if echo { Some(NotSpeech::Title) } else { decisions.no_speech[index] },
            prose.blocks[quotation.block].kind,
        );
        let short =
            compared && (hints.words_around || kind != QuotationKind::Title && shapes[index].words <= FEW);
        let around = at.filter(|_| short).map(|at| around(parse, at));
        if let Some(account) = &mut account {
            let instead = decisions.no_speech[index].map(NotSpeech::words).or(echo.then_some(OWN_HEADLINE));
            let trace = traces.get(index).map_or(&[][..], Vec::as_slice);
            let mut why = why::explain(resolution, trace, instead, quotation.level, &people, enough, &words);
            if !english || foreign.has(quotation.block) {
                why.verdict = Verdict::OtherLanguage;
            }
            account.push(why);
        }
        let condition_told = compared
            && quotation.level == 0
            && condition::is_told(text, quotation.span, prose.blocks[quotation.block].span);
        facts.quotations.push(Quotation {
            span: prose.to_text(quotation.span),
            segments: quotation.segments.iter().map(|span| prose.to_text(*span)).collect(),
            text: quotation.span.of(text).to_owned(),
            words: if compared { said } else { String::new() },
            places: if compared { places } else { WordPlaces::default() },
            around: around.unwrap_or_default(),
            condition_told,
            kind,
            level: quotation.level,
            block: quotation.block as u32,
            continues: before.filter(|_| quotation.level == 0),
            closed: quotation.close.is_some(),
            attribution,
        });
        // The words of a title, and words at arm's length, are spelled as somebody else spelled them.
        if detailed && quotation.level == 0 && !matches!(kind, QuotationKind::Title | QuotationKind::Scare) {
            let (mentioned, others) = names_in_quotation(parse, QuotationId::new(index), &people);
            facts
                .mentions
                .extend(mentioned.into_iter().map(|it| Mention::placed(it, |span| prose.to_text(span))));
            facts.names.extend(others.into_iter().map(words));
        }
    }
    if detailed {
        facts.dates = dates::resolve(prose, parse, &dates::spoken(&facts.quotations), published);
    }
    foreign.leave_out(prose, &mut facts);
    facts.mark_faults.extend(mark::mixed(&facts));
    facts.mark_faults.extend(mark::mixed_apostrophes(&marked.apostrophes, |span| prose.to_text(span)));
    facts.mentions.sort_by_key(|mention| mention.span.start);
    facts.names.sort_by_key(|name| name.span.start);
    facts
}

/// The second name that signs the quotation at `index`, where that is not `source` again.
fn countersigned(
    decisions: &sieve::Decisions,
    index: usize,
    source: Option<ProseSpan>,
    text: &str,
) -> Option<ProseSpan> {
    let mut second = decisions.countersigned.iter().filter(|(quotation, _)| quotation.index() == index);
    let (_, second) = second.next()?;
    (second.of(text) != source?.of(text)).then_some(*second)
}

/// Do the words after a source say who that is: “, a fisherman”, “, 34”, “, who gave one name”, “ (2014)”?
fn is_described(text: &str, source: ProseSpan) -> bool {
    let after = text.get(source.end as usize..).unwrap_or("");
    let Some(aside) = after.strip_prefix(", ") else { return after.starts_with(" (") };
    let word = aside.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or("");
    word.starts_with(|sign: char| sign.is_ascii_digit())
        || lexicon().class(word).any(Class::DETERMINER.or(Class::RELATIVE).or(Class::POSSESSIVE))
}

/// The writer's words after a cue, up to the quotation or to the sentence's end: they tell how it was said.
fn writers_words(parse: &Parse<'_>, at: Option<TokenId>, cue: Option<ProseSpan>) -> Option<ProseSpan> {
    let (at, cue) = (at?, cue?);
    let end = parse.span(parse.sentence_around(at)).end;
    let quote = parse.token(at)?.span;
    let until = if cue.end <= quote.start { quote.start } else { end };
    (cue.end <= until).then(|| ProseSpan::new(cue.end, until))
}

/// The quotation that this one goes on with: “A,” he said, “b”. The sentence was open when the writer stepped in and
/// goes on with a small letter, or with a capital after a dash or comma within the same sentence of the writer's.
fn interrupted(
    text: &str,
    quotations: &[MarkedQuotation],
    shapes: &[QuotationShape],
    index: usize,
) -> Option<u32> {
    const LONGEST_INTERRUPTION: u32 = 120;
    let this = &quotations[index];
    let (at, before) = quotations[..index].iter().enumerate().rev().find(|(_, other)| other.level == 0)?;
    let between = ProseSpan::new(before.span.end, this.span.start);
    let open = matches!(shapes[at].last, ',' | '-') && !shapes[index].capital;
    let near = before.block == this.block && between.len() <= LONGEST_INTERRUPTION;
    if !open || !near || before.level != this.level {
        return None;
    }
    let words = between.of(text).trim();
    let apart = words.is_empty()
        || words.contains(['.', '?', '!', '\n', ';'])
        || !words.ends_with([',', ':', '—', '-']);
    (!apart).then_some(at as u32)
}

/// A hash of a block's words; 0 for one too short to be worth finding again, a subhead or a dateline.
fn digest(block: &str) -> u64 {
    const SHORTEST: usize = 10;
    let mut line: Vec<u8> = Vec::with_capacity(block.len() + 1);
    let mut words = 0;
    let mut add = |word: &str| {
        words += 1;
        line.extend_from_slice(word.as_bytes());
        line.push(b' ');
    };
    // Bytes are looked at, since nearly all white space is ASCII; what is left with other letters is parted once more.
    for word in block.split(|c| matches!(c, '\t'..='\r' | ' ')).filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            add(word);
        } else {
            word.split_whitespace().for_each(&mut add);
        }
    }
    if words < SHORTEST { 0 } else { xxhash_rust::xxh3::xxh3_64(&line).max(1) }
}

/// Tokens before and after a quotation that tell its topic. A longer sentence is a list, and each of its quotations would
/// carry a copy of all of it.
const NEAR: usize = 60;

/// The writer's words in the sentence of the quotation whose token is at `at`.
fn around(parse: &Parse<'_>, at: TokenId) -> String {
    let TokenRange { start, end } = parse.sentence_around(at);
    let start = start.max(TokenId::new(at.index().saturating_sub(NEAR)));
    let end = end.min(TokenId::new(at.index() + 1 + NEAR));
    let words = |start, end| one_line(parse.span(TokenRange { start, end }).of(parse.text()));
    let mut around = words(start, at);
    around.push(' ');
    around.push_str(&words(at.next(), end));
    around.trim().to_owned()
}

/// A quotation's words without its own marks, paragraphs joined by a line feed.
fn inside(prose: &Prose<'_>, quotation: &MarkedQuotation) -> (String, WordPlaces) {
    let text: &str = &prose.text;
    let mut places = word_places::Builder::default();
    let last = quotation.segments.len() - 1;
    let mut words = String::with_capacity(quotation.span.len() as usize);
    for (index, segment) in quotation.segments.iter().enumerate() {
        let opens = index == 0 || quotation.open.len_in_prose() > 0 && begins_with_mark(segment.of(text));
        // A later paragraph may open with another mark than the first.
        let mark = if index == 0 { quotation.open.len_in_prose() } else { opening_len(segment.of(text)) };
        let start = segment.start + if opens { mark } else { 0 };
        let close = if index == last { quotation.close.map_or(0, Glyph::len_in_prose) } else { 0 };
        if index > 0 {
            words.push('\n');
        }
        // A line break within a paragraph is white space; only between paragraphs does it mean something.
        let span = ProseSpan::new(start, segment.end.saturating_sub(close));
        let line = one_line(span.of(text));
        if line.len() == span.len() as usize {
            places.copy(words.len(), span, prose);
        } else {
            let mut from = start as usize;
            for word in line.split(' ') {
                from += text.get(from..).and_then(|rest| rest.find(word)).unwrap_or(0);
                let offset = words.len() + (word.as_ptr() as usize - line.as_ptr() as usize);
                places.copy(offset, ProseSpan::new(from as u32, (from + word.len()) as u32), prose);
                from += word.len();
            }
        }
        words.push_str(&line);
    }
    (words, places.done())
}

/// What the words of the text's own headline are instead of speech.
const OWN_HEADLINE: &str = "the headline of this text";

/// A headline as it is compared: small letters, without the stop that a quotation may have put after it.
fn headline(words: &str) -> String {
    words.trim().trim_end_matches(['.', ',']).to_lowercase()
}

/// Bytes of the mark that a later paragraph of a quotation opens with.
fn opening_len(segment: &str) -> u32 {
    let pair = ["''", "``", ",,", "’’", "‘‘"].into_iter().find(|pair| segment.starts_with(*pair));
    let one = || segment.chars().next().map_or(0, char::len_utf8);
    pair.map_or_else(one, str::len) as u32
}

/// A later paragraph of a quotation opens anew, or goes on without a mark.
fn begins_with_mark(segment: &str) -> bool {
    segment.starts_with(['"', '“', '”', '„', '«', '»', '\'', '`', '‘', '’', '‹', '›', '「', '『'])
}

fn kind(
    quotation: &MarkedQuotation,
    shapes: &QuotationShape,
    attributed: bool,
    no_speech: Option<NotSpeech>,
    block: BlockKind,
) -> QuotationKind {
    let ends = matches!(shapes.last, '.' | ',' | '?' | '!' | '-' | '…');
    match no_speech {
        Some(NotSpeech::Title) => QuotationKind::Title,
        Some(NotSpeech::Nickname | NotSpeech::Naming | NotSpeech::Gloss | NotSpeech::Sign) => {
            QuotationKind::Scare
        }
        None if quotation.open == Glyph::None || block == BlockKind::BlockQuote => QuotationKind::Block,
        None if shapes.capital && (ends || shapes.words > SENTENCE) => QuotationKind::Sentence,
        None if attributed || shapes.words > SCARE => QuotationKind::Fragment,
        None => QuotationKind::Scare,
    }
}

/// A capital and more words than this make a sentence even without a stop.
const SENTENCE: u32 = 6;

/// The most words that are held at arm's length: more are somebody's, even where nobody is named.
const SCARE: u32 = 4;

#[cfg(test)]
mod tests {
    use super::{Depth, Hints, read_prose};
    use crate::source::{Document, Format, Text};

    const TEXT: &str = "Ana Ruiz met Wilf Tarrant at the pier. “We agreed,” she said.\n\n\
        A skipper from Skarrow was there. “Hardly,” he said. But Tarrant's sister left; she waved.\n\n\
        The deckhand stayed. Her mother, on Friday, told Ruiz to go. “It is late,” she said. He shrugged.\n";

    #[test]
    fn who_said_what_does_not_hang_on_the_depth() {
        let document = Document::new("a.txt", Format::Plain, Text::new(TEXT.to_owned()));
        let speakers = |depth: Depth| -> Vec<Option<String>> {
            let facts = read_prose(&document.prose(), &Hints { depth, ..Hints::default() });
            let attributions = facts.quotations.into_iter().filter_map(|quotation| quotation.attribution);
            attributions.map(|attribution| attribution.speaker.map(|speaker| speaker.name)).collect()
        };
        let told = speakers(Depth::Quotations);
        assert_eq!(told, speakers(Depth::Everything));
        // Where there is none, what is wrong with the marks is told all the same.
        let broken =
            Document::new("b.txt", Format::Plain, Text::new("The pier is shut.” It rained.\n".to_owned()));
        let faults =
            |depth| read_prose(&broken.prose(), &Hints { depth, ..Hints::default() }).mark_faults.len();
        assert_eq!((faults(Depth::Quotations), faults(Depth::Everything)), (1, 1));
        let expected = ["Ana Ruiz", "A skipper from Skarrow", "Her mother"];
        assert_eq!(told, expected.map(|name| Some(name.to_owned())));
    }
}
