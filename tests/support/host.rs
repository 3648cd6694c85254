//! A folder on a tiny web server, below `/repo/` as GitHub Pages has it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use mendbook::route::decode;

/// How late a font is at addresses below `/late/`.
const LATE: Duration = Duration::from_millis(400);

/// Serve a folder until the test program ends; returns the address of the server's root, with a `/`.
pub fn host(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(stream, &folder));
        }
    });
    address
}

/// Answer one request. A reader who has left is not waited for.
fn answer(mut stream: TcpStream, folder: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    while lines.next()?.ok().is_some_and(|line| !line.is_empty()) {}
    let path = decode(request.split(' ').nth(1)?.split('?').next()?);
    let late = path.starts_with("/late/");
    let below = path.strip_prefix("/repo/").or_else(|| path.strip_prefix("/late/"));
    let file = below.map(|below| match below {
        "" => folder.join("index.html"),
        below if below.ends_with('/') => folder.join(below).join("index.html"),
        below => folder.join(below),
    });
    let found = file.and_then(|file| Some((std::fs::read(&file).ok()?, file)));
    let (status, (bytes, file)) = match found {
        Some(found) => ("200 OK", found),
        None => ("404 Not Found", (std::fs::read(folder.join("404.html")).ok()?, PathBuf::from("404.html"))),
    };
    let kind = kind(&file);
    if late && kind.starts_with("font/") {
        std::thread::sleep(LATE);
    }
    let length = bytes.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    stream.write_all(&bytes).ok()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
