// The live channel: one stream from the server for all tabs, by a shared worker where there is one. This file is part of
// the client, and the worker itself.

// Listen to the stream of the server whose own files lie at `own`, and `tell` what comes: `{ type: "up", token }`,
// `{ type: "down" }`, `{ type: "site", … }`. A stream that broke is opened again, at longer and longer intervals. A server
// that was started anew has a new token, which stands in the tag of every page it shows. Returns what closes the stream.
function listen(own, token, tell) {
  const FIRST = 250, LONGEST = 4000;
  let source, waiting, closed = false, pause = FIRST;
  const open = () => {
    source = new EventSource(`${own}events?token=${token}`);
    source.onopen = () => {
      pause = FIRST;
      tell({ type: "up", token });
    };
    source.onerror = () => {
      source.close();
      tell({ type: "down" });
      again();
    };
    source.addEventListener("site", ({ data }) => tell({ type: "site", ...JSON.parse(data) }));
  };
  const again = () => {
    waiting = setTimeout(async () => {
      const found = await newToken(own);
      if (closed) return;
      token = found ?? token;
      found ? open() : again();
    }, pause);
    pause = Math.min(pause * 2, LONGEST);
  };
  open();
  return () => {
    closed = true;
    clearTimeout(waiting);
    source.close();
  };
}

// The token that the server knows now; none where no server answers.
async function newToken(own) {
  try {
    const page = await fetch(new URL("/", own), { cache: "no-store" });
    return /<script [^>]*\bdata-token="([^"]*)"/.exec(await page.text())?.[1];
  } catch {
    return undefined;
  }
}

// In the worker: tabs come and go, and hear how things stand when they come.
if (typeof SharedWorkerGlobalScope !== "undefined") {
  const tabs = new Set(), own = new URL(".", self.location.href).href;
  let last = null, close = null;
  const tell = (message) => {
    if (message.type !== "site") last = message;
    for (const tab of tabs) tab.postMessage(message);
  };
  self.addEventListener("connect", ({ ports: [tab] }) => {
    tab.onmessage = ({ data: { here, token } }) => {
      if (!here) tabs.delete(tab);
      else {
        tabs.add(tab);
        if (last) tab.postMessage(last);
        close ??= listen(own, token, tell);
      }
      if (!tabs.size && close) {
        close();
        close = last = null;
      }
    };
  });
}
