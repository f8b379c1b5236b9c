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

  function markdown(record, first = 1) {
    const number = (old) => record.citations.findIndex((cited) => cited.number === old) + first;
    const text = record.text.replace(/\s*\[(\d{1,4})\]|[\\`*_<[\]]/g, (found, old) => {
      if (!old) return `\\${found}`;
      return number(Number(old)) >= first ? `[^${number(Number(old))}]` : "";
    });
    const quotes = language === "fr" ? ["«\u00a0", "\u00a0»"] : ["“", "”"];
    const notes = record.citations.map((cited) => {
      const from = [cited.title, day(cited.date)].filter(Boolean).join(", ");
      const quote = `${quotes[0]}${line(cited.quote)}${quotes[1]}`;
      return `[^${number(cited.number)}]: ${quote} — ${line(from)}`;
    });
    return notes.length ? `${text}\n\n${notes.join("\n")}` : text;
  }

  function exported(conversation) {
    let first = 1;
    const { headings } = words();
    const parts = conversation.turns.map((record) => {
      const title = `## ${line(record.question)}`;
      const heading = headings[record.reason ?? "not_stated"];
      const label = record.abstained ? `*${heading}*\n\n` : "";
      const part = `${title}\n\n${label}${markdown(record, first)}`;
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

  // Whether ``text`` is in the clipboard now.
  async function copied(text) {
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

  async function copy(text, button) {
    const done = await copied(text);
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
      copy(markdown(JSON.parse(button.closest(".turn").dataset.record)), button);
    } else if (button.matches(".link")) {
      const link = new URL(location.pathname, location.origin);
      link.searchParams.set("q", button.dataset.question);
      copy(link.href, button);
    }
  });

  Object.assign(window.andromede, { dayOf, exported, download });
})();
