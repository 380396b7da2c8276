//! A document: a file's text, and the reader of its format.

use super::container::{Extract, Layout};
use super::markup::{self, Markup};
use super::prose::{Comment, FrontMatter, Prose};
use super::{Format, InputError, Text, front_matter, markdown, plain, web};

/// A file as read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The path as shown: relative to the working directory, `/` between its parts.
    pub path: String,
    /// What it is written in.
    pub format: Format,
    /// Its decoded text.
    pub text: Text,
    /// What it says about itself.
    pub front_matter: Option<FrontMatter>,
    /// What the stretches of the text are, where the text was taken out of a container.
    pub layout: Option<Box<Layout>>,
    /// What could not be read of it, although its text could: metadata that is not valid YAML or TOML.
    pub input_errors: Vec<InputError>,
}

impl Document {
    /// A document of `text`, with its front matter read where the format has any.
    pub fn new(path: impl Into<String>, format: Format, text: Text) -> Self {
        let mut document = Self { path: path.into(), format, text, ..Self::default() };
        match format {
            Format::Markdown => {
                (document.front_matter, document.input_errors) =
                    front_matter::read(&document.path, document.text.as_str());
            }
            Format::Html => document.front_matter = web::about(document.text.as_str()),
            Format::Plain => {}
            _ => document.front_matter = markup::about(document.text.as_str(), format),
        }
        document
    }

    /// A document whose text was taken out of a container.
    pub(super) fn of_container(path: &str, format: Format, extract: Extract) -> Self {
        Self {
            path: path.to_owned(),
            format,
            text: Text::new(extract.text),
            front_matter: Some(extract.about),
            layout: Some(Box::new(extract.layout)),
            input_errors: Vec::new(),
        }
    }

    /// Its prose in blocks.
    pub fn prose(&self) -> Prose<'_> {
        if let Some(layout) = &self.layout {
            return layout.prose(self.text.as_str());
        }
        match self.format {
            Format::Markdown => markdown::prose(&self.text, self.body()),
            Format::Html => web::prose(self.text.as_str()),
            Format::Latex => markup::latex(self.text.as_str()),
            Format::AsciiDoc => markup::prose(self.text.as_str(), Markup::AsciiDoc),
            Format::Rst => markup::prose(self.text.as_str(), Markup::Rst),
            Format::Org => markup::prose(self.text.as_str(), Markup::Org),
            Format::Typst => markup::prose(self.text.as_str(), Markup::Typst),
            Format::Wiki => markup::prose(self.text.as_str(), Markup::Wiki),
            Format::Fountain => markup::prose(self.text.as_str(), Markup::Fountain),
            // The text of a container whose layout is not known: an editor's, or a transcript's.
            Format::Plain
            | Format::Docx
            | Format::Odt
            | Format::Epub
            | Format::Jupyter
            | Format::Rtf
            | Format::Email => plain::prose(&self.text),
        }
    }

    /// Its directives: comments of the format, and outside Markdown and HTML lines of their own, that begin with `sayso:`,
    /// and what was plainly meant as one.
    pub fn comments(&self) -> Vec<Comment> {
        match self.format {
            Format::Markdown => markdown::comments(&self.text, self.body()),
            Format::Html => web::comments(self.text.as_str()),
            format => {
                let mut comments = markup::comments(self.text.as_str(), format);
                // A line of its own is one in every format, so that none is passed over in silence.
                let lines = plain::comments(&self.text);
                let new = |line: &Comment| !comments.iter().any(|known| known.span.overlaps(line.span));
                let lines: Vec<Comment> = lines.into_iter().filter(new).collect();
                comments.extend(lines);
                comments.sort_by_key(|comment| comment.span.start);
                comments
            }
        }
    }

    /// The part of its container that the byte at `offset` of its text comes from; `None` for a file that is none.
    pub fn part_at(&self, offset: u32) -> Option<&str> {
        self.layout.as_ref()?.part_at(offset)
    }

    /// Where the text after the front matter begins.
    fn body(&self) -> u32 {
        self.front_matter.as_ref().map_or(0, |matter| matter.span.end)
    }
}
