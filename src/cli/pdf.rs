//! `mendbook pdf`: the whole handbook, or one page of it, printed to a file by an installed Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::args::{Args, PdfOptions};
use super::load::{Changes, Loaded, folder, load};
use super::{Stop, related, shell};
use crate::model::{MadeKind, Part};
use crate::render;
use crate::route::Route;
use crate::site::{Output, Rendered, Site};

/// What a browser that prints may be called, Chromium first.
const BROWSERS: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

pub(super) fn run(args: &Args, options: &PdfOptions) -> Result<(), Stop> {
    let Loaded { site, .. } = load(args, &Changes::default())?;
    let browser = browser(options.browser.as_deref())?;
    let routes = wanted(&site, options.page.as_deref())?;
    let copy = Copy::new()?;
    copy.fill(&site, &routes)?;
    for route in &routes {
        let to = target(args, options, (route, routes.len()));
        print(&browser, &copy, (route, &to))?;
        if !args.quiet {
            shell::say(&format!("{} → {}", route.path(), to.display()));
        }
    }
    Ok(())
}

/// The pages that are printed: the one that was asked for, else the handbook, in its parts where it is a large one.
fn wanted(site: &Site, page: Option<&str>) -> Result<Vec<Route>, Stop> {
    if let Some(name) = page {
        let id = related::find(site, name).map_err(Stop::Cannot)?;
        return Ok(site.handbook.page(id).map(|page| page.route.clone()).into_iter().collect());
    }
    let split = site.handbook.lists.print.is_split();
    let part = |kind: &MadeKind| match kind {
        MadeKind::Print(Part::Whole) => !split,
        MadeKind::Print(Part::Group(_)) => split,
        _ => false,
    };
    let routes: Vec<Route> = site.made.iter().filter(|made| part(&made.kind)).map(|made| made.route.clone()).collect();
    if routes.is_empty() { Err(Stop::Cannot("the handbook has no pages to print".to_owned())) } else { Ok(routes) }
}

/// The file that a page is printed to: the one that was named, with the part's name in it where there are several.
fn target(args: &Args, options: &PdfOptions, (route, count): (&Route, usize)) -> PathBuf {
    let stem = route.path().trim_end_matches(".html").rsplit('/').next().unwrap_or("handbook");
    let name = if options.page.is_some() { stem } else { "handbook" };
    let whole = options.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.pdf")));
    let whole = folder(args).join(whole);
    if count == 1 {
        return whole;
    }
    let base = whole.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    whole.with_file_name(format!("{base}-{stem}.pdf"))
}

/// The browser that prints: the one that was named, else the first that runs.
fn browser(named: Option<&Path>) -> Result<PathBuf, Stop> {
    let runs = |name: &Path| {
        let mut asked = Command::new(name);
        asked.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        asked.status().is_ok_and(|status| status.success())
    };
    if let Some(named) = named {
        let found = runs(named).then(|| named.to_owned());
        return found.ok_or_else(|| Stop::Cannot(format!("`{}` cannot be run", named.display())));
    }
    let found = BROWSERS.iter().map(PathBuf::from).find(|name| runs(name));
    found.ok_or_else(|| {
        Stop::Cannot("no Chromium was found to print with: install it, or name one with `--browser`".to_owned())
    })
}

/// A copy of what is printed in a folder for the moment, which goes when this does.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Result<Self, Stop> {
        let folder = std::env::temp_dir().join(format!("mendbook-pdf-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| cannot(&folder, &error))?;
        Ok(Self(folder))
    }

    /// Write the pages, and every file that a page may show.
    fn fill(&self, site: &Site, routes: &[Route]) -> Result<(), Stop> {
        let files = site.outputs.iter().filter(|(_, output)| matches!(output, Output::Asset(_) | Output::Theme(_)));
        for route in routes.iter().chain(files.map(|(route, _)| route)) {
            let Some(rendered) = site.render(route) else { continue };
            let rendered = rendered.map_err(|finding| {
                let said = render::at(vec![(route.path(), finding)]);
                Stop::Cannot(said.first().map_or_else(String::new, |finding| finding.message.clone()))
            })?;
            let to = self.0.join(route.path());
            let made = to.parent().map_or(Ok(()), fs::create_dir_all);
            let done = made.and_then(|()| match &rendered {
                Rendered::Bytes(bytes) => fs::write(&to, bytes),
                Rendered::Copy(from) => fs::copy(from, &to).map(drop),
            });
            done.map_err(|error| cannot(&to, &error))?;
        }
        Ok(())
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A folder of the system's own for such things: what is left there is no loss.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Cannot(format!("`{}` cannot be written: {error}", path.display()))
}

/// Print one page of the copy.
fn print(browser: &Path, copy: &Copy, (route, to): (&Route, &Path)) -> Result<(), Stop> {
    let made = copy.0.join("printed.pdf");
    let mut command = Command::new(browser);
    command.args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]);
    command.args(["--disable-background-networking", "--disable-sync", "--disable-component-update"]);
    if is_root() {
        // Chromium refuses to run as root with its sandbox. What is printed is the handbook, and it runs no foreign script.
        command.arg("--no-sandbox");
    }
    command.arg(format!("--user-data-dir={}", copy.0.join("profile").display()));
    command.arg(format!("--print-to-pdf={}", made.display()));
    command.arg(format!("file://{}", copy.0.join(route.path()).display()));
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| Stop::Cannot(format!("`{}` cannot be run: {error}", browser.display())))?;
    if !made.is_file() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        return Err(Stop::Cannot(format!("`{}` printed nothing: {last}", browser.display())));
    }
    // The copy may lie on another disk; a file of that name is replaced whole.
    let beside = to.with_extension("pdf.new");
    let moved = fs::copy(&made, &beside).and_then(|_| fs::rename(&beside, to));
    let _ = fs::remove_file(&made);
    moved.map_err(|error| cannot(to, &error))
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
