// What every page can do with a script. It loads last and at once, and nothing depends on it.
(() => {
  "use strict";
  const self = document.currentScript;

  // Scripts and data that are loaded when they are asked for. A page that is read from the disk can load scripts and
  // nothing else, so data come as scripts that call `mendbook.give(name, data)`.
  const scripts = new Map();
  const mendbook = window.mendbook = {
    // The full address of the site's root, with its slash: what `load` and links in data are relative to.
    root: new URL("..", self.src).href,
    // All that was given, by its name.
    data: Object.create(null),
    give(name, data) {
      mendbook.data[name] = data;
      const script = document.currentScript;
      if (script) script.given = data;
    },
    // Load a script once, however often it is asked for: a promise of what it gave. One that failed is tried again.
    load(path) {
      if (!scripts.has(path)) {
        scripts.set(path, new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = mendbook.root + path;
          script.onload = () => resolve(script.given);
          script.onerror = () => { scripts.delete(path); script.remove(); reject(new Error(path)); };
          document.head.append(script);
        }));
      }
      return scripts.get(path);
    },
  };
})();
