// The panel's list: each finding with its sentence, its next step, its place, the words it is about, and its fix.

// Fill the list. The keyboard's place in it is kept: on the same control, else on the panel's title.
function fill(facts, fault, same) {
  const active = root.activeElement, inside = list.contains(active);
  const held = inside ? [active.closest("li").dataset.key, active.className] : null;
  const findings = fault ? faults(fault) : facts.findings;
  if (!same) list.replaceChildren(...findings.map((finding, index) => card(finding, index, facts)), ...(fault ? [] : names(facts)));
  rest.replaceChildren(...elsewhere(facts));
  if (held && !list.contains(root.activeElement)) {
    const again = [...list.children].find((item) => item.dataset.key === held[0])?.getElementsByClassName(held[1])[0];
    (again ?? title).focus({ preventScroll: true });
  }
}

// An error has its findings, or only words where there is no place to point at.
const faults = (fault) => typeof fault === "string" ? [{ message: fault, severity: "error" }] : fault;
const keyOf = ({ check, message, path }) => [check, message, path].join("\n");

function card(finding, index, facts) {
  const item = make("li", { class: finding.severity, "data-key": keyOf(finding) });
  const wrong = make("p", { class: "wrong", role: "status" });
  const failed = (why) => wrong.replaceChildren(...sentence(why));
  // Only what lies on this page can be gone to.
  const number = facts.fault ? make("span", { class: "number" }, String(index + 1)) : button(String(index + 1), { class: "number", "aria-label": `${index + 1}: go to the place` }, () => goTo(index));
  const does = make("p", { class: "does" });
  if (finding.fix && !facts.fault) {
    does.append(button(sentence(finding.fix, ""), { class: "fix" }, () => post("fix", { id: finding.id }), failed));
  }
  const name = facts.wanted.find((name) => finding.check === "wanted-page" && finding.message.includes(`\`${name}\``));
  if (name !== undefined) does.append(writer(name, failed));
  item.append(number, make("div", { class: "said" },
    make("p", {}, make("b", {}, ...sentence(finding.message)), " ", ...(finding.hint ? sentence(finding.hint) : [])),
    ...(finding.path ? [placeOf(finding, facts.editor)] : []), ...excerpt(finding), does, wrong));
  return item;
}

function writer(name, failed) {
  return button("Write it", { class: "write", "aria-label": `Write it: ${name}` }, async () => {
    const { route: next } = await post("new", { name });
    setOut(next);
  }, failed);
}

// Names that the page may leave without a page still have an offer to be written.
function names(facts) {
  const found = facts.findings.filter(({ check }) => check === "wanted-page");
  const free = facts.wanted.filter((name) => !found.some(({ message }) => message.includes(`\`${name}\``)));
  return [...new Set(free)].map((name) => {
    const wrong = make("p", { class: "wrong", role: "status" });
    return make("li", { class: "wanted", "data-key": `wanted\n${name}` }, make("div", { class: "said" },
      make("p", {}, make("b", {}, `“${name}” is not written yet.`)),
      make("p", { class: "does" }, writer(name, (why) => wrong.replaceChildren(...sentence(why)))), wrong));
  });
}

function elsewhere({ elsewhere: { count: number, first } }) {
  if (!number) return [];
  const words = `${many(number, "more finding")} on other pages`;
  return [first ? make("a", { href: hrefOf(first) }, words) : `${words}.`];
}

const hrefOf = (route) => base + route.split("/").map(encodeURIComponent).join("/");

// A place in a file: it opens in the editor, or is copied.
function placeOf({ path, line }, editor) {
  const place = line ? `${path}:${line}` : path;
  return make("p", { class: "loc" }, button(place, { class: "place", "aria-label": `${editor ? "Open in the editor" : "Copy"}: ${place}` },
    () => editor ? openAt(path, line) : copy(place)));
}

async function openAt(path, line) {
  await post("open", { path, line });
  say("opened in the editor");
}

async function copy(text) {
  // Where the page is no secure context there is no clipboard.
  if (!navigator.clipboard) throw new Error(`this browser copies only from a secure address: \`${text}\``);
  await navigator.clipboard.writeText(text);
  say(`copied \`${text}\``);
}

// The line with the words underlined that the finding is about.
function excerpt({ line, excerpt }) {
  if (!excerpt?.join("").trim()) return [];
  const [before, marked, after] = excerpt;
  return [make("pre", { tabindex: "0", "aria-label": "Excerpt" }, make("code", {}, make("i", {}, String(line)), before, make("u", {}, marked), after))];
}
