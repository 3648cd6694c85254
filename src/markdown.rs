//! Finished HTML as Markdown that says the same: the same text, the same links, and as much of the form as Markdown has.
//!
//! Readers of any kind have to agree on it, so it keeps to CommonMark with tables, footnotes, tasks and strikethrough,
//! holds no HTML, and leaves out what it cannot say; the text always stays. That is more than `htmd` 0.5 does, which was
//! tried: footnotes become bare numbers, and a `|` in code in a table reads `&#124;`.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

mod blocks;
mod escape;
mod inline;
mod lines;
mod table;

use blocks::Blocks;

/// HTML as Markdown.
#[must_use]
pub fn from_html(html: &str) -> String {
    let mut reader = Reader::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
        reader.event(&event);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    // A text in memory is always read to its end.
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader.blocks.finish()
}

/// A start tag.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    class: String,
    href: Option<String>,
    src: Option<String>,
    title: String,
    alt: String,
    id: String,
    start: String,
    checked: bool,
}

/// From the tokens to the tags with their attributes.
#[derive(Default)]
struct Reader {
    tag: Tag,
    attribute: Vec<u8>,
    blocks: Blocks,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: words(name), ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.checked |= *name == b"checked";
                self.attribute.clear();
                self.attribute.extend_from_slice(name);
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => self.blocks.start(std::mem::take(&mut self.tag)),
            CallbackEvent::EndTag { name } => self.blocks.end(&words(name)),
            CallbackEvent::String { value } => self.blocks.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn value(&mut self, value: &[u8]) {
        let tag = &mut self.tag;
        match self.attribute.as_slice() {
            b"class" => tag.class = words(value),
            b"href" => tag.href = Some(words(value)),
            b"src" => tag.src = Some(words(value)),
            b"title" => tag.title = words(value),
            b"alt" => tag.alt = words(value),
            b"id" => tag.id = words(value),
            b"start" => tag.start = words(value),
            _ => {}
        }
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests;
