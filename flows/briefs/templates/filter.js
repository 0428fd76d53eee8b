// Filters of the brief: rows that do not fit are hidden. Without this script all of them are shown.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const [kind, country, words] = ["by-kind", "by-country", "by-words"].map((id) => document.getElementById(id));
  const told = document.getElementById("filtered");
  const rows = [...document.querySelectorAll("[data-row]")].map((element) => ({
    element,
    event: element.id.startsWith("e"),
    type: element.dataset.type?.split(" "),
    quad: element.dataset.quad,
    countries: element.dataset.countries?.split(" "),
    text: element.textContent.toLowerCase(),
  }));
  const events = rows.filter((row) => row.event).length;

  const fitsKind = (row, [by, value]) =>
    !by || (by === "quad" ? !row.quad || row.quad === value : !row.type || row.type.includes(value));
  const fits = (row, by, code, sought) =>
    fitsKind(row, by) &&
    (!code || !row.countries || row.countries.includes(code)) &&
    sought.every((word) => row.text.includes(word));

  const apply = () => {
    const by = kind.value.split(":");
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const filtering = Boolean(kind.value || country.value || sought.length);
    let shown = 0;
    for (const row of rows) {
      row.element.hidden = !fits(row, by, country.value, sought);
      if (row.event && !row.element.hidden) shown += 1;
    }
    told.textContent = filtering ? `${shown} of ${events} events` : "";
  };

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.hidden) {
      form.reset();
      target.scrollIntoView();
    }
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    kind.value = country.value = words.value = "";
    apply();
  });
  addEventListener("hashchange", reveal);
  form.hidden = false;
})();
