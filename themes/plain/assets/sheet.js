// What a reader sees of search: a sheet over the page, the page of results, and the near titles of a page that is not
// there. The engine finds, this shows. Nothing that is typed leaves the browser: it stands in the address' fragment.
(() => {
  "use strict";
  const FEW = 8, MANY = 30;
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const engine = () => mendbook.load(mendbook.assets.search);

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

  const row = ({ type, text, marks, href }) => make("li", {},
    make("a", { href: mendbook.root + href }, make("span", { class: "type" }, type), make("span", {}, ...marked(text, marks))));
  const hit = ({ title, marks, href, note, lines }) => make("li", { class: "hit" },
    make("a", { href: mendbook.root + href }, ...marked(title, marks)),
    ...(note ? [make("span", { class: "note" }, note)] : []),
    ...(lines.length ? [make("ul", { role: "list" }, ...lines.map(row))] : []));

  // A box to type in and what it finds, at the end of `place`. `changed` hears of every question.
  const searcher = (place, { most, beside = [], changed = () => {} }) => {
    const label = make("label", { class: "vh", for: `theme:asked-${most}` }, "Search the handbook");
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
      const select = make("select", { autocomplete: "off" }, make("option", { value: "" }, "any"), ...choices.map(([value, text]) => make("option", { value }, text)));
      select.addEventListener("change", ask);
      filters[name] = select;
      narrow.append(make("label", {}, `${words} `, select));
      narrow.hidden = false;
    };

    let turn = 0, asking;
    const ask = () => asking = answer(++turn, state());
    const answer = async (mine, asked) => {
      changed(asked);
      if (!asked.q) return show();
      const found = await engine().then((engine) => engine.search({ ...asked, q: input.value }, most)).catch(() => null);
      if (mine === turn) show(found, asked);
    };
    const show = (found, asked) => {
      told.replaceChildren(...(asked ? say(found) : []));
      hits.replaceChildren(...(found?.hits ?? []).map(hit));
      more.hidden = !(found?.total > found?.hits.length && most === FEW);
      if (!more.hidden) more.replaceChildren(make("a", { href: `${mendbook.root}search.html${fragment(asked)}` }, `All ${found.total} pages`));
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
        const { kinds, stages } = await engine().then((engine) => engine.choices());
        filter("kind", "Kind", kinds);
        filter("stage", "Stage", stages);
      },
    };
  };

  // How many there are, what was understood otherwise than it was typed, and what stands nowhere.
  const say = (found) => {
    if (!found) return ["The search could not be loaded."];
    const said = [found.total === 1 ? "1 page." : `${found.total} pages.`];
    for (const { word, as, why } of found.widened) {
      if (why === "synonym") said.push(` “${word}” is looked for as `, make("b", {}, as), " too.");
      else said.push(` “${word}” is read as `, make("b", {}, as), ".");
    }
    if (found.missing.length) said.push(` Nothing here speaks of ${found.missing.map((word) => `“${word}”`).join(", ")}.`);
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
    const button = make("button", { type: "button" }, "Close");
    button.addEventListener("click", () => dialog.close());
    return button;
  };

  let sheet, box;
  const search = () => {
    if (!sheet) {
      sheet = dialog("sheet", "Search the handbook");
      box = searcher(sheet, { most: FEW, beside: [closer(sheet)] });
      const hint = (keys, words) => make("span", {}, ...keys.flatMap((key) => [make("kbd", {}, key), " "]), words);
      // What was found may stand on this very page.
      sheet.addEventListener("click", (event) => {
        if (event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey)) sheet.close();
      });
      sheet.append(make("p", { class: "hints note" }, hint(["↑", "↓"], "move"), hint(["Enter"], "open"), hint(["Esc"], "close"),
        make("a", { href: document.querySelector(".find").href }, "Browse all signals")));
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
    [["/"], "Search"],
    [["Ctrl", "K"], "Search, from a text box too"],
    [["↑", "↓"], "Move through what was found"],
    [["Enter"], "Open it"],
    [["Esc"], "Close what lies over the page"],
    [["?"], "This list"],
  ];
  let list;
  const keys = () => {
    if (!list) {
      list = dialog("sheet keylist", "Keys");
      const rows = KEYS.map(([keys, does]) => make("div", {}, make("dt", {}, ...keys.flatMap((key) => [make("kbd", {}, key), " "])), make("dd", {}, does)));
      list.append(make("h2", {}, "Keys"), make("dl", { class: "note" }, ...rows),
        make("p", { class: "note" }, "The keys of one letter can be switched off at the foot of every page."), make("form", {}, closer(list)));
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
