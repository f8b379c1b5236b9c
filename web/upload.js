// Sends a reader's files and shows how far they are; without it, the page does the same in steps.
(() => {
  "use strict";
  const EVERY = 500; // milliseconds between two looks at the index
  const { ours, refusal } = window.andromede;
  const $ = (selector, root = document) => root.querySelector(selector);

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  function show(page, address) {
    const main = $("main", page);
    if (!main) return false;
    $("main").replaceWith(document.adoptNode(main));
    history.replaceState(null, "", address);
    const job = $("#job");
    if (job) {
      // Who listens hears what became of the files.
      job.tabIndex = -1;
      job.focus();
    }
    watch();
    return true;
  }

  function send(form) {
    const line = $(".sending", form);
    const button = $("button", form);
    const request = new XMLHttpRequest();
    const bar = document.createElement("progress");
    const say = (text, ...more) => line.replaceChildren(text, ...more);
    const failed = (text) => {
      say(text);
      button.disabled = false;
    };
    const files = [...form.elements.file.files];
    if (files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.largest)) {
      failed(form.dataset.large);
      return;
    }
    button.disabled = true;
    say(`${form.dataset.sending} `, bar);
    request.upload.addEventListener("progress", (event) => {
      bar.max = event.total;
      bar.value = event.loaded;
    });
    request.addEventListener("load", async () => {
      const { status, responseText: text, responseURL: address } = request;
      const header = (name) => request.getResponseHeader(name);
      // A proxy may show a page of its own, such as a login, and call that 200.
      if (status === 200 && ours(header) && show(parsed(text), address)) return;
      failed(await refusal(status, header, () => text, form.dataset));
    });
    // A server that finds it too large may cut the connection, too: nobody says which it was.
    request.addEventListener("error", () => failed(form.dataset.broken));
    request.open("POST", form.action);
    request.send(new FormData(form));
  }

  // While the index is made, only the lines that say so are replaced; then all of the page.
  async function watch() {
    const job = $("#job.working");
    if (!job) return;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    if (!job.isConnected) return; // another change is watched instead
    let page = null;
    try {
      const answer = await fetch(location.href);
      const header = (name) => answer.headers.get(name);
      if (answer.ok && ours(header)) page = parsed(await answer.text());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch's word for "no connection"
    }
    const fresh = page && $("#job", page);
    // A server that was started again knows nothing of the change.
    if (page && !fresh?.classList.contains("working") && show(page, location.href)) return;
    const figures = fresh && $("[aria-hidden]", fresh);
    if (figures) $("[aria-hidden]", job).replaceWith(document.adoptNode(figures));
    watch();
  }

  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof Element) || !event.target.matches("#add form")) return;
    event.preventDefault();
    send(event.target);
  });
  watch();
})();
