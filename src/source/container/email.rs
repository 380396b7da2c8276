//! The text of an e-mail (EML): the subject, then the text of the message, one paragraph a line.
//!
//! Where a message has its text in plain and in HTML, the plain one is read. What it repeats of other messages (lines that
//! begin with `>`, and all behind “Original Message”), the signature and attachments are left out: they are not what its
//! writer says here. `mailparse` lives here, and only here.

use mailparse::{MailHeaderMap, ParsedMail};

use super::super::prose::{BlockKind, FrontMatter};
use super::super::{Span, Text, plain, web};
use super::layout::{Composer, MOST_TEXT};
use super::{ContainerFault, Extract};

/// Messages inside messages, and parts inside parts; more of them are no e-mail.
const DEEPEST: usize = 50;

/// Takes the text out.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, ContainerFault> {
    if nesting(bytes) > DEEPEST {
        return Err(ContainerFault::Broken);
    }
    let mail = mailparse::parse_mail(bytes).map_err(|_| ContainerFault::Broken)?;
    let header = |name: &str| mail.headers.get_first_value(name).map(|value| value.trim().to_owned());
    let header = |name: &str| header(name).filter(|value| !value.is_empty());
    if header("From").is_none() && header("Subject").is_none() && header("Date").is_none() {
        return Err(ContainerFault::NoArchive);
    }
    let subject = header("Subject");
    let mut composer = Composer::default();
    composer.part("subject");
    if let Some(subject) = &subject {
        composer.paragraph(BlockKind::Heading, subject);
    }
    let (part, is_html) = text_of(&mail).ok_or(ContainerFault::NoBody)?;
    let body = part.get_body().map_err(|_| ContainerFault::Broken)?;
    if body.len() >= MOST_TEXT {
        return Err(ContainerFault::TooLarge);
    }
    composer.part("text");
    let whole = if is_html {
        composer.prose(&web::prose(&body))
    } else {
        let flowed =
            part.ctype.params.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let parted = part.ctype.params.get("delsp").is_some_and(|set| set.eq_ignore_ascii_case("yes"));
        let own = own_words(&body);
        let own = if flowed { unwrapped(&own, parted) } else { own };
        composer.prose(&plain::prose(&Text::new(own)))
    };
    if !whole {
        return Err(ContainerFault::TooLarge);
    }
    Ok(composer.finish(FrontMatter {
        title: subject.map(|subject| (subject, Span::new(0, 0))),
        author: header("From"),
        changed: header("Date"),
        ..FrontMatter::default()
    }))
}

/// How deep the parts of a message may lie in each other at most: each level has a boundary of its own.
fn nesting(bytes: &[u8]) -> usize {
    memchr::memmem::find_iter(&bytes.to_ascii_lowercase(), b"boundary=").count()
}

/// The part that holds the text, and whether it is HTML. Attachments are not looked at.
fn text_of<'m>(mail: &'m ParsedMail<'m>) -> Option<(&'m ParsedMail<'m>, bool)> {
    let mut html = None;
    let mut open = vec![mail];
    while let Some(part) = open.pop() {
        let is_attached = part
            .headers
            .get_first_value("Content-Disposition")
            .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("attachment"));
        match part.ctype.mimetype.as_str() {
            _ if is_attached => {}
            "text/plain" => return Some((part, false)),
            "text/html" => html = html.or(Some((part, true))),
            kind if kind.starts_with("multipart/") => open.extend(part.subparts.iter().rev()),
            _ => {}
        }
    }
    html
}

/// The lines that the message itself says: without what it repeats of others and without the signature. Blank lines stand
/// in place of what is left out, so that the lines around it are not joined.
fn own_words(body: &str) -> String {
    let mut own = String::new();
    let lines: Vec<&str> = body.lines().map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    for (rank, line) in lines.iter().enumerate() {
        let repeats = |line: &&str| line.starts_with('>');
        // “On Friday Ana Reyes wrote:” introduces what is repeated.
        let introduces = line.trim_end().ends_with(':')
            && lines[rank + 1..].iter().find(|line| !line.trim().is_empty()).is_some_and(repeats);
        if *line == "-- " || is_original_message(line) {
            break;
        }
        if !repeats(line) && !introduces {
            own.push_str(line);
        }
        own.push('\n');
    }
    own
}

/// “-----Original Message-----” and the like, behind which the message that is answered follows.
fn is_original_message(line: &str) -> bool {
    let bare = line.trim();
    let inner = bare.trim_matches('-').trim();
    bare.starts_with("--")
        && bare.ends_with("--")
        && (inner == "Original Message" || inner == "Forwarded message")
}

/// Joins the lines that a program has wrapped: they end with a space, which `parted` takes away.
fn unwrapped(text: &str, parted: bool) -> String {
    let mut whole = String::new();
    for line in text.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(joined) if !joined.is_empty() => whole.push_str(if parted { joined } else { line }),
            _ => {
                whole.push_str(line);
                whole.push('\n');
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

    use super::*;

    const HEAD: &str =
        "From: Ana Ruiz <ana@example.org>\r\nDate: Fri, 12 Jun 2026 10:00:00 +0200\r\nSubject: Pier shut\r\n";

    fn text(rest: &str) -> String {
        read(format!("{HEAD}{rest}").as_bytes()).unwrap().text
    }

    #[test]
    fn plain_messages_in_their_encodings() {
        for (rest, expected) in [
            ("\r\nWe will.\r\n\r\nShe said so.\r\n", "Pier shut\nWe will.\nShe said so.\n"),
            (
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E2=80=9CWe=\r\n will,=E2=80=9D she said.\r\n",
                "Pier shut\n“We will,” she said.\n",
            ),
            (
                "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: base64\r\n\r\nk1dlIHdpbGwslCBzaGUgc2FpZC4=\r\n",
                "Pier shut\n“We will,” she said.\n",
            ),
            (
                "Content-Type: text/plain; format=flowed\r\n\r\nWe will \r\nnot pay.\r\n",
                "Pier shut\nWe will not pay.\n",
            ),
        ] {
            assert_eq!(text(rest), expected, "{rest}");
        }
    }

    #[test]
    fn one_of_two_texts_and_no_attachment() {
        let parts = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/html\r\n\r\n<p>In HTML.</p>\r\n--b\r\nContent-Type: text/plain\r\n\r\nIn plain.\r\n--b--\r\n\
            --a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=x.txt\r\n\r\nAttached.\r\n--a--\r\n";
        assert_eq!(text(parts), "Pier shut\nIn plain.\n");
        let html = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>“We will,” she said.</p><p>Two.</p>";
        assert_eq!(text(html), "Pier shut\n“We will,” she said.\nTwo.\n");
    }

    #[test]
    fn what_others_wrote_and_the_signature_are_left_out() {
        let body = "\r\nWe will.\r\n\r\nOn Friday Bo Tarn wrote:\r\n> Will you?\r\n> Please.\r\n\r\nYes.\r\n-- \r\nAna Ruiz, desk\r\n";
        assert_eq!(text(body), "Pier shut\nWe will.\nYes.\n");
        let body = "\r\nWe will.\r\n\r\n-----Original Message-----\r\nFrom: Bo\r\n\r\nWill you?\r\n";
        assert_eq!(text(body), "Pier shut\nWe will.\n");
        // A line that ends with a colon is not always one that introduces a message.
        assert_eq!(text("\r\nShe listed:\r\n\r\nOne.\r\n"), "Pier shut\nShe listed:\nOne.\n");
    }

    #[test]
    fn the_head_says_who_and_when() {
        let about = read(format!("{HEAD}\r\nText.\r\n").as_bytes()).unwrap().about;
        assert_eq!(about.author.as_deref(), Some("Ana Ruiz <ana@example.org>"));
        assert_eq!(about.changed.as_deref(), Some("Fri, 12 Jun 2026 10:00:00 +0200"));
        let coded = "Subject: =?utf-8?q?=E2=80=9CPier=E2=80=9D?=\r\n\r\nText.\r\n";
        assert_eq!(read(coded.as_bytes()).unwrap().text, "“Pier”\nText.\n");
    }

    #[test]
    fn what_is_no_message_is_refused() {
        assert_eq!(read(b"We will, she said.\n").unwrap_err(), ContainerFault::NoArchive);
        let deep = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n".repeat(60);
        assert_eq!(read(deep.as_bytes()).unwrap_err(), ContainerFault::Broken);
        let picture = "From: a\r\nContent-Type: image/png\r\n\r\nx";
        assert_eq!(read(picture.as_bytes()).unwrap_err(), ContainerFault::NoBody);
    }
}
