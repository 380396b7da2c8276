//! Paths as URI references (RFC 3986): what SARIF names files by.

/// The path as a URI reference, percent-encoded in UTF-8. A first part with a colon gets `./` before it, for it would be
/// read as a scheme.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    if path.split('/').next().is_some_and(|first| first.contains(':')) {
        out.push_str("./");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'@' => {
                out.push(char::from(byte));
            }
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {
                out.push(char::from(byte));
            }
            // Windows paths come with `\`; a URI has `/` alone.
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        for (path, expected) in [
            ("drafts/monday.md", "drafts/monday.md"),
            ("drafts/the quay.md", "drafts/the%20quay.md"),
            ("ça/50%.md", "%C3%A7a/50%25.md"),
            ("a:b.md", "./a:b.md"),
            ("x/a:b#c?d.md", "x/a:b%23c%3Fd.md"),
            ("a\nb.md", "a%0Ab.md"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
