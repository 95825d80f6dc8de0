// Sorting and filtering of tables, and what is newer. Without this file the pages read as they are written.
"use strict";

const valueOf = (cell) => {
  const figure = cell.querySelector("data");
  if (figure === null) return cell.textContent.trim();
  const value = figure.getAttribute("value");
  return value === "" ? null : Number(value);
};

const compare = (one, other, descending) => {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1; // no value comes last
  const order = typeof one === "number" ? one - other : one.localeCompare(other, document.documentElement.lang);
  return descending ? -order : order;
};

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.querySelector(".hidden")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => compare(valueOf(a.cells[column]), valueOf(b.cells[column]), descending));
      table.tBodies[0].append(...rows);
    });
  });
}

for (const table of document.querySelectorAll("table.filterable")) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "filter";
  const asked = table.tHead.rows[0].cells[0].textContent;
  field.setAttribute("aria-label", asked);
  field.placeholder = `${asked} …`;
  const byGroup = document.querySelector(".by-group");
  const group = byGroup === null ? null : byGroup.querySelector("select");
  const show = () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of table.tBodies[0].rows) {
      const inGroup = !group || group.value === "" || row.dataset.groups.split(" ").includes(group.value);
      row.hidden = !inGroup || !row.textContent.toLocaleLowerCase().includes(wanted);
    }
  };
  field.addEventListener("input", show);
  if (group) {
    byGroup.hidden = false;
    group.addEventListener("change", show);
  }
  table.before(field);
}

// A page cannot know what came after it: latest.json beside the releases does, and a server gives it. From a folder no
// browser reads it; the link at the end of the page leads there anyway.
const newer = document.querySelector(".newer");
// What leads to the newest vintage lies beside releases. Where these bytes are read before they are one (a candidate, or
// a copy elsewhere), nothing is there: the line is not shown.
if (newer !== null && !location.pathname.includes(`/${newer.dataset.edition}/v${newer.dataset.vintage}/`)) {
  for (const link of document.querySelectorAll("footer [rel=latest-version]")) link.parentElement.hidden = true;
}
if (newer !== null && location.protocol.startsWith("http")) {
  fetch(newer.dataset.told)
    .then((answer) => (answer.ok ? answer.json() : { editions: [] }))
    .then((said) => {
      const newest = said.editions.find((one) => one.edition === newer.dataset.edition);
      if (newest === undefined || newest.vintage <= Number(newer.dataset.vintage)) return;
      newer.querySelector("bdi").textContent = newest.vintage;
      newer.hidden = false;
    })
    .catch(() => {});
}
