//! The characters used as quotation marks, and what stands beside them.

use crate::source::ProseSpan;

/// A character, or a pair of them, used as a quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// `"`
    Straight,
    /// “
    CurlyOpen,
    /// ”
    CurlyClose,
    /// „
    Low,
    /// '
    SingleStraight,
    /// ‘
    SingleOpen,
    /// ’
    SingleClose,
    /// ‚
    SingleLow,
    /// «
    GuillemetLeft,
    /// »
    GuillemetRight,
    /// ‹
    AngleLeft,
    /// ›
    AngleRight,
    /// 「
    CornerOpen,
    /// 」
    CornerClose,
    /// 『
    DoubleCornerOpen,
    /// 』
    DoubleCornerClose,
    /// `''`, two apostrophes for a double mark
    DoubleApostrophe,
    /// `’’`
    DoubleCurlyApostrophe,
    /// `‘‘`
    DoubleCurlyOpen,
    /// two backticks
    Backticks,
    /// `,,`, two commas for „
    Commas,
    /// ″
    DoublePrime,
    /// no mark: a block set off by the format
    None,
}

/// Glyphs that can pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Double marks and what stands in for them.
    Double,
    /// Single marks.
    Single,
    /// « ».
    Guillemet,
    /// ‹ ›.
    Angle,
    /// 「 」.
    Corner,
    /// 『 』.
    DoubleCorner,
}

impl Glyph {
    /// Which glyphs it can pair with.
    pub const fn family(self) -> Family {
        match self {
            Self::SingleStraight | Self::SingleOpen | Self::SingleClose | Self::SingleLow => Family::Single,
            Self::GuillemetLeft | Self::GuillemetRight => Family::Guillemet,
            Self::AngleLeft | Self::AngleRight => Family::Angle,
            Self::CornerOpen | Self::CornerClose => Family::Corner,
            Self::DoubleCornerOpen | Self::DoubleCornerClose => Family::DoubleCorner,
            _ => Family::Double,
        }
    }

    /// Something else than a quotation mark, used as one.
    pub const fn is_stand_in(self) -> bool {
        matches!(
            self,
            Self::DoubleApostrophe
                | Self::DoubleCurlyApostrophe
                | Self::DoubleCurlyOpen
                | Self::Backticks
                | Self::Commas
                | Self::DoublePrime
        )
    }

    /// Shaped to open, whatever stands beside it.
    pub const fn is_opening_shape(self) -> bool {
        matches!(
            self,
            Self::CurlyOpen
                | Self::Low
                | Self::SingleOpen
                | Self::SingleLow
                | Self::CornerOpen
                | Self::DoubleCornerOpen
                | Self::DoubleCurlyOpen
                | Self::Backticks
                | Self::Commas
        )
    }

    /// Shaped to close, whatever stands beside it.
    pub const fn is_closing_shape(self) -> bool {
        matches!(self, Self::CurlyClose | Self::SingleClose | Self::CornerClose | Self::DoubleCornerClose)
    }

    /// Do an opening and a closing mark belong to one style?
    pub const fn pairs_with(self, close: Self) -> bool {
        use Glyph::{
            AngleLeft, AngleRight, Backticks, CornerClose, CornerOpen, CurlyClose, CurlyOpen,
            DoubleApostrophe, DoubleCornerClose, DoubleCornerOpen, DoubleCurlyApostrophe, DoubleCurlyOpen,
            GuillemetLeft, GuillemetRight, Low, SingleClose, SingleLow, SingleOpen, SingleStraight, Straight,
        };
        matches!(
            (self, close),
            (Straight, Straight)
                | (CurlyOpen | Low | CurlyClose, CurlyClose)
                | (Low, CurlyOpen)
                | (SingleStraight, SingleStraight)
                | (SingleOpen | SingleLow | SingleClose, SingleClose)
                | (SingleLow, SingleOpen)
                | (GuillemetLeft, GuillemetRight)
                | (GuillemetRight, GuillemetLeft | GuillemetRight)
                | (AngleLeft, AngleRight)
                | (AngleRight, AngleLeft)
                | (CornerOpen, CornerClose)
                | (DoubleCornerOpen, DoubleCornerClose)
                | (DoubleApostrophe | Backticks, DoubleApostrophe)
                | (DoubleCurlyOpen, DoubleCurlyApostrophe)
        )
    }
}

/// What stands beside a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// White space, or the edge of the block.
    Space,
    /// A letter.
    Letter,
    /// A digit.
    Digit,
    /// What can stand before an opening mark: brackets, dashes, a slash.
    Opener,
    /// What can stand before a closing mark: stops, commas, closing brackets.
    Stop,
    /// Another quotation mark.
    Mark,
    /// Anything else: $, #, @, an ellipsis.
    Other,
}

/// One mark in the text.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Where it stands in the prose.
    pub span: ProseSpan,
    /// What it is.
    pub glyph: Glyph,
    /// What stands before it.
    pub before: Beside,
    /// What stands after it.
    pub after: Beside,
}

impl Mark {
    /// Does white space stand on both sides: an arrow, a separator, a mark that is talked about?
    pub const fn is_detached(self) -> bool {
        matches!((self.before, self.after), (Beside::Space, Beside::Space))
    }

    /// Does nothing but white space, brackets or stops stand beside it, so that it neither opens nor closes words?
    pub const fn is_alone(self) -> bool {
        matches!(self.before, Beside::Space | Beside::Opener)
            && matches!(self.after, Beside::Space | Beside::Stop)
    }

    /// May it open, judging by what stands beside it?
    pub const fn may_open(self) -> bool {
        matches!(self.before, Beside::Space | Beside::Opener | Beside::Mark)
            && !matches!(self.after, Beside::Space)
    }

    /// May it close, judging by what stands beside it?
    pub const fn may_close(self) -> bool {
        !matches!(self.before, Beside::Space)
            && matches!(
                self.after,
                Beside::Space | Beside::Stop | Beside::Opener | Beside::Mark | Beside::Other
            )
    }
}
