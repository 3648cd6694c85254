// Compares any two pages: the reader chooses them, or the address names them (`#a=A&b=B`). What stands on them is loaded
// from scripts that give it, because a page that is read from the disk can load nothing else.
mendbook.page((signal) => {
  "use strict";
  const form = document.querySelector(".choose");
  if (!form) return;
  const drawn = document.querySelector(".drawn"), told = form.querySelector(".told"), options = form.querySelector("datalist");
  const inputs = [...form.querySelectorAll("input")];
  const files = Number(form.dataset.files);
  const OFFERED = 40, ALIKE = 0.4, SHARED = 2;
  const say = mendbook.words("compare.js");
  const make = (name, attributes = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...inside);
    return element;
  };
  const listed = (className, rows) => {
    const list = make("ul", { className }, ...rows);
    list.setAttribute("role", "list");
    return list;
  };
  const load = (name) => mendbook.load(`assets/compare/${name}.js?v=${form.dataset.version}`);

  // The pages by what a reader calls them: the title, and the area where two share one.
  let everyone;
  const names = () => everyone ??= load("names").then((list) => {
    const seen = new Map();
    for (const [, title] of list) seen.set(title, (seen.get(title) ?? 0) + 1);
    return new Map(list.map(([key, title, area]) => [seen.get(title) > 1 && area ? `${title} (${area})` : title, key]));
  });
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const called = async (name) => {
    const all = [...await names()], wanted = fold(name);
    if (!wanted) return undefined;
    return (all.find(([own]) => fold(own) === wanted) ?? all.find(([own]) => fold(own).includes(wanted)))?.[1];
  };
  const offer = async (input) => {
    const wanted = fold(input.value);
    const near = [...(await names()).keys()].filter((name) => fold(name).includes(wanted)).slice(0, OFFERED);
    options.replaceChildren(...near.map((name) => make("option", { value: name })));
  };

  // What stands on a page lies in the file that its name says.
  const page = async (key) => {
    let hash = 0;
    for (const byte of new TextEncoder().encode(key)) hash = (Math.imul(hash, 31) + byte) >>> 0;
    return (await load(hash % files))[key];
  };

  // Two items are alike by the share of their longer words that both have.
  const stem = (word) => word.replace(/(ing|ed|es|s)$/u, "");
  const stems = (text) => new Set((fold(text).match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => word.length > 3).map(stem));
  const likeness = (one, other) => {
    const both = [...one].filter((word) => other.has(word)).length;
    const all = one.size + other.size - both;
    return both < SHARED && both < all ? 0 : both / (all || 1);
  };
  const twins = (ones, others, text) => {
    const found = ones.flatMap((one, at) => others.map((other, place) => [likeness(stems(text(one)), stems(text(other))), at, place]));
    const taken = [new Set(), new Set()];
    return found.filter(([like]) => like >= ALIKE).sort((a, b) => b[0] - a[0]).filter(([, at, place]) => {
      if (taken[0].has(at) || taken[1].has(place)) return false;
      taken[0].add(at);
      taken[1].add(place);
      return true;
    }).sort((a, b) => a[1] - b[1]);
  };

  // An item: its label ends in a colon unless it ends a sentence.
  const words = ([label, body]) => [...(label ? [make("b", {}, /[.!?:…]$/.test(label) ? label : `${label}:`), " "] : []), body];

  const facing = (id, sides) => {
    const sections = sides.map((side) => side.sections.find(([own]) => own === id));
    const items = sections.map((section) => section?.[2] ?? []);
    const text = ([label, body]) => id === "drivers" && label ? label : `${label} ${body}`;
    const alike = twins(...items, text);
    const section = make("section", { className: `facing ${id}` }, make("h3", { className: "head" }, sections.find(Boolean)[1]));
    if (alike.length) section.append(make("h4", { className: "shared" }, say("both")));
    for (const [, ...places] of alike) {
      section.append(make("div", { className: "twin" }, ...places.map((place, at) => {
        return make("p", {}, make("b", { className: "whose" }, sides[at].title), " ", ...words(items[at][place]));
      })));
    }
    sides.forEach((side, at) => {
      const rest = items[at].map((item, number) => [item, number + 1]).filter(([, number]) => !alike.some((twin) => twin[at + 1] === number - 1));
      const rows = rest.map(([item, number]) => make("li", {},
        ...(["signals", "drivers"].includes(id) ? [] : [make("span", { className: "no" }, String(number))]),
        ...words(item)));
      const inside = rows.length ? listed("points", rows) : make("p", { className: "note" }, say("rest"));
      section.append(make("div", { className: "side" }, make("h4", { className: "whose" }, side.title), inside));
    });
    return section;
  };

  const compare = (sides, keys) => {
    const titles = sides.map((side) => side.title);
    const side = (inside) => sides.map((own, at) => make("div", { className: "side" }, ...inside(own, at)));
    const own = (page) => make("a", { href: mendbook.root + page.href }, page.title);
    const parts = [make("section", { className: "facing cardrow" }, ...side((page) => [
      make("p", { className: "whose" }, own(page)), make("p", { className: "lede" }, page.summary ?? "")]))];
    const notes = sides.flatMap((page, at) => (page.notes[keys[1 - at]] ?? []).map((note) => [page.title, ...note])).filter(([, connects, differs]) => connects || differs);
    if (notes.length) {
      parts.push(make("section", { className: "apart" }, make("h3", { className: "head" }, say("apart")), ...notes.map(([title, connects, differs]) =>
        make("blockquote", {}, make("p", { className: "label" }, say("on", { title })),
          ...(differs ? [make("p", {}, make("b", {}, say("differs")), " ", differs)] : []),
          ...(connects ? [make("p", { className: "connects" }, make("b", {}, say("connects")), " ", connects)] : [])))));
    }
    const ids = [...new Set(sides.flatMap((page) => page.sections.map(([id]) => id)))];
    const place = (id) => ["signals", "drivers", id].indexOf(id);
    parts.push(...ids.sort((one, other) => place(one) - place(other)).map((id) => facing(id, sides)));
    if (sides.some((page) => page.stop)) {
      parts.push(make("section", { className: "facing stops" }, make("h3", { className: "head" }, say("stop")), ...sides.map((page) => {
        if (!page.stop) return make("div", { className: "side" });
        const [id, reasons] = page.stop;
        return make("div", { className: "side escalate" }, make("h4", { className: "whose" }, page.title), listed("items", reasons.map((reason) => make("li", {}, reason))),
          make("p", {}, make("a", { href: `${mendbook.root}${page.href}#${encodeURIComponent(id)}` }, say("ask"))));
      })));
    }
    drawn.replaceChildren(make("h2", {}, titles[0], " ", make("span", { className: "or" }, say("or")), " ", titles[1], make("span", { className: "or" }, say("end"))), make("div", { className: "pair" }, ...parts));
  };

  // The page of a pair that has one: what an author says of it is known there too.
  const made = (keys) => {
    const wanted = `/compare/${keys.join("--")}.html`;
    return [...document.querySelectorAll(".pairlist a")].find((link) => decodeURIComponent(link.pathname).endsWith(wanted));
  };
  const fromAddress = async () => {
    const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
    const parts = new Map(location.hash.slice(1).split("&").map((part) => [part.slice(0, 2), decode(part.slice(2))]));
    const keys = [parts.get("a="), parts.get("b=")].filter(Boolean).map((key) => key.replaceAll("/", "."));
    if (keys.length < 2) return;
    const link = made(keys) ?? made(keys.toReversed());
    if (link) { location.replace(link.href); return; }
    told.textContent = "";
    drawn.replaceChildren();
    try {
      const sides = await Promise.all(keys.map(page));
      const missing = keys.filter((_, at) => !sides[at]);
      sides.forEach((side, at) => { if (side) inputs[at].value = side.title; });
      if (missing.length) { told.textContent = missing.map((key) => say("gone", { name: key })).join(" "); return; }
      compare(sides, keys);
      drawn.scrollIntoView({ block: "start" });
      drawn.focus({ preventScroll: true });
    } catch {
      told.textContent = say("failed");
    }
  };

  for (const input of inputs) {
    input.addEventListener("focus", () => offer(input));
    input.addEventListener("input", () => offer(input));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const keys = await Promise.all(inputs.map((input) => called(input.value)));
    const unknown = inputs.find((_, at) => !keys[at]);
    if (unknown) { told.textContent = say("unknown", { name: unknown.value }); unknown.focus(); return; }
    if (keys[0] === keys[1]) { told.textContent = say("same"); inputs[1].focus(); return; }
    const hash = `#a=${keys.map(encodeURIComponent).join("&b=")}`;
    if (location.hash === hash) fromAddress();
    else location.hash = hash;
  });
  window.addEventListener("hashchange", fromAddress, { signal });
  fromAddress();
});
