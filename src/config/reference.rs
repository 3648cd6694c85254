//! Every key of `site.toml` with what it means: the manual is checked against this, and unknown keys are told by it.

/// Dotted keys with a phrase each. A part in capitals stands for a name that the owner chooses.
pub const REFERENCE: &[(&str, &str)] = &[
    ("title", "the title of the handbook (`Handbook`)"),
    ("description", "one or two sentences about it"),
    (
        "language",
        "the language of the pages, as a BCP 47 tag (`en`)",
    ),
    ("base_url", "the full address of the published handbook"),
    ("repository", "where the sources are kept, as a web address"),
    ("branch", "the branch that links to sources name (`main`)"),
    ("domain", "an own domain; writes `CNAME`"),
    (
        "index",
        "whether search engines may index the pages (`true`)",
    ),
    (
        "html",
        "what is done with HTML in pages: `safe`, `text` or `allow`",
    ),
    ("stages", "the lifecycle stages, in order"),
    ("places", "the places of signals, in order"),
    (
        "review_every",
        "how often a page wants a review: `180d`, `6mo`, `1y`",
    ),
    (
        "allow_wanted",
        "names that may stay wanted without a finding",
    ),
    (
        "contacts",
        "whom to turn to, by the role that pages write after `@`",
    ),
    ("contacts.ID.name", "the name shown to readers"),
    ("contacts.ID.when", "when to turn to them"),
    (
        "contacts.ID.how",
        "an address, a link or a text, or a list of them",
    ),
    (
        "contacts.ID.audience",
        "who may see it: `public` or `internal`",
    ),
    (
        "contacts.ID.fallback",
        "shown in place of an internal role that is left out",
    ),
    ("kinds", "kinds of page, and changes to the built-in ones"),
    (
        "kinds.NAME.folder",
        "the folder below the content whose pages are of this kind; `.` is all of it",
    ),
    (
        "kinds.NAME.open",
        "whether sections that the kind does not list are welcome (`false`)",
    ),
    (
        "kinds.NAME.sections",
        "its sections; they merge with built-in ones by id",
    ),
    (
        "kinds.NAME.sections.id",
        "anchor and export key of the section",
    ),
    (
        "kinds.NAME.sections.heading",
        "the heading that `new` writes",
    ),
    (
        "kinds.NAME.sections.accept",
        "other spellings of the heading",
    ),
    ("kinds.NAME.sections.form", "how the section is written"),
    (
        "kinds.NAME.sections.required",
        "whether a page without it gets a finding",
    ),
    ("kinds.NAME.sections.items", "how many items it should have"),
    ("kinds.NAME.sections.items.min", "at least so many"),
    ("kinds.NAME.sections.items.max", "at most so many"),
    (
        "kinds.NAME.sections.remove",
        "drops the built-in section with this id",
    ),
    ("checks", "what a check counts as here"),
    ("checks.CHECK", "`error`, `warning`, `hint` or `off`"),
    ("limits", "sizes above which a page is refused or cut"),
    ("limits.page", "bytes of a page (4 MiB)"),
    ("limits.front_matter", "bytes of front matter (64 KiB)"),
    ("limits.title", "characters of a title (300)"),
    ("limits.headings", "headings, and links, of a page (20,000)"),
    ("limits.name", "bytes of a file's name (255)"),
    (
        "limits.word",
        "characters after which an indexed word is cut (64)",
    ),
    ("related", "what stands under a page as related"),
    ("related.count", "how many cards a page shows (6)"),
    ("search", "how the search works"),
    ("search.synonyms", "groups of words that mean the same"),
    ("words", "further words for what is recognised in English"),
    ("words.connects", "open what connects two patterns"),
    (
        "words.joining",
        "join such a word with its clause: because, through, since",
    ),
    ("words.differs", "open what tells two patterns apart"),
    ("words.when", "open a condition of an escalation"),
    ("words.say", "`Say:` in a step"),
    ("words.check", "`Check:` in a step"),
    ("words.instead", "`Instead of:` in a step"),
    ("words.formula", "`Formula:` in a step"),
    ("words.example", "`Example:` in a step"),
    ("words.warning", "`Warning:` in a step"),
    ("words.myth", "`Myth:` in a pair"),
    ("words.fact", "`In fact:` in a pair"),
    ("theme", "how the pages look"),
    ("theme.layers", "folders under `themes/`, the first wins"),
    (
        "theme.section_order",
        "the order of a pattern's sections, by id",
    ),
    ("theme.accent", "a colour in place of indigo, as `#rrggbb`"),
    ("theme.fonts", "`theme` or `system`"),
    (
        "theme.logo",
        "the path of a logo below the content or `static/`",
    ),
    (
        "theme.favicon",
        "the path of a favicon below the content or `static/`",
    ),
    ("build", "what `build` makes"),
    ("build.output", "the output folder (`public`)"),
    (
        "build.audience",
        "for whom the site is built: `internal` is everything",
    ),
];

/// The keys directly in the table `table` (`""` is the top level), in the order of [`REFERENCE`].
#[must_use]
pub fn keys_of(table: &str) -> Vec<&'static str> {
    let inner = |key: &'static str| match table {
        "" => Some(key),
        _ => key.strip_prefix(table)?.strip_prefix('.'),
    };
    REFERENCE
        .iter()
        .filter_map(|(key, _)| inner(key))
        .filter(|key| !key.contains('.'))
        .collect()
}
