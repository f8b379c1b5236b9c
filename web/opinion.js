// Whether an answer was useful: sent to this page's own server when the reader says so.
(() => {
  "use strict";
  const UNKNOWN = 404; // the server no longer knows the answer: sent again, it would be no better

  async function send(form, useful) {
    if (form.dataset.sending) return;
    const chosen = new FormData(form);
    const opinion = {
      turn: form.dataset.turn,
      useful,
      cause: useful ? null : chosen.get("cause"),
      comment: useful ? "" : (chosen.get("comment") ?? ""),
    };
    form.dataset.sending = "yes";
    let status = 0;
    try {
      const answer = await fetch("feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(opinion),
      });
      status = answer.status;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch's word for "no connection"
    }
    delete form.dataset.sending;
    const kept = status >= 200 && status < 300;
    if (kept || status === UNKNOWN) end(form, kept ? form.dataset.thanks : form.dataset.late);
    else tell(form, form.dataset.failed);
  }

  // What was chosen and written still stands there, to be sent once more.
  function tell(form, text) {
    const line = form.querySelector(".told");
    line.textContent = "";
    // Said once more by who reads the page out, though it is the same.
    setTimeout(() => (line.textContent = text), 50);
  }

  function end(form, text) {
    const line = form.querySelector("p");
    const held = form.contains(document.activeElement);
    line.textContent = text;
    form.querySelector("fieldset").hidden = true;
    form.querySelector(".told").textContent = "";
    if (!held) return;
    // The button that was pressed is gone, and focus with it.
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest(".opinion p button");
    if (!button) return;
    const form = button.closest("form");
    const more = form.querySelector("fieldset");
    for (const one of form.querySelectorAll("p button")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    more.hidden = button.value === "yes"; // what was written there still is
    if (button.value === "yes") {
      send(form, true);
    } else {
      more.querySelector("input").focus({ preventScroll: true });
      more.scrollIntoView({ block: "nearest" }); // all of it, above the question's box
    }
  });

  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(".opinion")) return;
    event.preventDefault();
    send(event.target, false);
  });
})();
