//! The text of a Jupyter notebook: its cells in Markdown, one paragraph a line. Code and what it printed are no prose.

use serde_json::Value;

use super::super::prose::FrontMatter;
use super::super::{Text, markdown, without_lone_surrogates};
use super::layout::Composer;
use super::{ContainerFault, Extract};

/// Takes the text out.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, ContainerFault> {
    // Half of a character may be left over where a cell was cut; it is no reason to refuse the others.
    let mended = || serde_json::from_str(&without_lone_surrogates(std::str::from_utf8(bytes).ok()?)).ok();
    let notebook: Value = serde_json::from_slice(bytes).ok().or_else(mended).ok_or(ContainerFault::Broken)?;
    // Notebooks before version 4 have their cells in worksheets.
    let sheet = notebook.pointer("/worksheets/0/cells");
    let cells = notebook.get("cells").or(sheet).and_then(Value::as_array).ok_or(ContainerFault::NoBody)?;
    let mut composer = Composer::default();
    for (rank, cell) in cells.iter().enumerate() {
        if cell.get("cell_type").and_then(Value::as_str) != Some("markdown") {
            continue;
        }
        let source: String = match cell.get("source") {
            Some(Value::String(source)) => source.clone(),
            Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        composer.part(&format!("cell {}", rank + 1));
        if !composer.prose(&markdown::prose(&Text::new(source), 0)) {
            return Err(ContainerFault::TooLarge);
        }
    }
    Ok(composer.finish(FrontMatter::default()))
}
