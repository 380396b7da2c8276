//! Quotation marks that are not as they should be.

use serde::{Deserialize, Serialize};

use crate::source::Span;
use crate::syntax::MarkFaultKind;

/// One odd mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkFault {
    /// What is odd.
    pub kind: MarkFaultKind,
    /// The mark, or the marks and what stands between them.
    pub span: Span,
    /// Another place that matters: the mark it should pair with, the paragraph that should open anew.
    pub related: Option<Span>,
    /// What belongs at `span` instead, where that is certain.
    pub instead: Option<String>,
}
