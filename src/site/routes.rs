//! Which address holds what, and who wants the same one.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Output, Program, Site};
use crate::config::Audience;
use crate::diag::Diagnostic;
use crate::model::{MadeKind, Page, PageId};
use crate::route::Route;
use crate::source::Span;

/// The place of findings about what mendbook makes.
const MADE: &str = "site.toml";

impl Site {
    /// Give everything its address. In a bare folder, and for the public, only files that some page
    /// links or shows are copied.
    pub(super) fn lay_out(&mut self) {
        let bare = self.handbook.bare || self.config.audience == Audience::Public;
        let mut outputs: Vec<(Route, Output)> = Vec::new();
        for (index, made) in self.made.iter().enumerate() {
            outputs.push((made.route.clone(), Output::Made(index)));
        }
        let taken: std::collections::HashSet<&Route> = self.made.iter().map(|made| &made.route).collect();
        for (index, page) in self.handbook.pages.iter().enumerate().filter(|(_, page)| !taken.contains(&page.route)) {
            outputs.push((page.route.clone(), Output::Page(PageId::new(index))));
        }
        let mut linked = if bare { self.graph.linked_assets() } else { std::collections::HashSet::new() };
        linked.extend(self.known.logo.into_iter().chain(self.known.favicon));
        for asset in 0..self.handbook.assets.len() + self.handbook.statics.len() {
            let wanted = !bare || self.handbook.is_static(asset) || linked.contains(&asset);
            let route = self.shelf().asset_route(asset).filter(|_| wanted && self.shelf().copies(asset));
            outputs.extend(route.map(|route| (route, Output::Asset(asset))));
        }
        let theme = self.theme.as_ref().map(|theme| theme.assets()).unwrap_or_default();
        for (path, _) in theme {
            outputs.push((Route::made(format!("assets/{path}")), Output::Theme(path.to_owned())));
        }
        outputs.extend(self.programs().into_iter().map(|program| (program.route(), Output::Program(program))));
        let markdown = |(id, page): (PageId, &Page)| (page.route.as_markdown(), Output::Markdown(id));
        outputs.extend(self.handbook.all().map(markdown));
        self.claim(outputs);
        self.weigh();
    }

    fn claim(&mut self, outputs: Vec<(Route, Output)>) {
        let mut keys: HashMap<String, Route> = HashMap::new();
        for (route, output) in outputs {
            let key = route.key();
            let Some(other) = keys.get(&key) else {
                keys.insert(key, route.clone());
                Arc::make_mut(&mut self.outputs).insert(route, output);
                continue;
            };
            let other = other.clone();
            let standing = self.outputs.get(&other).cloned();
            if let Some(asset) = self.replaces((standing.as_ref(), &output), &route) {
                Arc::make_mut(&mut self.outputs).insert(other, Output::Asset(asset));
                continue;
            }
            // Pages and files that want one place are the model's to tell, where every file has a place.
            let told = !self.handbook.bare
                && matches!((&standing, &output), (Some(Output::Page(_) | Output::Asset(_)), Output::Asset(_)));
            if told || self.known.written.contains_key(&other) && matches!(output, Output::Asset(_)) {
                continue;
            }
            let mut sides = [self.owner(&output, &route), self.owner(standing.as_ref().unwrap_or(&output), &other)];
            // The place is that of a file, where there is one.
            sides.sort_by_key(|(path, _)| &**path == MADE);
            let [one, two] = sides;
            let finding = Diagnostic::new("address-clash", format!("{} has the address of {}", one.1, two.1));
            let finding = finding.at(&one.0, Span::default());
            let said = |known: &Diagnostic| known.message == finding.message && known.place == finding.place;
            if !self.findings.iter().any(said) {
                self.findings.push(finding.hint("rename one of them; addresses are compared without case"));
            }
        }
        self.folders_and_files(&keys);
    }

    /// A file of `static/` that is meant for programs stands in place of the made one, and a hint says so.
    fn replaces(&mut self, (standing, output): (Option<&Output>, &Output), route: &Route) -> Option<usize> {
        let asset = match (standing?, output) {
            (Output::Asset(asset), Output::Program(_) | Output::Markdown(_)) => *asset,
            (Output::Made(_), Output::Asset(asset)) if route.path() == "404.html" => *asset,
            _ => return None,
        };
        let file = self.handbook.asset_file(asset).filter(|_| self.handbook.is_static(asset))?;
        let message = format!("`{}` stands in place of the one that mendbook makes", file.site_path);
        let finding = Diagnostic::new("replaced-file", message).at(&file.site_path, Span::default());
        self.findings.push(finding.hint("take it out of `static/` to have the made one"));
        Some(asset)
    }

    /// A file cannot have the name of a folder.
    fn folders_and_files(&mut self, keys: &HashMap<String, Route>) {
        let mut clashes: Vec<(Route, Route)> = Vec::new();
        let mut known: HashMap<&str, Option<&Route>> = HashMap::new();
        for route in self.outputs.keys() {
            let mut folder = route.path();
            while let Some((above, _)) = folder.rsplit_once('/') {
                if let Some(file) = known.entry(above).or_insert_with(|| keys.get(&Route::made(above).key())) {
                    clashes.push(((*file).clone(), route.clone()));
                }
                folder = above;
            }
        }
        clashes.dedup_by(|a, b| a.0 == b.0);
        for (file, inside) in clashes {
            let Some(output) = self.outputs.get(&file).cloned() else { continue };
            let owner = self.owner(&output, &file);
            let message = format!("{} has the name of a folder: `{}` lies in it", owner.1, inside.path());
            self.findings.push(
                Diagnostic::new("address-clash", message).at(&owner.0, Span::default()).hint("give it another name"),
            );
        }
    }

    /// The source of an output, and what to call it.
    fn owner(&self, output: &Output, route: &Route) -> (std::sync::Arc<str>, String) {
        let made = || (MADE.into(), format!("the made page `{}`", route.path()));
        match output {
            Output::Page(id) => self
                .handbook
                .page(*id)
                .map_or_else(made, |page| (page.draft.path.clone(), format!("`{}`", page.draft.path))),
            Output::Asset(asset) => {
                let file = self.handbook.asset_file(*asset);
                file.map_or_else(made, |file| (file.site_path.clone(), format!("`{}`", file.site_path)))
            }
            Output::Made(index) => {
                let path = |page: &Page| page.draft.path.clone();
                match self.made.get(*index).map(|made| &made.kind) {
                    Some(MadeKind::Moved(page)) => self.handbook.page(*page).map_or_else(made, |page| {
                        (path(page), format!("the old address `{}` of `{}`", route.path(), page.draft.path))
                    }),
                    // Two folders whose names differ in case: the finding stands at a page of one.
                    Some(MadeKind::Folder(folder)) => {
                        let inside =
                            |page: &&Page| page.id().strip_prefix(folder).is_some_and(|id| id.starts_with('/'));
                        let first = self.handbook.pages.iter().find(inside);
                        first.map_or_else(made, |page| (path(page), format!("the folder `{folder}`")))
                    }
                    _ => made(),
                }
            }
            Output::Markdown(id) => self
                .handbook
                .page(*id)
                .map_or_else(made, |page| (page.draft.path.clone(), format!("the Markdown of `{}`", page.draft.path))),
            Output::Theme(_) | Output::Program(_) => made(),
        }
    }

    fn programs(&self) -> Vec<Program> {
        Program::all(self)
    }
}
