//! The patterns of the sieve by name, each with the precision measured for it.

use std::sync::LazyLock;

/// The pattern that decided who said a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// “…,” said Reyes.
    CueThenSource,
    /// “…,” Reyes said.
    SourceThenCue,
    /// “…,” Reyes, the harbour master, said.
    SourceAsideCue,
    /// “…,” according to Reyes.
    AccordingToAfter,
    /// According to Reyes, “…”
    AccordingToBefore,
    /// Reyes said: “…”
    CueColon,
    /// Reyes said, “…”
    CueComma,
    /// Reyes said that the port was “…”
    CueBefore,
    /// Reyes called the port “…”
    CallBefore,
    /// Reyes went on to say “…”; saying “…”
    GerundBefore,
    /// what Reyes called “…”
    WhatCalled,
    /// Reyes, who said “…”
    RelativeBefore,
    /// The port, Reyes said, is “…”
    ParenthesisBefore,
    /// The port is “…” and closed, Reyes said.
    TrailingCue,
    /// Reyes's claim that the port was “…”
    CueNoun,
    /// Reyes's answer was: “…”
    NounIs,
    /// Reyes had one answer: “…”
    AgentColon,
    /// REYES: “…”; Reyes: “…”
    NameColon,
    /// “…” — Ana Reyes
    DashName,
    /// “…,” Reyes said. “…”
    CarriedInParagraph,
    /// Reyes said the port was closed. “…”
    CarriedFromIndirect,
    /// A quotation alone in its paragraph, after a paragraph of the same speaker.
    CarriedOverParagraph,
    /// Reyes said this:¶ “…”
    IntroducedAbove,
    /// “…,” Reyes said. It was “…” by then.
    TrailingOff,
    /// “…,” Reyes said. ¶ “…,” said Okafor. ¶ “…”: two who speak in turn.
    AlternatingTurns,
    /// “…, Reyes?” ¶ “…”: the one whom the turn beside it addresses.
    AnswersToName,
    /// Reyes laughed. “…”: in fiction, the one who acts beside the speech.
    ActionBeside,
    /// A weak cue: Reyes found “…”
    WeakCue,
    /// chants of “…”
    CueAlone,
    /// No cue at all: Reyes waved a “…” sign
    Agent,
}

impl Pattern {
    /// Every pattern, most certain first.
    pub const ALL: [Self; 30] = [
        Self::CueThenSource,
        Self::SourceThenCue,
        Self::SourceAsideCue,
        Self::AccordingToAfter,
        Self::AccordingToBefore,
        Self::CueColon,
        Self::CueComma,
        Self::CueBefore,
        Self::CallBefore,
        Self::GerundBefore,
        Self::WhatCalled,
        Self::RelativeBefore,
        Self::ParenthesisBefore,
        Self::TrailingCue,
        Self::CueNoun,
        Self::NounIs,
        Self::AgentColon,
        Self::NameColon,
        Self::DashName,
        Self::CarriedInParagraph,
        Self::CarriedFromIndirect,
        Self::CarriedOverParagraph,
        Self::IntroducedAbove,
        Self::TrailingOff,
        Self::AlternatingTurns,
        Self::AnswersToName,
        Self::ActionBeside,
        Self::WeakCue,
        Self::CueAlone,
        Self::Agent,
    ];

    /// The name that facts carry as evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CueThenSource => "cue-after-inverted",
            Self::SourceThenCue => "cue-after",
            Self::SourceAsideCue => "cue-after-aside",
            Self::AccordingToAfter => "according-to-after",
            Self::AccordingToBefore => "according-to-before",
            Self::CueColon => "cue-colon",
            Self::CueComma => "cue-comma",
            Self::CueBefore => "cue-before",
            Self::CallBefore => "call-before",
            Self::GerundBefore => "participle-before",
            Self::WhatCalled => "what-called",
            Self::RelativeBefore => "relative-before",
            Self::ParenthesisBefore => "parenthesis-before",
            Self::TrailingCue => "cue-trailing",
            Self::CueNoun => "cue-noun",
            Self::NounIs => "cue-noun-is",
            Self::AgentColon => "agent-colon",
            Self::NameColon => "name-colon",
            Self::DashName => "dash-name",
            Self::CarriedInParagraph => "carried-in-paragraph",
            Self::CarriedFromIndirect => "carried-from-indirect",
            Self::CarriedOverParagraph => "carried-over-paragraph",
            Self::IntroducedAbove => "introduced-above",
            Self::TrailingOff => "carried-trailing",
            Self::AlternatingTurns => "alternating-turns",
            Self::AnswersToName => "answers-to-name",
            Self::ActionBeside => "action-beside",
            Self::WeakCue => "weak-cue",
            Self::CueAlone => "cue-alone",
            Self::Agent => "clause-agent",
        }
    }

    /// Decided by what came before, not by the quotation's own clause.
    pub const fn is_carried(self) -> bool {
        matches!(
            self,
            Self::CarriedInParagraph
                | Self::CarriedFromIndirect
                | Self::CarriedOverParagraph
                | Self::IntroducedAbove
                | Self::TrailingOff
                | Self::AlternatingTurns
                | Self::AnswersToName
        )
    }

    /// Is it decided by the exchange that a turn is part of, after the sieve?
    pub const fn is_of_dialogue(self) -> bool {
        matches!(self, Self::AlternatingTurns | Self::AnswersToName | Self::ActionBeside)
    }

    /// Does it rest on words that attribute?
    pub const fn has_cue(self) -> bool {
        !matches!(self, Self::Agent)
    }

    /// Its measured precision, 0 to 1.
    pub fn precision(self) -> f32 {
        PRECISION[self as usize]
    }
}

static PRECISION: LazyLock<[f32; Pattern::ALL.len()]> = LazyLock::new(|| {
    let mut precision = [0.5; Pattern::ALL.len()];
    for line in
        include_str!("../../../rules/words/patterns.txt").lines().filter(|line| !line.starts_with('#'))
    {
        let mut fields = line.split_whitespace();
        let (Some(name), Some(value)) = (fields.next(), fields.next().and_then(|value| value.parse().ok()))
        else {
            continue;
        };
        if let Some(pattern) = Pattern::ALL.iter().find(|pattern| pattern.name() == name) {
            precision[*pattern as usize] = value;
        }
    }
    precision
});
