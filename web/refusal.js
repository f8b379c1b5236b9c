// What is said of a request that was not taken, whatever it brought: our server's own word, or one
// of the page's in place of a proxy's, which is in no language of the page.
(() => {
  "use strict";
  const ours = (header) => header("X-Andromede") !== null;

  // `header` gives an answer's header by its name, or null; `text` its body, and is called only
  // where that is ours: a proxy's may never end. `words` are the page's: `lost`, `refused` and, of
  // one status, such as `refused-413`.
  async function refusal(status, header, text, words) {
    if (ours(header)) return (await own(status, header, text)) ?? words.lost;
    // From 500 on, a proxy has no server of ours behind it; below 400, it shows something else.
    if (status < 400 || status >= 500) return words.lost;
    return (words[`refused-${status}`] ?? words.refused).replace("{status}", status);
  }

  // Why our server refuses, or null where it does not say it in the reader's language.
  async function own(status, header, text) {
    const kind = header("Content-Type") ?? "";
    // Of an error that nobody foresaw, our word is not plain text.
    if (kind.startsWith("text/plain")) return status === 500 ? null : (await text()).trim() || null;
    if (status > 500 || !kind.includes("json")) return null;
    try {
      const { detail } = JSON.parse(await text());
      return typeof detail === "string" ? detail : null;
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
      return null; // no JSON, or no object: not ours
    }
  }

  window.andromede = { ...window.andromede, ours, refusal };
})();
