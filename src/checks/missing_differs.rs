//! `missing-differs`: a note on a nearby page that does not say how the two differ.

use super::{Book, Findings, specs};
use crate::diag::Diagnostic;
use crate::kinds::Form;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    // In a section that the kind does not require a bare name is a welcome pointer, no half-told comparison.
    for (page, section, _) in specs(book).filter(|(_, _, spec)| spec.form == Form::Relations && spec.required) {
        for item in &section.items {
            let Some(relation) = item.relation.and_then(|index| page.draft.relations.get(index as usize)) else {
                continue;
            };
            if !relation.differs.is_empty() {
                continue;
            }
            let message = format!("it is not said how `{}` differs", relation.name);
            let finding = Diagnostic::new("missing-differs", message).at(&page.draft.path, relation.span);
            found.push(finding.hint("end the note with `; differs because …`, so that nobody confuses the two again"));
        }
    }
}
