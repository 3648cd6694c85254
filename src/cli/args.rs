//! Every command and option, with the words that `--help` says.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::config::Audience;

/// Makes a cross-linked static handbook from a folder of Markdown pages.
#[derive(Debug, Clone, Parser)]
#[command(name = "mendbook", version, max_term_width = 100, propagate_version = true, after_help = AFTER)]
pub(super) struct Args {
    /// Run as if started in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(super) folder: Option<PathBuf>,
    /// Take in pages that are marked as drafts
    #[arg(long, global = true)]
    pub(super) drafts: bool,
    /// For whom: `public` leaves out internal pages, sections and contacts [default: `[build] audience` of site.toml,
    /// else internal]
    #[arg(long, value_enum, value_name = "WHOM", global = true)]
    pub(super) audience: Option<Whom>,
    /// The day by which reviews are due, as 2026-10-03 [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", global = true)]
    pub(super) today: Option<String>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", global = true)]
    pub(super) color: Color,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more: `build` then shows hints too, `review` all that comes later
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// What to do
    #[command(subcommand)]
    pub(super) command: Command,
}

const AFTER: &str = "Examples:
  mendbook init handbook       a small handbook to begin with
  mendbook build               make the site in public/
  mendbook check --fix         mend what can be mended by itself
  mendbook explain dead-link   what a finding means

Exit codes: 0 done; 1 something is wrong in the pages, links, theme or site.toml; 2 refused or impossible.";

/// For whom a handbook is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Whom {
    /// Everything that is not internal
    Public,
    /// Everything
    Internal,
}

impl From<Whom> for Audience {
    fn from(whom: Whom) -> Self {
        match whom {
            Whom::Public => Self::Public,
            Whom::Internal => Self::Internal,
        }
    }
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Who publishes a handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Host {
    /// GitHub Pages, by GitHub Actions
    Github,
    /// GitLab Pages, by GitLab CI
    Gitlab,
}

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    /// Write a small working handbook to begin with
    #[command(
        after_help = "Examples:\n  mendbook init handbook && mendbook -C handbook build\n  mendbook init --host gitlab"
    )]
    Init {
        /// Where; made if it does not exist [default: this folder]
        #[arg(value_name = "DIR")]
        place: Option<PathBuf>,
        /// Whose workflow is written, to check and publish it [default: by the git remote, else github]
        #[arg(long, value_enum, value_name = "HOST")]
        host: Option<Host>,
    },
    /// Write a page with the sections of its kind to fill in
    #[command(after_help = "Example:\n  mendbook new pattern \"Late bad news\"")]
    New {
        /// The kind of page: pattern, guide, essay, term, or one of site.toml
        kind: String,
        /// Its title
        title: String,
    },
    /// Make the site, whole or not at all
    #[command(
        after_help = "Examples:\n  mendbook build\n  mendbook build --audience public    without what is internal, and proved to be\n  mendbook build --output /srv/handbook --base-url https://example.org/handbook/"
    )]
    Build(BuildOptions),
    /// Show the handbook in a browser while you write; drafts are shown
    #[command(
        after_help = "Examples:\n  mendbook serve --open\n  mendbook serve --follow               the browser goes where you write\n  mendbook serve --editor \"code -g\"     a press on a heading's mark opens your editor there\n  mendbook serve --bind 0.0.0.0         for a phone in the same network"
    )]
    Serve(ServeOptions),
    /// Show every finding; writes nothing but with --fix
    #[command(
        after_help = "Examples:\n  mendbook check\n  mendbook check --fix\n  mendbook check --format github --strict\n  mendbook check --output public   prove a finished site: every address in it, and what hosts refuse"
    )]
    Check(CheckOptions),
    /// Build, prove the output, and push it to the branch that a host publishes
    #[command(
        after_help = "Examples:\n  mendbook publish --dry-run    what would change, page by page\n  mendbook publish\n  mendbook publish --remote upstream --branch pages --base-url https://handbook.example.org/"
    )]
    Publish(PublishOptions),
    /// Print the handbook, or one page, to a PDF file with an installed Chromium
    #[command(
        after_help = "Examples:\n  mendbook pdf                       handbook.pdf, with a table of contents\n  mendbook pdf \"A broken promise\"    one page, as a worksheet\n  mendbook pdf --output print/handbook.pdf"
    )]
    Pdf(PdfOptions),
    /// Say what a finding means and how to mend it; without a name, list all
    #[command(after_help = "Example:\n  mendbook explain missing-differs")]
    Explain {
        /// Name of the check
        check: Option<String>,
    },
    /// Print the handbook as data: all that was understood
    #[command(
        after_help = "Examples:\n  mendbook export > handbook.json\n  mendbook export --format dot | dot -Tsvg > network.svg"
    )]
    Export {
        /// The form
        #[arg(long, value_enum, default_value_t = ExportFormat::Json)]
        format: ExportFormat,
        /// How many related pages to give for each page, at least
        #[arg(long, value_name = "N", default_value_t = 20)]
        related: usize,
    },
    /// Print the pages that help the readers of a page next, and why
    #[command(
        after_help = "Examples:\n  mendbook related \"A broken promise\"\n  mendbook related content/patterns/going-quiet.md --explain"
    )]
    Related {
        /// The page: its title, its path or another of its names
        page: String,
        /// Show what each part of the score adds, as a table
        #[arg(long)]
        explain: bool,
    },
    /// Say whose turn it is to read which page again, by owner
    #[command(
        after_help = "Examples:\n  mendbook review\n  mendbook review --verbose             with everything that comes later\n  mendbook review --today 2027-01-01    what will be overdue by then"
    )]
    Review,
    /// Print the pages that answer a question, as the search page shows them
    #[command(
        after_help = "Examples:\n  mendbook search he apologised but nothing changed\n  mendbook search --kind guide --limit 3 sorry\n  mendbook search --finder --tick \"patterns/late-bad-news#signals-no-one-asks\" they hid it"
    )]
    Search(SearchOptions),
    /// Say what changed between two revisions, in pages, signals, relations and links
    #[command(
        after_help = "Examples:\n  mendbook diff HEAD\n  mendbook diff v1 v2\n  mendbook diff origin/main --format markdown >> \"$GITHUB_STEP_SUMMARY\""
    )]
    Diff(DiffOptions),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  mendbook completions bash > ~/.local/share/bash-completion/completions/mendbook"
    )]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  mendbook man | man -l -")]
    Man,
}

/// Options of `build`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct BuildOptions {
    /// The output folder [default: `[build] output` of site.toml, else public]
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// The full address of the published handbook
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub(super) strict: bool,
}

/// Options of `check`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct CheckOptions {
    /// The form in which findings are shown
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Mend what can be mended by itself
    #[arg(long, conflicts_with = "output")]
    pub(super) fix: bool,
    /// Prove this finished site instead of the pages, whoever built it: that every address in it leads somewhere, and
    /// that hosts take every file
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// With --output: the full address at which it is published [default: as for `build`]
    #[arg(long, value_name = "URL", requires = "output")]
    pub(super) base_url: Option<String>,
    /// With --fix: also mend files that have changes git has not got
    #[arg(long, requires = "fix")]
    pub(super) allow_dirty: bool,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub(super) strict: bool,
}

/// Options of `serve`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ServeOptions {
    /// The port; if it is taken, the next one that is free
    #[arg(long, value_name = "N", default_value_t = 4321)]
    pub(super) port: u16,
    /// The address to listen at; 0.0.0.0 lets everybody in the network read along
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(super) bind: std::net::IpAddr,
    /// A further name that the preview may be called by, such as a proxy's
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// Open the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Let the browser go to the page that is being edited
    #[arg(long)]
    pub(super) follow: bool,
    /// Look for changes twice a second, for network and container mounts that tell of none
    #[arg(long)]
    pub(super) poll: bool,
    /// What opens a file at a line: a program, one with {path} and {line}, or an address with them [default: $EDITOR_URL]
    #[arg(long, value_name = "CMD")]
    pub(super) editor: Option<String>,
}

/// Options of `pdf`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct PdfOptions {
    /// The page: its title, its path or another of its names [default: the whole handbook]
    pub(super) page: Option<String>,
    /// The file [default: handbook.pdf, or the page's name]; a large handbook makes one for each area
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The browser to print with [default: the first Chromium, Chrome or Edge that is there]
    #[arg(long, value_name = "PROGRAM")]
    pub(super) browser: Option<PathBuf>,
}

/// Options of `publish`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct PublishOptions {
    /// Say what would change, and push nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The git remote
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    pub(super) remote: String,
    /// The branch that the host publishes; made if there is none
    #[arg(long, value_name = "BRANCH", default_value = "gh-pages")]
    pub(super) branch: String,
    /// The full address of the published handbook [default: as for `build`]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

/// Options of `search`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct SearchOptions {
    /// What is looked for, in any words
    #[arg(required_unless_present = "tick")]
    pub(super) words: Vec<String>,
    /// Pages that are listed at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) limit: usize,
    /// Only pages of this kind; may be given several times
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Vec<String>,
    /// Only pages of this stage; may be given several times
    #[arg(long, value_name = "STAGE")]
    pub(super) stage: Vec<String>,
    /// Rank patterns by what was seen, as the finder does
    #[arg(long)]
    pub(super) finder: bool,
    /// A signal that was seen; may be given several times
    #[arg(long, value_name = "PAGE-ID#ANCHOR", requires = "finder")]
    pub(super) tick: Vec<String>,
}

/// Options of `diff`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct DiffOptions {
    /// The earlier revision: a branch, a tag, a commit
    #[arg(value_name = "REV")]
    pub(super) old: String,
    /// The later revision [default: the working tree, with what is not committed]
    #[arg(value_name = "REV")]
    pub(super) new: Option<String>,
    /// The form
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(super) format: DiffFormat,
}

/// A form of what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people at a terminal
    Text,
    /// For the text of a pull request
    Markdown,
}

/// A form of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// An array of objects
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which become annotations on a pull request
    Github,
}

/// A form of the handbook as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// One JSON document
    Json,
    /// The network of pages, for Graphviz
    Dot,
    /// The network of pages, for Gephi, yEd and others
    Graphml,
}
