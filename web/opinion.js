// Whether an answer was useful: sent to this page's own server when the reader says so.
(() => {
  "use strict";

  async function send(form, useful) {
    const chosen = new FormData(form);
    const opinion = {
      turn: form.dataset.turn,
      useful,
      cause: useful ? null : chosen.get("cause"),
      comment: useful ? "" : (chosen.get("comment") ?? ""),
    };
    let kept = false;
    try {
      const answer = await fetch("feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(opinion),
      });
      kept = answer.ok;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch's word for "no connection"
    }
    form.querySelector("p").textContent = kept ? form.dataset.thanks : form.dataset.failed;
    form.querySelector("fieldset").hidden = true;
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest(".opinion p button");
    if (!button) return;
    const form = button.closest("form");
    if (button.value === "yes") {
      send(form, true);
    } else {
      const more = form.querySelector("fieldset");
      more.hidden = false;
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
