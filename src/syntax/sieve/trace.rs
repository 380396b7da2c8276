//! The sieve run to its end, for whoever asks why: what every step would have said of each quotation.
//!
//! An ordinary run stops at the first step that decides. Here all are asked, in the same order and with the same
//! knowledge of what came before; the decisions are those of the ordinary run.

use super::{Asked, Decisions, Pattern, SIEVE, SourceDecision, carry, walk};
use crate::syntax::parse::Parse;
use crate::syntax::token::Kind;

/// What one step of the sieve says of one quotation.
#[derive(Clone, Copy, Debug)]
pub struct Try {
    /// What the step looks for.
    pub step: &'static str,
    /// The patterns it can find.
    pub gives: &'static [Pattern],
    /// What it found; `None` where it passed.
    pub found: Option<SourceDecision>,
    /// The one whose answer holds: the first that found something.
    pub decides: bool,
}

/// The steps that a quotation goes through, in order; empty for one that is no speech or stands inside another.
pub type Trace = Vec<Try>;

/// What goes on from before the quotation's own sentence.
const CARRIED: &[Pattern] = &[
    Pattern::CarriedInParagraph,
    Pattern::CarriedFromIndirect,
    Pattern::CarriedOverParagraph,
    Pattern::IntroducedAbove,
    Pattern::TrailingOff,
];

/// Decides every outermost quotation of a document, and says what each step made of it; one entry a quotation.
pub fn trace(parse: &Parse<'_>) -> (Decisions, Vec<Trace>) {
    let mut traces: Vec<Trace> = vec![Vec::new(); parse.marks().quotations.len()];
    let decisions = walk(parse, |asked| {
        let Kind::Quote(quote) = asked.view.tokens[asked.at].kind else { return };
        let tries = ask(asked);
        // Of speech over several paragraphs a later one's own attribution outweighs what was carried on.
        let own = tries.iter().any(|step| step.decides && step.step != CARRY);
        if let Some(trace) = traces.get_mut(quote.index())
            && (trace.is_empty() || own)
        {
            *trace = tries;
        }
    });
    for (trace, decided) in traces.iter_mut().zip(&decisions.decided) {
        let Some(decided) = decided else { continue };
        let told = trace.iter().find_map(|step| step.found.filter(|_| step.decides));
        if told.is_none_or(|found| found.pattern != decided.pattern) {
            trace.iter_mut().for_each(|step| step.decides = false);
            let gives: &[Pattern] = &[Pattern::DashName];
            trace.push(Try {
                step: "a signature in the next paragraph",
                gives,
                found: Some(*decided),
                decides: true,
            });
        }
    }
    (decisions, traces)
}

const CARRY: &str = "whoever spoke before it";

/// What every step says of one quotation.
fn ask(asked: &Asked<'_, '_>) -> Trace {
    let Asked { view, at, decided, .. } = *asked;
    let mut tries = Vec::with_capacity(SIEVE.len() + 2);
    let mut open = true;
    let mut note = |step, gives, found: Option<SourceDecision>| {
        tries.push(Try { step, gives, found, decides: open && found.is_some() });
        open &= found.is_none();
    };
    if !asked.set_off {
        let gives: &[Pattern] = &[Pattern::CarriedInParagraph];
        note("an interruption that it goes on after", gives, carry::resumed(view, at, decided));
        for step in SIEVE {
            note(step.name, step.gives, (step.sift)(view, at));
        }
    }
    note(CARRY, CARRIED, asked.carry.decide(view, at, decided));
    tries
}
