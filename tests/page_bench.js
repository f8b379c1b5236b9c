// What the page's own clock is asked for by tests/page_bench.py, before the page's scripts run.
(() => {
  const $ = (selector) => document.querySelector(selector);
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const shown = (element) => Boolean(element?.checkVisibility());
  const newest = () => $("#current .turn.answered .tools")?.closest(".turn").dataset.turn;
  const onTop = ({ left, top, width, height }) =>
    Boolean(document.elementFromPoint(left + width / 2, top + height / 2)?.closest("mark"));
  window.bench = {
    open: (async () => {
      while (!shown($("#question textarea")) || !shown($("#send"))) await painted();
      return performance.now();
    })(),
    typed: () => () => $("#question textarea").value === "a",
    marked: (quote) => () => {
      const mark = $("#reader mark");
      return mark?.textContent === quote && [...mark.getClientRects()].every(onTop);
    },
    answered: (before = newest()) => () => ![undefined, before].includes(newest()) && shown($("#send")),
    async after(kind, seen) {
      const hear = (go) => addEventListener(kind, go, { once: true, capture: true });
      const began = (await new Promise(hear)).timeStamp;
      do await painted(); while (!seen());
      return performance.now() - began;
    },
    async scrolled() {
      const chat = $("#chat");
      const alone = getComputedStyle(chat).overflowY === "auto";
      const box = alone ? chat : document.documentElement;
      box.scrollTop = box.scrollHeight;
      await painted();
      const began = performance.now();
      box.scrollBy({ top: -box.clientHeight, behavior: "instant" });
      await painted();
      return performance.now() - began;
    },
  };
})();
