// An answer as text with its sources: copied, or exported with its conversation.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const language = document.documentElement.lang;
  const words = () => JSON.parse($("#page-texts").dataset.script);

  // "13 janvier 2012", "January 2012": as the page writes them (see written.py).
  function day(iso) {
    const [, year, month, date] = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(iso ?? "") ?? [];
    if (!(month >= 1 && month <= 12)) return iso ?? "";
    const name = new Date(2000, month - 1).toLocaleDateString(language, { month: "long" });
    const number = date && Number(date);
    const first = number === 1 && language === "fr" ? "1er" : number;
    return [first, name, year].filter(Boolean).join(" ");
  }
  // The day of a moment where the reader is.
  function dayOf(moment) {
    const at = new Date(String(moment ?? ""));
    if (Number.isNaN(at.getTime())) return "";
    const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
    return day(parts.map((part) => String(part).padStart(2, "0")).join("-"));
  }

  // Nothing that is quoted is Markdown: whoever views it would fetch the pictures that it names.
  const line = (text) => String(text).replace(/\s+/g, " ").replace(/[\\`*_<[\]]/g, "\\$&");

  const marks = language === "fr" ? ["«\u00a0", "\u00a0»"] : ["“", "”"];
  const quoted = (quote) => `${marks[0]}${quote}${marks[1]}`;
  const from = (cited) => [cited.title, day(cited.date)].filter(Boolean).join(", ");
  // The place of the citation of that number, from 0; -1 where there is none.
  const place = (record, number) =>
    record.citations.findIndex((cited) => cited.number === Number(number));

  function markdown(record, first = 1) {
    const text = record.text.replace(/\s*\[(\d{1,4})\]|[\\`*_<[\]]/g, (found, number) => {
      if (!number) return `\\${found}`;
      const at = place(record, number);
      return at >= 0 ? `[^${at + first}]` : "";
    });
    const notes = record.citations.map(
      (cited, at) => `[^${at + first}]: ${quoted(line(cited.quote))} — ${line(from(cited))}`,
    );
    return notes.length ? `${text}\n\n${notes.join("\n")}` : text;
  }

  // For what takes formatted text, such as a report: elements of text alone, so that all of it is
  // escaped.
  function formatted(record) {
    const element = (name, ...children) => {
      const made = document.createElement(name);
      made.append(...children);
      return made;
    };
    const paragraphs = record.text.split(/\n\s*\n/).map((paragraph) => {
      const made = element("p");
      made.lang = record.language;
      // What is split off stands at each second place: a number, or a new line.
      for (const [at, part] of paragraph.split(/(\s*\[\d{1,4}\]|\n)/).entries()) {
        const cited = place(record, part.match(/\d+/)?.[0]);
        if (at % 2 === 0) made.append(part);
        else if (part === "\n") made.append(element("br"));
        else if (cited >= 0) made.append(element("sup", String(cited + 1)));
      }
      return made;
    });
    const notes = record.citations.map((cited) => {
      const quote = element("span", quoted(cited.quote));
      const title = element("cite", cited.title);
      quote.lang = title.lang = cited.language;
      const date = day(cited.date);
      return element("li", quote, " — ", title, date ? `, ${date}` : "");
    });
    const whole = element("div", ...paragraphs);
    if (notes.length) whole.append(element("ol", ...notes));
    return whole.innerHTML;
  }

  function exported(conversation) {
    let first = 1;
    const { headings, outcomes } = words();
    const parts = conversation.turns.map((record) => {
      const title = `## ${line(record.question)}`;
      const heading = headings[record.reason ?? "not_stated"];
      const label = record.abstained && `*${heading}*`;
      const ended = outcomes[record.outcome] && `*${outcomes[record.outcome]}*`;
      const part = [title, label, markdown(record, first), ended].filter(Boolean).join("\n\n");
      first += record.citations.length;
      return part;
    });
    return `# ${line(conversation.name)}\n\n${parts.join("\n\n")}\n`;
  }

  function download(name, kind, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser reads it later
  }

  // Whether it is in the clipboard now: ``html`` for what takes formatted text, where there is some,
  // and ``text`` for the rest.
  async function copied(text, html) {
    if (html && (await both({ "text/plain": text, "text/html": html }))) return true;
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      // A page that is not served over HTTPS, nor from this machine, has no clipboard of its own
      // (TypeError), and a browser may refuse it to any.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      const done = document.execCommand("copy");
      box.remove();
      return done;
    }
  }

  async function both(kinds) {
    const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch (error) {
      // As for a text alone; and an older browser has no ClipboardItem (ReferenceError).
      const known = [TypeError, DOMException, ReferenceError];
      if (!known.some((kind) => error instanceof kind)) throw error;
      return false;
    }
  }

  async function copy(button, text, html) {
    const done = await copied(text, html);
    button.focus();
    if (!done) return window.andromede.tell(words().js_not_copied);
    button.dataset.name ??= button.textContent; // another click finds the word that is said
    button.textContent = words().js_copied;
    window.andromede.say(words().js_copied);
    setTimeout(() => (button.textContent = button.dataset.name), 1500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button.tool");
    if (!button) return;
    if (button.matches(".copy")) {
      const record = JSON.parse(button.closest(".turn").dataset.record);
      copy(button, markdown(record), formatted(record));
    } else if (button.matches(".link")) {
      const link = new URL(location.pathname, location.origin);
      link.searchParams.set("q", button.dataset.question);
      copy(button, link.href);
    }
  });

  Object.assign(window.andromede, { dayOf, exported, download });
})();
