// Ranks patterns by what is ticked and typed. The state of the page is the fragment of its address and nothing else, so
// that it can be sent to a colleague; nothing leaves the browser.
mendbook.page((signal) => {
  "use strict";
  const finder = document.querySelector(".finder");
  if (!finder) return;
  const form = finder.querySelector(".ticks"), words = document.getElementById("theme:words");
  const fits = finder.querySelector(".fits"), list = fits.querySelector("ol"), title = fits.querySelector("h2");
  const told = fits.querySelector(".told"), gone = fits.querySelector(".gone"), chips = fits.querySelector(".chips");
  const copy = fits.querySelector(".copy"), bar = document.querySelector('.bar a[href="#theme:fits"]');
  const MOST = 10, PAUSE = 150;
  const narrow = matchMedia("(max-width: 56rem)");
  const say = mendbook.words("finder.js");
  const make = (name, attributes = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...inside);
    return element;
  };

  // The signals that can be ticked here, by their names outside their pages: PAGE-ID#ANCHOR.
  const ticks = new Map();
  for (const row of finder.querySelectorAll(".lists li")) ticks.set(row.id.slice(2).replaceAll("%20", " "), row.querySelector(".tick"));
  const counted = [...list.children];
  // Ticked signals of other places, where each place has a page of its own: name, text.
  let elsewhere = new Map();
  const ticked = () => [...ticks].filter(([, tick]) => tick.checked).map(([id]) => id).concat(...elsewhere.keys());

  const state = () => {
    const text = words.value.trim(), ids = ticked().map(encodeURIComponent);
    const parts = [text && `q=${encodeURIComponent(text)}`, ids.length && `t=${ids.join(",")}`].filter(Boolean);
    return parts.length ? `#${parts.join("&")}` : "";
  };
  const address = () => location.pathname + location.search + state();

  // The ranking is loaded when it is first needed; search.js says what it gives.
  const ranking = () => mendbook.load(mendbook.assets.search);

  // Patterns as they are counted, without the ranking: by the number of their ticks.
  const count = () => {
    const sums = new Map(counted.map((row) => [row, 0]));
    const rows = new Map(counted.map((row) => [row.dataset.page, row]));
    for (const id of ticked()) {
      const row = rows.get(id.slice(0, id.indexOf("#")));
      if (row) sums.set(row, sums.get(row) + 1);
    }
    const sorted = counted.toSorted((one, other) => sums.get(other) - sums.get(one));
    list.replaceChildren(...sorted);
    return sorted.filter((row) => sums.get(row)).map((row) => row.querySelector("a").textContent);
  };

  const link = (hit, attributes) => make("a", { href: mendbook.root + hit.href, ...attributes }, hit.title);
  // A pair that an author set apart has a page, unless there are too many; any other two are drawn on request.
  const comparison = (one, other, apart) => {
    const keys = [one.id, other.id].map((id) => id.replaceAll("/", ".")).sort();
    if (apart && finder.dataset.pairs) return `${finder.dataset.pairs}${encodeURIComponent(keys.join("--").replaceAll(" ", "-"))}.html`;
    return `${finder.dataset.compare}#a=${keys.map(encodeURIComponent).join("&b=")}`;
  };
  const between = (one, other, search) => {
    const row = make("li", { className: "between" }), sentence = search.between(one.id, other.id);
    if (sentence) row.append(make("b", {}, say("apart")), make("p", {}, sentence.text));
    if (finder.dataset.compare) row.append(make("a", { href: comparison(one, other, sentence) }, say("compare")));
    return sentence || finder.dataset.compare ? [row] : [];
  };
  const signals = ({ hits }) => hits.filter(({ type }) => type === "signal");
  const draw = (hits, search) => {
    const rows = hits.flatMap((hit, at) => {
      const why = make("ul", { className: "why" }, ...signals(hit).map(({ text }) => make("li", {}, text)));
      why.setAttribute("role", "list");
      const row = make("li", {}, link(hit), ...(why.childElementCount ? [why] : []));
      if (hit.summary) row.append(make("p", { className: "d" }, hit.summary));
      if (at > 1 && finder.dataset.compare) {
        row.append(make("a", { className: "beside-first", href: comparison(hits[0], hit, search.between(hits[0].id, hit.id)) }, say("beside", { title: hits[0].title })));
      }
      return at === 1 ? [...between(hits[0], hit, search), row] : [row];
    });
    list.replaceChildren(...rows);
  };

  let turn = 0;
  const rank = async () => {
    const own = ++turn, text = words.value.trim(), ids = ticked();
    const asked = Boolean(text || ids.length);
    const kept = make("ul", {}, ...[...elsewhere].map(([id, text]) => {
      const back = make("button", { type: "button", title: text }, say("back"));
      back.addEventListener("click", () => { elsewhere.delete(id); changed(); words.focus(); });
      return make("li", {}, text, back);
    }));
    kept.setAttribute("role", "list");
    chips.replaceChildren(...(elsewhere.size ? [kept] : []));
    if (!asked) {
      finder.classList.remove("ranked");
      list.replaceChildren(...counted);
      tell([], "");
      return;
    }
    let search, hits;
    try {
      search = await ranking();
      hits = (await search.rank({ text, ticks: ids }, { limit: MOST })).pages;
    } catch {
      if (own !== turn) return;
      finder.classList.remove("ranked");
      tell(count(), text && say("failed"));
      return;
    }
    if (own !== turn) return;
    finder.classList.add("ranked");
    draw(hits, search);
    tell(hits.map((hit) => hit.title), hits.length ? "" : say("nothing"));
  };

  // Say it in the bar of a phone and to who cannot see it; what is amiss, to all.
  const tell = (titles, amiss) => {
    const found = titles.length ? say("count", { n: titles.length }) : "";
    told.textContent = amiss || (found && `${found}. ${titles[0]}`);
    told.classList.toggle("vh", !amiss);
    const label = found || title.textContent;
    if (fits.classList.contains("open")) bar.dataset.closed = label;
    else if (bar) bar.textContent = label;
  };

  let waiting;
  const changed = (pause = 0) => {
    history.replaceState(null, "", address());
    clearTimeout(waiting);
    waiting = setTimeout(rank, pause);
  };

  // What the address says; what it names and is gone is named here too.
  const readable = (id) => {
    const [page, anchor = ""] = id.split("#");
    const text = anchor.replace(/^signals-/, "").replace(/-[0-9a-f]{4}$/, "").replaceAll("-", " ");
    return `${text || id} (${page.split("/").pop().replaceAll("-", " ")})`;
  };
  const restore = async () => {
    const parts = new Map(location.hash.slice(1).split("&").map((part) => [part.slice(0, 2), part.slice(2)]));
    if (!parts.has("q=") && !parts.has("t=")) {
      // A link within the page was followed: what is ticked goes on standing in the address.
      if (state()) history.replaceState(null, "", address());
      return;
    }
    const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
    words.value = decode(parts.get("q=") ?? "");
    const wanted = [...new Set((parts.get("t=") ?? "").split(",").filter(Boolean).map(decode))];
    for (const [id, tick] of ticks) tick.checked = wanted.includes(id);
    const others = wanted.filter((id) => !ticks.has(id));
    elsewhere = new Map();
    const missing = [];
    for (const id of others) {
      const text = finder.querySelector(".split") ? await ranking().then((search) => search.item(id), () => id) : undefined;
      if (text) elsewhere.set(id, text);
      else missing.push(id);
    }
    gone.hidden = !missing.length;
    const list = make("ul", {}, ...missing.map((id) => make("li", {}, readable(id))));
    gone.replaceChildren(...(missing.length ? [make("p", {}, say("gone")), list] : []));
    rank();
  };

  form.addEventListener("change", (event) => event.target.matches(".tick") && changed());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    words.value = "";
    elsewhere.clear();
    gone.hidden = true;
    changed();
    open(false);
    words.focus();
  }));
  words.addEventListener("input", () => changed(PAUSE));
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("li:not(.between) > a")?.focus();
  });

  copy.addEventListener("click", async () => {
    const full = location.origin === "null" || location.protocol === "file:" ? `file://${address()}` : location.origin + address();
    try {
      await navigator.clipboard.writeText(full);
    } catch {
      // Where the clipboard is out of reach (a page that is read from the disk), a selection still is in it.
      const field = make("textarea", { value: full, className: "vh" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      copy.focus();
    }
    copy.textContent = say("copied");
    setTimeout(() => { copy.textContent = say("copy"); }, 2500);
  });

  // The other places' pages are given what is ticked and typed.
  for (const place of finder.querySelectorAll("nav.where a")) {
    place.addEventListener("click", () => { place.hash = state(); });
  }

  // On a phone what fits is a sheet above the bar.
  const open = (yes) => {
    if (!bar || yes === fits.classList.contains("open")) return;
    fits.classList.toggle("open", yes);
    bar.setAttribute("aria-expanded", yes);
    if (yes) { bar.dataset.closed = bar.textContent; bar.textContent = say("close"); title.focus(); }
    else bar.textContent = bar.dataset.closed;
  };
  bar?.setAttribute("role", "button");
  bar?.setAttribute("aria-expanded", "false");
  bar?.addEventListener("click", (event) => {
    event.preventDefault();
    if (narrow.matches) open(!fits.classList.contains("open"));
  }, { signal });
  bar?.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); bar.click(); } }, { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && fits.classList.contains("open")) { open(false); bar.focus(); }
  }, { signal });
  narrow.addEventListener("change", () => open(false), { signal });
  window.addEventListener("hashchange", restore, { signal });
  restore();
});
