use super::{Layout, clock, dialogue::label, read, spelled_clock};

fn told(text: &str) -> Vec<String> {
    read(text)
        .lines
        .iter()
        .map(|line| {
            assert!(line.span.end as usize <= text.len() && !line.span.is_empty(), "{line:?}");
            assert!(text.get(line.span.start as usize..line.span.end as usize).is_some());
            let at = line.at.map_or("-".to_owned(), |at| at.to_string());
            format!("{} {at} {}", line.speaker.as_deref().unwrap_or("?"), line.words.trim())
        })
        .collect()
}

#[test]
fn clocks() {
    for (text, seconds) in
        [("00:12:07.500", 727), ("12:07", 727), ("1:00:00,000", 3600), ("0:05", 5), ("00:00:05:12", 5)]
    {
        assert_eq!(clock(text), Ok(("", seconds)), "{text}");
    }
    assert!(clock("12.07").is_err());
    assert_eq!(spelled_clock("1 hour 2 minutes 5 seconds"), Ok(("", 3725)));
    assert_eq!(spelled_clock("0 minutes 5 seconds"), Ok(("", 5)));
    assert!(spelled_clock("5 boats").is_err());
}

#[test]
fn labels() {
    for (text, name, at, rest) in [
        ("REYES: No.", Some("REYES"), None, "No."),
        ("**Ana Reyes:** No.", Some("Ana Reyes"), None, "No."),
        ("[00:01:05] Q: Why?", Some("Q"), Some(65), "Why?"),
        ("Ana Reyes (01:05): No.", Some("Ana Reyes"), Some(65), "No."),
        ("**Ana Reyes:** [01:05] No.", Some("Ana Reyes"), Some(65), "No."),
        ("**[00:01:05]** **Ana Reyes:** No.", Some("Ana Reyes"), Some(65), "No."),
        ("[00:00:01.000 --> 00:00:04.000]   No.", None, Some(1), "No."),
        ("SPEAKER_01: No.", Some("SPEAKER_01"), None, "No."),
        ("Reyes, Ana: No.", Some("Reyes, Ana"), None, "No."),
        ("Ana Reyes (Skarrow North) (Ind): No.", Some("Ana Reyes"), None, "No."),
        (
            "THE SECRETARY OF STATE FOR HEALTH AND CARE: No.",
            Some("THE SECRETARY OF STATE FOR HEALTH AND CARE"),
            None,
            "No.",
        ),
        ("[Ana Reyes]: No.", Some("Ana Reyes"), None, "No."),
        ("(Ana Reyes): No.", Some("Ana Reyes"), None, "No."),
        ("<Ana Reyes> No.", Some("Ana Reyes"), None, "No."),
        ("[12:07] <Ana Reyes> No.", Some("Ana Reyes"), Some(727), "No."),
        ("[Laughter] No.", None, None, "[Laughter] No."),
        ("He told me: no.", None, None, "He told me: no."),
        ("A sentence that goes on: no.", None, None, "A sentence that goes on: no."),
    ] {
        assert_eq!(label(text), Ok((rest, (name, at))), "{text}");
    }
}

#[test]
fn web_vtt_with_voices() {
    let text = "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Ana Reyes>We will <i>not</i> sell.</v>\n\n00:00:05.000 --> 00:00:06.000 align:start\nWho asked?\n";
    assert_eq!(told(text), ["Ana Reyes 1 We will not sell.", "? 5 Who asked?"]);
    let two = "WEBVTT\n\n00:01.000 --> 00:04.000\n- <v Bo Okafor>Will you sell?</v>\n- <v.loud Ana Reyes>No,\nnever.</v>\n\n00:05.000 --> 00:06.000\n<v Bo Okafor>Why?</v> <v Ana Reyes>Ask the sea &amp; the wind.</v>\n";
    assert_eq!(
        told(two),
        [
            "Bo Okafor 1 Will you sell?",
            "Ana Reyes 1 No,",
            "Ana Reyes 1 never.",
            "Bo Okafor 5 Why?",
            "Ana Reyes 5 Ask the sea & the wind."
        ]
    );
    let names = "WEBVTT\n\nAna Reyes\n00:02:00.000 --> 00:03:00.000\nNo.\n\n7\n00:04:00.000 --> 00:05:00.000\nSo be it.\n";
    assert_eq!(told(names), ["Ana Reyes 120 No.", "? 240 So be it."]);
    let apart = "WEBVTT\n\n00:11.000 --> 00:13.000\n<v Ana Reyes>\nNever.\n";
    assert_eq!(told(apart), ["Ana Reyes 11 Never."]);
}

#[test]
fn rolled_up_captions() {
    let text = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n>> the quay is<00:00:00.500><c> not</c><c> for</c>\n\n00:00:02.000 --> 00:00:03.000\nthe quay is not for\nsale and<00:00:02.500><c> never</c><c> was</c>\n\n00:00:03.000 --> 00:00:04.000\nsale and never was\n>> so be it\n";
    assert_eq!(told(text), ["? 0 the quay is not for", "? 2 sale and never was", "? 3 so be it"]);
    let scroll = "1\n00:00:01,000 --> 00:00:02,000\nWE BUILT THE PIER\n\n2\n00:00:02,000 --> 00:00:03,000\nWE BUILT THE PIER\nBEFORE THE STORM\n\n3\n00:00:03,000 --> 00:00:04,000\nBEFORE THE STORM\nAND AFTER IT TOO\n\n4\n00:00:04,000 --> 00:00:05,000\nAND AFTER IT TOO\nTWICE\n";
    assert_eq!(
        told(scroll),
        ["? 1 WE BUILT THE PIER", "? 2 BEFORE THE STORM", "? 3 AND AFTER IT TOO", "? 4 TWICE"]
    );
}

#[test]
fn sub_rip_with_and_without_names() {
    let text = "1\r\n00:00:01,000 --> 00:00:04,000\r\nREYES: We will not\r\nsell.\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nNot ever.\r\n";
    assert_eq!(told(text), ["REYES 1 We will not", "REYES 1 sell.", "REYES 5 Not ever."]);
    let bare = "1\n00:00:01,000 --> 00:00:04,000\nWe will not sell.\n";
    assert_eq!(told(bare), ["? 1 We will not sell."]);
    let dashes = "1\n00:00:01,000 --> 00:00:04,000\nREYES: We will.\n\n2\n00:00:05,000 --> 00:00:06,000\n- Not ever?\n- Never.\n";
    assert_eq!(told(dashes), ["REYES 1 We will.", "? 5 Not ever?", "? 5 Never."]);
}

#[test]
fn interviews() {
    let text =
        "# The interview\n\n**Q:** Will you sell?\n\n**Ana Reyes:** No. *Never.*\n\nNot the pier either.\n";
    assert_eq!(
        told(text),
        ["Q - Will you sell?", "Ana Reyes - No. Never.", "Ana Reyes - Not the pier either."]
    );
    let aside =
        "Nell with Ana, June 2026\n\nREYES: We built it.\nLook: nobody asked.\n\nQ: Why?\nREYES: Ask them.\n";
    assert_eq!(
        told(aside),
        ["REYES - We built it.", "REYES - Look: nobody asked.", "Q - Why?", "REYES - Ask them."]
    );
}

#[test]
fn names_without_colons() {
    for (text, read) in [
        ("ANA REYES — No.\nBO OKAFOR — Why?\n", ["ANA REYES - No.", "BO OKAFOR - Why?"]),
        ("Ana Reyes -- No.\n\nBo Okafor -- Why?\n", ["Ana Reyes - No.", "Bo Okafor - Why?"]),
        ("Ana Reyes\tNo.\nBo Okafor\tWhy?\n", ["Ana Reyes - No.", "Bo Okafor - Why?"]),
        ("0:05\tAna Reyes\tNo.\n0:09\tBo Okafor\tWhy?\n", ["Ana Reyes 5 No.", "Bo Okafor 9 Why?"]),
        ("[Ana Reyes] No.\n[Bo Okafor] Why?\n", ["Ana Reyes - No.", "Bo Okafor - Why?"]),
        ("**Ana Reyes** — No.\n\n**Bo Okafor** — Why?\n", ["Ana Reyes - No.", "Bo Okafor - Why?"]),
    ] {
        assert_eq!(told(text), read, "{text}");
    }
    // A dateline, an aside and a stage direction are no names.
    for text in [
        "SKARROW — The talks went on.\nNobody came.\nIt rained.\n",
        "We never sold it.\nAna Reyes - that was the mayor - said so.\nIt rained.\n",
        "[Music Plays] We never sold it.\nIt rained.\nNobody came.\n",
    ] {
        assert!(told(text).iter().all(|line| line.starts_with('?')), "{text}: {:?}", told(text));
    }
}

#[test]
fn names_with_times() {
    for text in [
        "Ana Reyes  0:05  \nThe quay is not for sale.\n\nBo Okafor  0:09  \nSo be it.\n\nTranscribed by https://otter.ai\n",
        "Bo Okafor started transcription\n\nAna Reyes   0 minutes 5 seconds\nThe quay is not for sale.\n\nBo Okafor   0 minutes 9 seconds\nSo be it.\n\nBo Okafor stopped transcription\n",
        "[Ana Reyes] 00:00:05\nThe quay is not for sale.\n\n[Bo Okafor] 00:00:09\nSo be it.\n",
        "Ana Reyes (00:05):\nThe quay is not for sale.\n\nBo Okafor (00:09):\nSo be it.\n",
        "00:00:05:00 - 00:00:08:12\nAna Reyes\nThe quay is not for sale.\n\n00:00:09:00 - 00:00:10:00\nBo Okafor\nSo be it.\n",
        "00:00:05 Ana Reyes: The quay is not for sale.\n00:00:09 Bo Okafor: So be it.\n",
        "00:00:05\t From  Ana Reyes : The quay is not for sale.\n00:00:09\t From  Bo Okafor to Everyone: So be it.\n",
        "00:00:05 From Ana Reyes to Everyone:\n\tThe quay is not for sale.\n00:00:09 From Bo Okafor to Everyone:\n\tSo be it.\n",
    ] {
        assert_eq!(told(text), ["Ana Reyes 5 The quay is not for sale.", "Bo Okafor 9 So be it."], "{text}");
    }
    let meet = "Attendees\n\nAna Reyes, Bo Okafor\n\nTranscript\n\n### 00:00:00\n\nAna Reyes: The quay is not for sale.\nBo Okafor: So be it.\n\n### 00:05:00\n\nAna Reyes: Never.\n\n### Transcription ended after 00:05:17\n\nThis editable transcript was computer generated and might contain errors.\n";
    assert_eq!(
        told(meet),
        ["Ana Reyes 0 The quay is not for sale.", "Bo Okafor 0 So be it.", "Ana Reyes 300 Never."]
    );
}

#[test]
fn courts_and_parliaments() {
    let court = "1  BO OKAFOR, called as a witness, was examined:\n2  BY MS. REYES:\n3  Q.  Will you sell the harbour?\n4  A.  The harbour is not for sale,\n5  and it never was.\n6  THE COURT: Slower, please.\n";
    assert_eq!(
        told(court),
        [
            "MS. REYES - Will you sell the harbour?",
            "BO OKAFOR - The harbour is not for sale,",
            "BO OKAFOR - and it never was.",
            "THE COURT - Slower, please."
        ]
    );
    let house = "The Speaker: Order.\n\nAna Reyes (Skarrow North) (Ind): The harbour is not for sale.\n\nMs. OKAFOR. Madam Speaker, I object.\n";
    assert_eq!(
        told(house),
        [
            "The Speaker - Order.",
            "Ana Reyes - The harbour is not for sale.",
            "Ms. OKAFOR - Madam Speaker, I object."
        ]
    );
}

#[test]
fn recognizers() {
    let whisper = r#"{"text":"x","language":"en","segments":[{"id":0,"start":1.5,"end":3.0,"text":" We \"won't\" sell.","tokens":[1,[2]],"speaker":"SPEAKER_01"},
      {"start":4,"text":"Caf\u00e9."}]}"#;
    assert_eq!(told(whisper), ["SPEAKER_01 1 We \"won't\" sell.", "? 4 Café."]);
    let two = r#"{"segments":[{"start":1.0,"text":"No. Why?","speaker":"SPEAKER_00","words":[{"word":"No.","start":1.0,"speaker":"SPEAKER_00"},{"word":"Why?","start":2.2,"speaker":"SPEAKER_01"}]}]}"#;
    assert_eq!(told(two), ["SPEAKER_00 1 No.", "SPEAKER_01 2 Why?"]);
    let cpp = r#"{"result":{"language":"en"},"transcription":[{"timestamps":{"from":"00:00:07,000","to":"00:00:09,000"},"offsets":{"from":7000,"to":9000},"text":" So be it."}]}"#;
    assert_eq!(told(cpp), ["? 7 So be it."]);
    let premiere = r#"{"language":"en-us","segments":[{"duration":4.5,"speaker":"a-1","start":5.0,"words":[{"text":"We","start":5.0},{"text":"stay.","start":5.4},{"text":"Always.","start":8.0}]}],"speakers":[{"id":"a-1","name":"Ana Reyes"}]}"#;
    assert_eq!(told(premiere), ["Ana Reyes 5 We stay.", "Ana Reyes 8 Always."]);
    let rev = r#"{"monologues":[{"speaker":0,"elements":[{"type":"text","value":"So","ts":0.5},{"type":"punct","value":" "},{"type":"text","value":"be it","ts":0.9},{"type":"punct","value":"."}]}]}"#;
    assert_eq!(told(rev), ["Speaker 0 0 So be it."]);
    assert_eq!(read("{\"segments\":[{").layout, Layout::BrokenJson);
}

#[test]
fn never_fails() {
    let deep = "[".repeat(5000);
    for text in [
        "",
        "{\"segments\":[{",
        "WEBVTT",
        "00:00:01 --> ",
        "{\"segments\" \"text\":\"\\",
        "::::",
        "[[[",
        &deep,
        "é: –\n[1:00",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v é>é<v ß",
    ] {
        read(text);
    }
}

#[test]
fn odd_ways_of_writing_the_layouts() {
    let expected = ["Ana Reyes - The harbour is not for sale.", "Bo Okafor - So be it."];
    for text in [
        ">> Ana Reyes: The harbour is not for sale.\n\n>> Bo Okafor: So be it.\n",
        "> **Ana Reyes:** The harbour is not for sale.\n\n> **Bo Okafor:** So be it.\n",
        "\u{200b}\u{200b}Ana Reyes: The harbour is not for sale.\nBo Okafor: So be it.\nMeeting ended after 00:00:17\n",
        "\u{feff}TRANSCRIPT\r\n\r\nAna Reyes:\tThe harbour is not for sale.\r\nBo Okafor:\tSo be it.\r\n",
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
    let expected = ["Ana Reyes 5 The harbour is not for sale.", "Bo Okafor 9 So be it."];
    for text in [
        "\u{feff}1\r\n00:00:05,000 --> 00:00:08,000\r\n[Ana Reyes] The harbour is not for sale.\r\n\r\n2\r\n00:00:09,000 --> 00:00:10,000\r\n\r\n[Bo Okafor] So be it.\r\n",
        "1\n00:00:05,000 --> 00:00:08,000\n<i>Ana Reyes: The harbour is not for sale.</i>\n\n2\n00:00:09,000 --> 00:00:10,000\n{\\an8}<font color=\"#fff\">Bo Okafor: So be it.</font>\n",
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE\nby hand: no\n\n00:05.000 --> 00:08.000\n<v Ana Reyes>The harbour is&nbsp;not for sale.&lrm;\n\n00:09.000 --> 00:10.000\n- <v Bo Okafor>So be it.\n",
        "(00:05) Ana Reyes:\nThe harbour is not for sale.\n\n(00:09) Bo Okafor:\nSo be it.\n",
        "Thu, Jun 11, 2026 10:00AM • 12:01\n\nSPEAKERS\nAna Reyes, Bo Okafor\n\nAna Reyes  00:05\nThe harbour is not for sale.\n\nBo Okafor  00:09\nSo be it.\n",
        "<html><body><table><tr><td>00:05</td><td>Ana Reyes</td><td>The harbour is not for sale.</td></tr><tr><td>00:09</td><td>Bo Okafor</td><td>So be it.</td></tr></table></body></html>",
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}
