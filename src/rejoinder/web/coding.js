"use strict";
// Selected words of the passage become a statement that the machine missed.
const passage = document.getElementById("passage");
const button = document.getElementById("mark");
button.hidden = false;

function length(text) {
  return Array.from(text).length; // code points, as everywhere
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(passage, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = Number(passage.dataset.start) + length(before.toString());
  const skipped = length(words) - length(words.trimStart());
  const bare = words.trim();
  return bare ? { words: bare, start: start + skipped, end: start + skipped + length(bare) } : null;
}

function mark() {
  const found = selected();
  const row = [...document.querySelectorAll(".missed")].find(
    (one) => !one.querySelector("textarea").value.trim());
  if (!found || !row) return;
  row.querySelector("textarea").value = found.words;
  row.querySelector("[name^=at-]").value = `${found.start}-${found.end}`;
  row.querySelector("select").focus();
}

button.addEventListener("click", mark);
// A click on the button would end the selection before it is looked at.
button.addEventListener("mousedown", (event) => event.preventDefault());
