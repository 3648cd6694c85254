// What every page does with a script: it loads others when they are asked for, keeps ticks, shows where on the page the
// reader is, and answers a few keys. A page is whole without it.
(() => {
  "use strict";
  const self = document.currentScript;
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Scripts and data that are loaded when they are asked for. A page that is read from the disk can load scripts and
  // nothing else, so data come as scripts that call `mendbook.give(name, data)`.
  const scripts = new Map(), starts = [];
  let text = new AbortController(), edition = 0;
  const mendbook = window.mendbook = {
    // The full address of the site's root, with its slash.
    root: new URL("..", self.src).href,
    // The theme's other scripts, by their names: full addresses with their versions.
    assets: Object.fromEntries(Object.entries(self.dataset).map(([name, href]) => [name, new URL(href, location.href).href])),
    // All that was given, by its name.
    data: Object.create(null),
    give(name, data) {
      mendbook.data[name] = data;
      const script = document.currentScript;
      if (script) script.given = data;
    },
    // Load a script once, however often it is asked for, by its address or its path from the root: a promise of what
    // it gives. One that failed is tried again.
    load(path) {
      const url = new URL(path, mendbook.root), key = url.origin + url.pathname;
      if (!scripts.has(key)) {
        // Else a browser that is still loading the former edition would give that one.
        if (edition) url.searchParams.set("edition", edition);
        scripts.set(key, new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = url.href;
          script.onload = () => resolve(script.given);
          script.onerror = () => { scripts.delete(key); script.remove(); reject(new Error(path)); };
          document.head.append(script);
        }));
      }
      return scripts.get(key);
    },
    // Load anew what tells of other pages, when it is next asked for. A preview says so: they may be others by now.
    forget() {
      edition++;
      for (const key of scripts.keys()) if (/\/assets\/(search|cards)/.test(key)) scripts.delete(key);
    },
    // What a script says: a function of a key and of what is put into its holes. The words, the script's own table in the
    // theme's words files, stand at its beginning.
    words(name) {
      const words = mendbook.data[name], plurals = new Intl.PluralRules(document.documentElement.lang || "en");
      return (key, values = {}) => {
        const forms = words[key];
        const form = typeof forms === "string" ? forms : forms[plurals.select(values.n)] ?? forms.other;
        return form.replace(/\{([\w-]+)\}/g, (_, hole) => values[hole]);
      };
    },
    // What a browser keeps for its reader; it may refuse, and then nothing is kept.
    kept(name) {
      try { return localStorage.getItem(`mendbook:${name}`); } catch { return null; }
    },
    keep(name, value) {
      try {
        if (value === null) localStorage.removeItem(`mendbook:${name}`);
        else localStorage.setItem(`mendbook:${name}`, value);
        return true;
      } catch { return false; }
    },
    // Begin with what stands on the page now: once when it is loaded, and again when its text was replaced.
    begin() {
      text.abort();
      text = new AbortController();
      ticks();
      spy();
      if (document.querySelector(".results")) sheet().then((sheet) => sheet.page()).catch(() => {});
      for (const start of starts) start(text.signal);
    },
    // Do this now, and again when the page's text was replaced; the signal ends what listens to more than that text.
    page(start) {
      starts.push(start);
      start(text.signal);
    },
  };

  // Ticks of steps, by the step's anchor. Two pages of one name in two handbooks have different hashes.
  const tick = (box) => `${box.closest("ol").dataset.ticks}:${box.closest("li").id}`;
  const boxes = () => all(".steps[data-ticks] > li > label > input");
  const ticks = () => {
    const steps = boxes();
    if (!steps.length || !mendbook.keep("try", "") || !mendbook.keep("try", null)) return;
    for (const box of steps) box.checked = mendbook.kept(tick(box)) === "done";
    for (const tally of all(".tally")) tally.classList.add("kept");
  };
  const clear = () => {
    for (const box of boxes()) {
      box.checked = false;
      mendbook.keep(tick(box), null);
    }
  };

  // What goes on paper hangs on the fragment that a link leads to. When it is printed, the former one comes back.
  const onPaper = (fragment) => {
    if (fragment !== location.hash) addEventListener("afterprint", () => history.back(), { once: true });
    setTimeout(() => print());
  };

  // The link of "On this page" to the section that is being read.
  let watching;
  const spy = () => {
    watching?.disconnect();
    const links = new Map(all(".toc a[href^='#']").map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
    links.delete(null);
    const sections = [...links.keys()], seen = new Set();
    watching = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
      const here = sections.find((section) => seen.has(section));
      if (here) links.forEach((link, section) => section === here ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current"));
    }, { rootMargin: "-12% 0px -66% 0px" });
    for (const section of sections) watching.observe(section);
  };

  // The search sheet and the list of keys come when they are first wanted.
  const sheet = () => mendbook.load(mendbook.assets.sheet);
  const find = document.querySelector(".find");
  const search = () => sheet().then((sheet) => sheet.search(), () => { location.href = find.href; });
  if (find) {
    find.setAttribute("aria-haspopup", "dialog");
    find.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
    for (const early of ["focus", "pointerenter"]) find.addEventListener(early, () => sheet().catch(() => {}), { once: true });
  }

  // Keys of one letter can be switched off: who speaks to a computer types them by accident.
  const single = document.querySelector(".keys input");
  const tell = () => {
    const key = find?.querySelector("kbd");
    if (key) key.hidden = !single?.checked;
  };
  if (single) {
    single.checked = mendbook.kept("keys") !== "off";
    single.closest(".keys").hidden = false;
  }
  tell();
  const types = (target) => target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const chord = event.ctrlKey || event.metaKey;
    if (chord && !event.shiftKey && event.key.toLowerCase() === "k" && find) search();
    else if (chord || single?.checked === false || types(event.target)) return;
    else if (event.key === "/" && find) search();
    else if (event.key === "?") sheet().then((sheet) => sheet.keys());
    else return;
    event.preventDefault();
  });

  // Cards of pages behind links in the text: by pointing and by focus, never by a finger, but for a term.
  const linked = (target) => target instanceof Element && target.closest(".body a[href]:not([href^='#'], [rel~=external], .related a, .pager a)");
  const peek = (show) => mendbook.load(mendbook.assets.peek).then(show);
  let pointer = "mouse";
  document.addEventListener("pointerdown", (event) => { pointer = event.pointerType; }, true);
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType !== "touch" && linked(event.target);
    if (link) peek((card) => card.point(link)).catch(() => {});
  });
  document.addEventListener("focusin", ({ target }) => {
    if (linked(target) && target.matches(":focus-visible")) peek((card) => card.focus(target)).catch(() => {});
  });

  document.addEventListener("click", (event) => {
    const { target } = event, link = target.closest?.("a[href]");
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (target.matches?.(".tally .clear")) clear();
    else if (target.matches?.(".tally .print")) onPaper(target.hash);
    else if (link && link === find) {
      event.preventDefault();
      search();
    } else if (link?.matches(".term") && pointer === "touch" && event.detail && !link.matches("[aria-describedby]")) {
      event.preventDefault();
      peek((card) => card.tap(link)).catch(() => { location.href = link.href; });
    }
  });
  // What is typed on the front page is looked for in the finder. It stands in the fragment: no server is told of it.
  document.addEventListener("submit", (event) => {
    const { target } = event;
    if (!target.matches(".seek")) return;
    event.preventDefault();
    const words = target.querySelector("input").value.trim();
    location.href = target.dataset.finder + (words && `#q=${encodeURIComponent(words)}`);
  });
  document.addEventListener("change", ({ target }) => {
    if (target === single) {
      mendbook.keep("keys", single.checked ? null : "off");
      tell();
    } else if (boxes().includes(target)) mendbook.keep(tick(target), target.checked ? "done" : null);
  });

  document.addEventListener("mendbook:patched", mendbook.begin);
  mendbook.begin();
})();
