// The answers of up to four runs: sentences, map, economies, corridors, crossings, levers, downloads.
import { api, csvUrl, el, fill, number, showError, signed, tools, url } from "/static/base.js";
import { bars, behind, COLOURS, legend, sortable, sourceList } from "/static/charts.js";
import { changeMap, key, scaleOf } from "/static/scenario-map.js";

const MEASURES = { welfare_pct: "real income", real_gdp_pct: "real GDP", exports_pct: "exports", imports_pct: "imports" };
const LANGUAGES = { en: "English", ru: "Русский", kk: "Қазақша", zh: "中文" };
const BEFORE = "#9aa4ab";
const TABLES = ["economies", "corridors", "crossings", "co2", "levers", "contributions", "bands"];

const path = (run) => `/runs/${encodeURIComponent(run)}`;
const pct = (value) => (value === null || value === undefined ? "–" : signed(value, Math.abs(value) < 0.001 ? 4 : Math.abs(value) < 0.1 ? 3 : 2));
/** The same with as many digits in every row of a table. */
const even = (value, digits = 3) => (value === null || value === undefined ? "–" : Math.abs(value) < 0.5 * 10 ** -digits ? number(0, digits) : signed(value, digits));
/** Containers to four figures: a model knows no more, and the CSV has them all. */
const feu = (value) => (value === null || value === undefined ? "–" : number(Number(value.toPrecision(4))));

async function read(run, language) {
  const [about, answer, ...tables] = await Promise.all([
    api(path(run)), api(`${path(run)}/answer`, { query: { language } }), ...TABLES.map((one) => api(`${path(run)}/tables/${one}`)),
  ]);
  const found = Object.fromEntries(TABLES.map((one, at) => [one, tables[at].rows]));
  return { id: run, about: about.about, files: about.files, sentences: answer.sentences, ...found };
}

/** Show the answers of runs; `view` has measure, sort, ways, posts, language and `remember(changes)` keeps it. */
export async function showAnswers(place, runs, view, remember) {
  if (!runs.length) {
    fill(place, el("p", { class: "empty" }, "Choose a run above, or compose a scenario and assess it."));
    return;
  }
  place.setAttribute("aria-busy", "true");
  const language = LANGUAGES[view.language] ? view.language : "en";
  const [told, compared] = await Promise.all([
    Promise.all(runs.map((one) => read(one, language))),
    runs.length > 1 ? api("/runs/compare", { query: { run: runs } }) : null,
  ]);
  told.forEach((run, at) => { run.colour = COLOURS[at]; });
  const maps = el("div");
  const again = (changes) => {
    remember(changes);
    return showAnswers(place, runs, { ...view, ...changes }, remember).catch((error) => showError(place, error));
  };
  fill(place,
    compared && !compared.same_base ? el("div", { class: "error" }, el("p", {}, el("strong", {}, "Not on one base: "), compared.differences.join("; "), ".")) : null,
    el("div", { class: "asks" }, told.map((run) => answerCard(run, language, again))),
    el("section", { class: "panel", "aria-labelledby": "who-title" }, el("h2", { id: "who-title" }, "Who wins, who loses"), maps),
    economies(told, view, remember),
    ways(told, view, again), posts(told, view, remember), ...told.filter(hasAccess).map((run, at) => access(run, at, told)), levers(told), air(told), rests(told));
  await drawMaps(maps, told, view, remember);
  place.setAttribute("aria-busy", "false");
}

function answerCard(run, language, again) {
  const { about } = run;
  const said = language === "zh" ? "zh" : language;
  const brief = (format) => url(`${path(run.id)}/brief`, { format, language });
  const book = run.files.find((one) => one.path.endsWith(".xlsx"));
  const own = about.co2_mt - about.co2_mt_base;
  const picker = el("select", { class: "short", "aria-label": `Language of the sentences and the brief of ${about.scenario.name}`, onchange: (event) => again({ language: event.target.value === "en" ? null : event.target.value }) },
    Object.entries(LANGUAGES).map(([code, name]) => el("option", { value: code, selected: code === language, lang: code }, name)));
  const made = el("article", { class: "panel" },
    el("h2", {}, about.scenario.name), el("p", { class: "soft" }, about.scenario.question),
    el("dl", { class: "facts" },
      el("div", {}, el("dt", {}, "world’s real income"), el("dd", {}, `${pct(about.world_welfare_pct)}\u00a0%`)),
      el("div", {}, el("dt", {}, "Kazakhstan’s"), el("dd", {}, `${pct(run.economies.find((one) => one.iso3 === "KAZ")?.welfare_pct)}\u00a0%`)),
      el("div", {}, el("dt", {}, "emissions of freight"), el("dd", {}, `${signed(own, Math.abs(own) < 1 ? 2 : 1)} Mt CO2e`)),
      el("div", {}, el("dt", {}, "year"), el("dd", {}, about.baseline_year === about.year ? String(about.year) : `${about.year} after ${about.baseline_year}`))),
    el("ol", { class: "sentences", lang: said }, run.sentences.map((one) => el("li", {}, one))),
    about.notes.length ? behind(`Notes (${about.notes.length})`, el("ul", {}, about.notes.map((one) => el("li", {}, one)))) : null,
    el("div", { class: "tools" },
      el("a", { class: "button small", href: url(`${path(run.id)}.zip`), download: `${run.id}.zip` }, "Everything (ZIP)"),
      book ? el("a", { class: "button small", href: url(`${path(run.id)}/files/${book.path}`), download: `${run.id}.xlsx` }, "XLSX") : null,
      about.scenario.text ? el("a", { class: "button small", href: URL.createObjectURL(new Blob([about.scenario.text], { type: "application/toml" })), download: `${about.scenario.id}.toml` }, "TOML") : null,
      el("a", { class: "button small", href: url(`${path(run.id)}/files/iamc.csv`), download: `${run.id}-iamc.csv` }, "IAMC")),
    el("div", { class: "tools" }, "Brief: ", picker, ["html", "pdf", "docx"].map((format) => el("a", { class: "button small", href: brief(format), target: format === "docx" ? null : "_blank" }, format.toUpperCase()))));
  made.style.setProperty("--line", run.colour);
  return made;
}

async function drawMaps(place, told, view, remember) {
  const measure = MEASURES[view.measure] ? view.measure : "welfare_pct";
  const values = told.flatMap((run) => run.economies.map((one) => one[measure])).filter((one) => one !== null);
  const steps = scaleOf(values);
  const frames = told.map((run) => ({ run, frame: el("div", { class: "map small" }) }));
  const picker = el("select", { id: "measure", onchange: () => {
    remember({ measure: picker.value === "welfare_pct" ? null : picker.value });
    drawMaps(place, told, { ...view, measure: picker.value }, remember);
  } }, Object.entries(MEASURES).map(([name, text]) => el("option", { value: name, selected: name === measure }, `change of ${text}`)));
  fill(place,
    el("div", { class: "row" }, el("div", { class: "field" }, el("label", { for: "measure" }, "Colour by"), picker)),
    key(steps),
    el("div", { class: "maps" }, frames.map(({ run, frame }) => el("figure", {}, told.length > 1 ? el("figcaption", {}, run.about.scenario.name) : null, frame))),
    el("p", { class: "source" }, "Countries: Natural Earth. Equal Earth projection, no country looks too large. Every map has the same colours."));
  for (const { run, frame } of frames) {
    const rows = run.economies.map((one) => ({ iso3: one.iso3, name: one.name, value: one[measure] }));
    await changeMap(frame, {
      rows: rows.filter((one) => one.iso3 !== "ROW"), rest: rows.find((one) => one.iso3 === "ROW")?.value ?? null, steps, measure: MEASURES[measure],
      label: `Map of the change of ${MEASURES[measure]} in ${run.about.scenario.name}; the table below holds every figure`,
    });
  }
}

function economies(told, view, remember) {
  const measure = MEASURES[view.measure] ? view.measure : "welfare_pct";
  const bands = new Map(told[0].bands.filter((one) => one.name === "welfare_pct").map((one) => [one.iso3, one]));
  const title = told.length > 1 ? `Economies: change of ${MEASURES[measure]}, %` : "Economies";
  let columns, rows, csv;
  if (told.length === 1) {
    rows = told[0].economies;
    csv = csvUrl(`${path(told[0].id)}/tables/economies`);
    const column = (id, name, of = (row) => even(row[id])) => ({ id, name, number: true, of, sort: (row) => row[id] });
    columns = [
      { id: "name", name: "economy", of: (row) => row.name },
      column("welfare_pct", "real income %"),
      ...(bands.size ? [{ id: "band", name: "90 % band", number: true, of: (row) => (bands.has(row.iso3) ? `${even(bands.get(row.iso3).low)} to ${even(bands.get(row.iso3).high)}` : "–"), sort: (row) => bands.get(row.iso3)?.low ?? null }] : []),
      column("real_gdp_pct", "real GDP %"), column("exports_pct", "exports %"), column("imports_pct", "imports %"),
      column("tariff_revenue_usd_mn", "tariff revenue, USD mn", (row) => even(row.tariff_revenue_usd_mn, 0)),
      column("imputed_share", "imputed %", (row) => number(100 * row.imputed_share)),
    ];
  } else {
    csv = csvUrl("/runs/compare", { run: told.map((one) => one.id), table: "economies" });
    const own = told.map((run) => new Map(run.economies.map((one) => [one.iso3, one[measure]])));
    const names = new Map(told.flatMap((run) => run.economies.map((one) => [one.iso3, one.name])));
    rows = [...names].map(([iso3, name]) => ({ iso3, name, values: own.map((one) => one.get(iso3) ?? null) }));
    columns = [{ id: "name", name: "economy", of: (row) => row.name }, ...told.map((run, at) => ({
      id: `run${at + 1}`, name: run.about.scenario.name, number: true, of: (row) => even(row.values[at]), sort: (row) => row.values[at],
    }))];
  }
  const by = view.sort || (told.length === 1 ? "-welfare_pct" : "-run1");
  const laid = sortable(columns, rows, { by, caption: title, quiet: true, onsort: (order) => remember({ sort: order }) });
  laid.classList.add("tall");
  return el("section", { class: "panel", "aria-labelledby": "economies-title" }, el("h2", { id: "economies-title" }, title), laid,
    tools({ csv, csvName: "economies.csv" }),
    el("p", { class: "source" }, "“Imputed”: share of an economy’s purchases and exports in the base that rests on a rule rather than a published figure."));
}

/** Ways or corridors, containers before and after in bars. */
function ways(told, view, again) {
  const kind = view.ways === "corridor" ? "corridor" : "way";
  const own = told.map((run) => new Map(run.corridors.filter((one) => one.kind === kind).map((one) => [one.id, one])));
  const ids = [...new Set(own.flatMap((one) => [...one.keys()]))];
  const rows = ids.map((id) => ({ id, runs: own.map((one) => one.get(id)), first: own.map((one) => one.get(id)).find(Boolean) }))
    .filter((row) => row.runs.some((one) => one && Math.max(one.feu, one.feu_base) >= 1))
    .sort((a, b) => b.first.feu_base - a.first.feu_base);
  const change = (one) => (!one ? "–" : one.feu_pct === null ? (one.feu > 1 ? "new" : "–") : `${even(one.feu_pct, 1)}\u00a0%`);
  const chart = bars([
    { name: kind === "way" ? "way" : "corridor", of: (row) => row.first.name },
    { name: "before", number: true, of: (row) => feu(row.first.feu_base) },
    // Side by side there is room for the changes alone; the CSV has all.
    ...(told.length === 1 ? [{ name: "after", number: true, of: (row) => feu(row.first.feu) }] : []),
    ...told.map((run, at) => ({ name: told.length > 1 ? run.about.scenario.name : "change", number: true, of: (row) => change(row.runs[at]) })),
    ...(told.length === 1 ? [{ name: "hours", number: true, of: (row) => (row.first.time_h_base === null ? "–" : `${number(row.first.time_h_base)} → ${number(row.first.time_h)}`) }] : []),
  ], rows, { bar: (row) => [{ value: Math.sqrt(row.first.feu_base), colour: BEFORE }, ...row.runs.map((one, at) => ({ value: Math.sqrt(one?.feu ?? 0), colour: told[at].colour }))] });
  const picker = el("select", { id: "ways", onchange: () => again({ ways: picker.value === "way" ? null : picker.value }) },
    [["way", "ways that shippers choose among"], ["corridor", "named corridors, which may overlap"]].map(([value, name]) => el("option", { value, selected: value === kind }, name)));
  const csv = told.length === 1 ? csvUrl(`${path(told[0].id)}/tables/corridors`) : csvUrl("/runs/compare", { run: told.map((one) => one.id), table: "corridors" });
  return el("section", { class: "panel", "aria-labelledby": "ways-title" }, el("h2", { id: "ways-title" }, "Ways and corridors, FEU a year"),
    el("div", { class: "field" }, el("label", { for: "ways" }, "Show"), picker),
    legend([{ name: "before", colour: BEFORE, sort: "box" }, ...told.map((run) => ({ name: told.length > 1 ? run.about.scenario.name : "after", colour: run.colour, sort: "box" }))]),
    chart,
    tools({ csv, csvName: "corridors.csv" }), el("p", { class: "source" }, "Bars grow with the square root, so that small ways are seen beside the sea."));
}

function posts(told, view, remember) {
  const own = told.map((run) => new Map(run.crossings.map((one) => [one.id, one])));
  const ids = [...new Set(own.flatMap((one) => [...one.keys()]))];
  const moved = (one) => (one ? one.feu - one.feu_base : 0);
  const rows = ids.map((id) => ({ id, runs: own.map((one) => one.get(id)), first: own.map((one) => one.get(id)).find(Boolean) }));
  const most = (row) => Math.max(...row.runs.map((one) => Math.abs(moved(one))));
  rows.sort((a, b) => most(b) - most(a));
  const shown = rows.filter((row) => most(row) >= 1).slice(0, 60);
  const hours = (a, b) => (a === null || b === null ? "–" : `${number(a, 1)} → ${number(b, 1)}`);
  const columns = [
    { id: "post", name: "crossing", of: (row) => `${row.first.name} (${row.first.mode})` },
    { id: "before", name: "before", number: true, of: (row) => feu(row.first.feu_base), sort: (row) => row.first.feu_base },
    ...(told.length === 1 ? [{ id: "feu1", name: "after", number: true, of: (row) => feu(row.first.feu), sort: (row) => row.first.feu }] : []),
    ...told.map((run, at) => ({
      id: `moved${at + 1}`, name: told.length > 1 ? run.about.scenario.name : "change", number: true, of: (row) => even(Number(moved(row.runs[at]).toPrecision(4)), 0), sort: (row) => moved(row.runs[at]),
    })),
    ...(told.length === 1 ? [
      { id: "hours", name: "hours", number: true, of: (row) => hours(row.first.hours_base, row.first.hours), sort: (row) => (row.first.hours ?? 0) - (row.first.hours_base ?? 0) },
      { id: "full", name: "of capacity", number: true, of: (row) => (row.first.capacity_share === null ? "–" : `${number(100 * row.first.capacity_share)}\u00a0%`), sort: (row) => row.first.capacity_share },
    ] : []),
  ];
  const laid = sortable(columns, shown, { by: view.posts || "", caption: told.length === 1 ? "Crossings that change most, FEU a year" : "Crossings that change most: FEU a year before, and the change in each run", quiet: told.length === 1, onsort: (order) => remember({ posts: order }) });
  laid.classList.add("tall");
  const csv = told.length === 1 ? csvUrl(`${path(told[0].id)}/tables/crossings`) : csvUrl("/runs/compare", { run: told.map((one) => one.id), table: "crossings" });
  return el("section", { class: "panel", "aria-labelledby": "posts-title" }, el("h2", { id: "posts-title" }, "Crossings, before and after"),
    shown.length ? laid : el("p", {}, "No crossing changes."), tools({ csv, csvName: "crossings.csv" }),
    el("p", { class: "source" }, "Containers in both directions; hours are the mean of both, queue included."));
}

const hasAccess = (run) => run.files.some((one) => one.path === "access.csv");

/** Cities whose reach changes most: the spending of the world discounted by what it costs to get there. */
function access(run, at, every) {
  const place = el("div", {}, el("p", { class: "busy" }, "Reading the cities"));
  const title = every.length > 1 ? `Market access of cities: ${run.about.scenario.name}` : "Market access of cities";
  api(`${path(run.id)}/access`).then(({ cities }) => {
    const laid = sortable([
      { id: "city", name: "city", of: (row) => row.zone },
      { id: "economy", name: "economy", of: (row) => row.economy },
      { id: "base", name: "before, USD bn", number: true, of: (row) => number(row.access_base_usd_mn / 1000), sort: (row) => row.access_base_usd_mn },
      { id: "change", name: "change %", number: true, of: (row) => even(row.change_pct), sort: (row) => row.change_pct },
    ], cities, { by: "-change", caption: "Cities by the change of market access", quiet: true });
    laid.classList.add("tall");
    fill(place, laid, tools({ csv: csvUrl(`${path(run.id)}/access`), csvName: `${run.id}-access.csv` }),
      el("p", { class: "source" }, "Spending that a city can reach, each dollar discounted by what it costs to get there (Redding and Venables 2004; Donaldson and Hornbeck 2016); tariffs are left out. “–”: nothing could be reached before."));
  }).catch((error) => showError(place, error));
  return el("section", { class: "panel", "aria-labelledby": `access-${at}` }, el("h2", { id: `access-${at}` }, title), place);
}

function levers(told) {
  return el("section", { class: "panel", "aria-labelledby": "levers-title" }, el("h2", { id: "levers-title" }, "What is changed"),
    told.map((run) => {
      const alone = new Map(run.contributions.filter((one) => one.iso3 === "WLD").map((one) => [one.lever, one.welfare_pct]));
      const top = (lever) => run.contributions.filter((one) => one.lever === lever && one.iso3 !== "WLD").slice(0, 3).map((one) => `${one.iso3} ${pct(one.welfare_pct)}`).join(", ");
      return el("div", {}, told.length > 1 ? el("h3", {}, run.about.scenario.name) : null,
        el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Levers of ${run.about.scenario.name}` }, el("table", {},
          el("thead", {}, el("tr", {}, ["", "what it does", ...(alone.size ? ["alone: world %", "alone: most changed, %"] : []), "source"].map((name) => (name ? el("th", { scope: "col" }, name) : el("td"))))),
          el("tbody", {}, run.levers.map((one) => el("tr", {}, el("th", { scope: "row" }, String(one.lever)), el("td", { class: "what" }, one.what, one.acts ? null : el("span", { class: "soft" }, " (does not act in this year)")),
            alone.size ? [el("td", { class: "number" }, pct(alone.get(one.lever))), el("td", {}, top(one.lever))] : null, el("td", { class: "source" }, one.source)))))),
        tools({ csv: csvUrl(`${path(run.id)}/tables/levers`), csvName: `${run.id}-levers.csv`, more: run.contributions.length ? [el("a", { class: "button small", href: csvUrl(`${path(run.id)}/tables/contributions`), download: `${run.id}-contributions.csv` }, "Levers alone (CSV)")] : [] }));
    }));
}

function air(told) {
  const modes = [...new Set(told.flatMap((run) => run.co2.map((one) => one.mode)))];
  const of = (run, mode) => run.co2.find((one) => one.mode === mode);
  return el("section", { class: "panel", "aria-labelledby": "air-title" }, el("h2", { id: "air-title" }, "Emissions by mode, Mt CO2e a year"),
    bars([
      { name: "mode", of: (row) => row },
      { name: "before", number: true, of: (row) => number(of(told[0], row)?.co2_mt_base, 1) },
      ...told.map((run) => ({ name: told.length > 1 ? `${run.about.scenario.name}: change` : "change", number: true, of: (row) => signed((of(run, row)?.co2_mt ?? 0) - (of(run, row)?.co2_mt_base ?? 0), 2) })),
    ], modes, { bar: (mode) => [{ value: of(told[0], mode)?.co2_mt_base ?? 0, colour: BEFORE }, ...told.map((run) => ({ value: of(run, mode)?.co2_mt ?? 0, colour: run.colour }))] }),
    tools({ csv: csvUrl(`${path(told[0].id)}/tables/co2`), csvName: "co2.csv" }));
}

function rests(told) {
  const place = el("div", {}, el("p", { class: "busy" }, "Reading the sources"));
  const [run] = told;
  const { about } = run;
  api(`${path(run.id)}/tables/facts_sources`).then(({ rows }) => {
    const own = rows.filter((one) => one.table === "scenario");
    const confidence = {};
    for (const one of rows) if (one.table !== "scenario") confidence[one.confidence] = (confidence[one.confidence] || 0) + one.rows;
    fill(place, sourceList(own.map((one) => ({ ...one, note: one.as_of })), "The scenario’s own: "),
      el("p", {}, `It rests on ${number(rows.length)} sources: `, Object.entries(confidence).sort((a, b) => b[1] - a[1]).map(([name, count]) => `${number(count)} rows ${name}`).join(", "), "."),
      el("p", { class: "source" }, `Base economy of ${about.base_economy.year}, ${about.base_economy.economies} economies and ${about.base_economy.sectors} sectors. landbridge ${about.software.landbridge}; settled to ${Number(about.convergence.residual).toExponential(0)} in ${about.convergence.rounds} rounds. ${[about.attribution].flat().join(" ")}`),
      tools({ csv: csvUrl(`${path(run.id)}/tables/facts_sources`), csvName: `${run.id}-sources.csv` }));
  }).catch((error) => showError(place, error));
  return el("section", { class: "panel", "aria-labelledby": "rests-title" }, el("h2", { id: "rests-title" }, told.length > 1 ? `Sources of ${about.scenario.name}` : "Sources"), place);
}
