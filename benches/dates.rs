//! Finding dates in prose and resolving them, by bytes of prose.

use divan::Bencher;
use divan::counter::BytesCount;
use sayso::calendar::Day;
use sayso::facts::dates::resolve;
use sayso::lexicon::Language;
use sayso::source::{Block, BlockKind, Prose, ProseSpan};
use sayso::syntax::dates::find;
use sayso::syntax::marks::Conventions;
use sayso::syntax::{Extent, Parse};

fn main() {
    divan::main();
}

/// A paragraph as news copy has them: a date in every other sentence.
const PARAGRAPH: &str = "The harbour board will vote on the new pier on Thursday, its chairwoman, Ida Kerr, said in a \
    statement. The plan, first shown in March 2019, was sent back after the storm of Jan. 12 and has been revised twice \
    since. Owners of smaller boats have asked for more berths on the southern side, where the current is weaker, and for \
    a lower fee in the first years. “We have waited long enough,” Kerr said last week. A study by the port's engineers \
    puts the cost at 14 million crowns, a third more than the 2019 estimate, and the work at two summers.\n\n";

fn text() -> String {
    PARAGRAPH.repeat(2000)
}

#[divan::bench]
fn finds(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher.counter(BytesCount::of_str(&text)).bench(|| find(&text).len());
}

#[divan::bench]
fn resolves(bencher: Bencher<'_, '_>) {
    let text = text();
    let blocks = (0..2000).map(|at| Block {
        kind: BlockKind::Paragraph,
        span: ProseSpan::new(at * PARAGRAPH.len() as u32, (at + 1) * PARAGRAPH.len() as u32 - 2),
    });
    let prose = Prose {
        text: text.as_str().into(),
        pieces: Vec::new(),
        blocks: blocks.collect(),
        languages: Vec::new(),
    };
    let published = Day::new(2025, 4, 17);
    let parse = Parse::of(&prose, Language::english(), Extent::Everything, Conventions::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| resolve(&prose, &parse, &[], published).len());
}
