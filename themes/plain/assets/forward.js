// Two pages that have no comparison of their own are compared where a script draws it.
(() => {
  const to = document.currentScript.dataset.to;
  const [, one, other] = /\/compare\/([^/]+?)--([^/]+)\.html$/.exec(location.pathname) ?? [];
  if (one) location.replace(`${to}#a=${one}&b=${other}`);
})();
