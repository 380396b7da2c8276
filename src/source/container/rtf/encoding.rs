//! The encodings that an RTF file names: a code page for the whole file, a character set for a font.

use encoding_rs::Encoding;

/// Code pages by number.
const CODE_PAGES: [(i32, &str); 19] = [
    (866, "ibm866"),
    (874, "windows-874"),
    (932, "shift_jis"),
    (936, "gbk"),
    (949, "euc-kr"),
    (950, "big5"),
    (1250, "windows-1250"),
    (1251, "windows-1251"),
    (1252, "windows-1252"),
    (1253, "windows-1253"),
    (1254, "windows-1254"),
    (1255, "windows-1255"),
    (1256, "windows-1256"),
    (1257, "windows-1257"),
    (1258, "windows-1258"),
    (10_000, "macintosh"),
    (10_007, "x-mac-cyrillic"),
    (28_591, "windows-1252"),
    (65_001, "utf-8"),
];

/// Character sets of fonts by number, with their code pages. 0 and 1 leave the file's own.
const CHARACTER_SETS: [(i32, i32); 14] = [
    (77, 10_000),
    (128, 932),
    (129, 949),
    (134, 936),
    (136, 950),
    (161, 1253),
    (162, 1254),
    (163, 1258),
    (177, 1255),
    (178, 1256),
    (186, 1257),
    (204, 1251),
    (222, 874),
    (238, 1250),
];

/// The encoding of a code page; `None` for those of old terminals, whose letters are not known here.
pub(super) fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let known = CODE_PAGES.iter().find(|(known, _)| *known == number);
    known.and_then(|(_, label)| Encoding::for_label(label.as_bytes()))
}

/// The encoding of a font's character set; `None` where it is the file's.
pub(super) fn of_character_set(number: i32) -> Option<&'static Encoding> {
    let known = CHARACTER_SETS.iter().find(|(known, _)| *known == number);
    known.and_then(|(_, page)| of_code_page(*page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_an_encoding() {
        for (number, label) in CODE_PAGES {
            assert!(Encoding::for_label(label.as_bytes()).is_some(), "{label}");
            assert!(of_code_page(number).is_some());
        }
        for (set, page) in CHARACTER_SETS {
            assert!(of_character_set(set).is_some(), "{set} {page}");
        }
        assert!(of_code_page(437).is_none() && of_character_set(0).is_none());
    }
}
