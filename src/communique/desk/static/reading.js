// Reading a report: marks and cards light up together, selected words become an event, files are dropped on the text.
// The pages can be read and the forms sent without it.
"use strict";

// Marks and cards: what one of them names, all of them show.

function lit(keys, on) {
  for (const key of keys) {
    document.getElementById(key)?.classList.toggle("lit", on);
    for (const mark of document.querySelectorAll(`.told[data-events~="${CSS.escape(key)}"]`)) mark.classList.toggle("lit", on);
  }
}

function keysOf(target) {
  const mark = target.closest?.(".told");
  if (mark) return mark.dataset.events.split(" ");
  const card = target.closest?.("[data-card]");
  return card ? [card.id] : [];
}

for (const [begins, ends] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(begins, (event) => lit(keysOf(event.target), true));
  document.addEventListener(ends, (event) => lit(keysOf(event.target), false));
}

// A card that was opened by its mark comes into view and takes the focus; one opened by its own link keeps it.

let asked = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.matches?.(".told, [data-card] .more a")) asked = event.detail.target?.id;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (asked && event.detail.elt.id === asked) {
    show(asked);
    asked = null;
  }
});

function show(id) {
  const place = document.getElementById(id);
  if (!place) return;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

// After a change the server names what to show.
document.addEventListener("opened", (event) => show(event.detail.value));

// Selected words: how they stand in the text, and how many characters (not halves of them) stand before them.

function chosenWords() {
  const passage = document.getElementById("passage");
  const selection = getSelection();
  if (!passage || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!passage.contains(range.commonAncestorContainer)) return null;
  const words = range.toString();
  if (!words.trim() || words.length > 1000) return null;
  const before = document.createRange();
  before.setStart(passage, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { words: words.trim(), near: Array.from(before.toString()).length };
}

let chosen = null;
let taken = "";

document.addEventListener("selectionchange", () => {
  const bar = document.getElementById("chosen");
  if (!bar || !document.querySelector("#reading[data-may-add]")) return;
  const found = chosenWords();
  // Pressing the button may drop the selection; what was chosen last is meant.
  if (found) chosen = found;
  bar.hidden = found ? found.words === taken : !bar.contains(document.activeElement);
});

document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("#chosen button")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("#chosen button") || !chosen) return;
  const adding = document.getElementById("adding");
  adding.open = true;
  adding.querySelector("[name=words]").value = chosen.words;
  adding.querySelector("[name=near]").value = chosen.near;
  taken = chosen.words;
  document.getElementById("chosen").hidden = true;
  adding.scrollIntoView({ block: "nearest" });
  adding.querySelector("[name=type]").focus();
});

// The modes that may be chosen are those of the type.

function fitModes(type) {
  const mode = type.form.elements.mode;
  for (const group of mode.querySelectorAll("optgroup")) {
    group.hidden = group.disabled = group.label !== type.value;
    if (group.hidden) for (const option of group.children) option.selected = false;
  }
  if (mode.selectedIndex < 0) mode.selectedIndex = 0;
}

function fitAll(root) {
  for (const type of root.querySelectorAll("select[data-type]")) fitModes(type);
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("select[data-type]")) fitModes(event.target);
});
document.addEventListener("htmx:load", (event) => fitAll(event.detail.elt));
fitAll(document);

// While a report is read the form says so, and takes no second press.

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    document.getElementById("busy").textContent = "Reading… this takes some seconds.";
  });
}
// Coming back by the browser's button finds the form as it was.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) form.removeAttribute("aria-busy");
});

// Files dropped on the text are chosen.

const paste = document.getElementById("paste");
if (paste) {
  const text = paste.elements.text;
  const isFiles = (event) => event.dataTransfer?.types.includes("Files");
  paste.addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    text.classList.add("over");
  });
  paste.addEventListener("dragleave", () => text.classList.remove("over"));
  paste.addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    text.classList.remove("over");
    paste.elements.file.files = event.dataTransfer.files;
    document.getElementById("busy").textContent = `${event.dataTransfer.files.length} file(s) chosen.`;
  });
}
