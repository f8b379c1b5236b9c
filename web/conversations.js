// Conversations, kept in this browser and nowhere else: named by their first question, opened
// again, renamed, deleted, exported; and a question of one edited.
(() => {
  "use strict";
  // Another assistant may be shown below another path of the same host.
  const KEY = `andromede.conversations${location.pathname.replace(/\/$/, "")}`;
  const BROKEN = "andromede-asked";
  const $ = (selector, root = document) => root.querySelector(selector);
  const { dayOf, exported, download } = window.andromede;
  let words = {};

  // --- What is kept ---------------------------------------------------------------------------
  let memory = "[]"; // for a browser that keeps nothing
  let current = null; // the conversation of this tab, once a question of it has ended
  let wanted = []; // records that the server is asked to show
  const stored = new Set(); // ids of turns that were there: no longer there, they were taken out

  function read() {
    let text = memory;
    try {
      text = localStorage.getItem(KEY) ?? memory;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // storage is switched off
    }
    try {
      const found = JSON.parse(text);
      const kept = Array.isArray(found) ? found.filter((one) => Array.isArray(one?.turns)) : [];
      for (const turn of kept.flatMap((one) => one.turns)) stored.add(turn?.id);
      return kept;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return []; // not ours; the next answer overwrites it
    }
  }

  const find = (id) => read().find((one) => one.id === id);

  function write(conversations) {
    memory = JSON.stringify(conversations);
    try {
      localStorage.setItem(KEY, memory);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      if (error.name === "QuotaExceededError") window.andromede.tell(words.js_full);
    }
  }

  // Another tab may have written meanwhile: only our own conversation changes. None of the turns
  // that are there is lost but those that are ``gone``, and none comes back that another tab took
  // out; what was never stored, for want of room, is tried again.
  function change(id, changed, gone = new Set()) {
    const kept = read();
    const others = kept.filter((one) => one.id !== id);
    if (!changed) return write(others);
    const there = kept.find((one) => one.id === id)?.turns ?? [];
    changed.turns = [
      ...there.filter((turn) => !gone.has(turn?.id)),
      ...changed.turns.filter((turn) => !stored.has(turn?.id)),
    ];
    write(changed.turns.length ? [changed, ...others] : others);
  }

  const seen = new Set(); // of records: the last one still stands there while another is opened

  function keep(record) {
    if (seen.has(record.id)) return;
    seen.add(record.id);
    const there = current && find(current.id);
    // Deleted in another tab: what is asked from here on is another conversation.
    if (!there && current?.turns.some((turn) => stored.has(turn.id))) current = null;
    current ??= { id: record.id, name: short(record.question), created: record.asked, turns: [] };
    if (there) current.name = there.name;
    const [first] = current.turns;
    if (first && replaced.has(first.id) && current.name === short(first.question)) {
      current.name = short(record.question);
    }
    current.turns = [...current.turns.filter((turn) => !replaced.has(turn.id)), record];
    change(current.id, current, replaced);
    taken();
    remember();
    compareSoon();
  }

  // What a link brought is asked: a reload opens the conversation that came of it.
  function taken() {
    const here = new URL(location);
    here.searchParams.delete("q");
    history.replaceState(history.state, "", here);
  }
  // Back may lead to where it was not asked yet.
  addEventListener("popstate", () => {
    if (current) taken();
  });

  // A reload of this tab opens its conversation again.
  function remember() {
    try {
      if (current) sessionStorage.setItem(KEY, current.id);
      else sessionStorage.removeItem(KEY);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }
  function remembered() {
    try {
      const id = sessionStorage.getItem(KEY);
      return find(id) ?? null;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return null;
    }
  }

  // The question whose answer broke off (see trouble.js), once.
  function broken() {
    try {
      const question = sessionStorage.getItem(BROKEN);
      sessionStorage.removeItem(BROKEN);
      return question;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return null;
    }
  }

  // --- A question that is edited --------------------------------------------------------------
  let edited = []; // ids of the turns that the question in the box takes the place of, the first
  let asking = []; // the same of the question that is on its way
  let newest = null; // id of the latest turn on the page
  const replaced = new Set(); // of the turns whose place was taken; kept until that has ended

  function edit(turn, question) {
    const turns = [...document.querySelectorAll("#chat .turn")];
    edited = turns.slice(turns.indexOf(turn)).map((one) => one.dataset.turn);
    const note = window.andromede.tell(words.js_replaces);
    note?.append(" ", button(words.js_cancel, cancel));
    fill(question);
  }

  function cancel() {
    edited = [];
    $("#status p")?.remove();
    fill("");
  }

  // What goes to the server with a question: should it have forgotten the conversation, or should
  // the question take the place of another.
  window.andromede.asked = (text) => {
    asking = String(text ?? "").trim() ? edited : [];
    const away = new Set([...replaced, ...asking]);
    const left = (current?.turns ?? []).filter((turn) => !away.has(turn.id));
    return [...(left.length ? latest(left) : ["", 0]), asking[0] ?? ""];
  };

  // The question was taken once its turn stands there.
  function follow(turn) {
    const id = turn?.dataset.turn ?? null;
    if (id === newest) return;
    newest = id;
    for (const one of asking) replaced.add(one);
    if (asking.length) edited = [];
    asking = [];
    compareSoon();
  }

  const short = (text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

  function take(conversation) {
    current = conversation;
    edited = asking = [];
    replaced.clear();
    wanted = conversation?.turns ?? [];
    for (const record of wanted) seen.add(record.id);
    remember();
    $("#take").click();
    window.andromede.toQuestion();
  }

  // The latest ones, and how many come before them; the server takes no more in one request.
  function latest(turns) {
    let kept = turns.slice(-50);
    while (JSON.stringify(kept).length > 300_000) kept = kept.slice(1);
    return [JSON.stringify(kept), turns.length - kept.length];
  }
  window.andromede.records = () => latest(wanted);

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a.again, a.suggested")) edited = [];
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    if (button.id === "new") take(null);
    else if (button.id === "kept") list();
    else if (button.matches(".tool.edit")) edit(button.closest(".turn"), button.dataset.question);
    else if (button.matches(".example")) edited = [];
  });

  function fill(question) {
    const box = $("#question textarea");
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.setSelectionRange(question.length, question.length);
  }

  // --- The same conversation in another tab ---------------------------------------------------
  // What another tab made of it is told, and shown once the reader asks for it: nothing that they
  // read changes under their eyes, and what they are writing stays.
  const elsewhere = document.createElement("div");
  elsewhere.id = "elsewhere";
  let comparing = 0;

  function compareSoon() {
    clearTimeout(comparing);
    // The turns of a conversation do not all come and go at once.
    comparing = setTimeout(compare, 200);
  }

  function compare() {
    const kept = current && find(current.id);
    const there = new Set(kept?.turns.map((turn) => turn?.id));
    const here = [...document.querySelectorAll("#chat .turn")].map((turn) => turn.dataset.turn);
    const gone = here.some((id) => stored.has(id) && !there.has(id));
    const more = [...there].some((id) => !seen.has(id));
    if (!current || !(gone || more)) return elsewhere.replaceChildren();
    const told = kept ? words.js_changed : words.js_deleted;
    if (elsewhere.firstChild?.textContent !== told) {
      elsewhere.replaceChildren(element("p", told));
      window.andromede.say(told);
    }
    $("button", elsewhere)?.remove();
    // An answer under way would be stopped.
    if (kept && !$("#current .turn.answering")) elsewhere.append(button(words.js_show, show));
  }

  function show() {
    const kept = find(current?.id);
    if (kept) take(kept);
    else compare();
  }

  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    compareSoon();
    relist();
  });

  // --- The list -------------------------------------------------------------------------------
  const dialog = document.createElement("dialog");
  dialog.id = "conversations";
  dialog.setAttribute("aria-labelledby", "conversations-title");

  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  function button(text, act, kind = "tool") {
    const made = element("button", text, { type: "button", class: kind });
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      act(made);
    });
    return made;
  }

  let listed = [];

  // Focus goes to the conversation ``at`` this place, or to the button below them all.
  function list(at = -1, kept = read()) {
    const title = element("h2", words.js_kept, { id: "conversations-title" });
    listed = kept;
    const items = element("ul");
    items.append(...kept.map(item));
    dialog.replaceChildren(
      title,
      element("p", kept.length ? words.js_kept_where : words.js_none),
      items,
      button(words.js_close, () => dialog.close(), "close"),
      element("div", "", { role: "log", class: "sr-only" }),
    );
    if (!dialog.open) dialog.showModal();
    const openers = dialog.querySelectorAll(".opener");
    if (at >= 0) (openers[Math.min(at, openers.length - 1)] ?? $(".close", dialog)).focus();
  }

  // As another tab left it. What that deleted can still be exported from here; a name that is being
  // written stays.
  function relist() {
    if (!dialog.open || $("form", dialog)) return;
    const kept = read();
    const gone = listed.filter((one) => !kept.some(({ id }) => id === one.id));
    const buttons = (row) => [...(row?.querySelectorAll("button") ?? [])];
    const row = document.activeElement.closest("#conversations li");
    const at = buttons(row).indexOf(document.activeElement);
    list(-1, [...kept, ...gone]);
    const rows = [...dialog.querySelectorAll("li")];
    const same = rows.find((one) => one.dataset.conversation === row?.dataset.conversation);
    (buttons(same)[at] ?? $(".close", dialog)).focus();
  }
  const placeOf = (row) => [...row.parentNode.children].indexOf(row);

  function item(conversation) {
    const row = element("li", "", { "data-conversation": conversation.id });
    const name = String(conversation.name);
    const opener = button(
      name,
      () => {
        dialog.close();
        take(find(conversation.id) ?? conversation); // another tab may have changed it since
      },
      "opener",
    );
    if (conversation.id === current?.id) opener.setAttribute("aria-current", "true");
    const count = conversation.turns.length;
    const many = count === 1 ? words.js_one : words.js_many.replace("{count}", count);
    const deleted = find(conversation.id) ? "" : words.js_gone;
    const about = [dayOf(conversation.created), many, deleted].filter(Boolean);
    const file = name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);
    const tools = element("div", "", { class: "tools" });
    const label = (action) =>
      words.js_named.replace("{action}", action).replace("{name}", () => short(name));
    tools.append(
      button(words.js_rename, () => rename(conversation, row)),
      button(words.js_markdown, () =>
        download(`${file || "conversation"}.md`, "text/markdown", exported(conversation)),
      ),
      button(words.js_json, () =>
        download(
          `${file || "conversation"}.json`,
          "application/json",
          JSON.stringify(conversation, null, 2),
        ),
      ),
      button(words.js_delete, (self) => {
        if (self.textContent === words.js_delete) {
          self.textContent = words.js_sure; // a second click is meant
          self.setAttribute("aria-label", label(words.js_sure));
          window.andromede.say(words.js_sure);
          return;
        }
        const place = placeOf(row);
        change(conversation.id, null);
        if (conversation.id === current?.id) take(null);
        list(place);
      }),
    );
    // The same words stand in each row.
    for (const tool of tools.children) {
      tool.setAttribute("aria-label", label(tool.textContent));
    }
    row.append(opener, element("span", about.join(" · "), { class: "about" }), tools);
    return row;
  }

  function rename(conversation, row) {
    const form = element("form");
    const place = placeOf(row);
    const box = element("input", "", { "aria-label": words.js_name, maxlength: "200" });
    box.value = conversation.name;
    form.append(box, element("button", words.js_save, { class: "tool" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = box.value.trim();
      if (name) change(conversation.id, { ...conversation, name });
      if (name && conversation.id === current?.id) current.name = name;
      list(name ? 0 : place);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // leaves the name as it was, not the list
      list(place);
    });
    row.replaceChildren(form);
    box.select();
  }

  // --- Start ----------------------------------------------------------------------------------
  function start() {
    const answers = $("#current");
    if (!answers || !$("#status") || !$("#history") || !$("#take") || !$("#page-texts") || !$("#question textarea")) return false;
    words = JSON.parse($("#page-texts").dataset.script);
    document.body.append(dialog);
    $("#status").after(elsewhere);
    new MutationObserver(compareSoon).observe($("#history"), { childList: true, subtree: true });
    new MutationObserver(() => {
      follow($(".turn", answers));
      const turn = $(".turn[data-record]", answers);
      if (turn) keep(JSON.parse(turn.dataset.record));
    }).observe(answers, { childList: true, subtree: true });
    // A link may bring a question; whether it is asked is the reader's to decide.
    const brought = new URLSearchParams(location.search).get("q");
    const left = remembered();
    if (brought) {
      fill(brought.slice(0, 2000));
    } else if (left) {
      take(left);
    }
    const unanswered = broken();
    if (unanswered && !brought) fill(unanswered);
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
