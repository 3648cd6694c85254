// What the reader holds on to while the page changes under him: the line he reads, what he has selected, where he types.

const READ = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, pre, blockquote, figure, summary";

// Whether an element stays in the window when the page is scrolled.
function stays(element) {
  for (let one = element; one; one = one.parentElement) {
    if (["sticky", "fixed"].includes(getComputedStyle(one).position)) return true;
  }
  return false;
}

// The topmost pieces of text in the window and where they stand: one of them will outlast the change.
function standing() {
  if (!scrollY) return [];
  const pieces = [];
  for (const element of document.body.querySelectorAll(READ)) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (!height || bottom <= 0 || stays(element)) continue;
    if (top > innerHeight || pieces.length === 12) break;
    pieces.push({ element, top });
  }
  // One that begins in the window holds better than one that began above it.
  return [...pieces.filter(({ top }) => top >= 0), ...pieces.filter(({ top }) => top < 0)];
}

function stand(pieces) {
  const piece = pieces.find(({ element }) => element.isConnected);
  if (!piece) return;
  const moved = piece.element.getBoundingClientRect().top - piece.top;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

// A place in a text that outlasts an edit before or after it.
function held(node, offset) {
  return { node, offset, text: node?.nodeType === Node.TEXT_NODE ? node.nodeValue : null };
}

// Where that place is now. What is written right at the beginning of a selection stays outside it, and at its end too.
function now({ node, offset, text }, begins) {
  const next = node.nodeValue;
  if (text === null || next === text) return [node, Math.min(offset, (next ?? node.childNodes).length)];
  const shorter = Math.min(text.length, next.length);
  let same = 0;
  while (same < shorter && text[same] === next[same]) same++;
  if (begins ? offset < same : offset <= same) return [node, offset];
  return [node, Math.min(next.length, Math.max(same, offset + next.length - text.length))];
}

// Do something to the page, and keep all this.
function keeping(change) {
  const pieces = standing(), selection = getSelection(), active = document.activeElement;
  const selected = selection.rangeCount && !selection.isCollapsed
    ? [held(selection.anchorNode, selection.anchorOffset), held(selection.focusNode, selection.focusOffset)] : null;
  const caret = active?.selectionStart != null ? [active.selectionStart, active.selectionEnd, active.selectionDirection] : null;
  change();
  if (active && active !== document.body && document.activeElement !== active) {
    const again = active.isConnected ? active : twin(active);
    again?.focus({ preventScroll: true });
    if (again === active && caret) active.setSelectionRange(...caret);
  }
  if (selected && selected.every(({ node }) => node.isConnected)) {
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const forward = !range || range.startContainer === selection.anchorNode && range.startOffset === selection.anchorOffset;
    const from = now(selected[0], forward), to = now(selected[1], !forward);
    if (selection.anchorNode !== from[0] || selection.anchorOffset !== from[1] || selection.focusNode !== to[0] || selection.focusOffset !== to[1]) {
      selection.setBaseAndExtent(...from, ...to);
    }
  }
  stand(pieces);
}

// What stands in the place of an element that is gone: the one with its id, else the link to where it led.
function twin(element) {
  if (element.id) return document.getElementById(element.id);
  return [...document.links].find((link) => element.href && link.href === element.href && link.textContent === element.textContent);
}
