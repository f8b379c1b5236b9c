// Says in the status line what Gradio's frontend would say in a corner, or not at all: that the
// server refuses a question for now, or cannot be reached.
(() => {
  "use strict";
  const fetched = window.fetch;

  window.fetch = async (address, options) => {
    const asking = options?.method === "POST" && String(address).includes("/queue/join");
    try {
      const answer = await fetched(address, options);
      // Our own refusals say why; the question stays in its box.
      if (asking && answer.status === 429) {
        const said = await answer.clone().text();
        const json = answer.headers.get("Content-Type")?.includes("json");
        tell(json ? JSON.parse(said).detail : said);
      }
      return answer;
    } catch (error) {
      if (asking && error instanceof TypeError) tell(words().lost); // fetch: "no connection"
      throw error;
    }
  };

  const words = () => document.querySelector("#page-texts").dataset;

  function tell(text) {
    const status = document.querySelector("#status .html-container, #status .prose");
    const note = document.createElement("p");
    note.className = "failure";
    note.textContent = text;
    (status ?? document.querySelector("#status")).replaceChildren(note);
  }
})();
