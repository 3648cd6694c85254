//! The preview server as others meet it: browsers, foreign pages, scanners, slow clients, and the author at the terminal.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

mod support;

#[path = "served/server.rs"]
mod server;

use server::{Server, port, start};
use support::git::{commit, git};

const BOOK: &[(&str, &str)] = &[
    ("site.toml", "title = \"Ours\"\nbase_url = \"https://example.org/book/\"\n"),
    ("content/index.md", "# Ours\n\nBegin with [[Late news]].\n"),
    ("content/patterns/late.md", "# Late news\n\nIt comes late. See [[Nobody wrote this]] and [[Late nwes]].\n"),
    ("content/draft.md", "+++\nstatus = \"draft\"\n+++\n# A draft\n\nNot yet.\n"),
    ("content/a.png", "not a picture at all"),
    ("outside.md", "secret"),
    (".env", "secret"),
];

fn book() -> Server {
    Server::new(BOOK, &["--editor", "true"])
}

#[test]
fn pages_are_served_below_the_base_path_with_one_tag_more() {
    let server = book();
    let home = server.get("/book/");
    assert_eq!((home.status, home.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(home.header("cache-control"), Some("no-store"));
    assert_eq!(home.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(home.text().matches("<script src=\"/_mendbook/client.js\"").count(), 1);
    assert_eq!((server.get("/").status, server.get("/").header("location")), (302, Some("/book/")));
    assert_eq!(server.get("/book/patterns").header("location"), Some("/book/patterns/"));
    assert_eq!(server.get("/book/draft.html").status, 200, "drafts are shown");
    let missing = server.get("/book/none.html");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("data-route=\"404.html\""), "{}", missing.text());
    assert_eq!(server.get("/patterns/late.html").status, 404, "the base path is part of the address");
    assert_eq!(server.get("/_mendbook/client.js").header("content-type"), Some("text/javascript; charset=utf-8"));
}

#[test]
fn a_page_is_read_whole_in_part_or_not_at_all() {
    let server = book();
    let whole = server.get("/book/a.png");
    assert_eq!((whole.text().as_str(), whole.header("content-type")), ("not a picture at all", Some("image/png")));
    let head = server.ask("HEAD /book/a.png", &[], "");
    assert_eq!((head.status, head.body.len(), head.header("content-length")), (200, 0, Some("20")));
    let part = server.ask("GET /book/a.png", &["Range: bytes=4-4"], "");
    assert_eq!((part.status, part.text().as_str()), (206, "a"));
    assert_eq!(part.header("content-range"), Some("bytes 4-4/20"));
    let beyond = server.ask("GET /book/a.png", &["Range: bytes=90-"], "");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */20")));
    let known = format!("If-None-Match: {}", whole.header("etag").unwrap());
    let again = server.ask("GET /book/a.png", &[&known], "");
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn a_foreign_name_is_refused_before_anything_is_looked_up() {
    let server = book();
    for host in ["evil.example", "evil.example:4321", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil.example"] {
        for path in ["/book/", "/_mendbook/client.js", "/none"] {
            let answer = server.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
            assert_eq!(answer.status, 421, "{host}{path}");
        }
    }
    for host in ["localhost", "LOCALHOST:1", "[::1]:9", "127.0.0.1"] {
        let answer = server.send(format!("GET /book/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, 200, "{host}");
    }
    let allowed = Server::new(BOOK, &["--allow-host", "book.example"]);
    let answer = allowed.send("GET /book/ HTTP/1.1\r\nHost: book.example\r\nConnection: close\r\n\r\n");
    assert_eq!(answer.status, 200);
}

#[test]
fn pages_are_only_read() {
    let server = book();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"] {
        let answer = server.ask(&format!("{method} /book/"), &[], "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(server.get("/_mendbook/fix").status, 403);
    let answer = server.ask("OPTIONS /book/", &["Origin: http://evil.example"], "");
    assert!(!answer.head.to_lowercase().contains("access-control"), "{}", answer.head);
}

#[test]
fn no_address_leads_out_of_the_site() {
    let server = book();
    let steps = [
        "..",
        "%2e%2e",
        ".%2e",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "....//",
        "%c0%ae%c0%ae",
        "..%00",
        "%252e%252e",
        ".;/..",
    ];
    let ends = ["outside.md", ".env", "site.toml", "etc/passwd", "content/draft.md", "%00.html"];
    for start in ["/", "/book/", "/book/patterns/", "//", "/_mendbook/"] {
        for (step, end) in steps.iter().flat_map(|step| ends.iter().map(move |end| (step, end))) {
            let answer = server.get(&format!("{start}{step}/{end}"));
            assert!((300..500).contains(&answer.status), "{start}{step}/{end}: {}", answer.status);
            assert!(!answer.text().contains("secret") && !answer.text().contains("root:"), "{start}{step}/{end}");
        }
    }
}

#[test]
fn garbage_is_refused_and_the_server_stays_up() {
    let server = book();
    let long = "x".repeat(9 << 10);
    let garbage: Vec<(Vec<u8>, &[u16])> = vec![
        (b"\r\n\r\n".to_vec(), &[0, 400]),
        (b"GET\r\n\r\n".to_vec(), &[400]),
        (b"GET / HTTP/9.9\r\n\r\n".to_vec(), &[400, 505]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01".to_vec(), &[400]),
        (b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(), &[400]),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n".to_vec(), &[400, 421]),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec(), &[400, 421]),
        (b"GET / HTTP/1.1\r\n: x\r\n\r\n".to_vec(), &[400]),
        (b"POST /_mendbook/fix HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n".to_vec(), &[400]),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_vec(), &[400]),
        (format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").into_bytes(), &[414]),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}{long}\r\n\r\n").into_bytes(), &[431]),
    ];
    for (bytes, expected) in garbage {
        let mut stream = server.connect();
        // The server may have answered and gone before all is written.
        let _ = stream.write_all(&bytes).and_then(|()| stream.shutdown(std::net::Shutdown::Write));
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let status = String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        assert!(expected.contains(&status), "{:?}: {status}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
    assert_eq!(server.get("/book/").status, 200);
}

#[test]
fn only_a_page_of_the_preview_may_ask_what_an_author_may() {
    let server = book();
    let token = server.token();
    let own = format!("Origin: http://127.0.0.1:{}", server.port);
    let page = |headers: &[&str], token: &str| {
        server.ask(&format!("GET /_mendbook/page?route=index.html&token={token}"), headers, "").status
    };
    assert_eq!(page(&[], &token), 200);
    assert_eq!(page(&[&own, "Sec-Fetch-Site: same-origin"], &token), 200);
    assert_eq!(page(&[], "0"), 403);
    for header in
        ["Origin: null", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"]
    {
        assert_eq!(page(&[header], &token), 403, "{header}");
        for what in ["fix", "new", "open"] {
            let answer = server.ask(&format!("POST /_mendbook/{what}?token={token}"), &[header], "{\"id\":\"\"}");
            assert_eq!(answer.status, 403, "{header} {what}");
        }
        let stream = server.ask(&format!("GET /_mendbook/events?token={token}"), &[header], "");
        assert_eq!(stream.status, 403, "{header}");
    }
    assert_eq!(server.ask("POST /_mendbook/new", &[&own], "{}").status, 403, "without the token");
}

#[test]
fn a_press_mends_the_file_and_another_writes_a_page() {
    let server = book();
    let token = server.token();
    let told =
        server.told("patterns/late.html", |told| told["findings"].as_array().is_some_and(|found| !found.is_empty()));
    assert_eq!(told["path"], "content/patterns/late.md");
    assert_eq!(told["wanted"], serde_json::json!(["Nobody wrote this", "Late nwes"]));
    let findings = told["findings"].as_array().unwrap();
    let found = findings.iter().find(|found| !found["fix"].is_null()).unwrap_or_else(|| panic!("{told:#}"));
    let fix = format!("{{\"id\":{}}}", found["id"]);
    let press = || server.ask(&format!("POST /_mendbook/fix?token={token}"), &[], &fix);
    assert_eq!(press().status, 200, "{}", press().text());
    let text = std::fs::read_to_string(server.folder.join("content/patterns/late.md")).unwrap();
    assert!(text.contains("[[Late news]]"), "{text}");
    assert_eq!(press().status, 409, "the text is another one now");
    let write = |name: &str| {
        let asked = format!("{{\"name\":\"{name}\",\"kind\":\"guide\"}}");
        server.ask(&format!("POST /_mendbook/new?token={token}"), &[], &asked)
    };
    let written = write("Nobody wrote this");
    assert_eq!(written.status, 200, "{}", written.text());
    let path = serde_json::from_slice::<serde_json::Value>(&written.body).unwrap()["path"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(server.folder.join(&path)).unwrap();
    assert!(text.contains("title = \"Nobody wrote this\""), "{text}");
    server.told("patterns/late.html", |told| told["wanted"].as_array().is_some_and(Vec::is_empty));
    assert_eq!(write("../../evil").status, 409);
    assert_eq!(server.ask(&format!("POST /_mendbook/open?token={token}"), &[], "{\"path\":\".env\"}").status, 409);
}

/// Names with a `/`: titles that have one, and paths of pages that are not written.
#[test]
fn what_is_written_at_a_press_answers_to_the_name_that_asked_for_it() {
    let names = ["A <b>x</b>", "TCP/IP", "guides/listening", "../patterns/Slow fade.md", "guides/deep/listening"];
    let links: String = names.iter().map(|name| format!("* [[{name}]]\n")).collect();
    let text = format!("# Late news\n\nIt comes late.\n\n{links}");
    let server = Server::new(&[BOOK[0], BOOK[1], ("content/patterns/late.md", &text)], &[]);
    let token = server.token();
    for name in names {
        let asked = serde_json::json!({ "name": name }).to_string();
        let written = server.ask(&format!("POST /_mendbook/new?token={token}"), &[], &asked);
        assert_eq!(written.status, 200, "{name}: {}", written.text());
    }
    server.told("patterns/late.html", |told| told["wanted"].as_array().is_some_and(Vec::is_empty));
    for path in ["patterns/a-b-x-b.md", "patterns/tcp-ip.md", "guides/listening.md", "patterns/slow-fade.md"] {
        assert!(server.folder.join("content").join(path).is_file(), "{path}");
    }
}

/// Nothing that is watched changes by a commit, and yet pages say who wrote them.
#[test]
fn a_commit_is_followed() {
    let keep = tempfile::tempdir().unwrap();
    std::fs::create_dir(keep.path().join("content")).unwrap();
    std::fs::write(keep.path().join("content/index.md"), "# Ours\n").unwrap();
    std::fs::write(keep.path().join("content/late.md"), "# Late news\n\nIt comes late.\n").unwrap();
    git(keep.path(), "init --quiet");
    commit(keep.path(), "Begin");
    let server = Server::at(keep, &[]);
    assert!(server.get("/late.html").text().contains("Written by <bdi>Ada</bdi>"));
    git(&server.folder, "commit --quiet --amend --no-edit --author 'Ben <ben@example.org>'");
    let since = Instant::now();
    while !server.get("/late.html").text().contains("Written by <bdi>Ben</bdi>") {
        assert!(since.elapsed() < Duration::from_secs(60), "the commit is not followed");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn an_edit_is_told_on_the_stream() {
    let server = Server::new(BOOK, &["--follow"]);
    server.told("index.html", |_| true);
    let mut stream = server.connect();
    let ask = format!("GET /_mendbook/events?token={} HTTP/1.1\r\nHost: localhost\r\n\r\n", server.token());
    stream.write_all(ask.as_bytes()).unwrap();
    let mut heard = String::new();
    let mut until = |heard: &mut String, words: &str| {
        let since = Instant::now();
        let mut part = [0; 1024];
        while !heard.contains(words) {
            assert!(since.elapsed() < Duration::from_secs(60), "`{words}` is not heard: {heard}");
            let count = stream.read(&mut part).unwrap();
            heard.push_str(&String::from_utf8_lossy(&part[..count]));
        }
    };
    until(&mut heard, "\"version\":");
    let file = server.folder.join("content/patterns/late.md");
    let text = std::fs::read_to_string(&file).unwrap() + "\n## What helps\n\n1. **Ask.** Ask.\n";
    std::fs::write(&file, text).unwrap();
    until(&mut heard, "\"anchor\":\"helps\"");
    assert!(heard.contains("\"route\":\"patterns/late.html\""), "{heard}");
    assert!(server.get("/book/patterns/late.html").text().contains("What helps"));
    until(&mut heard, "\"settled\":true");
}

#[test]
fn slow_clients_hold_nobody_up() {
    let server = book();
    // A head that never ends, a body that never comes, and a reader who takes nothing.
    let mut slow: Vec<_> = (0..60).map(|_| server.connect()).collect();
    for (number, stream) in slow.iter_mut().enumerate() {
        let start: &[u8] = match number % 3 {
            0 => b"GET / HTTP/1.1\r\nHost: loc",
            1 => b"POST /_mendbook/fix HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{",
            _ => b"GET /_mendbook/client.js HTTP/1.1\r\nHost: localhost\r\n\r\n",
        };
        stream.write_all(start).unwrap();
    }
    assert_eq!(server.get("/book/").status, 200);
    // Those who do not finish are sent away; none of them is waited for.
    for stream in slow.iter_mut().step_by(3) {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
    }
    assert_eq!(server.get("/book/").status, 200);
}

#[test]
fn the_files_are_left_alone_even_by_a_kill() {
    let mut server = book();
    let before = support::tree(&server.folder);
    for path in ["/book/", "/book/patterns/late.html", "/book/map.html", "/book/none"] {
        server.get(path);
    }
    server.told("index.html", |_| true);
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    assert_eq!(support::tree(&server.folder), before);
}

#[test]
fn a_taken_port_gives_the_next_and_an_interrupt_ends_it() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let wanted = taken.local_addr().unwrap().port();
    if wanted > 65_000 {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# A\n").unwrap();
    let (mut child, said) = start(folder.path(), &["serve", "--port", &wanted.to_string()]);
    assert!(said.contains("The port that was asked for is taken") && port(&said) > wanted, "{said}");
    let since = Instant::now();
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(since.elapsed() < Duration::from_secs(10), "it ended after {:?}", since.elapsed());
}

#[test]
fn what_the_network_can_read_is_said_and_drawn_for_a_phone() {
    let server = Server::new(BOOK, &["--bind", "0.0.0.0"]);
    assert!(server.said.contains("warning: everybody in this network can read the handbook"), "{}", server.said);
    let foreign = server.send("GET /book/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(foreign.status, 421);
}

#[test]
fn a_template_that_fails_shows_the_fault_and_the_page_as_it_was() {
    let mut files = BOOK.to_vec();
    files[0].1 = "[theme]\nlayers = [\"ours\"]\n";
    files.push(("themes/ours/page.html", "{% extends \"plain/page.html\" %}"));
    let server = Server::new(&files, &[]);
    server.told("patterns/late.html", |_| true);
    assert!(server.get("/patterns/late.html").text().contains("It comes late"));
    let template = server.folder.join("themes/ours/page.html");
    std::fs::write(&template, "{% extends \"plain/page.html\" %}{% block main %}{{ nothing.here }}{% endblock %}")
        .unwrap();
    let since = Instant::now();
    let shown = loop {
        let shown = server.get("/patterns/late.html");
        if shown.text().contains("data-fault=") || since.elapsed() > Duration::from_secs(60) {
            break shown;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("data-fault=") && shown.text().contains("It comes late"), "{}", shown.text());
}
