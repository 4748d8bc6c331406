// Stacked bars of ways: hours or money by kind of leg, each way one bar, with the figures behind.
import { el, number } from "/static/base.js";
import { behind } from "/static/charts.js";

/** Kinds of legs, in the order they stack; apart for those who do not see all colours, by lightness too. */
export const KINDS = [
  { id: "rail", name: "Rail", colour: "#0a5d9c" }, { id: "road", name: "Road", colour: "#b08d57" },
  { id: "sea", name: "Sea", colour: "#7fb7d6" }, { id: "ferry", name: "Ferry", colour: "#00796b" },
  { id: "air", name: "Air", colour: "#8f6fb0" }, { id: "transfer", name: "Loading and terminals", colour: "#5a6570" },
  { id: "border", name: "Borders", colour: "#c2491d" },
];
const kindOf = (leg) => (leg.crossing ? "border" : leg.mode);

/** Sums of a figure of a way's legs by kind. */
export function sums(way, figure) {
  const found = Object.fromEntries(KINDS.map((kind) => [kind.id, 0]));
  for (const leg of way.legs) found[kindOf(leg)] += leg[figure];
  return found;
}

/** Bars of one figure: `scale` turns it into what is shown, `unit` names that. */
export function stacked(ways, { figure, title, unit, digits = 0, scale = 1, chosen, name }) {
  const rows = ways.map((way) => ({ way, parts: sums(way, figure) }));
  const total = (row) => Object.values(row.parts).reduce((a, b) => a + b, 0) * scale;
  const most = Math.max(...rows.map(total));
  const used = KINDS.filter((kind) => rows.some((row) => row.parts[kind.id] > 0));
  const figures = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${title}: figures` }, el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Way"), used.map((kind) => el("th", { scope: "col", class: "number" }, kind.name)), el("th", { scope: "col", class: "number" }, `All, ${unit}`))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, name(row.way)), used.map((kind) => el("td", { class: "number" }, number(row.parts[kind.id] * scale, digits))), el("td", { class: "number" }, number(total(row), digits)))))));
  return el("div", { class: "stack" },
    el("h3", {}, title, el("span", { class: "soft" }, `, ${unit}`)),
    el("ul", { class: "maplegend" }, used.map((kind) => {
      const square = el("span", { class: "square", "aria-hidden": "true" });
      square.style.background = kind.colour;
      return el("li", {}, square, kind.name);
    })),
    el("div", { class: "stackrows", role: "img", "aria-label": `${title}: ${rows.map((row) => `${name(row.way)} ${number(total(row), digits)} ${unit}`).join("; ")}` },
      rows.map((row, at) => {
        const bar = el("div", { class: "stackbar" });
        for (const kind of used) {
          const value = row.parts[kind.id] * scale;
          if (value <= 0) continue;
          const part = el("span", { title: `${kind.name}: ${number(value, digits)} ${unit}` });
          part.style.width = `${100 * value / most}%`;
          part.style.background = kind.colour;
          bar.append(part);
        }
        return el("div", { class: at === chosen ? "stackrow chosen" : "stackrow" }, el("span", { class: "stackname" }, `${at + 1} ${name(row.way)}`), bar, el("span", { class: "stackvalue" }, number(total(row), digits)));
      })),
    behind("Figures behind the bars", figures));
}
