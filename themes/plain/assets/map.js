// The threads of one page of a large map: the reader types a title, and what is needed is loaded from the map's files.
(() => {
  "use strict";
  const section = document.querySelector(".lookup");
  if (!section) return;
  const { version } = section.dataset;
  const count = Number(section.dataset.count);
  const say = mendbook.words("map.js");
  const KINDS = ["nearby", "related", "mentioned"];
  const NAMES = 1000, TIES = 100, MOST = 12;

  const load = (name) => mendbook.load(`assets/map/${name}.js?v=${version}`);

  // Every page: its title, its link, the words it is found by, and its area.
  let everything;
  const pages = () => everything ??= (async () => {
    const parts = Array.from({ length: Math.ceil(count / NAMES) }, (_, n) => load(`names/${n}`));
    const [areas, ...names] = await Promise.all([load("areas"), ...parts]);
    const list = names.flat().map(([title, href]) => ({ title, href, words: fold(title), area: "" }));
    let at = 0;
    for (const [title, size] of areas) for (const end = at + size; at < end; at++) if (list[at]) list[at].area = title;
    return list;
  })();
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  mendbook.map = { load, pages };

  const input = section.querySelector("input"), found = section.querySelector(".found");
  const told = section.querySelector("[role=status]"), chosen = section.querySelector(".chosen");
  const make = (name, text, attributes = {}) => Object.assign(document.createElement(name), attributes, text === undefined ? {} : { textContent: text });

  const search = async () => {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    const list = await pages();
    const hits = [];
    if (wanted.length) list.forEach((page, number) => wanted.every((word) => page.words.includes(word)) && hits.push(number));
    const begins = (number) => Number(!list[number].words.startsWith(wanted.join(" ")));
    hits.sort((one, other) => begins(one) - begins(other) || list[one].title.length - list[other].title.length);
    told.textContent = wanted.length ? say("found", { n: hits.length }) : "";
    found.replaceChildren(...hits.slice(0, MOST).map((number) => {
      const button = make("button", list[number].title, { type: "button" });
      button.append(make("span", list[number].area, { className: "note" }));
      button.addEventListener("click", () => choose(number));
      const row = make("li");
      row.append(button);
      return row;
    }));
  };

  const choose = async (number) => {
    const list = await pages(), page = list[number];
    const [total, ties] = (await load(`threads/${Math.floor(number / TIES)}`))[number % TIES];
    const title = make("h3");
    title.append(make("a", page.title, { href: page.href }), " ", make("span", page.area, { className: "note" }));
    const groups = KINDS.flatMap((kind, tie) => {
      const rows = ties.filter((end) => end[1] === tie && list[end[0]]).map(([other, , differs]) => {
        const row = make("li");
        row.append(make("a", list[other].title, { href: list[other].href }));
        if (list[other].area !== page.area) row.append(" ", make("span", list[other].area, { className: "note" }));
        if (differs) row.append(make("p", differs));
        return row;
      });
      if (!rows.length) return [];
      const group = make("ul", undefined, { className: `tie-${kind}` });
      group.setAttribute("role", "list");
      group.append(...rows);
      return [make("h4", say(kind)), group];
    });
    if (total > ties.length) groups.push(make("p", say("more", { n: total - ties.length }), { className: "note" }));
    chosen.replaceChildren(title, ...groups);
    found.replaceChildren();
    input.value = page.title;
    told.textContent = say("threads", { n: total });
    history.replaceState(null, "", `#p=${page.href}`);
    section.dispatchEvent(new CustomEvent("chosen", { detail: number }));
  };

  const fromAddress = async () => {
    const wanted = /^#p=(.+)/.exec(location.hash)?.[1];
    if (!wanted) return;
    const number = (await pages()).findIndex((page) => page.href === wanted);
    if (number >= 0) choose(number);
    else { input.value = decodeURIComponent(wanted); told.textContent = say("gone"); }
  };

  input.addEventListener("focus", () => pages(), { once: true });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("button")?.click();
    if (event.key === "Escape") found.replaceChildren();
  });
  window.addEventListener("hashchange", fromAddress);
  // What was loaded belongs to the text that stands here: another text is a page to be loaded anew.
  document.addEventListener("mendbook:patch", (event) => event.preventDefault());
  section.hidden = false;
  fromAddress();
})();
