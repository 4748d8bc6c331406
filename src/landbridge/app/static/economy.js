// The profile of an economy: totals, sectors, partners in bars and on a map, what it sells where.
import { announce, api, csvUrl, el, fill, number, setView, showError, tools, view } from "/static/base.js";
import { behind, sortable } from "/static/charts.js";
import { createMap } from "/static/mapview.js";

const byId = (id) => document.getElementById(id);
const SELLS = "#0b5688", BUYS = "#c07a1a", OWN = "#7a0f3c", NONE = "#f1efe8";
/** Classes of the map, billion dollars (ColorBrewer YlGnBu, read by lightness). */
const CLASSES = [
  { below: 0.1, name: "under 0.1", fill: "#edf4e4" }, { below: 0.5, name: "0.1–0.5", fill: "#c7e3c6" }, { below: 2, name: "0.5–2", fill: "#8fcbbf" },
  { below: 10, name: "2–10", fill: "#4ba6bd" }, { below: 50, name: "10–50", fill: "#2a6fa5" }, { below: Infinity, name: "50 and more", fill: "#1c3f78" },
];
const asked = view();
const state = {
  iso3: (asked.iso3 || "KAZ").toUpperCase(), measure: ["exports", "imports", "both"].includes(asked.measure) ? asked.measure : "exports",
  sectors: asked.sectors || "", partners: asked.partners || "-exports", sales: asked.sales || "",
};
const held = { economies: [], told: null };
let map;

const remember = () => setView({ iso3: state.iso3, measure: state.measure === "exports" ? null : state.measure, sectors: state.sectors, partners: state.partners === "-exports" ? null : state.partners, sales: state.sales });
const amount = (one) => ({ exports: one.goods_exports_usd_bn, imports: one.goods_imports_usd_bn, both: one.goods_exports_usd_bn + one.goods_imports_usd_bn })[state.measure];
const bn = (value) => (value === null || value === undefined ? "–" : value >= 100 ? number(value) : value >= 1 ? number(value, 1) : value >= 0.005 ? number(value, 2) : value > 0 ? "< 0.01" : "0");
const pct = (share, digits = 0) => `${number(100 * share, digits)} %`;
const go = (iso3) => el("button", { type: "button", class: "linkbutton", onclick: () => open(iso3, { push: true }) }, nameOf(iso3));
const nameOf = (iso3) => held.economies.find((one) => one.iso3 === iso3)?.name ?? iso3;
const csv = (table) => csvUrl(`/economies/${state.iso3}`, { table });

function square(colour, hatched = false) {
  const mark = el("span", { class: "square", "aria-hidden": "true" });
  mark.style.background = hatched ? `repeating-linear-gradient(135deg, #fff 0 2px, ${colour} 2px 5px)` : colour;
  return mark;
}

/** Bars in pairs: rows of {name, note, values: [{value, colour, hatched}]}. */
function pairs(rows, label) {
  const most = Math.max(...rows.flatMap((row) => row.values.map((one) => one.value ?? 0))) || 1;
  return el("div", { class: "pairs", role: "group", "aria-label": label }, rows.map((row) => el("div", { class: "pair" }, el("span", {}, row.name),
    el("div", { class: "bars", "aria-hidden": "true" }, row.values.map((one) => {
      const bar = el("div", { class: one.hatched ? "bar hatched" : "bar" });
      bar.style.width = `${100 * (one.value ?? 0) / most}%`;
      bar.style.backgroundColor = one.colour;
      return bar;
    })), el("span", { class: "value" }, row.values.map((one) => el("div", {}, bn(one.value)))))));
}

function showTotals() {
  const one = held.told;
  const fact = (name, value, unit, note = "") => el("div", {}, el("dt", {}, name), el("dd", {}, value, unit ? ` ${unit}` : "", note ? el("small", {}, ` ${note}`) : null));
  fill(byId("name"), `${one.name} (${one.iso3}), ${one.year} `, el("span", { class: "local" }, el("span", { lang: "ru" }, one.local.ru), one.local.ru && one.local.zh ? " · " : "", el("span", { lang: "zh" }, one.local.zh)));
  fill(byId("totals"),
    el("dl", { class: "facts" },
      fact("GDP", bn(one.gdp_usd_bn), "bn USD", one.population_m ? `${number(1000 * one.gdp_usd_bn / one.population_m)} USD a head` : ""),
      fact("Population", one.population_m === null ? "–" : number(one.population_m, 1), "million"),
      fact("Goods sold abroad", bn(one.goods_exports_usd_bn), "bn USD", `${pct(one.goods_exports_usd_bn / one.gdp_usd_bn)} of GDP`),
      fact("Goods bought abroad", bn(one.goods_imports_usd_bn), "bn USD", `${pct(one.goods_imports_usd_bn / one.gdp_usd_bn)} of GDP`),
      one.services_exports_usd_bn === null ? null : fact("Services sold", bn(one.services_exports_usd_bn), "bn USD", "imputed"),
      one.services_imports_usd_bn === null ? null : fact("Services bought", bn(one.services_imports_usd_bn), "bn USD", "imputed"),
      fact("Crude oil in goods sold", pct(one.oil_share), "", `all fuels ${pct(one.fuel_share)}`),
      one.tariff_pct === null ? null : fact("Mean duty on goods", number(one.tariff_pct, 1), "%", "weighted by imports"),
      fact("Concentration (HHI)", number(one.hhi_products, 2), "", `of products, ${number(one.hhi_partners, 2)} of partners; 1 is a single one`)),
    el("p", { class: "imputed" }, el("strong", {}, `${pct(one.imputed_share)} `), one.imputed_what, "."),
    tools({ csv: csvUrl("/economies"), csvName: "economies.csv" }));
}

function showPartners() {
  const ranked = [...held.told.partners].sort((a, b) => amount(b) - amount(a));
  const legend = el("ul", { class: "maplegend" }, el("li", {}, square(SELLS), "it sells there"), el("li", {}, square(BUYS), "it buys there"));
  const every = sortable([
    { id: "name", name: "Partner", of: (row) => go(row.iso3), sort: (row) => row.name },
    { id: "exports", name: "Sells, bn USD", number: true, of: (row) => bn(row.goods_exports_usd_bn), sort: (row) => row.goods_exports_usd_bn },
    { id: "share", name: "Share", number: true, of: (row) => pct(row.share_of_goods_exports, 1), sort: (row) => row.share_of_goods_exports },
    { id: "imports", name: "Buys, bn USD", number: true, of: (row) => bn(row.goods_imports_usd_bn), sort: (row) => row.goods_imports_usd_bn },
    { id: "main", name: "Mostly sells", of: (row) => sectorName(row.main_export), sort: (row) => row.main_export },
  ], held.told.partners, { by: state.partners, caption: `All ${held.told.partners.length} partners in goods`, onsort: (by) => { state.partners = by; remember(); } });
  fill(byId("partners"), legend, pairs(ranked.slice(0, 12).map((row) => ({
    name: row.iso3 === "ROW" ? row.name : go(row.iso3), values: [{ value: row.goods_exports_usd_bn, colour: SELLS }, { value: row.goods_imports_usd_bn, colour: BUYS }],
  })), "Largest partners, billion dollars"), el("p", { class: "soft" }, "Billion US dollars, FOB."), behind("All partners in a table", every), tools({ csv: csv("partners"), csvName: `${state.iso3}-partners.csv` }));
}

const sectorName = (isic) => held.told.sectors.find((one) => one.isic === isic)?.name ?? isic;

function showSectors() {
  const one = held.told;
  const made = one.sectors[0].value_added_usd_bn !== null;
  const mark = (row) => (row.imputed ? `${row.name} *` : row.name);
  const value = (title, figure, colour) => el("div", {}, el("h3", {}, title, el("span", { class: "soft" }, ", bn USD")),
    pairs([...one.sectors].sort((a, b) => b[figure] - a[figure]).slice(0, 10).map((row) => ({ name: mark(row), values: [{ value: row[figure], colour, hatched: row.imputed && figure === "value_added_usd_bn" }] })), `${title}, billion dollars`));
  const shown = el("div", { class: "cards" },
    made ? value("Value added", "value_added_usd_bn", "#1d6b45") : null, value("Sold abroad", "exports_usd_bn", SELLS), value("Bought abroad", "imports_usd_bn", BUYS));
  const every = sortable([
    { id: "isic", name: "ISIC", of: (row) => row.isic, sort: (row) => row.isic },
    { id: "name", name: "Sector", of: mark, sort: (row) => row.name },
    { id: "va", name: "Value added, bn USD", number: true, of: (row) => bn(row.value_added_usd_bn), sort: (row) => row.value_added_usd_bn },
    { id: "out", name: "Output", number: true, of: (row) => bn(row.output_usd_bn), sort: (row) => row.output_usd_bn },
    { id: "ex", name: "Sold abroad", number: true, of: (row) => bn(row.exports_usd_bn), sort: (row) => row.exports_usd_bn },
    { id: "im", name: "Bought abroad", number: true, of: (row) => bn(row.imports_usd_bn), sort: (row) => row.imports_usd_bn },
    { id: "home", name: "Made at home", number: true, of: (row) => (row.home_share === null ? "–" : pct(row.home_share)), sort: (row) => row.home_share },
  ], one.sectors, { by: state.sectors, caption: "All sectors; * imputed", onsort: (by) => { state.sectors = by; remember(); } });
  fill(byId("sectors"), el("ul", { class: "maplegend" }, el("li", {}, square("#5a6570", true), "* what stays at home is imputed (technology of similar economies, or output raised); its value added is hatched")),
    shown, behind("All sectors in a table", every), tools({ csv: csv("sectors"), csvName: `${state.iso3}-sectors.csv` }));
}

function showSales() {
  fill(byId("sales"), sortable([
    { id: "what", name: "What", of: (row) => row.name, sort: (row) => row.name },
    { id: "where", name: "Where", of: (row) => go(row.iso3), sort: (row) => nameOf(row.iso3) },
    { id: "usd", name: "bn USD", number: true, of: (row) => bn(row.exports_usd_bn), sort: (row) => row.exports_usd_bn },
    { id: "share", name: "Share of goods sold", number: true, of: (row) => pct(row.share_of_goods_exports, 1), sort: (row) => row.share_of_goods_exports },
  ], held.told.sales, { by: state.sales, caption: `The ${held.told.sales.length} largest sales of goods`, onsort: (by) => { state.sales = by; remember(); } }), tools({ csv: csv("sales"), csvName: `${state.iso3}-sales.csv` }));
}

function showSources() {
  fill(byId("sources"), el("ul", {}, held.told.sources.map((one) => el("li", {}, el("a", { href: one.address, rel: "noreferrer" }, one.name), el("span", { class: "soft" }, ` (${one.version}; ${one.licence}). ${one.attribution}`)))),
    el("p", { class: "source" }, `Balanced and aggregated by landbridge; the base world of ${held.told.year} is under ${held.told.licence}.`));
}

function drawMap() {
  const colours = new Map();
  const word = { exports: "sells", imports: "buys", both: "trades" }[state.measure];
  for (const one of held.told.partners) colours.set(one.iso3, CLASSES.find((own) => amount(one) < own.below).fill);
  colours.set(state.iso3, OWN);
  map.colourCountries(new Proxy(colours, { get: (target, name) => (name === "get" ? (iso3) => target.get(iso3) ?? NONE : Reflect.get(target, name)) }));
  map.telling = (hit) => {
    if (hit.kind !== "country") return hit.info;
    const partner = held.told.partners.find((one) => one.iso3 === hit.iso3);
    const title = el("strong", {}, map.nameOf(hit.one));
    if (hit.iso3 === state.iso3) return [title, "this economy"];
    if (!partner) return [title, held.economies.some((one) => one.iso3 === hit.iso3) ? "no trade in goods" : "part of the rest of the world in the base"];
    return [title, `sells there ${bn(partner.goods_exports_usd_bn)} bn USD, buys ${bn(partner.goods_imports_usd_bn)}`, `mostly sells ${sectorName(partner.main_export)}`];
  };
  fill(byId("maplegend"), el("ul", { class: "maplegend" }, el("li", { class: "title" }, `Goods it ${word}, bn USD`), CLASSES.map((one) => el("li", {}, square(one.fill), one.name)),
    el("li", {}, square(OWN), held.told.name), el("li", {}, square(NONE), "in the rest of the world")));
}

function show() {
  showTotals();
  showPartners();
  showSectors();
  showSales();
  showSources();
  drawMap();
  byId("iso3").value = state.iso3;
}

async function open(iso3, { push = false } = {}) {
  if (iso3 === "ROW" && !held.economies.some((one) => one.iso3 === "ROW")) return;
  state.iso3 = iso3;
  fill(byId("problem"));
  try {
    held.told = await api(`/economies/${encodeURIComponent(iso3)}`);
    if (push) setView({ iso3: state.iso3, measure: state.measure === "exports" ? null : state.measure }, { push: true }); else remember();
    show();
    if (push) announce(`${held.told.name}: profile shown.`);
  } catch (error) { showError(byId("problem"), error); }
  byId("map").dataset.ready = "yes";
}

async function start() {
  byId("measure").value = state.measure;
  byId("iso3").addEventListener("change", (event) => open(event.target.value, { push: true }));
  byId("measure").addEventListener("change", (event) => {
    state.measure = event.target.value;
    remember();
    showPartners();
    drawMap();
  });
  window.addEventListener("popstate", () => {
    const now = view();
    state.measure = now.measure || "exports";
    byId("measure").value = state.measure;
    open((now.iso3 || "KAZ").toUpperCase());
  });
  const [told, made] = await Promise.all([api("/economies"), createMap(byId("map"), { label: "Map of trading partners" })]);
  held.economies = told.economies;
  map = made;
  window.landbridgeMap = map;
  map.pick.country = (hit) => (held.economies.some((one) => one.iso3 === hit.iso3)
    ? open(hit.iso3, { push: true }) : announce(`${map.nameOf(hit.one)} is part of the rest of the world in the base: it has no profile of its own.`));
  const byName = [...held.economies].sort((a, b) => a.name.localeCompare(b.name));
  fill(byId("iso3"), byName.map((one) => el("option", { value: one.iso3 }, `${one.name}${one.local.ru ? ` · ${one.local.ru}` : ""}${one.local.zh ? ` · ${one.local.zh}` : ""} (${one.iso3})`)));
  await open(state.iso3);
}

start().catch((error) => showError(byId("problem"), error));
