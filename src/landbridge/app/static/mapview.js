// A map for any page: BokehJS draws it, the keyboard and the pointer move it, nothing comes from outside.
import { api, el } from "/static/base.js";
import { whenFontsCome } from "/static/mapfonts.js";
import { candidates, FONT, named, placed, prepare } from "/static/maplabels.js";
import { CENTRE_LON, place, project, projectLine, unfold, unproject } from "/static/mapprojection.js";

const SEA = "#dce8ee", LAND = "#f6f2e9", BORDER = "#a89d8a", BORDER_CLOSE = "#75698a", GRID = "#cddbe2";
/** What the maps open on: the belt and the road, narrower on a telephone. */
export const HOME = { west: -9, east: 138, lat: 42 };
const HOME_NARROW = { west: 30, east: 118, lat: 42 };
const REDRAW_MS = 110, USUAL_PX = 980, CLOSE_BORDERS = 40;
const CLOSEST = 0.012, REACH = 9;
const { ColumnDataSource, Range1d } = Bokeh;
let landPromise = null;

/** Country shapes, read once a page. */
export function land() {
  landPromise ??= api("/network/land").then((told) => prepare(shaped(told)));
  landPromise.catch(() => { landPromise = null; });
  return landPromise;
}

function shaped(told) {
  for (const one of told.countries) {
    const xs = [], ys = [];
    one.parts = [];
    for (const polygon of one.rings) {
      for (const ring of polygon) {
        const [lons, lats] = unfold(ring, told.unit_deg);
        const part = { x: [], y: [], box: [Infinity, Infinity, -Infinity, -Infinity] };
        for (let i = 0; i < lons.length; i++) {
          const [x, y] = place(lons[i], lats[i]);
          part.x.push(x);
          part.y.push(y);
          part.box = [Math.min(part.box[0], x), Math.min(part.box[1], y), Math.max(part.box[2], x), Math.max(part.box[3], y)];
        }
        if (xs.length) { xs.push(NaN); ys.push(NaN); }
        xs.push(...part.x);
        ys.push(...part.y);
        one.parts.push(part);
      }
    }
    one.xs = xs;
    one.ys = ys;
    one.width = Math.max(...one.parts.map((part) => part.box[2] - part.box[0]));
    one.area = Math.max(...one.parts.map((part) => (part.box[2] - part.box[0]) * (part.box[3] - part.box[1])));
    delete one.rings;
  }
  // A country inside another is drawn on top of it.
  told.countries.sort((a, b) => b.area - a.area);
  return told;
}

function inside(part, x, y) {
  if (x < part.box[0] || y < part.box[1] || x > part.box[2] || y > part.box[3]) return false;
  let within = false;
  for (let i = 0, j = part.x.length - 1; i < part.x.length; j = i++) {
    if ((part.y[i] > y) !== (part.y[j] > y) && x < (part.x[j] - part.x[i]) * (y - part.y[i]) / (part.y[j] - part.y[i]) + part.x[i]) within = !within;
  }
  return within;
}

/** One map. Make it with `createMap`. */
export class MapView {
  constructor(frame, { label, language = "en", onview = () => {} }) {
    this.frame = frame;
    this.language = language;
    this.onview = onview;
    this.layers = new Map();
    this.bundles = new Map();
    this.marks = [];
    this.own = [];
    this.colours = new Map();
    this.pick = { country: null, point: null, line: null };
    this.telling = (hit) => (typeof hit.info === "function" ? hit.info() : hit.info);
    frame.classList.add("mapframe");
    this.canvas = el("div", { class: "mapcanvas", inert: true });
    this.names = el("canvas", { class: "mapnames", "aria-hidden": "true" });
    this.ghost = el("canvas", { class: "mapghost", "aria-hidden": "true", hidden: true });
    this.labels = [];
    this.glass = el("div", { class: "mapglass", tabindex: "0", role: "application", "aria-label": `${label}. Arrow keys move the map, plus and minus change its scale, 0 shows all of it.` });
    this.tip = el("div", { class: "maptip", hidden: true });
    this.said = el("div", { class: "mapsaid", role: "status", hidden: true });
    const button = (name, sign, call) => el("button", { type: "button", "aria-label": name, title: name, onclick: call }, sign);
    this.buttons = el("div", { class: "mapbuttons" }, button("Closer", "+", () => this.zoom(0.6)), button("Farther", "−", () => this.zoom(1 / 0.6)), button("Show all", "⤢", () => this.home()));
    frame.replaceChildren(this.canvas, this.ghost, this.names, this.glass, this.buttons, this.said, this.tip);
    this.x = new Range1d({ start: 0, end: 1 });
    this.y = new Range1d({ start: 0, end: 1 });
    this.plot = Bokeh.Plotting.figure({
      x_range: this.x, y_range: this.y, tools: "", toolbar_location: null, sizing_mode: "stretch_both", min_border: 0,
      background_fill_color: SEA, border_fill_color: SEA, outline_line_color: null, lod_threshold: null, x_axis_type: null, y_axis_type: null,
    });
    this.plot.grid.visible = false;
    this.listen();
  }

  async open(view) {
    this.size();
    this.addLine("graticule", [this.graticule()], { colour: GRID, width: 0.7 });
    this.landSource = new ColumnDataSource({ data: { xs: [], ys: [], fill: [], line: [], width: [] } });
    this.plot.patches({ field: "xs" }, { field: "ys" }, { source: this.landSource, fill_color: { field: "fill" }, line_color: { field: "line" }, line_width: { field: "width" }, line_join: "round" });
    if (view) this.look(view.lon, view.lat, view.span); else this.home();
    this.shown = await Bokeh.Plotting.show(this.plot, this.canvas);
    whenFontsCome(() => { if (this.land) this.relabel(); });
    new ResizeObserver(() => { if (this.size()) this.redraw(); }).observe(this.frame);
    return this;
  }

  /** Draw the countries; lines and points that were set before stay above them. */
  setLand(told) {
    this.land = told;
    this.landSource.data = {
      xs: told.countries.map((one) => one.xs), ys: told.countries.map((one) => one.ys), ...this.fills(),
    };
    this.relabel();
  }

  fills() {
    const close = this.reach() < CLOSE_BORDERS, count = this.land.countries.length;
    this.closeBorders = close;
    return {
      fill: this.land.countries.map((one) => this.colours.get(one.iso3) ?? LAND),
      line: new Array(count).fill(close ? BORDER_CLOSE : BORDER), width: new Array(count).fill(close ? 1.5 : 0.8),
    };
  }

  /** Colour countries: a Map of iso3 to colour; others are plain. */
  colourCountries(colours) {
    this.colours = colours;
    if (this.land) this.landSource.data = { ...this.landSource.data, ...this.fills() };
  }

  /**
   * Draw a layer of lines in the place of the one of that name. Each line is {x, y} in degrees or {xs, ys} on
   * the map; `colour`, `width`, `dash`, `alpha` are of the whole layer. Lines with `info`, a text, elements or
   * a function that gives them, answer the pointer. Layers of one first name, before the slash, lie together.
   */
  addLine(name, lines, { colour = "#000", width = 1, dash = [], alpha = 1, level = "glyph" } = {}) {
    const xs = [], ys = [], hits = [];
    for (const one of lines) {
      const [px, py] = one.xs ? [one.xs, one.ys] : projectLine(one.x, one.y);
      if (xs.length) { xs.push(NaN); ys.push(NaN); }
      for (let i = 0; i < px.length; i++) { xs.push(px[i]); ys.push(py[i]); }
      if (one.info) hits.push({ xs: px, ys: py, info: one.info, one, box: null });
    }
    const bundle = this.bundle(`${name.split("/")[0]} ${dash.join()}`, dash, level);
    bundle.entries.set(name, { xs, ys, colour, width, alpha });
    this.layers.set(name, { hits, bundle });
    this.renew(bundle);
  }

  /** One renderer for many layers: a map of sixty would be laid out anew for each. */
  bundle(name, dash, level) {
    let found = this.bundles.get(name);
    if (!found) {
      const source = new ColumnDataSource({ data: { xs: [], ys: [], colour: [], width: [], alpha: [] } });
      const lines = this.plot.multi_line({ field: "xs" }, { field: "ys" }, {
        source, line_color: { field: "colour" }, line_width: { field: "width" }, line_alpha: { field: "alpha" }, line_join: "round", line_cap: "round", level,
      });
      // Given with the others, a list of dashes would be taken for one a line.
      lines.glyph.line_dash = { value: dash };
      found = { source, entries: new Map(), waiting: false };
      this.bundles.set(name, found);
    }
    return found;
  }

  renew(bundle) {
    if (bundle.waiting) return;
    bundle.waiting = true;
    queueMicrotask(() => {
      bundle.waiting = false;
      const shown = [...bundle.entries.values()].filter((one) => one.xs.length);
      bundle.source.data = {
        xs: shown.map((one) => one.xs), ys: shown.map((one) => one.ys), colour: shown.map((one) => one.colour), width: shown.map((one) => one.width), alpha: shown.map((one) => one.alpha),
      };
    });
  }

  /** Take a layer away, and those whose names begin with its name and a slash. */
  drop(name) {
    for (const [own, layer] of this.layers) {
      if (own !== name && !own.startsWith(`${name}/`)) continue;
      if (layer.points) this.addPoints(own, []);
      else {
        layer.bundle.entries.delete(own);
        this.renew(layer.bundle);
        this.layers.delete(own);
      }
    }
  }

  /** Draw points in the place of the layer of that name: {lon, lat, size, fill, line, marker, info, least}. */
  addPoints(name, points) {
    let layer = this.layers.get(name);
    if (!layer) {
      const source = new ColumnDataSource({ data: { x: [], y: [], size: [], fill: [], line: [], marker: [], width: [] } });
      layer = { source, glyph: this.plot.scatter({ field: "x" }, { field: "y" }, { source, size: { field: "size" }, fill_color: { field: "fill" }, line_color: { field: "line" }, line_width: { field: "width" }, marker: { field: "marker" }, level: "annotation" }) };
      this.layers.set(name, layer);
    }
    layer.points = points.map((one) => ({ ...one, at: project(one.lon, one.lat) }));
    layer.shown = null;
    this.thin(layer);
  }

  /** Show those points of a layer that are worth it at this scale: they appear `from` a reach in degrees on. */
  thin(layer) {
    const span = this.reach();
    const shown = layer.points.filter((one) => !one.from || span <= one.from);
    if (layer.shown?.length === shown.length && shown.every((one, at) => one === layer.shown[at])) return;
    layer.shown = shown;
    layer.source.data = {
      x: shown.map((one) => one.at[0]), y: shown.map((one) => one.at[1]), size: shown.map((one) => one.size ?? 8),
      fill: shown.map((one) => one.fill ?? "#fff"), line: shown.map((one) => one.line ?? "#1b2733"),
      width: shown.map((one) => one.width ?? 1.2), marker: shown.map((one) => one.marker ?? "circle"),
    };
  }

  /** Names the page wants on the map before all others: [{text, lon, lat, weight, colour}]. */
  setOwnLabels(list) {
    this.own = list.map((one) => {
      const [x, y] = project(one.lon, one.lat);
      return { size: 12.5, weight: 700, colour: "#12344d", gap: 11, ...one, x, y };
    });
    if (this.land) this.relabel();
  }

  setLanguage(language) {
    this.language = language;
    if (this.land) this.relabel();
  }

  relabel() {
    const { left, top, k, w, h } = this;
    const span = this.reach(), points = [];
    for (const layer of this.layers.values()) {
      for (const one of layer.shown ?? []) {
        if (one.label && span <= (one.labelFrom ?? 18)) points.push({ text: one.label, x: one.at[0], y: one.at[1], size: 11.5, weight: 500, colour: "#12344d", gap: 9 });
      }
    }
    const own = [...this.own.map((one) => ({ ...one, text: this.inLanguage(one.text) })), ...points];
    const found = placed(candidates(this.land, { perPixel: k, language: this.language, own }), { left, top, perPixel: k, width: w, height: h }, [[w - 52, 0, w, 130]]);
    // Kept in places of the map, so that they move with it.
    this.labels = found.map((one) => ({ ...one, tx: left + one.sx * k, ty: top - one.sy * k }));
    this.writeNames();
  }

  /** A city's name in the language of the map, where it has one. */
  inLanguage(name) {
    const city = this.language === "en" ? null : this.land.cities.find((one) => one.name.replaceAll("’", "'") === name);
    return city ? named(city, this.language) : name;
  }

  /** Write the names on a canvas of their own: they keep their size while the map below is stretched. */
  writeNames() {
    const { left, top, k, w, h, names } = this;
    const dense = window.devicePixelRatio || 1;
    if (names.width !== Math.round(w * dense) || names.height !== Math.round(h * dense)) {
      names.width = Math.round(w * dense);
      names.height = Math.round(h * dense);
    }
    const pen = names.getContext("2d");
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, w, h);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    for (const one of this.labels) {
      pen.font = `${one.weight || 400} ${one.size}px ${FONT}`;
      const x = (one.tx - left) / k, y = (top - one.ty) / k;
      if (one.dot) {
        pen.beginPath();
        pen.arc((one.x - left) / k, (top - one.y) / k, 2, 0, 7);
        pen.fillStyle = "#2b3238";
        pen.fill();
      }
      pen.strokeStyle = "rgb(255 255 255 / .88)";
      pen.lineWidth = 3;
      pen.strokeText(one.text, x, y);
      pen.fillStyle = one.colour;
      pen.fillText(one.text, x, y);
    }
  }

  /** Say something over the map; blank takes it away. */
  say(text) {
    this.said.hidden = !text;
    this.said.textContent = text;
  }

  // The view: centre on the map, and units of the map a pixel.
  size() {
    const w = this.frame.clientWidth, h = this.frame.clientHeight;
    if (!w || !h || (w === this.w && h === this.h)) return false;
    [this.w, this.h] = [w, h];
    return true;
  }

  get left() { return this.cx - this.k * this.w / 2; }
  get top() { return this.cy + this.k * this.h / 2; }

  /** Degrees of longitude at the equator that the map is wide. */
  span() { return this.k * this.w / (project(CENTRE_LON + 1, 0)[0]); }

  /** The same were the map as wide as on a desk: what is shown hangs on the scale, not on the screen. */
  reach() { return this.span() * USUAL_PX / this.w; }

  home() {
    const box = this.w < 600 ? HOME_NARROW : HOME;
    this.fit([[box.west, box.lat], [box.east, box.lat]], 0);
  }

  /** Show all of some points in degrees, with a margin in pixels. */
  fit(points, margin = 36) {
    const at = points.map(([lon, lat]) => project(lon, lat));
    const xs = at.map((one) => one[0]), ys = at.map((one) => one[1]);
    const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    this.cx = (west + east) / 2;
    this.cy = (south + north) / 2;
    this.k = Math.max((east - west) / Math.max(this.w - 2 * margin, 50), (north - south) / Math.max(this.h - 2 * margin, 50), 0.08);
    this.apply();
  }

  look(lon, lat, span) {
    [this.cx, this.cy] = project(lon, lat);
    this.k = span * project(CENTRE_LON + 1, 0)[0] / this.w;
    this.apply();
  }

  /** Centre in degrees and width of the view, for a link that reopens it. */
  view() {
    const at = unproject(this.cx, this.cy) ?? [CENTRE_LON, 40];
    return { lon: at[0].toFixed(2), lat: at[1].toFixed(2), span: this.span().toPrecision(4) };
  }

  zoom(factor, sx = this.w / 2, sy = this.h / 2) {
    const x = this.left + sx * this.k, y = this.top - sy * this.k;
    const k = Math.min(Math.max(this.k * factor, CLOSEST), 6200 / this.w);
    this.cx = x + (this.w / 2 - sx) * k;
    this.cy = y - (this.h / 2 - sy) * k;
    this.k = k;
    this.apply();
  }

  pan(dx, dy) {
    this.cx -= dx * this.k;
    this.cy += dy * this.k;
    this.apply();
  }

  apply() {
    if (!this.w) return;
    this.cx = Math.max(-2900, Math.min(2900, this.cx));
    this.cy = Math.max(-1350, Math.min(1350, this.cy));
    this.writeNames();
    if (!this.drawn) { this.redraw(); return; }
    // A picture of what is drawn is moved at once, and all is drawn anew when the view rests: a drag stays smooth.
    this.haunt();
    const before = this.drawn, scale = before.k / this.k;
    const dx = (before.cx - before.k * this.w / 2 - this.left) / this.k, dy = (this.top - before.cy - before.k * this.h / 2) / this.k;
    this.ghost.style.transform = `translate(${dx}px, ${dy}px) scale(${scale})`;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.redraw(), REDRAW_MS);
  }

  /** Put a picture of the map in its place. */
  haunt() {
    if (!this.ghost.hidden) return;
    const { ghost, w, h } = this, dense = window.devicePixelRatio || 1;
    ghost.width = Math.round(w * dense);
    ghost.height = Math.round(h * dense);
    const pen = ghost.getContext("2d");
    for (const one of canvasesIn(this.canvas)) if (one.width && one.height) pen.drawImage(one, 0, 0, ghost.width, ghost.height);
    ghost.hidden = false;
    this.canvas.style.opacity = "0";
  }

  redraw() {
    clearTimeout(this.settling);
    const now = { cx: this.cx, cy: this.cy, k: this.k };
    this.drawn = now;
    this.x.setv({ start: this.left, end: this.left + this.k * this.w });
    this.y.setv({ start: this.top - this.k * this.h, end: this.top });
    for (const layer of this.layers.values()) if (layer.points?.length) this.thin(layer);
    if (this.land) {
      if (this.closeBorders !== (this.reach() < CLOSE_BORDERS)) this.landSource.data = { ...this.landSource.data, ...this.fills() };
      this.relabel();
    }
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (this.drawn !== now || this.k !== now.k || this.cx !== now.cx || this.cy !== now.cy) return;
      this.canvas.style.opacity = "";
      this.ghost.hidden = true;
    }));
    this.onview(this);
  }

  listen() {
    const glass = this.glass, held = new Map();
    let moved = 0, apart = 0;
    const at = (event) => {
      const box = glass.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    glass.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, at(event));
      if (held.size === 1) moved = 0;
      glass.setPointerCapture(event.pointerId);
    });
    glass.addEventListener("pointermove", (event) => {
      const now = at(event);
      if (!held.has(event.pointerId)) {
        if (event.pointerType === "mouse") this.hover(...now);
        return;
      }
      const before = held.get(event.pointerId);
      held.set(event.pointerId, now);
      moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (moved < 4) return;
      this.hideTip();
      this.pan((now[0] - before[0]) / held.size, (now[1] - before[1]) / held.size);
      if (held.size === 2) {
        const [a, b] = [...held.values()];
        const wide = Math.hypot(a[0] - b[0], a[1] - b[1]);
        if (apart) this.zoom(apart / wide, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
        apart = wide;
      }
    });
    const up = (event) => {
      const was = held.get(event.pointerId);
      held.delete(event.pointerId);
      apart = 0;
      if (was && event.type === "pointerup" && moved < 5 && !held.size) this.click(...was);
    };
    glass.addEventListener("pointerup", up);
    glass.addEventListener("pointercancel", up);
    glass.addEventListener("pointerleave", () => this.hideTip());
    glass.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(Math.max(-80, Math.min(80, event.deltaY)) * 0.0035), ...at(event));
    }, { passive: false });
    glass.addEventListener("keydown", (event) => {
      const step = 80;
      const calls = {
        ArrowLeft: () => this.pan(step, 0), ArrowRight: () => this.pan(-step, 0), ArrowUp: () => this.pan(0, step), ArrowDown: () => this.pan(0, -step),
        "+": () => this.zoom(0.7), "=": () => this.zoom(0.7), "-": () => this.zoom(1 / 0.7), 0: () => this.home(), Escape: () => this.hideTip(),
      };
      if (calls[event.key] && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        calls[event.key]();
      }
    });
  }

  /** What lies under a place of the screen: a point, else a line that answers, else a country. */
  under(sx, sy) {
    const x = this.left + sx * this.k, y = this.top - sy * this.k;
    let best = null, least = REACH;
    for (const [name, layer] of [...this.layers].reverse()) {
      for (const one of layer.points?.length ? layer.shown : []) {
        const off = Math.hypot(one.at[0] - x, one.at[1] - y) / this.k - (one.size ?? 8) / 4;
        if (one.info && off < least) { best = { kind: "point", layer: name, info: one.info, one }; least = off; }
      }
    }
    if (best) return best;
    least = 6;
    for (const [name, layer] of this.layers) {
      for (const line of layer.hits ?? []) {
        line.box ??= around(line.xs, line.ys);
        const room = 6 * this.k;
        if (x < line.box[0] - room || y < line.box[1] - room || x > line.box[2] + room || y > line.box[3] + room) continue;
        for (let i = 1; i < line.xs.length; i++) {
          const off = distance(x, y, line.xs[i - 1], line.ys[i - 1], line.xs[i], line.ys[i]) / this.k;
          if (off < least) { best = { kind: "line", layer: name, info: line.info, one: line.one }; least = off; }
        }
      }
    }
    if (best) return best;
    const country = this.land && [...this.land.countries].reverse().find((one) => one.parts.some((part) => inside(part, x, y)));
    return country ? { kind: "country", iso3: country.iso3, info: null, one: country } : null;
  }

  hover(sx, sy) {
    const hit = this.under(sx, sy);
    const told = hit && this.telling(hit);
    this.glass.style.cursor = hit && this.pick[hit.kind] ? "pointer" : "grab";
    if (!told) { this.hideTip(); return; }
    this.tip.replaceChildren(...(Array.isArray(told) ? told : [told]).map((one) => (typeof one === "string" ? el("div", {}, one) : one)));
    this.tip.hidden = false;
    const box = this.tip.getBoundingClientRect();
    this.tip.style.left = `${Math.max(4, Math.min(sx + 14, this.w - box.width - 4))}px`;
    this.tip.style.top = `${sy + 18 + box.height > this.h ? Math.max(4, sy - box.height - 12) : sy + 18}px`;
  }

  hideTip() { this.tip.hidden = true; }

  click(sx, sy) {
    const hit = this.under(sx, sy);
    const at = unproject(this.left + sx * this.k, this.top - sy * this.k);
    if (hit && this.pick[hit.kind]) this.pick[hit.kind](hit, at);
    else if (this.pick.ground && at) this.pick.ground(at, hit);
  }

  nameOf(country) { return named(country, this.language); }

  graticule() {
    const xs = [], ys = [];
    const add = (points) => {
      if (xs.length) { xs.push(NaN); ys.push(NaN); }
      for (const [x, y] of points) { xs.push(x); ys.push(y); }
    };
    for (let lon = -180; lon <= 180; lon += 20) add(Array.from({ length: 35 }, (_, i) => place(lon, -85 + 5 * i)));
    for (let lat = -80; lat <= 80; lat += 20) add([place(-180, lat), place(180, lat)]);
    return { xs, ys };
  }
}

/** Every canvas under an element, those in shadow roots too. */
function canvasesIn(root) {
  const found = [];
  for (const one of root.querySelectorAll("*")) {
    if (one instanceof HTMLCanvasElement) found.push(one);
    if (one.shadowRoot) found.push(...canvasesIn(one.shadowRoot));
  }
  return found;
}

function around(xs, ys) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xs.length; i++) {
    if (Number.isNaN(xs[i])) continue;
    box[0] = Math.min(box[0], xs[i]);
    box[1] = Math.min(box[1], ys[i]);
    box[2] = Math.max(box[2], xs[i]);
    box[3] = Math.max(box[3], ys[i]);
  }
  return box;
}

function distance(x, y, ax, ay, bx, by) {
  const dx = bx - ax, dy = by - ay;
  if (Number.isNaN(dx)) return Infinity;
  const t = dx || dy ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/**
 * Make a map in an element: its frame at once, countries when they are there.
 * Options: label (for screen readers), view {lon, lat, span}, language en|ru|zh, onview(map).
 */
export async function createMap(frame, { view = null, ...options }) {
  const map = new MapView(frame, options);
  map.say("Drawing the countries…");
  await map.open(view);
  map.setLand(await land());
  map.say("");
  return map;
}

/** Wait until the network is loaded, saying how far it is. */
export async function networkReady(say) {
  for (;;) {
    const state = await api("/network/state");
    if (state.ready) { say(""); return; }
    const share = state.share > 0 && state.share < 1 ? ` (${Math.round(100 * state.share)} %)` : "";
    say(`The network is being loaded: ${state.stage}${share}. Countries are there already.`);
    await new Promise((wake) => { setTimeout(wake, 700); });
  }
}
