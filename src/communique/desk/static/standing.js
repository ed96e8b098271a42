// The standing picture: the slider over days, and rows that open. Without it the date field and plain links do the same.
"use strict";

const DAY = 86400000;

function dayAt(first, days) {
  return new Date(Date.parse(first) + days * DAY).toISOString().slice(0, 10);
}

function daysBetween(first, last) {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY);
}

// The slider goes by days, weeks or months, whichever gives it some hundred places at most.
function setUpSlider(box) {
  const { first, last } = box.dataset;
  const slider = box.querySelector("input");
  const field = document.getElementById("as_of");
  const form = field.form;
  const span = daysBetween(first, last);
  const step = span <= 100 ? 1 : span <= 2000 ? 7 : 30.4375;
  slider.max = Math.ceil(span / step);
  let waiting;

  function show() {
    const days = field.value ? Math.min(Math.max(daysBetween(first, field.value), 0), span) : span;
    slider.value = Math.round(days / step);
    slider.setAttribute("aria-valuetext", field.value || "all that is told");
  }

  slider.addEventListener("input", () => {
    field.value = dayAt(first, Math.min(Math.round(slider.value * step), span));
    slider.setAttribute("aria-valuetext", field.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), 200);
  });
  // What `input` has begun is enough: the form need not go once more.
  slider.addEventListener("change", (event) => event.stopPropagation());
  field.addEventListener("change", show);
  document.getElementById("latest").addEventListener("click", () => {
    field.value = "";
    show();
    form.requestSubmit();
  });
  show();
  box.classList.remove("unready");
}

function isOpen(row) {
  return row.nextElementSibling?.classList.contains("detail");
}

function close(row) {
  row.nextElementSibling.remove();
  row.querySelector(".opens").setAttribute("aria-expanded", "false");
}

const box = document.querySelector(".slide");
if (box) setUpSlider(box);

// A row that is open is closed by the next click, and asks for nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches?.(".opens")) return;
  const row = event.target.closest("tr");
  if (isOpen(row)) {
    event.preventDefault();
    close(row);
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  const opener = event.detail.requestConfig?.elt;
  if (opener?.matches(".opens")) opener.setAttribute("aria-expanded", "true");
});

// A click anywhere in a row opens it, but for links in it and words that are being marked.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr.opening");
  if (!row || event.target.closest("a, button") || String(getSelection())) return;
  row.querySelector(".opens").click();
});
