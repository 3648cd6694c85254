//! A stack of layers becomes templates and assets: the first layer that has a file wins, the embedded `plain` is last.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher as _};
use std::sync::Arc;

use tera::{Context, Kwargs, State, Tera};

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::discover::LayerFiles;
use crate::source::Span;
use crate::words::Wording;

mod colour;
mod embedded;
mod faults;
mod say;

pub use embedded::FILES as PLAIN;

/// The theme of a handbook, ready to render with.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Vec<u8>>,
    layers: Vec<String>,
    prints: Prints,
}

/// Fingerprints of a theme: equal ones render equal views alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Prints {
    /// Of its layers' names and templates.
    pub templates: u64,
    /// Of its other files.
    pub assets: u64,
}

impl Theme {
    /// Put the layers (first wins) over the embedded `plain`.
    ///
    /// # Errors
    /// Every template that does not parse (`template-error`), an accent without contrast (`bad-config`).
    pub fn load(layers: Vec<LayerFiles>, config: &Config, wording: &Arc<Wording>) -> Result<Theme, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        let mut assets: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut templates: Vec<(String, String)> = Vec::new();
        let names: Vec<String> = layers.iter().map(|layer| layer.name.clone()).chain(["plain".to_owned()]).collect();
        for layer in layers {
            for (path, bytes) in layer.files {
                let name = format!("{}/{path}", layer.name);
                if let Some(asset) = path.strip_prefix("assets/") {
                    assets.entry(asset.to_owned()).or_insert(bytes);
                } else if is_template(&path) {
                    match String::from_utf8(bytes) {
                        Ok(text) => templates.push((name, text)),
                        Err(_) => {
                            let message = "the template is not UTF-8".to_owned();
                            let finding = faults::finding(&name, Span::default(), message);
                            findings.push(finding.hint("save it as UTF-8 in your editor"));
                        }
                    }
                }
            }
        }
        for (path, bytes) in embedded::FILES {
            if let Some(asset) = path.strip_prefix("assets/") {
                assets.entry(asset.to_owned()).or_insert_with(|| bytes.to_vec());
            } else if is_template(path)
                && let Ok(text) = std::str::from_utf8(bytes)
            {
                templates.push((format!("plain/{path}"), text.to_owned()));
            }
        }
        match colour::root_block(config) {
            Ok(block) if block.is_empty() => {}
            Ok(block) => assets.entry("mend.css".to_owned()).or_default().extend_from_slice(block.as_bytes()),
            Err(found) => findings.push(*found),
        }
        say::add_to(&mut assets, wording);
        let prints = Prints { templates: print(&(&names, &templates)), assets: print(&assets) };
        let tera = environment(&names, templates, (&assets, wording), &mut findings);
        if findings.is_empty() { Ok(Theme { tera, assets, layers: names, prints }) } else { Err(findings) }
    }

    /// What tells it from other themes.
    #[must_use]
    pub fn prints(&self) -> Prints {
        self.prints
    }

    /// The theme's files: path below the output's `assets/`, and bytes; in order of path.
    #[must_use]
    pub fn assets(&self) -> Vec<(&str, &[u8])> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
    }

    /// The names of the layers, the first wins.
    #[must_use]
    pub fn layers(&self) -> &[String] {
        &self.layers
    }

    /// Whether a layer has a template of this name (`page.html`).
    #[must_use]
    pub fn has_template(&self, name: &str) -> bool {
        self.templates().any(|known| known == name) || self.tera.get_template_names().any(|known| known == name)
    }

    /// The names of the templates, without their layers.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.tera.get_template_names().map(|name| name.split_once('/').map_or(name, |(_, path)| path))
    }

    /// Render a template into `out`.
    ///
    /// # Errors
    /// What is wrong in the template, at its place.
    pub fn render_to(&self, template: &str, context: &Context, out: impl std::io::Write) -> Result<(), Diagnostic> {
        let found = |error| faults::of_rendering(&error, &self.file_of(template));
        self.tera.render_to(template, context, out).map_err(found)
    }

    /// The file that is used for a template: `page.html` is `ours/page.html` where the layer `ours` has it.
    #[must_use]
    pub fn file_of(&self, template: &str) -> String {
        let mut files = self.layers.iter().map(|layer| format!("{layer}/{template}"));
        files
            .find(|file| self.tera.get_template_names().any(|name| name == file))
            .unwrap_or_else(|| template.to_owned())
    }

    /// A finding `template-error` about a template as a whole.
    #[must_use]
    pub fn fault(&self, template: &str, message: impl Into<String>) -> Diagnostic {
        faults::finding(&self.file_of(template), Span::default(), message.into())
    }
}

/// A fingerprint of a value.
fn print(value: &impl Hash) -> u64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn is_template(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".xml")
}

/// The engine with every template that parses; those that do not are findings.
fn environment(
    layers: &[String],
    mut templates: Vec<(String, String)>,
    (assets, wording): (&BTreeMap<String, Vec<u8>>, &Arc<Wording>),
    findings: &mut Vec<Diagnostic>,
) -> Tera {
    let mut left_out: Vec<String> = Vec::new();
    loop {
        let mut tera = Tera::default();
        register(&mut tera, assets);
        say::register(&mut tera, wording);
        let prefixes = layers.iter().map(|layer| format!("{layer}/"));
        let ready = tera.set_fallback_prefixes(prefixes);
        let added = ready
            .and_then(|()| tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))));
        let Err(error) = added else { return tera };
        let found = faults::of_loading(&error, &templates);
        // Leave those templates out and look for further mistakes; what is missing only for that is none.
        let before = templates.len();
        for fault in found {
            let place = fault.finding.place.as_ref().and_then(|place| place.path.strip_prefix("themes/"));
            let name = place.map(str::to_owned);
            templates.retain(|(known, _)| Some(known) != name.as_ref());
            if !fault.missing.is_some_and(|missing| left_out.iter().any(|file| is_called(file, &missing))) {
                findings.push(fault.finding);
            }
            left_out.extend(name);
        }
        if templates.len() == before {
            return Tera::default();
        }
    }
}

/// Whether the template in `file` (`ours/page.html`) answers to `name`, with or without its layer.
fn is_called(file: &str, name: &str) -> bool {
    file == name || file.split_once('/').is_some_and(|(_, path)| path == name)
}

fn register(tera: &mut Tera, assets: &BTreeMap<String, Vec<u8>>) {
    let versions: Arc<BTreeMap<String, String>> = Arc::new(
        assets
            .iter()
            .map(|(path, bytes)| {
                (path.clone(), format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes)).get(..8).unwrap_or("").to_owned())
            })
            .collect(),
    );
    tera.register_function("asset", move |kwargs: Kwargs, state: &State<'_>| -> tera::TeraResult<String> {
        let name: String = kwargs.must_get("name")?;
        let root: String = state.get("root")?.unwrap_or_default();
        match versions.get(&name) {
            Some(version) => Ok(format!("{root}assets/{name}?v={version}")),
            None => Err(tera::Error::message(format!("no layer has the file `assets/{name}`"))),
        }
    });
    tera.register_filter("lead", |label: &str, _: Kwargs, _: &State<'_>| crate::prose::leading(label));
}
