// What a reader sees of search: a sheet over the page, the page of results, and the near titles of a page that is not
// there. The engine finds, this shows. Nothing that is typed leaves the browser: it stands in the address' fragment.
(() => {
  "use strict";
  const say = mendbook.words("sheet.js");
  const FEW = 7, MANY = 30;
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const engine = async () => {
    const search = await mendbook.load(mendbook.assets.search);
    await search.ready();
    return search;
  };

  // A text in which what was found is marked: `marks` are pairs of where a mark begins and ends.
  const marked = (text, marks = []) => {
    const parts = [];
    let at = 0;
    for (const [from, to] of marks) {
      parts.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
      at = to;
    }
    return [...parts, text.slice(at)];
  };

  // What a line is: its section's own heading where that has no short name here.
  const TYPES = { alias: say("alias"), summary: say("summary"), signal: say("signal"), driver: say("why"), step: say("helps"), nearby: say("nearby") };
  const KINDS = { pattern: say("pattern"), guide: say("guide"), essay: say("essay"), term: say("term"), page: say("page") };
  const STAGES = { "early-signs": say("early-signs"), breach: say("breach"), repair: say("repair"), restored: say("restored") };
  const row = ({ type, heading, text, marks, href }) => make("li", {},
    make("a", { href: mendbook.root + href }, make("span", { class: "type" }, TYPES[type] ?? (heading || say("meaning"))), make("span", {}, ...marked(text, marks))));
  const hit = ({ title, href, kind, area, hits }) => {
    const lines = hits.filter(({ type }) => type !== "title").map(row);
    return make("li", { class: "hit" },
      make("a", { href: mendbook.root + href }, ...marked(title, hits.find(({ type }) => type === "title")?.marks)),
      make("span", { class: "note" }, area || (KINDS[kind] ?? kind)),
      ...(lines.length ? [make("ul", { role: "list" }, ...lines)] : []));
  };

  // A box to type in and what it finds, at the end of `place`. `changed` hears of every question.
  const searcher = (place, { most, beside = [], changed = () => {} }) => {
    const label = make("label", { class: "vh", for: `theme:asked-${most}` }, say("title"));
    const input = make("input", { id: `theme:asked-${most}`, type: "search", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search" });
    const form = make("form", { class: "asked", role: "search" }, make("i", { class: "glass" }), label, input, ...beside);
    const narrow = make("div", { class: "narrow" });
    const told = make("p", { class: "told note", role: "status" });
    const hits = make("ol", { class: "hits", role: "list" });
    const more = make("p", { class: "more-hits note" });
    narrow.hidden = more.hidden = true;
    place.append(form, narrow, told, hits, more);

    const filters = {};
    const state = () => ({ q: input.value.trim(), ...Object.fromEntries(Object.entries(filters).map(([name, select]) => [name, select.value])) });
    const filter = (name, words, choices) => {
      if (choices.length < 2) return;
      const select = make("select", { autocomplete: "off" }, make("option", { value: "" }, say("any")), ...choices.map(([value, text]) => make("option", { value }, text)));
      select.addEventListener("change", ask);
      filters[name] = select;
      narrow.append(make("label", {}, `${words} `, select));
      narrow.hidden = false;
    };

    const narrowed = ({ kind, stage }, limit) => ({ kinds: kind ? [kind] : [], stages: stage ? [stage] : [], limit });

    let turn = 0, asking;
    const ask = () => asking = answer(++turn, state());
    const answer = async (mine, asked) => {
      changed(asked);
      if (!asked.q) return show();
      const ranked = (limit) => engine().then((engine) => engine.find(input.value, narrowed(asked, limit))).catch(() => null);
      const found = await ranked(FEW);
      if (mine !== turn) return;
      show(found, asked);
      // A longer list needs the texts of more pages, and nobody waits for them.
      const all = most > FEW && found?.total > FEW && await ranked(most);
      if (all && mine === turn) hits.append(...all.pages.slice(FEW).map(hit));
    };
    const show = (found, asked) => {
      told.replaceChildren(...(asked ? summed(found) : []));
      hits.replaceChildren(...(found?.pages ?? []).map(hit));
      more.hidden = !(found?.total > found?.pages.length && most === FEW);
      if (!more.hidden) more.replaceChildren(make("a", { href: `${mendbook.root}search.html${fragment(asked)}` }, say("all", { n: found.total })));
    };

    input.addEventListener("input", ask);
    input.addEventListener("focus", () => engine().catch(() => {}), { once: true });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // Who types fast is answered for the last word too.
      await asking;
      hits.querySelector("a")?.click();
    });
    place.addEventListener("keydown", (event) => {
      const links = [...hits.querySelectorAll("a")], at = links.indexOf(document.activeElement);
      if (event.ctrlKey || event.metaKey || event.altKey || !(at >= 0 || document.activeElement === input)) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) (at + step < 0 ? input : links[at + step])?.focus();
      // Typing goes on in the box, wherever the reader is in the list.
      else if (at >= 0 && event.key.length === 1 && event.key !== " ") return input.focus();
      else return;
      event.preventDefault();
    });
    return {
      input,
      set(asked) {
        input.value = asked.q ?? "";
        for (const [name, select] of Object.entries(filters)) {
          const known = [...select.options].some(({ value }) => value === asked[name]);
          select.value = known ? asked[name] : "";
        }
        return ask();
      },
      async filters() {
        const { kinds, stages } = await engine().then((engine) => engine.facets());
        filter("kind", say("kind"), kinds.map((kind) => [kind, KINDS[kind] ?? kind]));
        filter("stage", say("stage"), stages.map((stage) => [stage, STAGES[stage] ?? stage]));
      },
    };
  };

  // How many there are, what was understood otherwise than it was typed, and what stands nowhere.
  const summed = (found) => {
    if (!found) return [say("failed")];
    const said = [say("found", { n: found.total })];
    const SAID = { synonym: "also-sought", alias: "also-called" };
    for (const { word, to, why } of found.widened) said.push(` ${say(SAID[why] ?? "read-as", { word, as: to.join(", ") })}`);
    if (found.left.length) said.push(` ${say("missing", { words: found.left.map((word) => say("quoted", { word })).join(say("between")) })}`);
    return said;
  };

  const fragment = (asked) => {
    const set = Object.entries(asked).filter(([, value]) => value);
    return `#${set.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
  };
  const decoded = (text) => {
    try { return decodeURIComponent(text); } catch { return text; }
  };
  const fromFragment = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")));

  const dialog = (name, label) => {
    const dialog = make("dialog", { class: name, "aria-label": label });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      dialog.close();
    });
    // A click beside the sheet.
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    document.body.append(dialog);
    return dialog;
  };
  const closer = (dialog) => {
    const button = make("button", { type: "button" }, say("close"));
    button.addEventListener("click", () => dialog.close());
    return button;
  };

  let sheet, box;
  const search = () => {
    if (!sheet) {
      sheet = dialog("sheet", say("title"));
      box = searcher(sheet, { most: FEW, beside: [closer(sheet)] });
      const hint = (keys, words) => make("span", {}, ...keys.flatMap((key) => [make("kbd", {}, key), " "]), words);
      // What was found may stand on this very page.
      sheet.addEventListener("click", (event) => {
        if (event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey)) sheet.close();
      });
      sheet.append(make("p", { class: "hints note" }, hint(["↑", "↓"], say("to-move")), hint(["Enter"], say("to-open")), hint([say("escape")], say("to-close")),
        make("a", { href: document.querySelector(".find").href }, say("signals"))));
      box.filters().catch(() => {});
    }
    if (!sheet.open) {
      for (const other of document.querySelectorAll("dialog[open]")) other.close();
      sheet.showModal();
    }
    box.input.focus();
    box.input.select();
  };

  const KEYS = [
    [["/"], "key-search"],
    [[say("control"), "K"], "key-anywhere"],
    [["↑", "↓"], "key-move"],
    [["Enter"], "key-open"],
    [[say("escape")], "key-close"],
    [["?"], "key-list"],
  ];
  let list;
  const keys = () => {
    if (!list) {
      list = dialog("sheet keylist", say("keys"));
      const rows = KEYS.map(([keys, does]) => make("div", {}, make("dt", {}, ...keys.flatMap((key) => [make("kbd", {}, key), " "])), make("dd", {}, say(does))));
      list.append(make("h2", {}, say("keys")), make("dl", { class: "note" }, ...rows),
        make("p", { class: "note" }, say("keys-off")), make("form", {}, closer(list)));
    }
    if (!sheet?.open) list.showModal();
  };

  // The page of results works from its address. A page that is not there is searched for by the words of its address.
  let results;
  addEventListener("hashchange", () => results?.set(fromFragment()));
  const page = () => {
    const place = document.querySelector(".results");
    if (place.querySelector(".asked")) return;
    if (place.matches(".missing")) return missing(place);
    const title = document.title;
    const box = searcher(place, {
      most: MANY,
      changed(asked) {
        history.replaceState(null, "", asked.q ? fragment(asked) : location.pathname + location.search);
        document.title = asked.q ? `${asked.q} · ${title}` : title;
      },
    });
    const asked = fromFragment();
    // What the filters may be is known only with the index.
    box.input.value = asked.q ?? "";
    box.filters().catch(() => {}).then(() => box.set(asked));
    results = box;
  };
  const missing = (place) => {
    const path = location.pathname.replace(/(\/index)?\.html?$|\/$/i, "").split("/").pop();
    const box = searcher(place, { most: FEW });
    place.hidden = false;
    box.set({ q: decoded(path).split(/[-_.\s]+/).filter(Boolean).join(" ") });
  };

  mendbook.give("sheet", { search, keys, page });
})();
