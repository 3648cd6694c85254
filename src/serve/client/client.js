// The preview in the browser: listens, asks what is new, and lets the other parts show it.

const state = { fault: null, paused: false, gone: false };
let facts = null, busy = false, again = false, goal = null;

// Ask for the page and for what an author is told of it, and show both. What comes meanwhile is asked for afterwards.
async function renew() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    try {
      const [came, told] = await Promise.all([ask(), fetch(at("page", { route })).then((answer) => answer.ok ? answer.json() : null)]);
      if (told) facts = told;
      if (came) await take(came);
      if (facts) {
        facts.fault ??= state.fault;
        tellFacts(facts, state);
        pin(facts);
      }
    } catch {
      // The server went while it was asked; the stream tells when it is back.
      again = false;
    }
  } while (again);
  busy = false;
  await arrived();
}

// Where a template cannot show the page, what stands here is better than anything the server has.
async function take(came) {
  state.gone = came.gone;
  state.fault = came.fault;
  if (came.gone || came.fault !== null) return;
  await show(came);
}

// Go to a page that is being written, as soon as it is there.
function setOut(next) {
  goal = next;
  arrived();
}
async function arrived() {
  if (goal === null) return;
  const next = goal, told = await fetch(at("page", { route: next })).then((answer) => answer.json()).catch(() => null);
  if (told?.there && goal === next) location.assign(hrefOf(next));
}

// Go to what the author edits; not while the reader types or has something open over the page.
async function follow({ route: edited, anchor }) {
  const active = document.activeElement;
  const types = active?.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (document.visibilityState !== "visible" || types || document.querySelector("dialog[open]")) return;
  if (edited !== route) return location.assign(hrefOf(edited) + (anchor ? `#${encodeURIComponent(anchor)}` : ""));
  const place = anchor && document.getElementById(anchor);
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (bottom < 0 || top > innerHeight * 0.8) place.scrollIntoView({ behavior: still ? "instant" : "smooth", block: "start" });
}

let pausing;
async function hear(message) {
  if (message.type === "down") {
    // A server that is started anew is back before anybody need be told.
    pausing ??= setTimeout(() => {
      state.paused = true;
      if (facts) tellFacts(facts, state);
    }, 1500);
    return;
  }
  clearTimeout(pausing);
  pausing = undefined;
  state.paused = false;
  token = message.token ?? token;
  // A theme of the handbook's own may have other scripts, or none.
  window.mendbook?.forget?.();
  await renew();
  if (message.edited && tag.dataset.follow !== undefined) await follow(message.edited);
}

// One stream for all tabs where there are shared workers; else one while this tab is looked at.
let close = null;
function connect() {
  if (close) return;
  if (typeof SharedWorker !== "undefined") {
    const { port } = new SharedWorker(`${own}stream.js`);
    port.onmessage = ({ data }) => hear(data);
    port.postMessage({ here: true, token });
    close = () => port.postMessage({ here: false });
  } else if (document.visibilityState === "visible") close = listen(own, token, hear);
}
function part() {
  close?.();
  close = null;
}
addEventListener("pagehide", part);
addEventListener("pageshow", ({ persisted }) => persisted && connect());
document.addEventListener("visibilitychange", () => {
  if (typeof SharedWorker === "undefined") document.visibilityState === "visible" ? connect() : part();
});

raise();
new ResizeObserver(arrange).observe(document.body);
addEventListener("resize", arrange);
for (const event of ["toggle", "click", "change", "transitionend"]) document.addEventListener(event, arrange, true);
document.fonts.ready.then(arrange);
addEventListener("load", comeBack);
connect();
