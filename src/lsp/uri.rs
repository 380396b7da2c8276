//! Files as editors name them: URIs.

use std::path::{Path, PathBuf};

/// The file that a URI names; `None` for what is no file on this machine.
pub fn file_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // `file://localhost/…` is this machine; another name is another one.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return None;
    }
    let mut bytes: Vec<u8> = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))?;
    // `/c:/drafts` on Windows.
    let drive = path.get(2..3) == Some(":") && cfg!(windows);
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The URI of a file.
pub fn uri_of(file: &Path) -> String {
    let file = slashed(file);
    let mut uri = String::from(if file.starts_with('/') { "file://" } else { "file:///" });
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The path with `/` between its parts.
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_uri_and_back() {
        let file = Path::new("/news room/drafts/Ça va.md");
        assert_eq!(uri_of(file), "file:///news%20room/drafts/%C3%87a%20va.md");
        assert_eq!(file_of(&uri_of(file)).as_deref(), Some(file));
        assert_eq!(file_of("file://localhost/a.md").as_deref(), Some(Path::new("/a.md")));
        for no_file in
            ["untitled:1", "file:///news%2", "file:///a%00.md", "file://host/a.md", "file:///%ff", ""]
        {
            assert_eq!(file_of(no_file), None, "{no_file}");
        }
    }
}
