// What only an author sees: one layer over the page in a shadow root, so that the theme's styles and these do not meet.
// All words are written as text.

function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

// A button that does something which takes a moment and may fail; `failed` hears why.
function button(words, attributes, does, failed = say) {
  const made = make("button", { type: "button", ...attributes }, ...[words].flat());
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    try {
      await does(made);
    } catch (error) {
      failed(error.message);
    }
    made.removeAttribute("aria-disabled");
  });
  return made;
}

// A phrase as a sentence; what stands between backticks is code.
function sentence(phrase, end = ".") {
  const [first = "", ...rest] = phrase.split("`");
  const parts = [first.charAt(0).toUpperCase() + first.slice(1), ...rest].map((part, index) => index % 2 ? make("code", {}, part) : part);
  return /[.?!]$/.test(phrase) ? parts : [...parts, end];
}

const host = make("mendbook-preview");
const root = host.attachShadow({ mode: "open" });
const marks = make("div", { class: "marks" });
const list = make("ol", { role: "list" });
const title = make("h2", { id: "title", tabindex: "-1" });
const told = make("p", { class: "note" });
const rest = make("p", { class: "note rest" });
const dock = make("section", { class: "dock", id: "dock", "aria-labelledby": "title", hidden: "" },
  make("div", { class: "head" }, title, told, button("Hide", { class: "hide" }, () => choose(false))), list, rest);
const states = make("div", { class: "states" });
const count = button("", { class: "count", "aria-controls": "dock" }, () => choose(dock.hidden));
const heard = make("p", { class: "heard", role: "status" });
const alarm = make("p", { class: "heard", role: "alert" });
const layer = make("aside", { class: "layer", "aria-label": "Preview" }, marks, make("div", { class: "chips" }, states, count), dock, heard, alarm);
layer.hidden = true;

// The layer stands beside the body, where no patch and no selector of the theme's meets it.
function raise() {
  const sheet = make("link", { rel: "stylesheet", href: `${own}client.css` });
  sheet.addEventListener("load", () => {
    layer.hidden = false;
    arrange();
  });
  root.append(sheet, layer);
  document.documentElement.append(host);
  // The end of the page, and what the keyboard comes to, can be scrolled above the panel.
  const room = new CSSStyleSheet();
  document.adoptedStyleSheets.push(room);
  new ResizeObserver(() => room.replaceSync(dock.hidden ? "" : `html { scroll-padding-bottom: ${dock.offsetHeight}px } body { margin-bottom: ${dock.offsetHeight}px }`)).observe(dock);
  dock.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    choose(false);
  });
}

// Say something to who looks and to who listens.
let fading;
function say(words) {
  heard.replaceChildren(...sentence(words));
  heard.classList.add("seen");
  clearTimeout(fading);
  fading = setTimeout(() => heard.classList.remove("seen"), 6000);
}

// The panel opens and closes. What the author chose is kept from page to page.
const OPEN = "mendbook:preview-open";
function open(wanted, focus = true) {
  dock.hidden = !wanted;
  count.setAttribute("aria-expanded", String(wanted));
  count.hidden = wanted || !count.textContent;
  if (focus) (wanted ? title : count).focus({ preventScroll: true });
}

function choose(wanted, focus = true) {
  try { sessionStorage.setItem(OPEN, wanted ? "yes" : ""); } catch { /* it is asked again on the next page */ }
  open(wanted, focus);
}

function chosen() {
  try { return sessionStorage.getItem(OPEN) === "yes"; } catch { return false; }
}

// Show what is known of the page: the server's facts, and what this side knows of the connection.
const PAUSED = "Preview is paused: mendbook is not running";
let shownFacts = null, faulted = false, before = 0;
function tellFacts(facts, { paused, gone }) {
  const fault = facts.fault ?? null;
  if (shownFacts === null) open(chosen(), false);
  const counted = facts.findings.filter(({ severity }) => severity !== "hint").length;
  states.replaceChildren(...stateChips(facts, { paused, gone }).map(([kind, words]) => make("p", { class: `chip ${kind}` }, words)));
  label(facts, counted, fault);
  layer.dataset.worst = fault ? "error" : facts.findings[0]?.severity ?? "none";
  const same = JSON.stringify([facts.findings, facts.wanted, facts.elsewhere, facts.editor, fault]);
  if (fault) headOfFault(facts.good);
  else headOfFindings(facts, counted);
  if (paused) told.textContent = `${PAUSED}.`;
  fill(facts, fault, same === shownFacts);
  shownFacts = same;
  announce(counted, fault);
  arrange();
}

function headOfFault(good) {
  title.textContent = "This page cannot be made anew";
  told.textContent = `You are looking at the last good version, from ${new Date(good).toLocaleTimeString("en-GB")}. It updates by itself when the file is saved.`;
}

function headOfFindings(facts, counted) {
  const hints = facts.findings.length - counted;
  title.textContent = counted ? `This page has ${many(counted, "finding")}`
    : hints ? `This page has ${many(hints, "hint")}` : "Nothing was found on this page";
  told.textContent = facts.findings.length ? "The page shows the newest text all the same. What is mended leaves this list by itself." : "";
}

const many = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// The small count that opens the panel.
function label(facts, counted, fault) {
  const hints = facts.findings.length - counted;
  const words = fault ? many(faults(fault).length, "error") : counted ? many(counted, "finding") : hints ? many(hints, "hint")
    : facts.wanted.length ? many(facts.wanted.length, "wanted page") : facts.elsewhere.count ? `${many(facts.elsewhere.count, "finding")} on other pages` : "";
  count.textContent = words;
  count.classList.toggle("quiet", !fault && !counted);
  count.hidden = !words || !dock.hidden;
  if (!words && !dock.hidden) open(false, dock.contains(root.activeElement));
}

function stateChips({ status, overdue }, { paused, gone }) {
  return [
    paused && ["paused", PAUSED],
    gone && ["gone", "No page lies here any more"],
    status === "draft" && ["draft", "Draft: not published"],
    status === "proposed" && ["proposed", "Proposed"],
    status === "retired" && ["retired", "Retired"],
    overdue && ["overdue", "Review overdue"],
  ].filter(Boolean);
}

// What there is to know is said once, and again when there is more. An error opens the panel by itself.
function announce(counted, fault) {
  if (fault && !faulted) {
    alarm.textContent = `${title.textContent}. ${told.textContent}`;
    if (dock.hidden) open(true, false);
  } else if (faulted && !fault) {
    alarm.textContent = "";
    say("the page is up to date again");
    open(chosen() && count.textContent !== "", dock.contains(root.activeElement));
  } else if (counted > before) heard.textContent = `${title.textContent}.`;
  faulted = Boolean(fault);
  before = counted;
}
