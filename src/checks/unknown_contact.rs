//! `unknown-contact`: a role in an escalation that nobody in `[contacts]` has.

use super::{Book, Findings};
use crate::diag::{Diagnostic, is_slip, nearest};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let Some(contacts) = &book.config.contacts else { return };
    for page in &book.handbook.pages {
        let roles = page.draft.sections.iter().flat_map(|section| &section.items).flat_map(|item| &item.roles);
        for role in roles.filter(|role| role.checked && contacts.iter().all(|contact| contact.id != role.name)) {
            let message = format!("no contact `{}` in site.toml", role.name);
            let finding = Diagnostic::new("unknown-contact", message).at(&page.draft.path, role.span);
            let near = nearest(&role.name, contacts.iter().map(|contact| contact.id.as_str()));
            found.push(match near {
                Some(near) if is_slip(&role.name, near) => finding.hint(format!("did you mean `@{near}`?")).fix(
                    format!("write `@{near}`"),
                    &page.draft.path,
                    (role.span, near.to_owned()),
                ),
                Some(near) => finding.hint(format!("did you mean `@{near}`?")),
                None => {
                    let known: Vec<String> =
                        contacts.iter().take(12).map(|contact| format!("`@{}`", contact.id)).collect();
                    let known = if known.is_empty() { String::new() } else { format!(", or use {}", known.join(", ")) };
                    finding.hint(format!("add `[contacts.{}]` to site.toml{known}", role.name))
                }
            });
        }
    }
}
