//! What other pages can see of a page without reading its text: its names, its front matter, its sections and items.

use super::{Draft, Section};

impl Draft {
    /// Whether two readings of a page differ in nothing but their text, and the anchors and links in it: what a handbook
    /// knows by names, orders and lists then stays as it is.
    #[must_use]
    pub fn has_shape_of(&self, other: &Draft) -> bool {
        (&self.id, &self.path, &self.kind, &self.title) == (&other.id, &other.path, &other.kind, &other.title)
            && self.title_from == other.title_from
            && self.aliases == other.aliases
            && self.front == other.front
            && self.internal.len() == other.internal.len()
            && self.sections.len() == other.sections.len()
            && self.sections.iter().zip(&other.sections).all(|(own, their)| self.same((own, their), other))
    }

    fn same(&self, (own, their): (&Section, &Section), other: &Draft) -> bool {
        let groups = own.groups.iter().map(|group| (&group.text, &group.id));
        let items = own.items.iter().map(|item| item.group);
        // Drivers are listed by their labels.
        let labels = own.items.iter().zip(&their.items);
        let labelled = own.id == "drivers";
        (&own.id, &own.heading, own.form) == (&their.id, &their.heading, their.form)
            && own.standing == their.standing
            && groups.eq(their.groups.iter().map(|group| (&group.text, &group.id)))
            && items.eq(their.items.iter().map(|item| item.group))
            && (!labelled
                || labels.into_iter().all(|(own, their)| self.flow.text(own.label) == other.flow.text(their.label)))
    }
}
