// Says in the status line what Gradio's frontend would say in a corner, or not at all: that the
// server refuses a question, cannot be reached, failed, or that an answer broke off on its way.
(() => {
  "use strict";
  const fetched = window.fetch;
  const KEY = "andromede-asked"; // conversations.js puts it back into its box
  const FAILED = /"msg":"process_completed".*"success":false/; // as Gradio writes it
  let leaving = false;
  addEventListener("pagehide", () => (leaving = true));

  window.fetch = async (address, options) => {
    const asking = options?.method === "POST" && String(address).includes("/queue/join");
    try {
      const answer = await fetched(address, options);
      // The question stays in its box; a page of an older version finds no server that takes it.
      if (asking && !answer.ok) {
        const told = await refused(answer.clone());
        if (answer.status < 500) tell(told);
        else offer(told, written());
      }
      if (answer.url.includes("/queue/data")) watch(answer.clone());
      return answer;
    } catch (error) {
      // fetch: "no connection"; Gradio asks nothing more until the page is loaded anew.
      if (asking && error instanceof TypeError) offer(words().lost, written());
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
    const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
    let line = "";
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (line + part.value).split("\n");
        line = lines.pop();
        if (lines.some((one) => FAILED.test(one))) offer(words().stale, given() ?? written());
      }
    } catch (error) {
      if (leaving || error.name === "AbortError") return;
      const asked = given();
      if (asked === null) return;
      const told = (await window.andromede.reachable()) ? words().broken : words().lost;
      offer(told, asked);
    }
  }

  // The question under way, which is no longer; null where none is.
  function given() {
    const stop = document.querySelector("#stop");
    if (!stop?.getClientRects().length) return null;
    stop.style.display = "none";
    return document.querySelector("#current .question")?.dataset.question ?? "";
  }

  const written = () => document.querySelector("#question textarea")?.value;

  // With a link that loads the page anew, which puts the question back.
  function offer(text, question) {
    if (question) keep(question);
    const anew = document.createElement("a");
    anew.href = location.pathname;
    anew.textContent = words().anew;
    tell(`${text} `).append(anew);
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
