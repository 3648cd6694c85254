// Beside the text: where each section is written, and a mark at each paragraph that a finding is about.

const PIECES = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, figcaption, summary";
let pinned = [];

// Make the marks for what is known of the page.
function pin(facts) {
  const active = root.activeElement, held = marks.contains(active) ? active.dataset.key : null;
  pinned = [...facts.fault ? [] : findingMarks(facts), ...headingMarks(facts)];
  marks.replaceChildren(...pinned.map(({ mark }) => mark));
  if (held) focusMark(held);
  arrange();
}

const focusMark = (key) => pinned.find(({ mark }) => mark.dataset.key === key)?.mark.focus({ preventScroll: true });

function headingMarks({ path, headings, editor }) {
  if (!path) return [];
  const main = document.querySelector("main") ?? document.body;
  const places = [{ element: main.querySelector("h1"), line: 1 }, ...headings.map(({ id, line }) => ({ element: headingOf(document.getElementById(id)), line }))];
  const seen = new Set();
  return places.filter(({ element }) => element && !seen.has(element) && seen.add(element)).map(({ element, line }) => {
    const words = element.textContent.trim().replace(/\s*[#¶§]$/, "");
    const mark = make("button", { type: "button", class: "source", "data-key": `${path}:${line}`, "aria-label": `Source of “${words}”: ${path}, line ${line}` });
    mark.addEventListener("click", () => tellWhere(mark, { path, line }, editor));
    return { element, mark };
  });
}

const headingOf = (element) => element?.matches("h1, h2, h3, h4, h5, h6") ? element : element?.querySelector("h1, h2, h3, h4, h5, h6") ?? null;

// A card at the mark: the place, to copy or to open. It goes when something else is pressed, and by Escape.
let asked;
function tellWhere(mark, { path, line }, editor) {
  asked?.remove();
  const place = `${path}:${line}`;
  asked = make("div", { class: "where", popover: "auto", role: "dialog", "aria-label": "Where this is written" },
    make("code", {}, place), make("p", { class: "does" },
      button("Copy", { class: "copy" }, async () => { await copy(place); asked.hidePopover(); }),
      ...(editor ? [button("Open in the editor", { class: "open" }, async () => { await openAt(path, line); asked.hidePopover(); })] : [])));
  asked.addEventListener("toggle", ({ target, newState }) => {
    if (newState !== "closed") return;
    // Back to where it came from, unless something else was pressed.
    if ([host, document.body].includes(document.activeElement)) focusMark(mark.dataset.key);
    target.remove();
  });
  layer.append(asked);
  asked.showPopover();
  const { left, bottom, top } = mark.getBoundingClientRect(), { width, height } = asked.getBoundingClientRect();
  asked.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  asked.style.top = `${bottom + height + 16 > innerHeight ? top - height - 8 : bottom + 8}px`;
  asked.querySelector("button").focus();
}

function findingMarks({ findings }) {
  const places = new Map();
  findings.forEach((finding, index) => {
    const element = placeIn(finding);
    if (element) places.set(element, [...places.get(element) ?? [], { ...finding, index }]);
  });
  return [...places].map(([element, here]) => {
    const words = here.map(({ message }) => message.replaceAll("`", "")).join("; ");
    const mark = make("button", { type: "button", class: `found ${here[0].severity}`, "data-key": keyOf(here[0]),
      "aria-label": `${here.length === 1 ? "Finding" : "Findings"} ${here.map(({ index }) => index + 1).join(", ")}: ${words}` },
    make("span", {}, here.map(({ index }) => index + 1).join("·")));
    mark.addEventListener("click", () => {
      choose(true, false);
      const item = list.children[here[0].index];
      item.scrollIntoView({ block: "nearest" });
      item.querySelector(".number").focus();
    });
    return { element, mark, index: here.map(({ index }) => index), beside: true };
  });
}

// The piece of text that a finding is about: in its section, the smallest that has the words.
function placeIn({ at: anchor, excerpt }) {
  if (anchor === null || anchor === undefined) return (document.querySelector("main") ?? document.body).querySelector("h1");
  const scope = document.getElementById(anchor);
  if (!scope) return null;
  const pieces = [scope, ...scope.querySelectorAll(PIECES)].filter((piece) => piece.matches(PIECES));
  const plain = (text) => text.replace(/!?\[\[|\]\]|[*`#>|]|\]\([^)]*\)|\[/g, " ").replace(/^[\s\-+\d.)]+/, "").replace(/\s+/g, " ").trim().toLowerCase();
  for (const words of [excerpt?.join("") ?? "", excerpt?.[1] ?? ""].map(plain).filter((words) => words.length > 2)) {
    const found = pieces.findLast((piece) => plain(piece.textContent).includes(words));
    if (found) return found;
  }
  return headingOf(scope) ?? scope;
}

// Go from the panel to the place in the text, and light it up.
function goTo(index) {
  const { element } = pinned.find((pin) => pin.index?.includes(index)) ?? {};
  if (!element) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { top, bottom } = element.getBoundingClientRect(), free = dock.getBoundingClientRect().top || innerHeight;
  if (top < 0 || bottom > free) scrollBy({ top: top - free / 3, behavior: still ? "instant" : "smooth" });
  light(new Set([element]));
}

// Put each mark beside its text. They stand in the document's own measure, so scrolling moves nothing.
let due = false;
function arrange() {
  if (due || layer.hidden) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    const places = pinned.map(({ element }) => ({
      box: element.isConnected ? element.getBoundingClientRect() : null, line: parseFloat(getComputedStyle(element).lineHeight),
    }));
    const busy = new Set(pinned.filter(({ beside }) => beside).map(({ element }) => element));
    pinned.forEach(({ mark, element, beside }, index) => {
      const { box, line } = places[index];
      mark.hidden = !box?.height;
      if (mark.hidden) return;
      // Where a finding has its mark beside a heading, the heading's own stands below it.
      mark.style.top = `${box.top + scrollY + (!beside && busy.has(element) ? box.height : 0)}px`;
      const right = box.left + scrollX - 6, left = Math.max(0, right - 28);
      mark.style.left = `${left}px`;
      // On a phone there is no room for all of it: the bar keeps off the text, and the number lies on the bar.
      mark.style.setProperty("--bar", `${right - left}px`);
      mark.style.height = `${beside ? box.height : busy.has(element) ? 24 : Math.max(line, 24)}px`;
    });
  });
}
