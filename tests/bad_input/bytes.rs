//! Bytes, line ends and sizes.

use super::case::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let mebibyte = "Bad news travels slowly. ".repeat(42_000);
    vec![
        Case::page("a page that is not UTF-8", b"# A\n\n\xff\xfe\n").blocks(&[
            "[unreadable]",
            "content/x.md",
            "line 3",
        ]),
        Case::page("a page in UTF-16", b"\xff\xfe#\0 \0A\0").blocks(&["[unreadable]", "content/x.md"]),
        Case::page("a NUL byte", b"# A\n\na\0b\n").blocks(&["[unreadable]", "NUL byte in line 3"]),
        Case::page("a byte order mark", "\u{feff}+++\ntitle = \"A\"\n+++\nText.\n"),
        Case::page("line ends of Windows", "+++\r\ntitle = \"A\"\r\n+++\r\nText.\r\n\r\n## One\r\n\r\n- a\r\n"),
        Case::page("line ends of old Macs", "# A\r\rText.\r\rbad [[Nowhere]]\r")
            .warns(&["[wanted-page]", "content/x.md:5:7"]),
        Case::page("an empty page", "").warns(&["[empty-page]", "content/x.md"]),
        Case::page("a page of white space", " \n\t\n\n").warns(&["[empty-page]"]),
        Case::page("a page that is only a heading", "# A\n").warns(&["[empty-page]"]),
        Case::page("a page that is only a byte order mark", "\u{feff}").warns(&["[empty-page]"]),
        Case::page("control characters", "# A\u{7}\u{8}\u{1b}[31m\n\nText\u{c}\u{1} more.\n"),
        Case::page("characters that turn the line round", "# \u{202e}A\u{202c}\n\n\u{2066}text\u{2069}\n"),
        Case::page("characters beyond every plane", "# \u{10ffff}\u{fffe}\n\n\u{e000}\u{200d}\u{feff}text\n"),
        Case::page("a page over the limit", format!("# A\n\n{}", mebibyte.repeat(5))).blocks(&[
            "[too-large]",
            "content/x.md",
            "4194304 bytes",
        ]),
        Case::page("a page just below the limit", format!("# A\n\n{}", mebibyte.repeat(3))),
        Case::page("one line of a megabyte", format!("# A\n\n{}", "a".repeat(1 << 20))),
    ]
}
