// Filters of the brief: rows that lead to no event that fits are hidden, shapes faded. Without this script all is shown.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const [kind, country, words] = ["by-kind", "by-country", "by-words"].map((id) => document.getElementById(id));
  const told = document.getElementById("filtered");
  const isEvent = (id) => /^e\d+$/.test(id);
  const rows = [...document.querySelectorAll("[data-row]")].map((element) => {
    const leads = [...element.querySelectorAll("a[href^='#e']")].map((link) => link.hash.slice(1));
    const { type, quad, countries } = element.dataset;
    return {
      element,
      type,
      quad,
      countries: countries?.split(" "),
      text: element.textContent.toLowerCase(),
      isEvent: isEvent(element.id),
      events: leads.filter(isEvent),
      isMore: leads.includes("events"),
    };
  });
  const events = rows.filter((row) => row.isEvent);
  const others = rows.filter((row) => !row.isEvent);
  const shapes = [...document.querySelectorAll("svg a")];

  const fits = (row, [by, value], code, sought) =>
    (!by || row[by] === value) && (!code || row.countries.includes(code)) && hasWords(row, sought);
  const hasWords = (row, sought) => sought.every((word) => row.text.includes(word));

  const apply = () => {
    const by = kind.value.split(":");
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const byWordsOnly = !kind.value && !country.value;
    const isFiltering = !byWordsOnly || sought.length > 0;
    const fitting = new Set(events.filter((row) => fits(row, by, country.value, sought)).map((row) => row.element.id));
    for (const row of events) row.element.hidden = !fitting.has(row.element.id);
    for (const row of others) {
      const leads = row.isMore || row.events.some((id) => fitting.has(id));
      row.element.hidden = isFiltering && !leads && !(byWordsOnly && hasWords(row, sought));
    }
    for (const shape of shapes) {
      const row = document.getElementById(shape.getAttribute("href").slice(1));
      shape.classList.toggle("faded", Boolean(row?.hidden));
    }
    told.textContent = isFiltering ? `${fitting.size} of ${events.length} events` : "";
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
