// What the page does in the browser: opens a cited sentence in the article beside the answer,
// shows its words on hover and focus, reads out finished sentences, keeps the end in view.
// All listeners are delegated: the answer's markup is replaced while it streams.
(() => {
  "use strict";
  const PATIENCE = 10_000; // milliseconds until a source that does not come is given up
  const SLOW = 300; // and until the reader is told that it is on its way
  const $ = (selector, root = document) => root.querySelector(selector);
  const calm = () =>
    matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  // Not for a finger: the keyboard on the screen would cover the answer.
  const toQuestion = () => {
    if (!matchMedia("(hover: none)").matches) $("#question textarea")?.focus();
  };

  // --- For who listens: each text once, after what is being read out -------------------------
  function say(text, lang = document.documentElement.lang) {
    const line = document.createElement("p");
    line.textContent = text;
    line.lang = lang; // or another language would be read out with this one's voice
    // What stands outside an open dialog is silent.
    ($("dialog[open] [role=log]") ?? $("#announcer"))?.append(line);
    setTimeout(() => line.remove(), 10_000); // who browses should not find everything twice
  }
  // On the status line, for all; until the server writes there again.
  function tell(text) {
    const note = document.createElement("p");
    note.textContent = text;
    ($("#status .html-container, #status .prose") ?? $("#status"))?.replaceChildren(note);
    return note;
  }
  // Whether the server answers, and soon.
  async function reachable() {
    try {
      await fetch("healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      return true;
    } catch (error) {
      // fetch's words for "no connection", and for none in time.
      if (!(error instanceof TypeError || error.name === "TimeoutError")) throw error;
      return false;
    }
  }
  window.andromede = { say, tell, toQuestion, reachable };

  // --- The article beside the answer ---------------------------------------------------------
  let origin = null; // where focus goes back to: the link, or one like it once it is re-rendered
  let opening = null; // what fetches the source that was asked for last

  const hint = (text) => {
    const line = document.createElement("p");
    line.className = "hint";
    line.textContent = text;
    return line;
  };

  function open(link) {
    // What is followed from there is replaced by what it leads to.
    if (!origin || !link.closest("#reader")) {
      origin = { link, href: link.getAttribute("href"), cls: link.classList[0] };
    }
    read(new URL(link.href));
  }

  async function read(url) {
    const text = $("#reader .reader-text");
    if (!text) return;
    opening?.abort(); // what hangs would hold up what comes after it
    const mine = new AbortController();
    opening = mine;
    enter();
    $("#reader .reader-bar").hidden = false;
    const id = url.pathname.split("/").pop();
    // The list of the sources changes, and has pages; a document stays what it is.
    if (id === "sources" || $("article", text)?.dataset.document !== id) {
      const slow = setTimeout(() => tellIn(text, $("#reader").dataset.loading), SLOW);
      const article = await fetched(url, mine);
      clearTimeout(slow);
      if (mine !== opening) return; // another link was clicked meanwhile, or it was closed
      if (article) text.replaceChildren(document.importNode(article, true));
      else return tellIn(text, $("#reader").dataset.failed);
    }
    mark(text, url.searchParams.get("mark"));
  }

  // The article at ``url``; ``null`` where there is none, or none in time.
  async function fetched(url, mine) {
    const limit = setTimeout(() => mine.abort(), PATIENCE);
    try {
      const answer = await fetch(url.pathname + url.search, { signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return answer.ok ? page.querySelector("article") : null;
    } catch (error) {
      // fetch's words for "no connection", and for one that was given up.
      if (!(error instanceof TypeError || error.name === "AbortError")) throw error;
      return null;
    } finally {
      clearTimeout(limit);
    }
  }

  // In the source's place, and where the reader is.
  function tellIn(text, told) {
    text.replaceChildren(hint(told));
    mark(text, null);
    say(told);
  }

  function mark(text, row) {
    for (const old of text.querySelectorAll("mark")) old.replaceWith(...old.childNodes);
    const sentence = row === null ? null : $(`#s${CSS.escape(row)}`, text);
    const target = sentence ?? text;
    let focus = target;
    if (sentence) {
      focus = document.createElement("mark");
      focus.append(...sentence.childNodes);
      sentence.append(focus);
    }
    focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
    // At once: a long source would glide by for a second and more before the sentence is seen.
    focus.scrollIntoView({ block: sentence ? "center" : "start", behavior: "auto" });
  }

  // The browser's Back closes a source as Escape does: on a telephone it would leave the page.
  let leaving = false; // its entry of the history
  const reading = () => history.state?.reading === true;
  const shut = () => !origin || $("#reader .reader-bar")?.hidden !== false;

  function enter() {
    if (!reading()) history.pushState({ ...history.state, reading: true }, "");
  }

  function back() {
    if (shut()) return;
    close();
    if (!leaving && reading()) leave();
  }

  function leave() {
    leaving = true;
    history.back();
  }

  function close() {
    if (shut()) return;
    opening?.abort();
    opening = null;
    $("#reader .reader-bar").hidden = true;
    const links = [...document.querySelectorAll(`a.${CSS.escape(origin.cls)}`)];
    const same = links.filter((link) => link.getAttribute("href") === origin.href).pop();
    const target = origin.link.isConnected ? origin.link : (same ?? $("#question textarea"));
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest", behavior: calm() });
  }

  // What is looked for among the sources, as the pages of their list are: an answer may be under way.
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof Element) || !event.target.matches("#reader form.find")) return;
    event.preventDefault();
    const url = new URL(event.target.action);
    url.search = new URLSearchParams(new FormData(event.target));
    read(url);
  });

  addEventListener("popstate", () => {
    if (leaving) {
      leaving = false;
      if (!shut()) enter(); // another was opened meanwhile
    } else if (!reading()) {
      close();
    } else if (origin) {
      open(origin.link); // Forward
    } else {
      leave(); // Forward, to what was open before the page was loaded anew
    }
  });
  // The page was loaded anew while a source stood open, and none does: the next Back is not for it.
  if (reading()) leave();

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("a.cite, a.quote, a.document");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      hide();
      open(link);
    } else if (event.target.closest("#reader .back")) {
      back();
    } else if (event.target.closest("a.again, a.suggested")) {
      event.preventDefault();
      ask(event.target.closest("a.again, a.suggested").dataset.question);
    } else if (event.target.closest("a.skip")) {
      event.preventDefault();
      $("#question textarea")?.focus();
    } else if (event.detail === 0 && event.target.closest("#send, #stop, button.example")) {
      // Pressed by keyboard, and about to be hidden: focus would be lost.
      $("#question textarea")?.focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || $("dialog[open]")) return;
    if (!tip.hidden) hide();
    else back();
  });

  function ask(question) {
    const box = $("#question textarea");
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    toQuestion();
    // Gradio takes the new value in its next turn; a click before that would send the old one.
    setTimeout(() => $("#send")?.click(), 50);
  }

  // --- The quoted words on hover and focus ---------------------------------------------------
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  const words = document.createElement("q");
  const from = document.createElement("cite");
  const dated = document.createElement("span");
  const origins = document.createElement("p");
  origins.append(from, dated);
  tip.append(words, origins);

  let shown = null;

  function show(link) {
    hide();
    shown = link;
    if (link.title) {
      // Ours takes the place of the browser's, which keyboards never see.
      link.dataset.quote = link.title;
      link.removeAttribute("title");
    }
    words.textContent = link.dataset.quote ?? "";
    from.textContent = link.dataset.title ?? "";
    words.lang = from.lang = link.dataset.lang ?? "";
    dated.textContent = link.dataset.date ? `, ${link.dataset.date}` : "";
    link.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    put(link.getBoundingClientRect());
  }
  function put(place) {
    const size = tip.getBoundingClientRect();
    const left = Math.min(place.left, innerWidth - size.width - 12);
    // It touches the link, so that the pointer can move onto it without losing it.
    const above = place.top - size.height;
    tip.style.left = `${Math.max(12, left)}px`;
    tip.style.top = `${above > 8 ? above : place.bottom}px`;
  }
  function hide() {
    tip.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  }
  const over = (event) => {
    const link = event.target instanceof Element && event.target.closest("a.cite");
    if (link && (tip.hidden || link !== shown)) show(link);
    else if (link) return;
    else if (!(event.target instanceof Node && tip.contains(event.target))) hide();
  };
  document.addEventListener("mouseover", over);
  document.addEventListener("focusin", over);
  // The last of a scroll comes after the pointer: what it rests on by then is not taken away. Where
  // the link has moved from under it, the browser says so next, and ``over`` hides.
  const follows = () => {
    if (!shown) return;
    const place = shown.getBoundingClientRect();
    const column = shown.closest("#chat, #source")?.getBoundingClientRect();
    const top = Math.max(0, column?.top ?? 0);
    const bottom = Math.min(innerHeight, column?.bottom ?? innerHeight);
    const seen = shown.isConnected && place.bottom > top && place.top < bottom;
    if (seen && (shown.matches(":hover, :focus") || tip.matches(":hover"))) put(place);
    else hide();
  };
  addEventListener("scroll", follows, { passive: true, capture: true });

  // --- While an answer streams ---------------------------------------------------------------
  let said = "";
  function follow(current) {
    const parts = [];
    for (const part of current.querySelectorAll(".visible-label, .text, .note:not(.again-note)")) {
      const clone = part.cloneNode(true);
      for (const aside of clone.querySelectorAll("a.cite, .checked")) aside.remove();
      const text = clone.textContent.replaceAll("\u2060", "").trim(); // the joiner before a citation
      const label = part.matches(".visible-label");
      if (text) parts.push({ text: label ? `${text}.` : text, lang: part.closest("[lang]").lang });
    }
    const now = parts.map((part) => part.text).join(" ");
    let known = now.startsWith(said) ? said.length : 0; // of what is still to come
    for (const { text, lang } of parts) {
      const more = text.slice(known).trim();
      if (more) say(more, lang);
      known = Math.max(0, known - text.length - 1);
    }
    said = now;
  }

  // The status line is written anew many times a second; each step, and what stays beside the
  // steps, is read out once.
  let heard = [];
  function hear(status) {
    const lines = [...status.querySelectorAll("p")].map((line) => line.textContent.trim());
    const fresh = lines.filter((line) => line && !heard.includes(line)).join(" ");
    if (fresh) say(fresh);
    heard = lines;
  }

  // The seconds of the step under way, between two words of the server.
  const seen = new WeakMap();
  function count() {
    const figure = $("#status .steps .now .seconds");
    if (!figure) return;
    if (!seen.has(figure)) seen.set(figure, performance.now() - figure.dataset.seconds * 1000);
    const spent = (performance.now() - seen.get(figure)) / 1000;
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    figure.textContent = `${spent.toLocaleString(document.documentElement.lang, digits)}\u00a0s`;
  }
  setInterval(count, 200);

  // An answer whose server cannot be reached would be waited for without end. Asked again only once
  // the one before has come back: what hangs takes up the few connections that a browser has. One
  // that is missed says little on a network that is slow.
  let missed = 0; // in a row
  const awaited = () => $("#stop")?.checkVisibility() ?? false;
  async function watch() {
    try {
      missed = !awaited() || (await reachable()) ? 0 : missed + 1;
      if (missed > 1 && awaited()) tell($("#page-texts").dataset.lost);
    } finally {
      setTimeout(watch, 3000);
    }
  }
  setTimeout(watch, 3000);

  // On a wide screen the conversation scrolls by itself, on a narrow one the page does.
  const scroller = () => {
    const chat = $("#chat");
    return getComputedStyle(chat).overflowY === "auto" ? chat : document.documentElement;
  };
  function below() {
    const box = scroller();
    return box === document.documentElement
      ? $("#chat").getBoundingClientRect().bottom - innerHeight
      : box.scrollHeight - box.clientHeight - box.scrollTop;
  }
  const atEnd = () => below() < 160;
  // The end of the answer, but never so far that its question leaves the view. Who has just asked
  // is brought back to the question where it stands above.
  function keepEnd(asked) {
    const box = scroller();
    const top = box === document.documentElement ? 0 : box.getBoundingClientRect().top;
    const spare = ($("#current .turn")?.getBoundingClientRect().top ?? top) - top;
    const distance = spare < 0 ? spare : Math.min(below(), spare);
    if (distance > 0 || (asked && spare < 0)) box.scrollBy({ top: distance, behavior: "auto" });
  }

  function start() {
    const current = $("#current");
    const status = $("#status");
    if (!current || !status || !$("#announcer") || !$("#reader")) return false;
    document.body.append(tip);
    const texts = $("#page-texts").dataset;
    $("#chat").setAttribute("role", "region");
    $("#chat").setAttribute("aria-label", texts.conversation);
    $("#source").setAttribute("role", "region");
    $("#source").setAttribute("aria-label", texts.article);
    hear(status);
    new MutationObserver(() => {
      // What is verified before what is done next, where both come at once.
      follow(current);
      hear(status);
    }).observe(status, { childList: true, subtree: true });
    new ResizeObserver(([head]) => {
      document.documentElement.style.setProperty("--head", `${head.target.offsetHeight + 1}px`);
      // What scrolls by itself must be reached by keyboard.
      for (const column of [$("#chat"), $("#source")]) {
        column.tabIndex = getComputedStyle(column).overflowY === "auto" ? 0 : -1;
      }
    }).observe($("#masthead"));
    let near = true;
    let asked = false; // and has not scrolled since
    let newest = null;
    addEventListener("scroll", () => (near = atEnd()), { passive: true, capture: true });
    for (const act of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      addEventListener(act, () => (asked = false), { passive: true, capture: true });
    }
    const seeToEnd = () => {
      // Who asks wants to see the answer, wherever they had scrolled to.
      if (asked || near) keepEnd(asked);
      near = atEnd();
    };
    const changes = { childList: true, subtree: true, characterData: true };
    new MutationObserver(() => {
      follow(current);
      const turn = $(".turn", current)?.dataset.turn ?? null;
      if (turn !== null && turn !== newest) asked = true;
      newest = turn;
      seeToEnd();
    }).observe(current, changes);
    // The turn before goes there, sooner or later than the new one appears.
    new MutationObserver(seeToEnd).observe($("#history"), changes);
    return true;
  }

  // Gradio builds the page after this script has run.
  if (!start()) {
    const waiting = new MutationObserver(() => {
      if (start()) waiting.disconnect();
    });
    waiting.observe(document, { childList: true, subtree: true });
  }
})();
