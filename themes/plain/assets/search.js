// Search and the finder's ranking: the same answers as `mendbook search`, worked out in the browser.
//
// Needs assets/mend.js before it: `mendbook.root` (address of the site's root, ends in "/" or is ""),
// `mendbook.load(path)` (adds the script at that path from the root once; a promise), and `mendbook.give(name, data)`,
// which the data files call. Nothing is loaded before the first call.
//
// mendbook.search =
//   ready()  → Promise              loads the head of the index, so that the first question is answered sooner
//   find(text, {kinds, stages, limit, typing}) → Promise<Answer>
//            all pages. kinds, stages: lists of names, left out or empty for all. limit: 10. typing: the last word may be
//            the beginning of one (true unless the text ends in a space)
//   rank({text, ticks}, {limit, typing}) → Promise<Answer>
//            the finder: live pages of kinds that have signals. ticks: list of "PAGE-ID#ANCHOR"; unknown ones are passed over
//   facets() → {kinds: [name], stages: [name]}     after ready(); only those that some page has
//   between(a, b) → {text, said_by, href} | null   a, b: ids of two pages of the last answers, in any order.
//            The sentence that tells them apart, the id of the page whose author wrote it, and the address of their
//            comparison from the root; null where neither author sets them apart
//
// Answer = {
//   pages: [{id, href, title, kind, stage, area, summary, hits: [Hit]}]     best first; href from the root
//   total: how many pages have at least one of the words
//   left: [word]         words that no page knows, as they were typed
//   widened: [{word, to: [words or titles], why}]   why: "typo" | "ending" (another form of the word) | "prefix" |
//            "synonym" | "alias" (`to` then holds the title of the page that is also called so)
// }
// Hit = {type, heading, text, href, marks: [[from, to]], ticked}
//   type: "title" | "alias" | "summary" | "signal" | "driver" | "step" | "nearby" | "section"; at most 3 to a page, best
//   first, ticked signals before the others. heading: that of the section, "" for a page's names and summary. text: may
//   end in "…". href from the root, with the fragment. marks: places in `text` of matched words, UTF-16 offsets, in order.
//   ticked: true for a ticked signal.
//
// Texts are plain text: write them with textContent.
"use strict";
