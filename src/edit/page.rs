//! A new page: the sections of its kind to fill in, and the other side of what pages say about it already.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use crate::diag::nearest;
use crate::discover::name_fault;
use crate::kinds::{Form, Kind, SectionSpec};
use crate::model::fold_name;
use crate::site::Site;

/// A page to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// Its path from the site's root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A note on the page that is being made, written by another page.
struct Asked {
    title: String,
    connects: String,
    differs: String,
}

impl NewPage {
    /// The page called `title` of the kind called `kind`, made on the day `today`.
    ///
    /// # Errors
    /// A title that is too long or gives no file name, a kind that is not known: nothing can be written.
    pub fn of(site: &Site, (kind, title): (&str, &str), today: &str) -> Result<NewPage, String> {
        let title = crate::prose::fold_space(&title.replace(char::is_control, " "));
        let longest = site.config.limits.title;
        if title.chars().count() > longest {
            return Err(format!("a title has at most {longest} characters; nothing was written"));
        }
        let Some(kind) = site.kinds.named(kind) else {
            let known: Vec<&str> = site.kinds.list.iter().map(|kind| kind.name.as_str()).collect();
            let near = nearest(kind, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let hint = near.unwrap_or_else(|| format!("there are {}", known.join(", ")));
            return Err(format!("there is no kind `{kind}`; {hint}"));
        };
        let stem = stem(&title);
        if stem.is_empty() {
            return Err(format!("the title `{title}` gives no file name: use a letter or a digit"));
        }
        // A name that means something else: a folder's front page, or a device on Windows.
        let taken = ["index", "readme"].contains(&stem.as_str()) || name_fault(&stem, LONGEST).is_some();
        let stem = if taken { format!("{stem}-{}", kind.name) } else { stem };
        let content = if site.handbook.bare { "" } else { "content/" };
        let folder = if kind.folder.is_empty() { String::new() } else { format!("{}/", kind.folder) };
        let names = [fold_name(&title), fold_name(&format!("{folder}{stem}"))];
        let path = format!("{content}{folder}{stem}.md");
        Ok(NewPage { path, text: page(kind, &title, (today, &asked(site, &names))) })
    }
}

/// Notes of other pages that name this one, by its title or its path.
fn asked(site: &Site, names: &[String]) -> Vec<Asked> {
    let mut asked = Vec::new();
    for page in &site.handbook.pages {
        for relation in page.draft.relations.iter().filter(|relation| names.contains(&fold_name(&relation.name))) {
            asked.push(Asked {
                title: page.title().to_owned(),
                connects: page.draft.flow.text(relation.connects),
                differs: page.draft.flow.text(relation.differs),
            });
        }
    }
    asked
}

/// Bytes of a page's file name, less its ending.
const LONGEST: usize = 80;

/// A file name for a title: lower case, letters and digits kept, everything else a `-`; cut between two words.
fn stem(title: &str) -> String {
    let mut stem = String::new();
    for c in title.nfc().collect::<String>().to_lowercase().chars() {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !matches!(c, '\'' | '’') && !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.len() <= LONGEST {
        return stem.to_owned();
    }
    let short = stem.get(..stem.floor_char_boundary(LONGEST)).unwrap_or("");
    // The cut may fall just behind a word.
    let between = stem.get(short.len()..).is_some_and(|rest| rest.starts_with('-'));
    let whole = short.rsplit_once('-').filter(|_| !between).map_or(short, |(words, _)| words);
    whole.trim_end_matches('-').to_owned()
}

/// The text of a new page. Prompts are comments, so none of them can be published by mistake.
fn page(kind: &Kind, title: &str, (today, asked): (&str, &[Asked])) -> String {
    let quoted = serde_json::Value::from(title);
    let mut text = format!("+++\ntitle = {quoted}\nsummary = \"\"\nstatus = \"draft\"\ncreated = {today}\n+++\n\n");
    for spec in &kind.sections {
        if matches!(spec.form, Form::Title | Form::Summary | Form::Aliases) {
            continue;
        }
        if !spec.heading.is_empty() {
            let _ = write!(text, "## {}\n\n", spec.heading);
        }
        let _ = write!(text, "<!-- {} -->\n\n", prompt(spec));
        if spec.form == Form::Relations {
            for note in asked {
                let _ = writeln!(
                    text,
                    "- [[{}]] — connects because {}; differs because {}",
                    note.title, note.connects, note.differs
                );
            }
            if !asked.is_empty() {
                text.push('\n');
            }
        }
    }
    format!("{}\n", text.trim_end())
}

/// What a section wants, with an example of its form.
fn prompt(spec: &SectionSpec) -> String {
    let count = match (spec.count, spec.form) {
        (Some(count), Form::Scenario) => format!("{} to {} words: ", count.min, count.max),
        (Some(count), _) if count.max < 1000 => format!("{} to {}: ", count.min, count.max),
        (Some(count), _) => format!("at least {}: ", count.min),
        (None, _) => String::new(),
    };
    let example = match spec.form {
        Form::List if spec.id == "signals" => "- Something a person could have seen or heard",
        Form::List if spec.id == "worse" => "- Something that is done, or left undone, and feeds it",
        Form::List if spec.id == "sources" => "- A book, an article, a talk",
        Form::List => "- One thing in each bullet",
        Form::Labelled => "- **Label:** why it happens",
        Form::Steps => "1. **Label.** What to do, and what to say",
        Form::Relations => "- [[Other page]] - connects because ...; differs because ...",
        Form::Escalation => "- **Short form:** When ... => @role",
        Form::Pairs if spec.id == "myths" => "**Myth:** ... **In fact:** ...",
        Form::Pairs => "a table of two columns: what is said now, and what to say",
        Form::Scenario => "a short scene, people by their roles",
        _ if spec.heading.is_empty() => "two short paragraphs: what this is, and why it matters",
        _ => "a few paragraphs",
    };
    format!("{count}{example}")
}

/// Write a file that must not exist yet; its folders are made.
///
/// # Errors
/// It exists, or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| format!("the folder `{}` cannot be made: {error}", folder.display()))?;
    let file = fs::File::options().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(format!("`{}` exists already; nothing was written", path.display()))
        }
        Err(error) => Err(format!("`{}` cannot be written: {error}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_a_file_name() {
        assert_eq!(stem("Late bad news?"), "late-bad-news");
        assert_eq!(stem("  It’s “fine” — really "), "its-fine-really");
        assert_eq!(stem("Über / uns"), "über-uns");
        assert_eq!(stem("…"), "");
        assert_eq!(stem("Cafe\u{301}"), "café");
        assert_eq!(stem(&"word ".repeat(60)), ["word"; 16].join("-"));
        assert_eq!(stem(&"x".repeat(300)), "x".repeat(80));
        assert_eq!(stem(&"ü".repeat(300)), "ü".repeat(40));
    }

    #[test]
    fn a_new_page_has_every_section_and_the_inverse_of_what_is_asked() {
        let (kinds, _) = crate::kinds::Kinds::load(&crate::config::Config::default());
        let asked =
            [Asked { title: "B".to_owned(), connects: "both wait".to_owned(), differs: "B is over".to_owned() }];
        let text = page(kinds.named("pattern").unwrap(), "A \"b\"", ("2026-10-03", &asked));
        assert!(text.starts_with("+++\ntitle = \"A \\\"b\\\"\""), "{text}");
        assert!(text.contains("## Signals\n") && text.contains("## When to escalate\n"), "{text}");
        assert_eq!(text.matches("seen or heard").count(), 1, "each section has a prompt of its own: {text}");
        assert!(text.contains("- [[B]] — connects because both wait; differs because B is over"), "{text}");
    }
}
