//! The address of the published handbook where site.toml does not say it: from `CNAME` or from the git remote.

use std::path::Path;

use crate::git;

/// Longest `CNAME` that is read, in bytes.
const LONGEST: usize = 1024;

/// An address, and what it was worked out from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The full address, ending in `/`.
    pub(super) url: String,
    /// What says so, as it stands in a sentence.
    pub(super) from: &'static str,
}

impl Found {
    /// Which address was found, and where.
    pub(super) fn note(&self) -> String {
        let Self { url, from } = self;
        format!("note: the address is {url}, by {from}; `base_url` in site.toml sets another")
    }
}

/// Where else than in the handbook an address may be found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clues<'a> {
    /// The remote to look at.
    pub(super) remote: &'a str,
    /// The text of the `CNAME` on the branch that is published.
    pub(super) cname: Option<&'a str>,
}

impl Default for Clues<'_> {
    fn default() -> Self {
        Self { remote: "origin", cname: None }
    }
}

/// Look in `static/`, in the old output, on the published branch and at the git remote, in this order.
pub(super) fn find(root: &Path, output: &Path, clues: Clues<'_>) -> Option<Found> {
    let named = |text: Option<String>, from| Some(Found { url: format!("https://{}/", domain(&text?)?), from });
    let read = |file: &Path| std::fs::read_to_string(file).ok();
    named(read(&root.join("static/CNAME")), "`static/CNAME`")
        .or_else(|| named(read(&output.join("CNAME")), "the `CNAME` of the old output"))
        .or_else(|| named(clues.cname.map(str::to_owned), "the `CNAME` on the published branch"))
        .or_else(|| Some(Found { url: pages_of(&git::remote(root, clues.remote)?)?, from: "the git remote" }))
}

/// The domain in the text of a `CNAME` file.
fn domain(text: &str) -> Option<String> {
    let text = Some(text).filter(|text| text.len() <= LONGEST)?;
    let domain = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let plain = domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
    plain.then(|| domain.to_lowercase())
}

/// Where GitHub and GitLab publish the pages of a repository.
fn pages_of(remote: &str) -> Option<String> {
    let (host, path) = host_and_path(remote)?;
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let (owner, name) = path.split_once('/').filter(|(owner, name)| !owner.is_empty() && !name.is_empty())?;
    let pages = match host.to_ascii_lowercase().as_str() {
        "github.com" if !name.contains('/') => format!("{}.github.io", owner.to_ascii_lowercase()),
        "gitlab.com" => format!("{}.gitlab.io", owner.to_ascii_lowercase()),
        _ => return None,
    };
    // The repository called as the host is that host itself.
    if name.eq_ignore_ascii_case(&pages) {
        return Some(format!("https://{pages}/"));
    }
    let mut url = format!("https://{pages}/");
    crate::route::encode_into(name, &mut url);
    url.push('/');
    Some(url)
}

/// The web address at which a forge shows a repository, if its remote is on one.
pub(super) fn forge(remote: &str) -> Option<String> {
    let (host, path) = host_and_path(remote).filter(|(host, _)| host.contains('.'))?;
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '~');
    (path.contains('/') && [host, path].iter().all(|part| part.chars().all(plain)))
        .then(|| format!("https://{}/{path}", host.to_ascii_lowercase()))
}

/// `https://host/path`, `ssh://user@host:port/path` and `user@host:path`.
fn host_and_path(remote: &str) -> Option<(&str, &str)> {
    let (host, path) = match remote.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => remote.split_once(':')?,
    };
    let host = host.rsplit('@').next().unwrap_or(host);
    Some((host.split(':').next().unwrap_or(host), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_published_where_the_forge_puts_them() {
        let cases = [
            ("git@github.com:Org/Handbook.git", Some("https://org.github.io/Handbook/")),
            ("https://github.com/org/handbook", Some("https://org.github.io/handbook/")),
            ("https://token@github.com/org/handbook.git", Some("https://org.github.io/handbook/")),
            ("ssh://git@github.com:22/org/handbook.git/", Some("https://org.github.io/handbook/")),
            ("https://github.com/Org/org.github.io.git", Some("https://org.github.io/")),
            ("git@gitlab.com:group/part/book.git", Some("https://group.gitlab.io/part/book/")),
            ("https://gitlab.com/group/group.gitlab.io", Some("https://group.gitlab.io/")),
            ("https://git.example.org/org/handbook.git", None),
            ("../handbook.git", None),
            ("git@github.com:alone", None),
        ];
        for (remote, expected) in cases {
            assert_eq!(pages_of(remote).as_deref(), expected, "{remote}");
        }
    }
    #[test]
    fn sources_are_shown_where_the_remote_is() {
        let cases = [
            ("git@github.com:Org/Handbook.git", Some("https://github.com/Org/Handbook")),
            ("https://token@gitlab.com/group/part/book.git", Some("https://gitlab.com/group/part/book")),
            ("ssh://git@git.example.org:2222/org/book", Some("https://git.example.org/org/book")),
            ("work:org/book.git", None),
            ("/srv/git/book.git", None),
            ("../book.git", None),
            ("git@github.com:org/\"x\"", None),
        ];
        for (remote, expected) in cases {
            assert_eq!(forge(remote).as_deref(), expected, "{remote}");
        }
    }
}
