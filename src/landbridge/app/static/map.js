// The map: the network by year, corridors, crossings and terminals, flows of a run.
import { announce, api, csvUrl, el, fill, number, setView, settled, showError, signed, table, tools, view } from "/static/base.js";
import { drawFlows, flowLegend } from "/static/mapflows.js";
import { crossingPoints, legend, NetworkLayer, terminalPoints } from "/static/mapnetwork.js";
import { crossingDetail, terminalDetail } from "/static/mapdetail.js";
import { createMap } from "/static/mapview.js";
import { greatCircle } from "/static/mapprojection.js";

const byId = (id) => document.getElementById(id);
const asked = view(["corridor", "off"]);
/** Corridors that are drawn together take the first colours in turn; dark, and apart in lightness. */
const COLOURS = ["#12344d", "#7a0f3c", "#00594f", "#6a4a00", "#5b2a86", "#8c2f00", "#004f9f", "#444444"];
const state = {
  year: Math.min(2040, Math.max(2000, Number(asked.year) || 2025)),
  off: new Set(asked.off ?? []),
  corridors: asked.corridor ?? [],
  run: asked.run ?? "",
  crossing: asked.crossing ?? "",
  terminal: asked.terminal ?? "",
  language: ["en", "ru", "zh"].includes(asked.names) ? asked.names : "en",
  find: asked.find ?? "",
};
const held = { crossings: [], terminals: [], corridors: [], lines: new Map(), flows: null };
let map, network;

function remember() {
  const at = state.moved ? map.view() : null;
  setView({
    year: state.year === 2025 ? null : state.year, off: [...state.off], corridor: state.corridors, run: state.run, crossing: state.crossing,
    terminal: state.terminal, names: state.language === "en" ? null : state.language, find: state.find, ...at,
  });
}

function shownModes() { return new Set(["rail", "road", "sea", "ferry"].filter((mode) => !state.off.has(mode))); }

function drawLegend() {
  const flows = Boolean(held.flows);
  fill(byId("legend"), flows ? flowLegend(held.flows) : null, legend({ modes: shownModes(), crossings: true, terminals: !state.off.has("at-terminal"), faded: flows }));
}

function drawTools() {
  const file = (href, name, text) => el("a", { class: "button small", href, download: name }, text);
  fill(byId("maptools"), tools({ more: [
    file(`/api/v1/network/lines?format=geojson&year=${state.year}`, `network-${state.year}.geojson`, "Lines as GeoJSON"),
    state.run ? file(`/api/v1/runs/${encodeURIComponent(state.run)}/files/flows.parquet`, `${state.run}-flows.parquet`, "Flows as GeoParquet") : null,
    state.corridors.length ? file(csvUrl("/corridors", { year: state.year }), "corridors.csv", "Corridors CSV") : null,
  ] }));
}

function drawPoints() {
  const posts = held.crossings.filter((one) => !state.off.has(`at-${one.mode}`));
  map.addPoints("crossings", crossingPoints(posts, { chosen: state.crossing }));
  map.addPoints("terminals", state.off.has("at-terminal") ? [] : terminalPoints(held.terminals, state.terminal));
}

async function readYear() {
  const year = state.year;
  const [posts, terminals] = await Promise.all([api("/crossings", { query: { year } }), api("/terminals", { query: { year } })]);
  if (year !== state.year) return;
  held.crossings = posts.crossings;
  held.terminals = terminals.terminals;
  drawPoints();
  drawList();
}

function tellSections() {
  if (!network?.groups) return;
  const { open, later } = network.sections();
  byId("sections").textContent = `${open} new sections of the table are open in ${state.year}; ${later} are not, and are not drawn.`;
}

const yearChanged = settled(async () => {
  try {
    network.setYear(state.year);
    drawTools();
    tellSections();
    remember();
    await Promise.all([readYear(), drawCorridors(), showChosen()]);
  } catch (error) { showError(byId("detail-body"), error); }
}, 160);

// The list is the keyboard's way to every crossing and terminal.
function drawList() {
  const words = state.find.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (...texts) => words.every((word) => texts.join(" ").toLowerCase().includes(word));
  const posts = held.crossings.filter((one) => fits(one.name, one.name_a, one.name_b, one.economy_a, one.economy_b, one.mode, one.id))
    .sort((a, b) => (b.open - a.open) || Math.max(b.hours_a_to_b, b.hours_b_to_a) - Math.max(a.hours_a_to_b, a.hours_b_to_a));
  const ends = words.length ? held.terminals.filter((one) => fits(one.name, one.economy, one.kind, one.id)) : [];
  const shown = [
    ...posts.slice(0, words.length ? 60 : 30).map((one) => ({ kind: "crossing", id: one.id, name: one.name, what: `${one.mode}, ${one.economy_a}–${one.economy_b}`, there: one.open ? one.hours_a_to_b : null, back: one.open ? one.hours_b_to_a : null })),
    ...ends.slice(0, 30).map((one) => ({ kind: "terminal", id: one.id, name: one.name, what: `${one.kind.replaceAll("_", " ")}, ${one.economy}`, there: null, back: null })),
  ];
  if (!shown.length) {
    fill(byId("list"), el("p", { class: "empty" }, `Nothing is called “${state.find}”.`));
    return;
  }
  fill(byId("list"), table([
    { name: "Name", of: (row) => el("button", { class: "linkbutton", type: "button", "aria-pressed": String(row.id === state[row.kind]), onclick: () => choose(row.kind, row.id, { look: true }) }, row.name) },
    { name: "What", of: (row) => row.what },
    { name: "There, h", number: true, of: (row) => (row.there === null ? null : number(row.there, 1)) },
    { name: "Back, h", number: true, of: (row) => (row.back === null ? null : number(row.back, 1)) },
  ], shown, { caption: words.length ? `${posts.length} crossings, ${ends.length} terminals` : `The slowest of ${posts.length} crossings, ${state.year}` }));
  fill(byId("listtools"), tools({ csv: csvUrl("/crossings", { year: state.year }), csvName: `crossings-${state.year}.csv`, more: [
    el("a", { class: "button small", href: csvUrl("/terminals", { year: state.year }), download: `terminals-${state.year}.csv` }, "Terminals CSV"),
  ] }));
}

async function choose(kind, id, { look = false } = {}) {
  state.crossing = kind === "crossing" ? id : "";
  state.terminal = kind === "terminal" ? id : "";
  const one = (kind === "crossing" ? held.crossings : held.terminals).find((row) => row.id === id);
  if (look && one) {
    state.moved = true;
    map.look(one.lon, one.lat, Math.min(map.span(), 24));
  }
  drawPoints();
  drawList();
  remember();
  await showChosen();
  if (look) byId("detail").focus({ preventScroll: false });
}

async function showChosen() {
  const body = byId("detail-body");
  if (!state.crossing && !state.terminal) return;
  try {
    if (state.crossing) {
      const told = await api(`/crossings/${encodeURIComponent(state.crossing)}`, { query: { year: state.year } });
      const flows = state.run ? await runRow("crossings", state.crossing) : null;
      byId("detail-title").textContent = `${told.name} (${told.mode})`;
      fill(body, crossingDetail(told, flows, state.run));
    } else {
      const told = await api(`/terminals/${encodeURIComponent(state.terminal)}`, { query: { year: state.year } });
      byId("detail-title").textContent = told.name;
      fill(body, terminalDetail(told));
    }
  } catch (error) { showError(body, error); }
}

async function runRow(name, id) {
  const told = await api(`/runs/${encodeURIComponent(state.run)}/tables/${name}`);
  return (told.rows ?? told[name] ?? []).find((row) => row.id === id) ?? null;
}

// Corridors: the way through each between two of its named ends, as the network of the year has it.
async function drawCorridors() {
  map.drop("corridor");
  const year = state.year;
  const found = await Promise.all(state.corridors.map(async (id, at) => {
    const key = `${id} ${year}`;
    if (!held.lines.has(key)) held.lines.set(key, await api(`/corridors/${encodeURIComponent(id)}`, { query: { year } }));
    return [held.lines.get(key), COLOURS[at % COLOURS.length], at];
  }));
  if (year !== state.year) return;
  const labels = [];
  for (const [told, colour, at] of found) {
    const info = [el("strong", {}, told.name), told.lines.length ? `${told.between.join(" to ")}: ${number(told.distance_km)} km, ${number(told.time_h / 24, 1)} days, ${number(told.cost_usd_feu)} USD a container` : told.why];
    const lines = told.lines.map((line) => {
      const [x, y] = line.mode === "air" ? greatCircle([line.x[0], line.y[0]], [line.x.at(-1), line.y.at(-1)]) : [line.x, line.y];
      return { x, y, info };
    });
    map.addLine(`corridor/${at}/edge`, lines.map(({ x, y }) => ({ x, y })), { colour: "#ffffff", width: 6.5, alpha: 0.85, level: "guide" });
    map.addLine(`corridor/${at}`, lines, { colour, width: 3.6, level: "guide" });
    const note = byId(`corridor-${told.id}-note`);
    if (note) note.textContent = told.lines.length ? `${told.between.join(" – ")}, ${number(told.distance_km)} km, ${number(told.time_h / 24, 1)} days` : `not open in ${year}`;
    for (const [k, name] of told.lines.length ? told.between.entries() : []) {
      const line = k ? told.lines.at(-1) : told.lines[0];
      labels.push({ text: name, lon: k ? line.x.at(-1) : line.x[0], lat: k ? line.y.at(-1) : line.y[0], colour, dot: true });
    }
  }
  map.setOwnLabels(labels);
}

function listCorridors() {
  fill(byId("corridors"), held.corridors.map((one) => {
    const at = state.corridors.indexOf(one.id);
    const dot = el("span", { class: "dot", "aria-hidden": "true" });
    dot.style.background = at < 0 ? "transparent" : COLOURS[at % COLOURS.length];
    return el("label", { class: "check" }, el("input", { type: "checkbox", value: one.id, checked: at >= 0, onchange: async (event) => {
      state.corridors = event.target.checked ? [...state.corridors, one.id].slice(-COLOURS.length) : state.corridors.filter((id) => id !== one.id);
      listCorridors();
      drawTools();
      byId("corridors").querySelector(`[value="${one.id}"]`).focus();
      remember();
      try { await drawCorridors(); } catch (error) { showError(byId("detail-body"), error); }
    } }), dot, el("span", {}, one.name_short, " ", el("span", { class: "hint soft", id: `corridor-${one.id}-note` }, one.stage === "open" ? one.modes.join(", ") : one.stage)));
  }));
}

// Flows of a run: width by containers, colour by change.
async function readRun() {
  drawTools();
  map.drop("flows");
  held.flows = null;
  byId("flowpanel").hidden = true;
  network.fade(Boolean(state.run));
  if (state.run) {
    map.say("Reading the flows of the run…");
    try {
      held.flows = drawFlows(map, await api(`/runs/${encodeURIComponent(state.run)}/flows`), shownModes());
      await changedMost();
    } catch (error) {
      network.fade(false);
      byId("flowpanel").hidden = false;
      showError(byId("flow-body"), error);
    } finally { map.say(""); }
  }
  drawLegend();
}

async function changedMost() {
  const told = await api(`/runs/${encodeURIComponent(state.run)}/tables/crossings`);
  const rows = (told.rows ?? told.crossings).filter((row) => Math.abs(row.feu - row.feu_base) >= 1)
    .sort((a, b) => Math.abs(b.feu - b.feu_base) - Math.abs(a.feu - a.feu_base)).slice(0, 15);
  byId("flowpanel").hidden = false;
  fill(byId("flow-body"), rows.length ? table([
    { name: "Crossing", of: (row) => el("button", { class: "linkbutton", type: "button", onclick: () => choose("crossing", row.id, { look: true }) }, row.name) },
    { name: "Mode", of: (row) => row.mode },
    { name: "Before, FEU a year", number: true, of: (row) => number(row.feu_base) },
    { name: "After", number: true, of: (row) => number(row.feu) },
    { name: "Change", number: true, of: (row) => signed(row.feu - row.feu_base, 0) },
    { name: "%", number: true, of: (row) => (row.feu_pct === null ? "new" : signed(row.feu_pct, 1)) },
  ], rows, { caption: "Crossings whose containers change most" }) : el("p", { class: "empty" }, "No crossing carries a container more or less."),
  tools({ csv: csvUrl(`/runs/${encodeURIComponent(state.run)}/tables/crossings`), csvName: `${state.run}-crossings.csv` }),
  el("p", { class: "source" }, `Source: the run ${state.run}, which names its facts, versions and convergence in its run.json.`));
}

async function listRuns() {
  const told = await api("/runs").catch(() => ({ runs: [] }));
  const select = byId("run");
  for (const one of told.runs ?? []) {
    const id = one.id ?? one.run ?? one.name;
    select.append(el("option", { value: id, selected: id === state.run }, `${one.name ?? one.scenario ?? id}${one.year ? ` (${one.year})` : ""}`));
  }
  if (state.run && select.value !== state.run) select.append(el("option", { value: state.run, selected: true }, state.run));
  if ((told.runs ?? []).length === 0) byId("runhint").textContent = "No run yet: the page Scenario makes one.";
}

function listen() {
  byId("year").addEventListener("input", (event) => {
    state.year = Number(event.target.value);
    byId("yearshown").textContent = state.year;
    yearChanged();
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  for (const box of byId("controls").querySelectorAll("[name=mode], [name=post]")) {
    const key = box.name === "mode" ? box.value : `at-${box.value}`;
    box.checked = !state.off.has(key);
    box.addEventListener("change", () => {
      state.off[box.checked ? "delete" : "add"](key);
      network.setModes(shownModes());
      if (held.flows) drawFlows(map, held.flows.told, shownModes());
      drawPoints();
      drawLegend();
      remember();
    });
  }
  byId("run").addEventListener("change", (event) => {
    state.run = event.target.value;
    remember();
    readRun();
    showChosen();
  });
  byId("language").addEventListener("change", (event) => {
    state.language = event.target.value;
    map.setLanguage(state.language);
    remember();
  });
  byId("find").addEventListener("input", settled((event) => {
    state.find = event.target.value;
    drawList();
    remember();
  }, 150));
}

async function start() {
  byId("year").value = state.year;
  byId("yearshown").textContent = state.year;
  byId("language").value = state.language;
  byId("find").value = state.find;
  const at = asked.span ? { lon: Number(asked.lon), lat: Number(asked.lat), span: Number(asked.span) } : null;
  state.moved = Boolean(at);
  let opened = false;
  map = await createMap(byId("map"), {
    label: "Map of the freight network of Eurasia", view: at, language: state.language,
    onview: () => {
      if (opened) {
        state.moved = true;
        remember();
        network?.closer();
      }
    },
  });
  network = new NetworkLayer(map);
  network.year = state.year;
  network.modes = shownModes();
  window.landbridgeMap = map;
  map.glass.addEventListener("pointerdown", () => { opened = true; });
  map.glass.addEventListener("keydown", () => { opened = true; });
  map.glass.addEventListener("wheel", () => { opened = true; }, { passive: true });
  map.buttons.addEventListener("click", () => { opened = true; });
  map.pick.point = (hit) => {
    opened = true;
    choose(hit.one.crossing ? "crossing" : "terminal", hit.one.id);
    announce(`${byId("detail-title").textContent}: shown below the map.`);
  };
  map.pick.line = null;
  listen();
  drawLegend();
  drawTools();
  api("/corridors").then((told) => {
    held.corridors = told.corridors;
    listCorridors();
  }).catch((error) => showError(byId("corridors"), error));
  await Promise.all([readYear(), listRuns()]);
  await showChosen();
  await network.load();
  tellSections();
  network.closer();
  await drawCorridors();
  await readRun();
  byId("map").dataset.ready = "yes";
}

start().catch((error) => showError(byId("detail-body"), error));
