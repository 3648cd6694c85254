// The card of the page behind a link: its area, title and summary, beside the link. It can be pointed at itself, goes
// with Escape, and moves nothing on the page.
(() => {
  "use strict";
  const WAIT = 300, LINGER = 200, GAP = 8;

  // The cards of all pages are in one file, or in parts of which that file tells what each begins with.
  const cardOf = async (link) => {
    const address = link.href.split("#")[0];
    if (!address.startsWith(mendbook.root) || address === location.href.split("#")[0]) return null;
    const key = address.slice(mendbook.root.length);
    const whole = await mendbook.load("assets/cards.js");
    if (!Array.isArray(whole)) return whole[key];
    const part = whole.findLastIndex((first) => first <= key);
    return part < 0 ? null : (await mendbook.load(`assets/cards/${part}.js`))[key];
  };

  const make = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });
  const card = make("div", "peek");
  card.id = "theme:peek";
  card.hidden = true;
  let shown = null, wanted = null, timer;

  const hide = () => {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = wanted = null;
    card.hidden = true;
  };
  const show = async (link, tapped) => {
    wanted = link;
    const found = await cardOf(link).catch(() => null);
    if (!found && tapped) location.assign(link.href);
    // The reader may have gone on while the cards were loaded.
    if (!found || wanted !== link || !link.isConnected) return;
    hide();
    const [title, summary, area, status] = found;
    const rows = [make("p", "label", [area, status].filter(Boolean).join(" · ")), make("p", "title", title), make("p", "", summary)];
    // A finger that tapped has not followed the link yet.
    if (tapped) rows[1].replaceChildren(Object.assign(make("a", "", title), { href: link.href }));
    card.replaceChildren(...rows);
    card.hidden = false;
    document.querySelector("main").append(card);
    shown = link;
    link.setAttribute("aria-describedby", card.id);
    place(link);
  };
  // Below the link's last line, or above its first where there is more room; always within the window.
  const place = (link) => {
    const lines = link.getClientRects(), first = lines[0], last = lines[lines.length - 1];
    const { offsetWidth: width, offsetHeight: height } = card, across = document.documentElement.clientWidth;
    const below = last.bottom + GAP + height <= innerHeight || first.top < innerHeight - last.bottom;
    const top = below ? last.bottom + GAP : first.top - GAP - height;
    const line = below ? last : first, rightwards = getComputedStyle(link).direction !== "rtl";
    const start = rightwards ? line.left : line.right - width;
    card.style.left = `${Math.max(GAP, Math.min(start, across - width - GAP)) + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  };
  // A link that is reached by the keyboard may still be scrolled to.
  document.addEventListener("scrollend", () => shown && place(shown));
  const soon = (what, wait) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };

  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => soon(hide, LINGER));
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && event.target.closest?.("a[href]")) soon(hide, LINGER);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === shown && !card.contains(relatedTarget)) hide();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!card.contains(target) && target !== shown) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  mendbook.give("peek", {
    point(link) {
      if (link === shown) clearTimeout(timer);
      else soon(() => link.matches(":hover") && show(link), WAIT);
    },
    focus(link) { soon(() => link === document.activeElement && show(link), WAIT); },
    tap(link) { show(link, true); },
  });
})();
