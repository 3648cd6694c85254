// Make the page say what the server says now. Three texts are compared: what the server said before, what it says now,
// and the document, in which the reader and the theme's scripts have been at work. Elements stay the same ones wherever
// they can, with their focus, what is typed and what is ticked; an attribute changes only where the server changed it, so
// open details stay open; and of their children only the server's are left, so that scripts can begin anew.

// For every node that the server sent, the node of the document that shows it.
const shown = new WeakMap();

// Remember that `live` shows what `said` says, all the way down. Both have the same shape.
function pair(said, live) {
  shown.set(said, live);
  for (let a = said.firstChild, b = live.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(a, b);
}

// `next` says the same as `was`: the document's nodes show it from now on.
function inherit(was, next) {
  shown.set(next, shown.get(was));
  for (let a = was.firstChild, b = next.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) inherit(a, b);
}

// Without scripts `noscript` holds elements, with them a text: it is never shown here and never compared.
const same = (was, next) => was.isEqualNode(next) || was.nodeName === "NOSCRIPT" && next.nodeName === "NOSCRIPT";
const name = (node) => node.nodeName + (node.id ?? "");

// Which of the old children becomes which of the new ones: the same id, else the same content, else the same kind of
// element between two that were found. Returns the old one for each new one, or undefined.
function match(old, fresh) {
  const found = new Array(fresh.length), free = new Set(old);
  const take = (index, node) => {
    found[index] = node;
    free.delete(node);
  };
  let start = 0, end = 0;
  const shorter = Math.min(old.length, fresh.length);
  while (start < shorter && same(old[start], fresh[start])) take(start, old[start++]);
  while (end < shorter - start && same(old.at(-1 - end), fresh.at(-1 - end))) take(fresh.length - ++end, old.at(-end));
  const middle = [...found.keys()].slice(start, fresh.length - end);
  for (const key of [(node) => node.id ? name(node) : null, (node) => node.outerHTML ?? null]) {
    const named = new Map();
    for (const node of [...free].reverse()) {
      if (!named.has(key(node))) named.set(key(node), []);
      named.get(key(node)).push(node);
    }
    for (const index of middle) {
      const one = !found[index] && key(fresh[index]) !== null && named.get(key(fresh[index]))?.pop();
      if (one) take(index, one);
    }
  }
  const places = new Map(old.map((node, place) => [node, place]));
  let from = start;
  for (const index of middle) {
    if (found[index]) from = places.get(found[index]) + 1;
    else {
      let at = from;
      while (free.has(old[at]) && name(old[at]) !== name(fresh[index])) at++;
      if (free.has(old[at])) take(index, old[at]), from = at + 1;
    }
  }
  return found;
}

// What the server changed about an element's attributes. The rest is the reader's and the scripts'.
function attributes(was, next, live) {
  for (const { name } of [...was.attributes]) if (!next.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of next.attributes) if (was.getAttribute(name) !== value) live.setAttribute(name, value);
}

// Let the node that shows `was` show `next`, and put what the server changed into `changed`.
function patch(was, next, changed) {
  const live = shown.get(was);
  shown.set(next, live);
  if (next.nodeType !== Node.ELEMENT_NODE) {
    if (live.nodeValue !== next.nodeValue) live.nodeValue = next.nodeValue;
    if (was.nodeValue !== next.nodeValue) changed.add(live.parentElement);
    return;
  }
  attributes(was, next, live);
  const old = [...was.childNodes], fresh = [...next.childNodes], found = match(old, fresh), kept = new Set(found);
  if (old.some((node) => !kept.has(node) && node.nodeType === Node.ELEMENT_NODE)) changed.add(live);
  const own = new Set(found.filter(Boolean).map((node) => shown.get(node)));
  // Dialogs and the like, which scripts put beside the page, stay.
  for (const node of [...live.childNodes]) if (!own.has(node) && (live !== document.body || old.some((one) => shown.get(one) === node))) node.remove();
  let place = live.firstChild;
  fresh.forEach((node, index) => {
    while (place && !own.has(place)) place = place.nextSibling;
    const was = found[index], one = shown.get(was);
    if (!one) {
      const made = document.importNode(node, true);
      live.insertBefore(made, place);
      pair(node, made);
      changed.add(made.nodeType === Node.ELEMENT_NODE ? made : live);
      return;
    }
    if (one === place) place = place.nextSibling;
    else move(live, one, place);
    if (same(was, node) && same(one, node)) inherit(was, node);
    else patch(was, node, changed);
  });
}

// Where the browser can, a node is moved without losing its focus or what it plays.
function move(parent, node, place) {
  if (parent.moveBefore && node.isConnected) parent.moveBefore(node, place);
  else parent.insertBefore(node, place);
}
