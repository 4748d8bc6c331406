// The network on a map: lines by mode and gauge, new sections by year, crossings and terminals as points.
import { api, el, number } from "/static/base.js";
import { projectLine, unfold } from "/static/mapprojection.js";
import { networkReady } from "/static/mapview.js";

/** How lines look: colours that stay apart for those who do not see all of them (Okabe & Ito 2008, darkened). */
export const STYLES = {
  sea: { name: "Sea lane", colour: "#8fbbd3", width: 0.9, dash: [] },
  road: { name: "Main road", colour: "#b9a98d", width: 0.9, dash: [] },
  rail1435: { name: "Rail 1435 mm", colour: "#0a5d9c", width: 1.5, dash: [] },
  rail1520: { name: "Rail 1520 mm", colour: "#c2491d", width: 1.5, dash: [] },
  rail0: { name: "Rail, other gauges", colour: "#7b5a8e", width: 1.1, dash: [] },
  ferry: { name: "Ferry", colour: "#00796b", width: 2.2, dash: [3, 2] },
};
/** Hours at a crossing, in classes, from quick to slow (cividis-like, read by lightness too). */
export const HOURS = [
  { below: 6, name: "under 6 h", fill: "#fdf0a8" }, { below: 24, name: "6–24 h", fill: "#f0b323" },
  { below: 48, name: "1–2 days", fill: "#d1603d" }, { below: Infinity, name: "over 2 days", fill: "#6d1a36" },
];
const MODES = { rail: "circle", road: "square", ferry: "triangle" };
const CLOSER_SPAN = 26, TILE = 10;

export const hoursClass = (hours) => HOURS.find((one) => hours < one.below);
const styleOf = (group) => (group.mode === "rail" ? `rail${group.gauge_mm}` : group.mode);

/** Small picture of a line or a point for a legend. */
export function swatch({ colour = "none", width = 2, dash = [], fill = null, marker = null, line = "#1b2733" }) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const set = (node, attributes) => { for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); return node; };
  set(picture, { width: marker ? 16 : 26, height: 14, viewBox: marker ? "0 0 16 14" : "0 0 26 14", "aria-hidden": "true" });
  const shape = marker === "circle" ? set(document.createElementNS(space, "circle"), { cx: 8, cy: 7, r: 5 })
    : marker === "square" ? set(document.createElementNS(space, "rect"), { x: 3, y: 2, width: 10, height: 10 })
      : marker === "diamond" ? set(document.createElementNS(space, "path"), { d: "M8 1l6 6-6 6-6-6z" })
        : marker === "triangle" ? set(document.createElementNS(space, "path"), { d: "M8 1.5l6 10.5H2z" })
          : set(document.createElementNS(space, "line"), { x1: 0, x2: 26, y1: 7, y2: 7 });
  if (marker) set(shape, { fill: fill ?? "#fff", stroke: line, "stroke-width": 1.2 });
  else set(shape, { stroke: colour, "stroke-width": Math.max(width, 1.6), "stroke-dasharray": dash.length ? dash.join(" ") : "none" });
  picture.append(shape);
  return picture;
}

/** The lines of the network on a map. */
export class NetworkLayer {
  constructor(map) {
    this.map = map;
    this.groups = null;
    this.tiles = new Map();
    this.year = 2025;
    this.modes = new Set(["rail", "road", "sea", "ferry"]);
    this.faded = false;
  }

  /** Wait for the network, saying so on the map, then read its lines from afar. */
  async load() {
    await networkReady((text) => this.map.say(text));
    this.map.say("Drawing the lines of the network…");
    const told = await api("/network/lines");
    this.groups = told.groups.map((group) => unpacked(group, told.unit_deg));
    this.map.say("");
    this.draw();
  }

  /** Sections that are new in the table: how many are open in the year, how many are still to come. */
  sections() {
    const own = new Map();
    for (const group of this.groups ?? []) if (group.section) own.set(group.section, group.opens_year);
    const open = [...own.values()].filter((year) => year !== null && year <= this.year).length;
    return { open, later: own.size - open };
  }

  draw() {
    if (!this.groups) return;
    const close = this.map.reach() <= CLOSER_SPAN ? [...this.tiles.values()].filter(Array.isArray) : [];
    const near = close.flat();
    const every = near.length ? [...this.groups.filter((group) => group.mode === "sea" || !this.covered(group)), ...near] : this.groups;
    for (const [style, look] of Object.entries(STYLES)) {
      const mode = style.replace(/\d+$/, "");
      const shown = every.filter((group) => styleOf(group) === style && this.modes.has(mode) && this.open(group));
      const plain = shown.filter((group) => !group.section).flatMap((group) => group.lines);
      const fresh = shown.filter((group) => group.section).flatMap((group) => group.lines);
      const far = this.map.reach() > 75 ? 0.72 : 1;
      const tone = this.faded ? { colour: mode === "sea" ? "#c3d3dc" : "#cfc8ba", width: 0.7 } : { colour: look.colour, width: look.width * far };
      this.map.addLine(`network/${style}`, plain, { ...tone, dash: look.dash, alpha: mode === "road" ? 0.9 : 1 });
      this.map.addLine(`network/${style}/new`, fresh, { ...tone, width: tone.width + (this.faded ? 0 : 1.1), dash: look.dash });
    }
  }

  open(group) { return !group.section || (group.opens_year !== null && group.opens_year <= this.year); }

  covered(group) { return this.tiles.size > 0 && !group.section && group.mode !== "sea"; }

  setYear(year) {
    this.year = year;
    this.draw();
  }

  setModes(modes) {
    this.modes = new Set(modes);
    this.draw();
  }

  fade(faded) {
    if (this.faded === faded) return;
    this.faded = faded;
    this.draw();
  }

  /** Read closer lines of what is in view, when the view is close enough. */
  async closer() {
    if (!this.groups) return;
    const near = this.map.reach() <= CLOSER_SPAN;
    if (!near) {
      if (this.near) { this.near = false; this.tiles.clear(); this.draw(); }
      return;
    }
    this.near = true;
    const { lon, lat, span } = this.map.view();
    const wide = Number(span) / Math.max(Math.cos(lat * Math.PI / 180), 0.3), high = Number(span) * this.map.h / this.map.w;
    const wanted = [];
    for (let west = TILE * Math.floor((lon - wide / 2) / TILE); west < Number(lon) + wide / 2; west += TILE) {
      for (let south = TILE * Math.floor((lat - high / 2) / TILE); south < Number(lat) + high / 2; south += TILE) {
        if (south >= -90 && south <= 80 && wanted.length < 16) wanted.push([(west + 540) % 360 - 180, south]);
      }
    }
    const missing = wanted.filter((tile) => !this.tiles.has(tile.join()));
    await Promise.all(missing.map(async ([west, south]) => {
      const key = `${west},${south}`;
      this.tiles.set(key, null);
      try {
        const told = await api("/network/lines", { query: { west, south } });
        if (this.near) this.tiles.set(key, told.groups.map((group) => unpacked(group, told.unit_deg)));
      } catch {
        this.tiles.delete(key);
      }
    }));
    if (missing.length && this.near) this.draw();
  }
}

function unpacked(group, unit) {
  return {
    ...group,
    lines: group.lines.map((steps) => {
      const [lons, lats] = unfold(steps, unit);
      const [xs, ys] = projectLine(lons, lats);
      return { xs, ys };
    }),
  };
}

/** Crossings as points: colour by the slower direction, shape by mode, a diamond where the gauge changes. */
export function crossingPoints(crossings, { chosen = null, closed = [] } = {}) {
  return crossings.map((one) => {
    const hours = Math.max(one.hours_a_to_b, one.hours_b_to_a);
    const breaks = one.gauge_a_mm && one.gauge_b_mm && Math.abs(one.gauge_a_mm - one.gauge_b_mm) > 10;
    const shut = closed.includes(one.id) || !one.open;
    const main = one.mode === "rail" ? hours >= 6 : one.mode === "ferry";
    return {
      lon: one.lon, lat: one.lat, marker: shut ? "x" : breaks ? "diamond" : MODES[one.mode], fill: shut ? "#ffffff00" : hoursClass(hours).fill,
      line: shut ? "#a3281f" : "#1b2733", size: one.id === chosen ? 17 : breaks ? 11 : one.mode === "road" ? 7 : 8.5,
      width: one.id === chosen || closed.includes(one.id) ? 2.6 : shut ? 1.6 : 1.1,
      from: one.id === chosen || closed.includes(one.id) ? null : shut ? 28 : main ? null : hours >= 6 ? 90 : hours >= 2.5 ? 40 : 16,
      id: one.id, label: `${one.name}`, labelFrom: one.mode === "rail" ? 22 : 9, info: () => crossingTip(one), crossing: one,
    };
  });
}

function crossingTip(one) {
  const hours = (value) => `${number(value, value < 10 ? 1 : 0)} h`;
  return [
    el("strong", {}, `${one.name} (${one.mode})`),
    one.open ? `${one.economy_a} → ${one.economy_b} ${hours(one.hours_a_to_b)} · back ${hours(one.hours_b_to_a)}` : "closed to freight in this year",
    one.gauge_a_mm && one.gauge_b_mm && one.gauge_a_mm !== one.gauge_b_mm ? `gauge ${one.gauge_a_mm} / ${one.gauge_b_mm} mm` : null,
  ].filter(Boolean);
}

/** Terminals as points, shown from some way down. */
export function terminalPoints(terminals, chosen = null) {
  return terminals.filter((one) => one.open).map((one) => ({
    lon: one.lon, lat: one.lat, marker: "square_pin", fill: one.id === chosen ? "#12344d" : "#ffffff", line: "#12344d", size: one.id === chosen ? 14 : 8.5, width: 1.6,
    from: one.id === chosen ? null : 70, id: one.id, label: one.name.split(" (")[0], labelFrom: 12, terminal: one,
    info: () => [el("strong", {}, one.name), `${one.kind.replaceAll("_", " ")}, ${one.economy}: ${one.modes.join(", ")}`],
  }));
}

/** The legend of the network's lines and of crossings. */
export function legend({ modes, crossings = true, terminals = false, faded = false }) {
  const item = (look, name) => el("li", {}, swatch(look), name);
  const lines = faded ? [item({ colour: "#a9a293", width: 1 }, "the network")] : Object.entries(STYLES)
    .filter(([style]) => modes.has(style.replace(/\d+$/, "")))
    .map(([, look]) => item(look, look.name));
  return [
    el("ul", { class: "maplegend", "aria-label": "Lines" }, lines, faded ? null : item({ colour: "#555", width: 3 }, "thick: a new section")),
    crossings ? el("ul", { class: "maplegend", "aria-label": "Crossings" }, el("li", { class: "title" }, "Hours at a border"),
      HOURS.map((one) => item({ marker: "circle", fill: one.fill }, one.name)), item({ marker: "diamond", fill: "#fff" }, "gauge changes"),
      item({ marker: "square", fill: "#fff" }, "road"), item({ marker: "triangle", fill: "#fff" }, "ferry"),
      terminals ? item({ marker: "square", fill: "#fff", line: "#12344d" }, "terminal (closer)") : null) : null,
  ];
}
