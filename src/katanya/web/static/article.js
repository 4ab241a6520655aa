// Marks and notes: hover shows both, keys step from one to the next. Without this script the links do it.
"use strict";

(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  let chosen = null;

  function parts(n, where) {
    return all(document, `[data-marked] ${where}[data-n="${CSS.escape(n)}"]`);
  }
  function put(n, name, on) {
    for (const one of [...parts(n, "mark"), ...parts(n, "li")]) one.classList.toggle(name, on);
  }
  function innermost(target) {
    return target instanceof Element ? target.closest("[data-marked] [data-n]") : null;
  }
  function choose(n, focus) {
    if (chosen !== null) put(chosen, "chosen", false);
    chosen = n;
    if (n === null) return;
    put(n, "chosen", true);
    const mark = parts(n, "mark")[0], note = parts(n, "li")[0];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (mark && focus !== "text") mark.scrollIntoView({ block: "center", behavior: calm });
    const margin = note && note.closest(".margin");
    if (margin && margin.scrollHeight > margin.clientHeight)
      margin.scrollTo({ top: margin.scrollTop + note.getBoundingClientRect().top - margin.getBoundingClientRect().top - 60, behavior: calm });
    const link = focus === "note" ? note && note.querySelector("a.ref") : parts(n, ".text a.ref")[0] || (note && note.querySelector("a.ref"));
    if (link && focus) link.focus({ preventScroll: true });
  }
  function step(by, same) {
    const notes = all(document, "[data-marked] .notes > li");
    if (!notes.length) return;
    const hue = (note) => (note ? note.dataset.hue || note.className.match(/hue\d|nobody/)?.[0] : null);
    let at = notes.findIndex((note) => note.dataset.n === chosen);
    const from = notes[at];
    if (at < 0) at = by > 0 ? -1 : notes.length;
    do at += by; while (same && from && notes[at] && hue(notes[at]) !== hue(from));
    if (notes[at]) choose(notes[at].dataset.n, "ref");
  }

  for (const kind of ["over", "out"])
    document.addEventListener(`mouse${kind}`, (event) => {
      const one = innermost(event.target);
      if (one) put(one.dataset.n, "over", kind === "over");
    });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-marked] a.ref") : null;
    if (link) {
      choose(link.dataset.n, null);
      return;
    }
    const mark = event.target instanceof Element ? event.target.closest("[data-marked] mark") : null;
    if (mark && String(getSelection()) === "") choose(mark.dataset.n, "text");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (!document.querySelector("[data-marked]")) return;
    const key = event.key;
    if (key === "j") step(1, false);
    else if (key === "k") step(-1, false);
    else if (key === "n") step(1, true);
    else if (key === "p") step(-1, true);
    else if (key === "Escape") { choose(null); document.activeElement?.blur?.(); }
    else if (key === "Enter" && chosen !== null && event.target.matches?.("[data-marked] a.ref, body")) {
      event.preventDefault();
      choose(chosen, event.target.closest(".margin") ? "ref" : "note");
    } else return;
    if (key !== "Enter" && key !== "Escape") event.preventDefault();
  });

  // A correction of the content takes the words that are selected in the text.
  let selected = "";
  document.addEventListener("selectionchange", () => {
    const now = getSelection();
    const inside = now.anchorNode?.parentElement?.closest(".text");
    if (inside && String(now).trim()) selected = words(now);
  });
  function words(selection) {
    const part = selection.getRangeAt(0).cloneContents();
    for (const number of part.querySelectorAll("a.ref")) number.remove();
    return part.textContent.trim();
  }
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-take]") : null;
    if (button && selected) document.getElementById(button.dataset.take).value = selected;
  });

  function begin() {
    for (const one of all(document, "[data-keys], [data-take]"))
      if (one.matches("[data-keys]") || document.querySelector(".text")) one.hidden = false;
    const target = location.hash.match(/^#[sm]-(\d+)$/);
    if (target) choose(target[1], null);
  }
  document.addEventListener("htmx:afterSwap", begin);
  // What cannot be done is told by a page as well; its words stand where the answer would.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status < 400) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    if (status !== 422) event.detail.selectOverride = ".head > *";
  });
  begin();
})();
