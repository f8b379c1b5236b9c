// Says in the status line what Gradio's frontend would say in a corner, or not at all: that the
// server refuses a question, cannot be reached, or that an answer broke off on its way.
(() => {
  "use strict";
  const fetched = window.fetch;
  const KEY = "andromede-asked"; // conversations.js puts it back into its box
  let leaving = false;
  addEventListener("pagehide", () => (leaving = true));

  window.fetch = async (address, options) => {
    const asking = options?.method === "POST" && String(address).includes("/queue/join");
    try {
      const answer = await fetched(address, options);
      // The question stays in its box.
      if (asking && !answer.ok) tell(await refused(answer.clone()));
      if (answer.url.includes("/queue/data")) watch(answer.clone());
      return answer;
    } catch (error) {
      if (asking && error instanceof TypeError) tell(words().lost); // fetch: "no connection"
      throw error;
    }
  };

  const refused = (answer) =>
    window.andromede.refusal(
      answer.status,
      (name) => answer.headers.get(name),
      () => answer.text(),
      words(),
    );

  // Gradio takes up no stream that breaks off: the page would wait for ever.
  async function watch(stream) {
    const reader = stream.body.getReader();
    try {
      while (!(await reader.read()).done);
    } catch (error) {
      const stop = document.querySelector("#stop");
      const asked = document.querySelector("#current .question")?.dataset.question;
      if (leaving || error.name === "AbortError" || !stop?.getClientRects().length) return;
      stop.style.display = "none";
      if (asked) keep(asked);
      if (!(await window.andromede.reachable())) return void tell(words().lost);
      const anew = document.createElement("a");
      anew.href = location.pathname;
      anew.textContent = words().anew;
      tell(`${words().broken} `).append(anew);
    }
  }

  function keep(question) {
    try {
      sessionStorage.setItem(KEY, question);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  const words = () => document.querySelector("#page-texts").dataset;

  function tell(text) {
    const status = document.querySelector("#status .html-container, #status .prose");
    const note = document.createElement("p");
    note.className = "failure";
    note.textContent = text;
    (status ?? document.querySelector("#status")).replaceChildren(note);
    return note;
  }
})();
