// The what-if form: rows of supposed events come and go. Without this it has one row, and the address takes more.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row], [data-take-row]");
  if (!button) return;
  const rows = [...document.querySelectorAll(".suppose")];
  if (button.hasAttribute("data-take-row")) {
    if (rows.length > 1) button.closest(".suppose").remove();
    return;
  }
  const last = rows[rows.length - 1];
  const made = last.cloneNode(true);
  const number = Number(last.querySelector("input").id.match(/\d+$/)[0]) + 1;
  made.querySelector("legend").textContent = `Event ${number}`;
  made.querySelector("[data-take-row]").setAttribute("aria-label", `Take event ${number} out`);
  for (const input of made.querySelectorAll("input, select")) {
    const id = input.id.replace(/\d+$/, String(number));
    made.querySelector(`label[for="${input.id}"]`).htmlFor = id;
    input.id = id;
    if (input.name === "source" || input.name === "target") input.value = "";
  }
  last.after(made);
  if (window.htmx) window.htmx.process(made);
  made.querySelector("input").focus();
});
