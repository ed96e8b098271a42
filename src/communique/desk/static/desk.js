// What every page does: light or dark, the keys, and what is said after a change. No page needs it to be read.
"use strict";

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.cookie = `communique_theme=${theme}; path=/; max-age=31536000; samesite=strict`;
  document.dispatchEvent(new CustomEvent("themechange"));
}

function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  document.getElementById("said").replaceChildren(line);
  setTimeout(() => line.remove(), 8000);
}

function isTyping(target) {
  return target.matches("input, textarea, select, [contenteditable]");
}

// Each press shows the other; where that is what the system asks for, the system is followed again.
document.getElementById("theme").addEventListener("click", () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (document.documentElement.dataset.theme || system) === "dark" ? "light" : "dark";
  setTheme(next === system ? "" : next);
  say(`Now ${next}.`);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.getElementById("find").focus();
  }
});

// The server says what it did in the header HX-Trigger: {"say": "…"}.
document.addEventListener("say", (event) => say(event.detail.value ?? event.detail));

// An error's line goes where the answer would have gone, instead of nowhere.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:sendError", () => say("The desk does not answer. Is it still running?"));

// Forms that go at each change, as filters do: data-live.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form) form.requestSubmit();
});
