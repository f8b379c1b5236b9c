// Changes the page's language and keeps the question that a link brought: it stands in the address
// until it is asked, and the server does not know it when it makes the links.
(() => {
  "use strict";
  function keep(event) {
    const link = event.target instanceof Element && event.target.closest(".languages a");
    const brought = new URLSearchParams(location.search).get("q");
    if (!link) return;
    const address = new URL(link.href);
    if (brought) address.searchParams.set("q", brought);
    else address.searchParams.delete("q");
    link.href = address.href;
  }
  document.addEventListener("click", keep);
  document.addEventListener("auxclick", keep); // into another tab
})();
