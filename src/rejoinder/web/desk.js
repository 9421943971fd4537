// The desk by keys. Everything works without this: it presses the buttons of the page, and fills in
// what was selected. Which key does what stands in the page, as aria-keyshortcuts.
"use strict";

const report = document.getElementById("report");
const said = document.getElementById("said");

/** Say something, also to those who do not see it. */
function say(words) {
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
}

/** Whether somebody is typing. */
function typing(where) {
  return where.matches("input:not([type=checkbox]), textarea, select");
}

/** Whether keys decide here: at the statement, at the report or at nothing; elsewhere a key that is
    pressed by chance, or spoken, does nothing. */
function deciding(where) {
  return where === document.body || where.closest("#statement, #report") !== null;
}

/** Whether somebody wants keys at all; kept from page to page where the browser keeps things. */
function wanted(on) {
  try {
    if (on !== undefined) localStorage.setItem("keys", on ? "on" : "off");
    return localStorage.getItem("keys") !== "off";
  } catch {
    return on ?? true;
  }
}
const box = document.getElementById("keys-on");
let on = wanted();

/** What a key stands for: the first element that names it and can be used. */
function meant(key) {
  for (const one of document.querySelectorAll("[aria-keyshortcuts]")) {
    const keys = one.getAttribute("aria-keyshortcuts").split(" ");
    if (keys.includes(key) && !one.disabled && !one.hidden) return one;
  }
  return null;
}

function press(one, key) {
  if (one.tagName === "SUMMARY") {
    one.parentElement.open = !one.parentElement.open;
    one.focus();
  } else if (typing(one)) {
    one.focus();
    one.select?.();
    if (one.id === "other") {
      one.dataset.enter = key === "m" ? "merge" : "link";
      say(key === "m" ? "Which is the same utterance? u12, or REPORT#s3; Enter." : "Which does it answer? u12, or REPORT#s3; Enter.");
    }
  } else {
    one.click();
  }
}

/** How many code points stand in a text before an offset, which counts UTF-16 units. */
function points(text, offset) {
  return [...text.slice(0, offset)].length;
}

/** The part of the report that is selected, in code points; null where none is. */
function selected() {
  const chosen = getSelection();
  if (!report || !chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  let start = null, end = null, words = "";
  for (const piece of report.querySelectorAll("[data-at]")) {
    const node = piece.firstChild;
    if (!node || !range.intersectsNode(node)) continue;
    const from = range.startContainer === node ? range.startOffset : 0;
    const to = range.endContainer === node ? range.endOffset : node.data.length;
    if (from >= to) continue;
    const at = Number(piece.dataset.at);
    if (end !== null && at > end) words += " ";
    if (start === null) start = at + points(node.data, from);
    end = at + points(node.data, to);
    words += node.data.slice(from, to);
  }
  return start === null ? null : { start, end, words };
}

/** Where a selection stands without the white space at its ends, as the server cuts it too. */
function trimmed({ start, end, words }) {
  const before = words.length - words.trimStart().length;
  const behind = words.length - words.trimEnd().length;
  return { start: start + before, end: end - behind, words: words.trim().replace(/\s+/g, " ") };
}

/** Fill a part of a statement in from what is selected. */
function fill(part, add) {
  const found = selected();
  if (!found || !found.words.trim()) return say("Select words of the report first.");
  const { start, end, words } = trimmed(found);
  const field = document.getElementById(part), at = document.getElementById(`${part}_at`);
  const kept = add ? at.value.split(" ").filter(Boolean).map((pair) => pair.split("-").map(Number)) : [];
  const lines = add ? field.value.split("\n").filter((line) => line.trim()) : [];
  if (kept.some(([a, b]) => start < b && a < end) || kept.length !== lines.length) {
    return say("These words are marked already, or the field was typed in: mark it anew.");
  }
  const parts = kept.map(([a, b], n) => ({ a, b, line: lines[n] }));
  parts.push({ a: start, b: end, line: words });
  parts.sort((one, other) => one.a - other.a);
  at.value = parts.map(({ a, b }) => `${a}-${b}`).join(" ");
  field.value = parts.map(({ line }) => line).join("\n");
  say(`${field.labels[0].textContent}: ${field.value}`);
}

/** Whether somebody marks words: then Enter sends them. */
let begun = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const where = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Escape") {
    const keys = document.getElementById("keys");
    if (keys) keys.open = false;
    begun = false;
    document.getElementById("statement")?.focus();
    return;
  }
  if (event.key === "Enter" && where.dataset.enter) {
    event.preventDefault();
    document.getElementById(where.dataset.enter).click();
    return;
  }
  if (!on || typing(where) || !deciding(where)) return;
  if (event.key === "Enter" && begun && where === report) {
    event.preventDefault();
    document.querySelector("#mark, #put-in").click();
    return;
  }
  if (event.key === "e" && report) {
    event.preventDefault();
    begun = true;
    report.focus();
    return say("Select words, then w: who, c: reporting words, q: what was said, +: a further part; Enter.");
  }
  const one = meant(event.key);
  if (!one) return;
  event.preventDefault();
  press(one, event.key);
});

for (const hidden of document.querySelectorAll(".select[hidden]")) hidden.hidden = false;
for (const button of document.querySelectorAll("button[data-part]")) {
  // The selection must outlive the click.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => { begun = true; fill(button.dataset.part, button.dataset.add); });
}
if (box) {
  box.checked = on;
  box.addEventListener("change", () => { on = box.checked; wanted(on); });
}
// A form is sent once.
for (const form of document.querySelectorAll("form.deed")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form.deed")) delete form.dataset.sent;
});

if (said?.textContent) say(said.textContent);
if (!location.hash) document.getElementById("statement")?.focus({ preventScroll: true });
