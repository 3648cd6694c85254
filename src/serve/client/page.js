// The page that is shown, and how it becomes the newest one.

// What the tag says that made this page a preview.
const tag = document.currentScript;
const own = new URL(".", tag.src).href, base = tag.dataset.base, route = tag.dataset.route;
let token = tag.dataset.token;

// Addresses below the preview's own, with the token.
const at = (name, asked = {}) => `${own}${name}?${new URLSearchParams({ ...asked, token })}`;

async function post(name, asked) {
  const answer = await fetch(at(name), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(asked) })
    .catch(() => { throw new Error("the preview does not answer"); });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

const isTag = (script) => script.dataset.token !== undefined;
const scriptsOf = (page) => [...page.scripts].filter((script) => !isTag(script)).map((script) => script.outerHTML).join("\n");

// The body as the server sent it: without the tag and what follows it.
function bodyOf(page) {
  const body = page.body.cloneNode(true), end = [...body.children].findLast((child) => child.dataset.token !== undefined);
  while (end?.nextSibling) end.nextSibling.remove();
  end?.remove();
  return body;
}

// What the server said last. This runs before the theme's own scripts, so the document is still what was sent.
let said = bodyOf(document), scripts = null, version = null;
pair(said, document.body);

// Ask for the page: null where it is still the same, else what came. `fault` is why a template cannot show it.
async function ask() {
  const answer = await fetch(location.pathname, { cache: "no-store", headers: version ? { "if-none-match": version } : {} });
  if (answer.status === 304) return null;
  version = answer.headers.get("etag");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { token: newest, route: its, fault = null } = [...page.scripts].find(isTag)?.dataset ?? {};
  token = newest ?? token;
  return { page, its, fault: fault && JSON.parse(fault), gone: answer.status === 404 && route !== "404.html" };
}

// Show a page that came. Where its scripts are others, or one of them cannot go on with another text, or another page lies
// at this address, it is loaded anew.
async function show({ page, its }) {
  scripts ??= scriptsOf(page);
  if (its !== route || scriptsOf(page) !== scripts) return reload();
  await dress(page);
  const next = bodyOf(page), changed = new Set();
  if (!next.isEqualNode(said)) {
    if (!document.dispatchEvent(new Event("mendbook:patch", { cancelable: true }))) return reload();
    keeping(() => patch(said, next, changed));
    said = next;
    document.dispatchEvent(new Event("mendbook:patched"));
    light(changed);
  }
  head(page);
}

function head(page) {
  const facts = (head) => [...head.querySelectorAll("title, meta[name], meta[property], link:not([rel~=stylesheet], [rel~=preload])")];
  const text = (list) => list.map((element) => element.outerHTML).join();
  const old = facts(document.head), next = facts(page.head);
  if (text(old) !== text(next)) {
    for (const element of old) element.remove();
    document.head.append(...next.map((element) => document.importNode(element, true)));
  }
  document.documentElement.lang = page.documentElement.lang;
}

// New stylesheets are loaded before the old ones leave, so the page is never bare.
async function dress(page) {
  const sheets = (page) => [...page.head.querySelectorAll("link[rel~=stylesheet]")];
  const old = sheets(document), href = (link) => link.getAttribute("href");
  const wanted = sheets(page), kept = new Set(old.filter((link) => wanted.some((one) => href(one) === href(link))));
  const loads = [];
  let last = null;
  for (const one of wanted) {
    const there = [...kept].find((link) => href(link) === href(one));
    const link = there ?? document.importNode(one, true);
    if (!there) {
      loads.push(new Promise((done) => { link.onload = link.onerror = done; }));
      // In the order of the new page, and next to the one whose place it takes.
      (last ?? old.findLast((link) => path(link) === path(one)))?.after(link);
      if (!link.isConnected) document.head.append(link);
    }
    last = link;
  }
  await Promise.all(loads);
  for (const link of old) if (!kept.has(link)) link.remove();
}
const path = (link) => link.getAttribute("href").split("?")[0];

// Load the page anew and stay where the reader is: at the same piece of text, also when its fonts come late.
const PLACE = "mendbook:preview-place";
function reload() {
  const [piece] = standing(), index = piece ? [...document.body.querySelectorAll(READ)].indexOf(piece.element) : -1;
  try { sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, index, piece?.top])); } catch { /* it begins at its top */ }
  // The browser's own way back counts in pixels, and comes later.
  history.scrollRestoration = "manual";
  location.reload();
}
async function comeBack() {
  let path, index, top;
  try {
    [path, index, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    sessionStorage.removeItem(PLACE);
  } catch { /* nothing was kept */ }
  const element = path === location.pathname && document.body.querySelectorAll(READ)[index];
  if (element) {
    stand([{ element, top }]);
    await document.fonts.ready;
    stand([{ element, top }]);
  }
  history.scrollRestoration = "auto";
}

// Frame for a moment what changed: by an animation, which leaves no trace in the document. What is read keeps its contrast.
function light(changed) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const element of new Set([...changed].map(block))) {
    if (!element?.isConnected || element === document.body) continue;
    const { color } = getComputedStyle(element);
    const lit = { boxShadow: `0 0 0 .35rem color-mix(in srgb, ${color} 22%, transparent)` };
    element.animate(still ? [lit, lit] : [lit, { ...lit, offset: 0.4 }, {}], { duration: still ? 1200 : 1800, easing: "ease-out" });
  }
}
const block = (element) => element && getComputedStyle(element).display.startsWith("inline") ? block(element.parentElement) : element;
