// From A to B: the ways side by side, on the map, in bars and leg by leg.
import { announce, api, csvUrl, el, fill, number, setView, showError, table, tools, view } from "/static/base.js";
import { behind } from "/static/charts.js";
import { crossingPoints, hoursClass } from "/static/mapnetwork.js";
import { greatCircle } from "/static/mapprojection.js";
import { createMap, land, networkReady } from "/static/mapview.js";
import { stacked } from "/static/routebars.js";
import { placeSearch } from "/static/routeplaces.js";

const byId = (id) => document.getElementById(id);
const COLOURS = ["#0b5688", "#c2491d", "#1d6b45", "#7b4a9a", "#7a5c00", "#a82f62", "#1c6f7a", "#555555"];
const MODES = ["rail", "road", "sea", "air", "ferry"];
const asked = view(["modes", "avoid", "close"]);
const state = {
  from: asked.from || "Chongqing", to: asked.to || "Duisburg", year: asked.year || "2025", by: asked.by || "generalised", cargo: asked.cargo || "general",
  alternatives: asked.alternatives || "5", modes: asked.modes ?? MODES, avoid: asked.avoid ?? [], close: asked.close ?? [], chosen: Number(asked.way || 1) - 1,
};
const held = { answer: null, crossings: [], names: new Map() };
let map, asking = null, unfitted = false;

const query = () => ({
  from: state.from, to: state.to, year: state.year, by: state.by, cargo: state.cargo, alternatives: state.alternatives,
  modes: state.modes.length === MODES.length ? null : state.modes, avoid: state.avoid, close: state.close,
});
const remember = () => setView({ ...query(), way: state.chosen ? state.chosen + 1 : null });
const nameOf = (iso3) => held.names.get(iso3) ?? iso3;
const closedName = (id) => {
  const one = held.crossings.find((row) => row.id === id);
  return one ? `${one.name} (${one.mode})` : id;
};

/** The listed crossing that a leg passes; an open border inside a union is none. */
function postOf(way, leg) {
  const titles = (one) => [`${one.name_a}–${one.name_b}`, `${one.name_b}–${one.name_a}`, one.name];
  return leg.crossing ? held.crossings.find((one) => way.crossings.includes(one.id) && titles(one).includes(leg.crossing)) : null;
}

function drawChips() {
  const chips = (list, tell, what) => list.map((one) => el("li", {}, el("button", { type: "button", "aria-label": `${what} ${tell(one)} no more`, onclick: () => {
    list.splice(list.indexOf(one), 1);
    ask();
  } }, tell(one), el("span", { "aria-hidden": "true" }, "×"))));
  fill(byId("avoided"), chips(state.avoid, nameOf, "Avoid"));
  fill(byId("closed"), chips(state.close, closedName, "Close"));
}

function add(list, one) {
  if (one && !list.includes(one)) {
    list.push(one);
    ask();
  }
}

async function ask({ fit = false } = {}) {
  unfitted ||= fit; // a question that is overtaken leaves its wish to the next
  drawChips();
  remember();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  byId("answer").setAttribute("aria-busy", "true");
  fill(byId("problem"));
  map.say("Finding the ways…");
  try {
    held.answer = await api("/route", { query: { ...query(), geometry: true }, signal });
    state.chosen = Math.min(state.chosen, held.answer.routes.length - 1);
    show({ fit: unfitted });
    unfitted = false;
    if (byId("map").dataset.ready) announce(`${held.answer.routes.length} ways from ${held.answer.origin.name} to ${held.answer.destination.name}.`);
  } catch (error) {
    if (error.name === "AbortError") return;
    held.answer = null;
    for (const id of ["barspanel", "legspanel", "sourcespanel"]) byId(id).hidden = true;
    fill(byId("ways"), el("p", { class: "empty" }, "No way to show."));
    fill(byId("waylegend"));
    clearWays();
    showError(byId("problem"), error);
  }
  map.say("");
  byId("answer").setAttribute("aria-busy", "false");
  byId("map").dataset.ready = "yes";
}

function clearWays() {
  map.drop("way");
  map.addPoints("passed", []);
  map.setOwnLabels([]);
}

function choose(at) {
  state.chosen = at;
  remember();
  show();
}

// Ways that share a track lie on one another, the best on top and narrowest, so that all are seen.
function drawWays({ fit }) {
  clearWays();
  const { routes, origin, destination } = held.answer;
  const order = routes.map((way, at) => at).sort((a, b) => (a === state.chosen) - (b === state.chosen) || b - a);
  const points = [[origin.lon, origin.lat], [destination.lon, destination.lat]];
  order.forEach((at, depth) => {
    const way = routes[at], under = order.length - 1 - depth;
    const lines = joined(way.lines);
    for (const line of lines) for (let i = 0; i < line.x.length; i++) points.push([line.x[i], line.y[i]]);
    const info = () => [el("strong", {}, `${at + 1} ${way.name}`), `${number(way.distance_km)} km, ${number(way.time_h / 24, 1)} days, ${number(way.cost_usd_feu)} USD`];
    map.addLine(`way/${depth}`, lines.map((line) => ({ ...line, info, way: at })), { colour: COLOURS[at % COLOURS.length], width: 3 + 1.5 * under, alpha: at === state.chosen ? 1 : 0.92, level: "guide" });
  });
  const passed = new Set(routes.flatMap((way) => way.crossings));
  const shown = held.crossings.filter((one) => passed.has(one.id) || state.close.includes(one.id));
  map.addPoints("passed", crossingPoints(shown, { closed: state.close }).map((one) => ({ ...one, from: null, size: Math.max(one.size, 10), labelFrom: 30 })));
  map.addPoints("ends", [origin, destination].map((one) => ({ lon: one.lon, lat: one.lat, size: 13, fill: "#fff", line: "#1b2733", width: 3, marker: "circle" })));
  map.setOwnLabels([origin, destination].map((one) => ({ text: one.name, lon: one.lon, lat: one.lat, size: 13.5 })));
  if (fit) map.fit(points);
}

function joined(lines) {
  const found = [];
  for (const line of lines) {
    if (line.x.length < 2) continue;
    const [x, y] = line.mode === "air" ? greatCircle([line.x[0], line.y[0]], [line.x.at(-1), line.y.at(-1)]) : [line.x, line.y];
    const last = found.at(-1);
    if (last && last.x.at(-1) === x[0] && last.y.at(-1) === y[0]) {
      last.x.push(...x.slice(1));
      last.y.push(...y.slice(1));
    } else found.push({ x: [...x], y: [...y] });
  }
  return found;
}

function show({ fit = false } = {}) {
  const { routes, origin, destination, notes } = held.answer;
  drawWays({ fit });
  const key = (at) => {
    const mark = el("span", { class: "key", "aria-hidden": "true" });
    mark.style.background = COLOURS[at % COLOURS.length];
    return mark;
  };
  const best = (figure) => Math.min(...routes.map((way) => way[figure]));
  const cell = (way, figure, text) => (way[figure] === best(figure) && routes.length > 1 ? el("span", { class: "best", title: "the least of these ways" }, text) : text);
  fill(byId("ways"),
    el("p", {}, `${origin.name} (${nameOf(origin.economy)}) to ${destination.name} (${nameOf(destination.economy)}), ${held.answer.year}: a forty-foot container (FEU) of ${held.answer.cargo} cargo, best first. The least of each column is bold.`),
    table([
      { name: "Way", of: (way) => el("span", { class: "waycell" }, key(routes.indexOf(way)), el("button", { type: "button", class: "linkbutton", "aria-pressed": String(routes.indexOf(way) === state.chosen), onclick: () => choose(routes.indexOf(way)) }, `${routes.indexOf(way) + 1} ${way.name}`)) },
      { name: "Modes", of: (way) => way.modes.join(", ") },
      { name: "km", number: true, of: (way) => cell(way, "distance_km", number(way.distance_km)) },
      { name: "Days", number: true, of: (way) => cell(way, "time_h", `${number(way.time_h / 24, 1)} ± ${number(way.time_sd_h / 24, 1)}`) },
      { name: "USD/FEU", number: true, of: (way) => cell(way, "cost_usd_feu", number(way.cost_usd_feu)) },
      { name: "kg CO2e/FEU", number: true, of: (way) => cell(way, "co2_kg_feu", number(way.co2_kg_feu)) },
      { name: "Borders", number: true, of: (way) => way.economies.length - 1 },
      { name: "Through", of: (way) => way.economies.join(" → ") },
    ], routes, { caption: "", onrow: (way, line) => { if (!line.matches(":has(button:focus)")) choose(routes.indexOf(way)); } }),
    tools({ csv: csvUrl("/route", query()), csvName: "ways.csv" }));
  byId("ways").querySelector("table").classList.add("ways");
  [...byId("ways").querySelectorAll("tbody tr")].forEach((line, at) => line.setAttribute("aria-selected", String(at === state.chosen)));
  fill(byId("waylegend"), el("ul", { class: "maplegend", "aria-label": "Ways" }, routes.map((way, at) => el("li", {}, key(at), `${at + 1} ${way.name}`))));
  for (const id of ["barspanel", "legspanel", "sourcespanel"]) byId(id).hidden = false;
  const name = (way) => way.name;
  fill(byId("bars"),
    stacked(routes, { figure: "time_h", title: "Time", unit: "days", digits: 1, scale: 1 / 24, chosen: state.chosen, name }),
    stacked(routes, { figure: "cost_usd_feu", title: "Money", unit: "USD/FEU", chosen: state.chosen, name }),
    tools({ csv: csvUrl("/route", { ...query(), table: "legs" }), csvName: "legs.csv" }));
  showLegs(routes[state.chosen]);
  showSources(notes);
}

function showLegs(way) {
  byId("legs-title").textContent = `Leg by leg: ${state.chosen + 1} ${way.name}`;
  const shut = (post) => el("button", { type: "button", "aria-label": `Close ${closedName(post.id)}`, onclick: () => add(state.close, post.id) }, "Close");
  const act = (leg) => [
    postOf(way, leg) ? shut(postOf(way, leg)) : null,
    leg.economy && !leg.crossing && ![held.answer.origin.economy, held.answer.destination.economy].includes(leg.economy) ? el("button", { type: "button", onclick: () => add(state.avoid, leg.economy) }, `Avoid ${leg.economy}`) : null,
  ];
  fill(byId("legs"), table([
    { name: "Leg", of: (leg) => leg.crossing || `${leg.from} → ${leg.to}` },
    { name: "By", of: (leg) => (leg.crossing ? `border${leg.gauge_from_mm && leg.gauge_to_mm && leg.gauge_from_mm !== leg.gauge_to_mm ? `, ${leg.gauge_from_mm} → ${leg.gauge_to_mm} mm` : ""}` : leg.mode) },
    { name: "In", of: (leg) => (leg.economy ? nameOf(leg.economy) : "at sea") },
    { name: "km", number: true, of: (leg) => number(leg.distance_km) },
    { name: "Hours", number: true, of: (leg) => `${number(leg.time_h, 1)} ± ${number(leg.time_sd_h, 1)}` },
    { name: "USD/FEU", number: true, of: (leg) => number(leg.cost_usd_feu) },
    { name: "kg CO2e", number: true, of: (leg) => number(leg.co2_kg_feu) },
    { name: "Change", of: (leg) => el("span", { class: "row legs" }, act(leg)) },
  ], way.legs, { caption: way.corridor_name }), tools({ csv: csvUrl("/route", { ...query(), table: "legs" }), csvName: "legs.csv" }));
}

function showSources(notes) {
  const { sources, origin, destination, attribution } = held.answer;
  const said = [...new Set([origin.note, destination.note, ...notes].filter(Boolean))];
  fill(byId("sources"),
    said.length ? el("ul", {}, said.map((line) => el("li", {}, line))) : null,
    el("p", {}, "Hours and money are put together by fixed rules from tables whose rows each name their source; where nothing is published, a named rule fills the row."),
    behind(`${sources.length} sources of the rates and of the crossings passed`, el("ul", {}, sources.map((one) => el("li", {},
      one.address ? el("a", { href: one.address, rel: "noreferrer" }, one.title) : one.title, el("span", { class: "soft" }, ` (${one.table}${one.as_of ? `, ${one.as_of}` : ""}, ${one.confidence})`))))),
    el("p", { class: "source" }, attribution));
}

// What a click on the map offers; the keyboard has the lists.
function offer(title, detail, acts, at) {
  byId("offer")?.remove();
  const box = el("div", { id: "offer", class: "ask", role: "dialog", "aria-label": title, onkeydown: (event) => { if (event.key === "Escape") shut(); } },
    el("p", {}, el("strong", {}, title), detail ? el("span", { class: "soft" }, ` ${detail}`) : null),
    el("div", { class: "row" }, acts.map(([name, act]) => el("button", { type: "button", class: "small", onclick: () => { shut(); act(); } }, name)), el("button", { type: "button", class: "small", onclick: () => shut() }, "Cancel")));
  const shut = () => { box.remove(); map.glass.focus(); };
  map.frame.append(box);
  box.style.left = `${Math.max(6, Math.min(at[0], map.w - box.offsetWidth - 6))}px`;
  box.style.top = `${Math.max(6, Math.min(at[1], map.h - box.offsetHeight - 6))}px`;
  box.querySelector("button").focus();
}

function listenToMap() {
  let last = [40, 40];
  map.glass.addEventListener("pointerup", (event) => {
    const box = map.glass.getBoundingClientRect();
    last = [event.clientX - box.left + 8, event.clientY - box.top + 8];
  }, true);
  map.pick.point = (hit) => {
    const one = hit.one.crossing;
    if (!one) return;
    const shut = state.close.includes(one.id);
    const hours = Math.max(one.hours_a_to_b, one.hours_b_to_a);
    offer(`${one.name} (${one.mode})`, `${hoursClass(hours).name} at the border`, [shut
      ? ["Open it again", () => { state.close.splice(state.close.indexOf(one.id), 1); ask(); }]
      : ["Close it", () => add(state.close, one.id)]], last);
  };
  map.pick.line = (hit) => choose(hit.one.way);
  map.pick.country = (hit, at) => {
    const shunned = state.avoid.includes(hit.iso3);
    const point = `${at[1].toFixed(3)},${at[0].toFixed(3)}`;
    offer(map.nameOf(hit.one), "", [
      shunned ? ["Pass it again", () => { state.avoid.splice(state.avoid.indexOf(hit.iso3), 1); ask(); }] : ["Avoid it", () => add(state.avoid, hit.iso3)],
      ["Start here", () => { state.from = byId("from").value = point; ask({ fit: true }); }],
      ["End here", () => { state.to = byId("to").value = point; ask({ fit: true }); }],
    ], last);
  };
}

function listen() {
  for (const id of ["from", "to"]) {
    byId(id).value = state[id];
    placeSearch(byId(id), (text) => {
      if (state[id] === text) return;
      state[id] = text;
      ask({ fit: true });
    });
  }
  for (const id of ["year", "by", "cargo", "alternatives"]) {
    byId(id).value = state[id];
    byId(id).addEventListener("change", () => {
      if (!byId(id).reportValidity()) return;
      state[id] = byId(id).value;
      ask();
    });
  }
  for (const box of byId("ask").querySelectorAll("[name=modes]")) {
    box.checked = state.modes.includes(box.value);
    box.addEventListener("change", () => {
      const wanted = MODES.filter((mode) => byId("ask").querySelector(`[value=${mode}]`).checked);
      if (!wanted.length) { box.checked = true; announce("One mode at least is needed."); return; }
      state.modes = wanted;
      ask();
    });
  }
  byId("swap").addEventListener("click", () => {
    [state.from, state.to] = [state.to, state.from];
    byId("from").value = state.from;
    byId("to").value = state.to;
    ask();
  });
  byId("avoid").addEventListener("change", (event) => {
    add(state.avoid, event.target.value);
    event.target.value = "";
  });
  byId("close").addEventListener("change", (event) => {
    const option = [...byId("closable").children].find((one) => one.value === event.target.value);
    add(state.close, option?.dataset.id ?? event.target.value.trim());
    event.target.value = "";
  });
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    state.from = byId("from").value.trim();
    state.to = byId("to").value.trim();
    ask({ fit: true });
  });
}

async function readNames() {
  const [told, posts, passages, cargo] = await Promise.all([land(), api("/crossings", { query: { year: state.year } }), api("/levers/names/chokepoints").catch(() => ({ names: [] })), api("/cargo")]);
  held.crossings = posts.crossings;
  for (const one of told.countries) held.names.set(one.iso3, map.nameOf(one));
  const order = [...told.countries].sort((a, b) => map.nameOf(a).localeCompare(map.nameOf(b)));
  byId("avoid").append(...order.map((one) => el("option", { value: one.iso3 }, map.nameOf(one))));
  byId("closable").append(...passages.names.map((one) => el("option", { value: one.name, "data-id": one.id })), ...held.crossings.map((one) => el("option", { value: `${one.name} (${one.mode})`, "data-id": one.id })));
  fill(byId("cargo"), cargo.cargo.map((one) => el("option", { value: one.id, selected: one.id === state.cargo }, one.name)));
}

async function start() {
  map = await createMap(byId("map"), { label: "Map of the ways" });
  window.landbridgeMap = map;
  listen();
  listenToMap();
  await readNames();
  drawChips();
  await networkReady((text) => map.say(text));
  await ask({ fit: true });
}

start().catch((error) => showError(byId("problem"), error));
