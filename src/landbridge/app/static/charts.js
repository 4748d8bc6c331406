// Charts of the pages: fans drawn by BokehJS, bars and sortable tables that are tables.
import { el, fill, number } from "/static/base.js";

export const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
/** Colours of scenarios and runs, told apart by people who do not see all of them, each with a dash. */
export const COLOURS = ["#0b5688", "#b3501b", "#1d6b45", "#7a4f96", "#7a6a00", "#5c5c5c"];
export const DASHES = ["solid", "dashed", "dotted", "dotdash", "solid", "dashed"];
const INK = "#1b2733", SOFT = "#4f5b66", RULE = "#e3e1d8";
const drawn = new WeakMap();

/** Write a figure of a unit for people: shares as per cent, large numbers without decimals. */
export function figure(value, unit = "") {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (unit === "share") return `${number(100 * value, Math.abs(value) < 0.1 ? 1 : 0)}\u00a0%`;
  const size = Math.abs(value);
  const digits = size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return number(value, digits);
}

/** A figure as one says it: three digits that count, millions by name. */
export function prose(value, unit = "") {
  if (value === null || unit === "share" || Math.abs(value) < 1000) return figure(value, unit);
  const short = Number(value.toPrecision(3));
  return Math.abs(short) >= 1e6 ? `${number(short / 1e6, Math.abs(short) >= 1e8 ? 0 : Math.abs(short) >= 1e7 ? 1 : 2)} million` : number(short);
}

/** The unit as an axis tells it. */
export function unitName(unit) {
  return unit === "share" ? "per cent" : unit;
}

/** A legend of swatches: entries are [{name, colour, sort: line|band|dot, dash}]. */
export function legend(entries) {
  return el("ul", { class: "legend" }, entries.map((one) => el("li", {}, swatch(one), one.name)));
}

function swatch({ colour, sort = "line", dash = "solid", hollow = false }) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ width: 28, height: 14, viewBox: "0 0 28 14", "aria-hidden": "true" })) picture.setAttribute(name, value);
  const add = (tag, attributes) => {
    const shape = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    picture.append(shape);
  };
  const dashes = { dashed: "6 4", dotted: "2 3", dotdash: "2 3 6 3" }[dash] || "none";
  if (sort === "band") {
    add("rect", { x: 0, y: 0, width: 28, height: 14, fill: colour, "fill-opacity": 0.14 });
    add("rect", { x: 0, y: 4, width: 28, height: 6, fill: colour, "fill-opacity": 0.22 });
  }
  if (sort === "box") add("rect", { x: 2, y: 1, width: 24, height: 12, fill: colour });
  if (sort === "line" || sort === "band") add("line", { x1: 0, x2: 28, y1: 7, y2: 7, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dashes });
  if (sort === "dot") {
    add("line", { x1: 0, x2: 28, y1: 7, y2: 7, stroke: colour, "stroke-width": 1.2 });
    add("circle", { cx: 14, cy: 7, r: 3.6, fill: hollow ? "#fff" : colour, stroke: colour, "stroke-width": 1.4 });
  }
  return picture;
}

/** Show a BokehJS figure in a place, in place of the one before. */
export async function show(place, plot) {
  const before = drawn.get(place);
  if (before) (await before).remove?.();
  place.replaceChildren();
  const now = Bokeh.Plotting.show(plot, place);
  drawn.set(place, now);
  return now;
}

/** An empty figure in the style of the pages. */
export function plain({ height = 360, unit = "", most = 0, ...more } = {}) {
  const plot = Bokeh.Plotting.figure({
    sizing_mode: "stretch_width", height, tools: "", toolbar_location: null, background_fill_color: null,
    border_fill_color: null, outline_line_color: null, min_border_right: 16, min_border_left: 8, ...more,
  });
  for (const axis of [plot.xaxis, plot.yaxis]) {
    Object.assign(axis, {
      major_label_text_font: FONT, major_label_text_font_size: "13px", major_label_text_color: SOFT,
      axis_label_text_font: FONT, axis_label_text_font_size: "13px", axis_label_text_font_style: "normal",
      axis_label_text_color: SOFT, axis_line_color: null, minor_tick_line_color: null, major_tick_line_color: null,
    });
  }
  Object.assign(plot.xaxis, { axis_line_color: "#7c8790", major_tick_line_color: "#7c8790" });
  plot.xgrid.grid_line_color = null;
  plot.ygrid.grid_line_color = RULE;
  plot.yaxis.axis_label = most >= 1e6 ? `${unitName(unit)} (m: million)` : unitName(unit);
  plot.yaxis.formatter = new Bokeh.NumeralTickFormatter({ format: unit === "share" ? "0.[0]%" : most >= 1e6 ? "0.[0]a" : "0,0.[000]" });
  return plot;
}

/**
 * Fans of a series: bands of 5–95 and 25–75 %, the median, and what was counted.
 * fans are [{name, rows: [{year, "0.05", "0.25", "0.5", "0.75", "0.95"}]}], counted [{year, value, used}].
 */
export async function fan(place, { fans, counted = [], unit = "", label = "", height = 400, from = null, known = null }) {
  const shown = counted.filter((one) => from === null || one.year >= from);
  const years = [...shown.map((one) => one.year), ...fans.flatMap((one) => one.rows.map((row) => row.year))];
  const values = [...shown.map((one) => one.value), ...fans.flatMap((one) => one.rows.flatMap((row) => [row["0.05"], row["0.95"]]))].filter((v) => v !== null);
  if (!years.length || !values.length) {
    fill(place, el("p", { class: "empty" }, "Nothing moves in this series."));
    return;
  }
  const low = Math.min(...values), high = Math.max(...values), first = Math.min(...years), last = Math.max(...years);
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  const plot = plain({
    height, unit, most: high, x_range: new Bokeh.Range1d({ start: first - 0.4, end: last + 0.4 }),
    y_range: new Bokeh.Range1d({ start: low >= 0 && low < 0.5 * high ? 0 : low - room, end: high + room }),
  });
  plot.xaxis.ticker = new Bokeh.SingleIntervalTicker({ interval: [1, 2, 5, 10].find((one) => (last - first) / one <= Math.max(4, place.clientWidth / 75)) || 20, num_minor_ticks: 0 });
  plot.xaxis.formatter = new Bokeh.NumeralTickFormatter({ format: "0" });
  if (known !== null && known >= first) {
    plot.add_layout(new Bokeh.Span({ location: known + 0.5, dimension: "height", line_color: "#7c8790", line_dash: [4, 4], line_width: 1 }));
  }
  const hovered = [];
  fans.forEach((one, at) => {
    const rows = one.rows.filter((row) => row["0.5"] !== null);
    const colour = one.colour || COLOURS[at % COLOURS.length];
    const column = (share) => rows.map((row) => row[share]);
    const source = new Bokeh.ColumnDataSource({ data: {
      year: rows.map((row) => row.year), q05: column("0.05"), q25: column("0.25"), q50: column("0.5"), q75: column("0.75"), q95: column("0.95"),
      name: rows.map(() => one.name), middle: rows.map((row) => figure(row["0.5"], unit)),
      inner: rows.map((row) => row["0.25"] === null ? "–" : `${figure(row["0.25"], unit)} to ${figure(row["0.75"], unit)}`),
      outer: rows.map((row) => `${figure(row["0.05"], unit)} to ${figure(row["0.95"], unit)}`),
    } });
    const year = { field: "year" };
    plot.varea({ x: year, y1: { field: "q05" }, y2: { field: "q95" }, source, fill_color: colour, fill_alpha: 0.14 });
    if (rows.length && rows[0]["0.25"] !== null) plot.varea({ x: year, y1: { field: "q25" }, y2: { field: "q75" }, source, fill_color: colour, fill_alpha: 0.22 });
    if (rows.length === 1) plot.segment({ x0: year, x1: year, y0: { field: "q05" }, y1: { field: "q95" }, source, line_color: colour, line_alpha: 0.5, line_width: 6 });
    plot.line({ x: year, y: { field: "q50" }, source, line_color: colour, line_width: 2.5, line_dash: one.dash || DASHES[at % DASHES.length] });
    hovered.push(plot.scatter({ x: year, y: { field: "q50" }, source, size: 6, fill_color: colour, line_color: "#fff" }));
  });
  if (shown.length) {
    const source = new Bokeh.ColumnDataSource({ data: {
      year: shown.map((one) => one.year), value: shown.map((one) => one.value), name: shown.map((one) => one.used === false ? "counted later" : "counted"),
      middle: shown.map((one) => figure(one.value, unit)), inner: shown.map(() => ""), outer: shown.map(() => ""),
      colour: shown.map((one) => one.used === false ? "#ffffff" : INK),
    } });
    plot.line({ x: { field: "year" }, y: { field: "value" }, source, line_color: INK, line_width: 1.2 });
    hovered.push(plot.scatter({ x: { field: "year" }, y: { field: "value" }, source, size: 7, fill_color: { field: "colour" }, line_color: INK }));
  }
  plot.add_tools(new Bokeh.HoverTool({
    renderers: hovered, mode: "mouse",
    tooltips: [["", "@name, @year"], ["median", "@middle"], ["half of the draws", "@inner"], ["nine in ten", "@outer"]],
  }));
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", label);
  await show(place, plot);
}

/**
 * Bars as a table: columns are [{name, of, number}], the bar stands after the first.
 * `bar` gives [{value, colour, what}] of a row, drawn from zero, which stands where values of both signs meet.
 */
export function bars(columns, rows, { bar, caption = "", least = 0, most = null, barName = "" }) {
  const every = rows.flatMap((row) => bar(row).map((one) => one.value)).filter((value) => value !== null);
  const low = Math.min(least, 0, ...every), high = Math.max(most ?? 0, ...every) || 1;
  const wide = (value) => 100 * value / (high - low);
  const cell = (row) => el("td", { class: "bar", "aria-hidden": "true" }, bar(row).map(({ value, colour }) => {
    const shape = el("div");
    Object.assign(shape.style, {
      marginLeft: `${wide(Math.min(value ?? 0, 0) - low)}%`, width: `${wide(Math.abs(value ?? 0))}%`, background: colour,
    });
    return shape;
  }));
  const [first, ...others] = columns;
  const tell = (column, row) => column.of(row) ?? "–";
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || first.name }, el("table", { class: "bars" },
    caption ? el("caption", {}, caption) : null,
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, first.name), el("td", { class: "bar" }, barName),
      others.map((one) => el("th", { scope: "col", class: one.number ? "number" : null }, one.name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, tell(first, row)), cell(row),
      others.map((one) => el("td", { class: one.number ? "number" : null }, tell(one, row))))))));
}

/**
 * A table that sorts by a click on a head: columns are [{id, name, of, sort, number}]; `sort` gives what is compared.
 * `by` is the id of the column sorted by, with a minus before it for the largest first.
 */
export function sortable(columns, rows, { by = "", onsort = () => {}, caption = "", quiet = false, most = null, onrow = null } = {}) {
  const place = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || "Table" });
  const draw = (order, focus = false) => {
    const id = order.replace(/^-/, ""), down = order.startsWith("-");
    const column = columns.find((one) => one.id === id);
    const key = column && (column.sort || column.of);
    const compare = (a, b) => {
      const x = key(a), y = key(b);
      if (x === y) return 0;
      if (x === null || x === undefined) return 1;
      if (y === null || y === undefined) return -1;
      return (typeof x === "number" ? x - y : String(x).localeCompare(String(y))) * (down ? -1 : 1);
    };
    const sorted = column ? [...rows].sort(compare) : rows;
    const shown = most ? sorted.slice(0, most) : sorted;
    fill(place, el("table", {},
      caption ? el("caption", {}, quiet ? el("span", { class: "hidden-label" }, caption) : caption) : null,
      el("thead", {}, el("tr", {}, columns.map((one) => el("th", {
        scope: "col", class: one.number ? "number" : null, "aria-sort": one.id === id ? (down ? "descending" : "ascending") : null,
      }, el("button", { type: "button", class: "sort", "data-sort": one.id, onclick: () => {
        const next = one.id === id ? (down ? one.id : `-${one.id}`) : (one.number ? `-${one.id}` : one.id);
        draw(next, true);
        onsort(next);
      } }, one.name, el("span", { "aria-hidden": "true", class: "arrow" }, one.id === id ? (down ? "▼" : "▲") : "↕")))))),
      el("tbody", {}, shown.map((row) => {
        const line = el("tr", {}, columns.map((one, at) => el(at === 0 ? "th" : "td", {
          class: one.number ? "number" : null, scope: at === 0 ? "row" : null,
        }, one.of(row) ?? "–")));
        if (onrow) onrow(row, line);
        return line;
      }))));
    if (focus) place.querySelector(`[data-sort="${id}"]`).focus();
  };
  draw(by);
  return place;
}

/** Figures behind a chart, folded away until asked for. */
export function behind(title, ...content) {
  return el("details", { class: "behind" }, el("summary", {}, title), content);
}

/** Sources under a chart: each named once, with its address. */
export function sourceList(sources, before = "Sources: ") {
  if (!sources.length) return null;
  const told = sources.map((one) => [
    one.address ? el("a", { href: one.address, rel: "noreferrer" }, one.source_title) : one.source_title,
    one.note ? ` (${one.note})` : null,
  ]);
  return el("p", { class: "source" }, before, told.flatMap((one, at) => at ? ["; ", ...one] : one), ".");
}
