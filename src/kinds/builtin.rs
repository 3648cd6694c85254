//! The kinds that every handbook has.

use super::{Count, Form, Kind, SectionSpec};

/// Pattern, guide, essay and term.
pub(super) fn all() -> Vec<Kind> {
    let kind = |name: &str, folder: &str, open: bool, sections: Vec<SectionSpec>| Kind {
        name: name.to_owned(),
        folder: folder.to_owned(),
        open,
        sections,
        custom: false,
    };
    vec![
        kind("pattern", "patterns", false, pattern()),
        kind("guide", "guides", true, guide()),
        kind("essay", "essays", true, vec![sources()]),
        kind("term", "glossary", false, term()),
    ]
}

fn pattern() -> Vec<SectionSpec> {
    vec![
        section("meaning", "", Form::Prose).accept("What this pattern really means|What it means").required(),
        section("signals", "Signals", Form::List)
            .accept("What it looks like in everyday work|What it looks like|How it shows up")
            .required()
            .items(3, 12),
        section("drivers", "Drivers", Form::Labelled)
            .accept("Why it tends to develop|Why it happens|Causes")
            .required()
            .items(2, 10),
        section("worse", "What makes it worse", Form::List)
            .accept("What usually makes it worse")
            .required()
            .items(2, 12),
        section("scenario", "Scenario", Form::Scenario)
            .accept("A quick workplace scenario|A quick scenario|A scene")
            .required()
            .items(30, 250),
        section("helps", "What helps", Form::Steps).accept("What helps in practice").required().items(3, 15),
        say().items(1, 12),
        section("nearby", "Nearby patterns", Form::Relations)
            .accept("Nearby patterns worth separating")
            .required()
            .items(1, 12),
        section("escalate", "When to escalate", Form::Escalation)
            .accept("When the situation needs extra support|When to get support")
            .required()
            .items(1, 8),
        sources(),
    ]
}

fn guide() -> Vec<SectionSpec> {
    vec![section("myths", "Myths", Form::Pairs).accept("Myths and facts"), say(), sources()]
}

fn term() -> Vec<SectionSpec> {
    vec![
        section("meaning", "", Form::Prose).required(),
        section("examples", "Examples", Form::List),
        section("see", "See also", Form::Relations),
        sources(),
    ]
}

fn say() -> SectionSpec {
    section("say", "What to say", Form::Pairs).accept("Words that help")
}

fn sources() -> SectionSpec {
    section("sources", "Sources", Form::List).accept("References")
}

fn section(id: &str, heading: &str, form: Form) -> SectionSpec {
    SectionSpec {
        id: id.to_owned(),
        heading: heading.to_owned(),
        accept: Vec::new(),
        form,
        required: false,
        count: None,
    }
}

impl SectionSpec {
    /// With further spellings, parted by `|`.
    fn accept(mut self, spellings: &str) -> Self {
        self.accept = spellings.split('|').map(str::to_owned).collect();
        self
    }

    fn required(mut self) -> Self {
        self.required = true;
        self
    }

    fn items(mut self, min: usize, max: usize) -> Self {
        self.count = Some(Count { min, max });
        self
    }
}
