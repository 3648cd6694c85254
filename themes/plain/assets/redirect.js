// Leads from an old address to the new one, and keeps the fragment.
(function () {
  "use strict";
  var target = document.currentScript.getAttribute("data-target");
  if (target) {
    location.replace(target + location.hash);
  }
})();
