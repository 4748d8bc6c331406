// Flows of a run: width by containers a year, colour by change against the baseline.
import { el, number, signed } from "/static/base.js";
import { swatch } from "/static/mapnetwork.js";
import { projectLine } from "/static/mapprojection.js";

/** Less in orange, more in purple (ColorBrewer PuOr, darkened): apart for every kind of sight. */
export const CHANGES = [
  { below: -10, name: "10 % less and more", colour: "#a34700" }, { below: -1, name: "1–10 % less", colour: "#e0801e" },
  { below: 1, name: "within 1 %", colour: "#97a3aa" }, { below: 10, name: "1–10 % more", colour: "#9a78c4" },
  { below: Infinity, name: "10 % more and above, or new", colour: "#4d1d84" },
];
const WIDTHS = [[1e3, 0.7], [1e4, 1.1], [5e4, 1.8], [2e5, 2.8], [1e6, 4.2], [5e6, 6.2], [Infinity, 8.5]];

/** Draw the lines of `/runs/{id}/flows` of some modes; gives what a legend needs. */
export function drawFlows(map, told, modes) {
  map.drop("flows");
  const binned = new Map();
  for (const line of told.lines) {
    if (!modes.has(line.mode) && line.mode !== "air") continue;
    if (line.mode === "air") continue;
    const lons = line.x ?? line.points.map((one) => one[0]), lats = line.y ?? line.points.map((one) => one[1]);
    const pct = line.feu_base > 0 ? 100 * (line.feu / line.feu_base - 1) : Infinity;
    const change = CHANGES.findIndex((one) => pct < one.below);
    const size = WIDTHS.findIndex(([below]) => Math.max(line.feu, line.feu_base) < below);
    const quiet = change === 2 ? 0 : 1;
    const key = `${quiet}${size}${change < 0 ? 4 : change}`;
    if (!binned.has(key)) binned.set(key, []);
    const [xs, ys] = projectLine(lons, lats);
    binned.get(key).push({ xs, ys, info: () => [
      el("strong", {}, `${number(line.feu)} FEU a year by ${line.mode}`),
      `before ${number(line.feu_base)}: ${pct === Infinity ? "new" : `${signed(pct, 1)} %`}`,
    ] });
  }
  for (const key of [...binned.keys()].sort()) {
    const [, size, change] = [...key].map(Number);
    map.addLine(`flows/${key}`, binned.get(key), { colour: CHANGES[change].colour, width: WIDTHS[size][1] * (change === 2 ? 0.6 : 1), alpha: change === 2 ? 0.7 : 0.95 });
  }
  return { told };
}

/** Legend of the widths and colours of flows. */
export function flowLegend({ told }) {
  const item = (look, name) => el("li", {}, swatch(look), name);
  return [
    el("ul", { class: "maplegend", "aria-label": "Change of flows" }, el("li", { class: "title" }, "Change"), CHANGES.map((one) => item({ colour: one.colour, width: 4 }, one.name))),
    el("ul", { class: "maplegend", "aria-label": "Size of flows" }, el("li", { class: "title" }, "FEU a year"),
      [[1e4, 1.1, "10,000"], [2e5, 2.8, "200,000"], [1e6, 4.2, "1 million"], [5e6, 6.2, "5 million"]].map(([, width, name]) => item({ colour: "#56616a", width }, name)),
      told.least_feu ? el("li", { class: "soft" }, `lines under ${number(told.least_feu)} and flights are not drawn`) : null),
  ];
}
