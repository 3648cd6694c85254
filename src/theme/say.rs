//! The words of the interface for templates (`say`, `date`), stylesheets (`--say-…`) and scripts (`mendbook.words`).

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value};

use crate::diag::nearest;
use crate::prose::escape;
use crate::words::{Unsaid, Wording};

/// Give the words to the stylesheet and to the scripts.
pub(super) fn add_to(assets: &mut BTreeMap<String, Vec<u8>>, wording: &Wording) {
    assets.entry("mend.css".to_owned()).or_default().extend_from_slice(wording.for_styles().as_bytes());
    for (name, script) in assets.iter_mut().filter(|(name, _)| name.ends_with(".js")) {
        if let Some(words) = wording.for_script(name) {
            // In front: what a script gives last is what it is loaded for.
            script.splice(0..0, format!("mendbook.give(\"{name}\", {words});\n").into_bytes());
        }
    }
}

/// The function `say` and the filter `date`.
pub(super) fn register(tera: &mut Tera, wording: &Arc<Wording>) {
    let words = Arc::clone(wording);
    tera.register_function("say", move |kwargs: Kwargs, _: &State<'_>| say(&words, &kwargs));
    let words = Arc::clone(wording);
    tera.register_filter("date", move |date: &str, _: Kwargs, _: &State<'_>| words.date(date));
}

/// A phrase as HTML. What is put into it is escaped, but for what is finished HTML already.
fn say(wording: &Wording, kwargs: &Kwargs) -> tera::TeraResult<Value> {
    let key: String = kwargs.must_get("key")?;
    let value = |name: &str| {
        let value = kwargs.get::<&Value>(name).ok()??;
        Some(match value.as_str() {
            Some(text) if value.is_safe() => text.to_owned(),
            _ => escape(&value.to_string()),
        })
    };
    wording.html(&key, &value).map(|html| Value::safe_string(&html)).map_err(|unsaid| {
        tera::Error::message(match unsaid {
            Unsaid::Missing(hole) => format!("`{key}` says `{{{hole}}}`, and `say` is given no `{hole}`"),
            // As the engine lists names: it becomes the hint.
            Unsaid::Unknown => {
                let near = nearest(&key, wording.keys());
                let known = near.map_or_else(String::new, |near| format!(". Available keys: {near}"));
                format!("no phrase is called `{key}`{known}")
            }
        })
    })
}
