// A link to a group that has a page of its own leads there. Without JavaScript the reader is at the link to it.
(() => {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = part?.matches(".split > li") && part.querySelector("a");
  if (link) location.replace(link.href);
})();
