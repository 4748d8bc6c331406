// The page of outlooks: fans with counts, what matters, what fills up, hindcast scores, a new outlook.
import { announce, api, csvUrl, el, fill, number, setView, showError, tools, url, view } from "/static/base.js";
import { bars, behind, COLOURS, DASHES, fan, figure, legend, prose, sortable, sourceList, unitName } from "/static/charts.js";
import { resumeJob, showJob } from "/static/scenario-job.js";

const $ = (id) => document.getElementById(id);
const GROUPS = [
  ["Containers and trains", (n) => /-(trains|teu|mt)$/.test(n) && !n.startsWith("trade-")],
  ["Kazakhstan as a hub, borders, emissions", (n) => !/^(trade|welfare|load)-/.test(n)],
  ["Real incomes", (n) => n.startsWith("welfare-")],
  ["Trade in goods", (n) => n.startsWith("trade-")],
  ["How full crossings are", (n) => n.startsWith("load-")],
];
const FIRST = "china-europe-teu";
const UNKNOWNS = {
  growth: "growth of economies", sections: "delays of openings", borders: "hours at borders", rates: "freight rates",
  choice: "how readily shippers switch", "beyond the model": "growth beyond what the model explains",
};
let state = { scenario: [], ...view(["scenario"]) };
let about = null;
let titles = {};

function scenarioName(id) {
  const slug = id.split("/").pop().replace(/\.toml$/, "");
  return slug === "baseline" ? "Baseline" : titles[slug] || slug;
}

/** An unknown in words: what stands before a colon is its group, which may be an event. */
function unknownName(id) {
  const [head, ...rest] = id.split(": ");
  const event = about.hazards.find((one) => one.event === head);
  return [event ? event.what : UNKNOWNS[head] || head, ...rest].join(": ");
}

function remember(changes) {
  state = { ...state, ...changes };
  const { outlook, series, scenario, history, past } = state;
  const every = about && scenario.length === about.scenarios.length;
  setView({ outlook, series, scenario: every ? [] : scenario, history, past });
}

async function start() {
  const [listed, known] = await Promise.all([api("/outlooks"), api("/scenarios")]);
  titles = Object.fromEntries(known.scenarios.map((one) => [one.id, one.name]));
  fillMake(known.scenarios);
  guarded(showHindcast)();
  const finished = listed.outlooks.filter((one) => one.finished);
  if (!finished.length) {
    $("choose").hidden = true;
    $("make").open = true;
    fill($("fan-body"), el("p", { class: "empty" },
      "No outlook is in the data folder yet. Make one at the left, or with ", el("code", {}, "landbridge outlook baseline --out DATA/outlooks/NAME"), "."));
    $("shown").setAttribute("aria-busy", "false");
    return;
  }
  $("choose").hidden = false;
  fill($("outlook"), finished.map((one) => el("option", { value: one.id },
    `${one.scenarios.map(scenarioName).join(" · ")} to ${one.last_year} (${one.id})`)));
  await open(finished.some((one) => one.id === state.outlook) ? state.outlook : finished[0].id);
}

async function open(id) {
  about = await api(`/outlooks/${encodeURIComponent(id)}`);
  $("outlook").value = id;
  $("about").textContent = `${number(about.draws)} draws, seed ${about.seed}; known by the end of ${about.as_of}.`;
  const left = new Map(about.series.map((one) => [one.name, one]));
  fill($("series"), GROUPS.map(([title, fits]) => {
    const own = [...left.values()].filter((one) => fits(one.name));
    own.forEach((one) => left.delete(one.name));
    return own.length ? el("optgroup", { label: title }, own.map((one) => el("option", { value: one.name }, one.counted ? `${one.what} •` : one.what))) : null;
  }));
  const names = about.series.map((one) => one.name);
  const series = names.includes(state.series) ? state.series : names.includes(FIRST) ? FIRST : names[0];
  $("series").value = series;
  const chosen = about.scenarios.filter((one) => (state.scenario || []).includes(one));
  const scenario = chosen.length ? chosen : about.scenarios;
  fill($("scenarios"), el("legend", {}, "Scenarios"), about.scenarios.map((one) => el("div", {}, el("label", { class: "check" },
    el("input", { type: "checkbox", name: "scenario", value: one, checked: scenario.includes(one) }), scenarioName(one)))));
  $("history").checked = state.history !== "no";
  fill($("files"), el("div", { class: "downloads" }, about.files.map((one) => el("a", {
    class: "button small", href: url(`/outlooks/${encodeURIComponent(id)}/files/${one.name}`), download: one.name, title: one.what,
  }, one.name.split(".").pop().toUpperCase()))));
  remember({ outlook: id, series, scenario, history: state.history });
  await Promise.all([showFan(), showFull(), showMiddle()]);
  showEvents();
}

let turn = 0;
async function showFan() {
  const mine = ++turn;
  const { outlook, series, scenario } = state;
  const path = `/outlooks/${encodeURIComponent(outlook)}`;
  $("shown").setAttribute("aria-busy", "true");
  const told = await api(`${path}/series`, { query: { series, scenario } });
  if (mine !== turn) return;
  const fans = scenario.map((id) => ({
    name: scenarioName(id), colour: colourOf(id), dash: DASHES[about.scenarios.indexOf(id) % DASHES.length],
    rows: told.fans.filter((row) => row.scenario === id),
  }));
  const history = state.history !== "no";
  const last = fans[0].rows.at(-1);
  const said = fans.map((one) => {
    const end = one.rows.at(-1);
    return `${one.name}: ${prose(end["0.5"], told.unit)} in ${end.year}, nine draws in ten between ${prose(end["0.05"], told.unit)} and ${prose(end["0.95"], told.unit)}`;
  });
  $("fan-title").textContent = told.what;
  const place = el("div", { class: "chart" });
  fill($("fan-body"),
    el("p", {}, `${said.join("; ")}${unitName(told.unit) && told.unit !== "share" ? ` (${unitName(told.unit)})` : ""}.`),
    legend([
      ...fans.map((one) => ({ name: one.name, colour: one.colour, dash: one.dash, sort: "band" })),
      ...(told.counted.length ? [{ name: "counted", colour: "#1b2733", sort: "dot" }] : []),
      ...(told.counted.some((one) => !one.used) ? [{ name: "counted later, not known to it", colour: "#1b2733", sort: "dot", hollow: true }] : []),
    ]),
    place,
    el("p", { class: "soft small-print" }, "Line: median. Bands: half of the draws (25–75 %), nine in ten (5–95 %)."),
    tools({ csv: csvUrl(`${path}/series`, { series, scenario }), csvName: `${outlook}-${series}.csv` }),
    behind("Figures of this chart", figures(told, fans)),
    told.counted.length ? sourceList(countSources(told.counted), "Counted: ") : el("p", { class: "source" }, "Nobody counts this; it is the model's own measure."));
  await fan(place, {
    fans, counted: history ? told.counted : told.counted.filter((one) => one.year > told.known), unit: told.unit, height: 400,
    label: `Fans of ${told.what} to ${last.year}. ${said.join("; ")}.`, known: history && told.counted.length ? told.known : null,
  });
  await showMatters();
  $("shown").setAttribute("aria-busy", "false");
}

function colourOf(id) {
  return COLOURS[about.scenarios.indexOf(id) % COLOURS.length];
}

function figures(told, fans) {
  const cell = (share) => (row) => figure(row[share], told.unit);
  const rows = fans.flatMap((one) => one.rows.map((row) => ({ ...row, name: one.name })));
  const counted = told.counted.map((one) => ({ name: "counted", year: one.year, "0.5": one.value, "0.05": null, "0.25": null, "0.75": null, "0.95": null }));
  const place = sortable([
    { id: "name", name: "scenario", of: (row) => row.name },
    { id: "year", name: "year", number: true, of: (row) => String(row.year), sort: (row) => row.year },
    ...["0.05", "0.25", "0.5", "0.75", "0.95"].map((share) => ({
      id: share, name: share === "0.5" ? "median" : `${Math.round(100 * share)}\u00a0%`, number: true, of: cell(share), sort: (row) => row[share],
    })),
  ], [...counted, ...rows], { caption: `${told.what}, ${unitName(told.unit)}` });
  place.classList.add("tall");
  return place;
}

function countSources(counted) {
  const found = new Map();
  for (const one of counted) {
    const key = `${one.source_title} ${one.address}`;
    if (!found.has(key)) found.set(key, { ...one, years: [] });
    found.get(key).years.push(one.year);
  }
  return [...found.values()].map((one) => ({ ...one, note: spans(one.years) }));
}

/** Years as stretches: 2011–2013, 2015. */
function spans(years) {
  const parts = [];
  for (const year of years) {
    const last = parts.at(-1);
    if (last && last[1] === year - 1) last[1] = year;
    else parts.push([year, year]);
  }
  return parts.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
}

async function showMatters() {
  const { outlook, series, scenario } = state;
  const path = `/outlooks/${encodeURIComponent(outlook)}/sensitivity`;
  const mine = turn;
  const found = await Promise.all(scenario.map((one) => api(path, { query: { series, scenario: one } })));
  if (mine !== turn) return;
  $("matters").hidden = false;
  const told = found.filter((one) => one.unknowns.length);
  if (!told.length) {
    fill($("matters-body"), el("p", { class: "soft" }, `Nothing can be said: fewer than 30 draws, or the series does not vary in ${found[0].year}.`));
    return;
  }
  fill($("matters-body"),
    el("p", { class: "soft" }, `Shares of the variance in ${told[0].year} (Sobol indices from the draws): what an unknown moves alone, and with all it is combined with.`),
    legend([{ name: "alone", colour: "#0b5688", sort: "box" }, { name: "with what it meets", colour: "#9fb9cb", sort: "box" }]),
    el("div", { class: "matters" }, told.map((one) => el("div", {},
      bars([
        { name: scenarioName(one.scenario), of: (row) => unknownName(row.unknown) },
        { name: "alone", number: true, of: (row) => `${number(100 * row.first)}\u00a0%` },
        { name: "in all", number: true, of: (row) => `${number(100 * row.total)}\u00a0%` },
      ], one.unknowns.filter((row) => row.total >= 0.01).slice(0, 8), {
        bar: (row) => [{ value: row.first, colour: "#0b5688" }, { value: row.total, colour: "#9fb9cb" }], most: 1,
      }),
      el("p", { class: "source" }, `The fit catches ${number(100 * one.caught)}\u00a0% of the variance on draws left out.`),
      tools({ csv: csvUrl(path, { series, scenario: one.scenario }), csvName: `${outlook}-${series}-sensitivity.csv` })))));
}

async function showFull() {
  const path = `/outlooks/${encodeURIComponent(state.outlook)}/capacity`;
  const { capacity } = await api(path);
  const rows = new Map();
  for (const one of capacity) {
    const key = `${one.crossing}|${one.scenario}`;
    if (!rows.has(key)) rows.set(key, { ...one, by: {} });
    rows.get(key).by[one.year] = one.probability_full;
  }
  const years = about.years;
  const own = [...rows.values()].filter((row) => state.scenario.includes(row.scenario) && Object.values(row.by).some((p) => p > 0));
  own.sort((a, b) => b.by[years.at(-1)] - a.by[years.at(-1)] || a.name.localeCompare(b.name));
  $("full").hidden = false;
  if (!own.length) {
    fill($("full-body"), el("p", { class: "soft" }, "No crossing whose load is followed reaches its published capacity in any draw."));
    return;
  }
  const caption = "Probability that the load is over published capacity";
  fill($("full-body"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: "heat" }, el("caption", {}, caption),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "crossing"), about.scenarios.length > 1 ? el("th", { scope: "col" }, "scenario") : null,
          years.map((year) => el("th", { scope: "col", class: "number" }, String(year))))),
        el("tbody", {}, own.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name),
          about.scenarios.length > 1 ? el("td", {}, scenarioName(row.scenario)) : null,
          years.map((year) => {
            const share = row.by[year];
            const cell = el("td", { class: "share" }, share === 0 ? "·" : `${number(100 * share)}\u00a0%`);
            cell.style.background = share ? `rgba(163, 40, 31, ${0.06 + 0.44 * share})` : "";
            return cell;
          })))))),
    tools({ csv: csvUrl(path), csvName: `${state.outlook}-capacity.csv` }),
    el("p", { class: "source" }, "Capacities are those published for each crossing; those without one are not followed."));
}

async function showMiddle() {
  const path = `/outlooks/${encodeURIComponent(state.outlook)}/branches`;
  const { branches } = await api(path);
  const own = branches.filter((one) => state.scenario.includes(one.scenario));
  $("middle").hidden = !own.length;
  if (!own.length) return;
  fill($("middle-body"), own.map((one) => el("div", { class: "statement" },
    el("p", {}, el("strong", {}, `${number(100 * one.share)}\u00a0% `),
      `of draws carry ${number(one.figure)} Mt or more over the Caspian in ${one.year} (${scenarioName(one.scenario)}; 90 % interval of the share ${number(100 * one.share_low)} to ${number(100 * one.share_high)}\u00a0%).`),
    one.splits.length ? el("p", {}, "What sets those draws apart: ", one.splits.slice(0, 4).map((split, at) =>
      `${at ? "; " : ""}${unknownName(split.unknown)} ${split.median_reached > split.median_missed ? "higher" : "lower"} (${number(100 * split.median_reached)}th percentile against ${number(100 * split.median_missed)}th)`), ".") : null)),
  tools({ csv: csvUrl(path), csvName: `${state.outlook}-branches.csv` }),
  el("p", { class: "source" }, "11 Mt is what the members of the route plan for 2030. “Apart” is measured by the Kolmogorov–Smirnov distance."));
}

function showEvents() {
  const drawnOnes = about.hazards.filter((one) => one.yearly_probability > 0);
  $("events").hidden = !drawnOnes.length;
  fill($("events-body"), bars([
    { name: "event", of: (row) => row.what },
    { name: "a year", number: true, of: (row) => `${number(100 * row.yearly_probability, 1)}\u00a0%` },
  ], drawnOnes, { bar: (row) => [{ value: row.yearly_probability, colour: "#7a4f96" }], caption: "Yearly probability that it begins" }),
  el("p", { class: "source" }, "Jeffreys’ estimate from the record of each event: ", [...new Set(drawnOnes.map((one) => one.source_title))].join("; "), "."));
}

const coded = (text) => text.split("`").map((part, at) => (at % 2 ? el("code", {}, part) : part));

async function showHindcast() {
  const told = await api("/outlooks/hindcast");
  const place = $("hindcast-body");
  if (!told.scores.length) {
    fill(place, el("p", {}, "No scores are here yet. ", coded(told.how), "."));
    return;
  }
  const share = (value) => `${number(100 * value)}\u00a0%`;
  const columns = [
    { id: "as_of", name: "as of", of: (row) => String(row.as_of), sort: (row) => row.as_of },
    { id: "what", name: "series", of: (row) => row.what },
    { id: "unit", name: "unit", of: (row) => row.unit },
    ...[["crps", "CRPS"], ["crps_last_value", "last value"], ["crps_last_growth", "last growth"]].map(([id, name]) => ({
      id, name, number: true, of: (row) => (id === "crps" && row.crps < Math.min(row.crps_last_value, row.crps_last_growth) ? el("strong", {}, figure(row[id])) : figure(row[id])), sort: (row) => row[id],
    })),
    { id: "coverage_50", name: "in 50 % band", number: true, of: (row) => share(row.coverage_50), sort: (row) => row.coverage_50 },
    { id: "coverage_90", name: "in 90 % band", number: true, of: (row) => share(row.coverage_90), sort: (row) => row.coverage_90 },
    { id: "n", name: "years", number: true, of: (row) => String(row.n), sort: (row) => row.n },
  ];
  const laid = sortable(columns, told.scores, { caption: "Scores of forecasts as of past years" });
  laid.classList.add("tall");
  const chart = el("div", { class: "chart" });
  const picker = el("select", { id: "past" }, told.scores.map((one, at) => el("option", { value: String(at) }, `${one.what}, as of ${one.as_of}`)));
  const title = el("p", { class: "soft" });
  const all = told.verdicts.find((one) => one.as_of === null);
  fill(place,
    el("div", { class: "statement" }, told.verdicts.map((one) => el("p", {}, el("strong", {}, one.as_of === null ? "In all: " : `As of ${one.as_of}: `),
      `${share(one.beats_both)} of ${one.series} series beat both naive forecasts; bands of 90 % hold ${share(one.coverage_90)} of ${one.years} counts, those of 50 % ${share(one.coverage_50)}.`))),
    el("p", { class: "soft" }, "CRPS: mean distance of the forecast from what was counted, in the unit of the series; less is better, bold where it beats both naive forecasts. ", coded(told.how), "."),
    laid, tools({ csv: csvUrl("/outlooks/hindcast"), csvName: "hindcast.csv" }),
    el("div", { class: "field" }, el("label", { for: "past" }, "Forecast and count"), picker), title, chart,
    el("p", { class: "source" }, `${number(told.draws)} draws each; ${all ? `${all.years} counts` : ""}. Counts: facts tables flows_observed and outlook_counts.`));
  const draw = async () => {
    const one = told.scores[Number(picker.value)];
    title.textContent = `Line: median; band: nine draws in ten, known by the end of ${one.as_of}; points: counted since (${unitName(one.unit)}).`;
    const rows = one.years.map((year, k) => ({ year, "0.05": one.low_90[k], "0.25": null, "0.5": one.median[k], "0.75": null, "0.95": one.high_90[k] }));
    remember({ past: picker.value === "0" ? null : `${one.series} ${one.as_of}` });
    await fan(chart, { fans: [{ name: `as of ${one.as_of}`, rows }], counted: one.years.map((year, k) => ({ year, value: one.outcomes[k], used: true })), unit: one.unit, height: 300,
      label: `${one.what} as forecast in ${one.as_of} and as counted: ${one.years.map((year, k) => `${year} ${figure(one.median[k], one.unit)} against ${figure(one.outcomes[k], one.unit)}`).join(", ")}` });
  };
  picker.addEventListener("change", guarded(draw));
  const wanted = told.scores.findIndex((one) => `${one.series} ${one.as_of}` === state.past);
  picker.value = String(Math.max(0, wanted));
  await draw();
}

const added = new Set(["baseline"]);
function fillMake(scenarios) {
  fill($("add"), el("option", { value: "" }, "choose…"), el("option", { value: "baseline" }, "Baseline: nothing but what is planned"),
    scenarios.map((one) => el("option", { value: one.id }, one.name)));
  showAdded();
}

function showAdded() {
  fill($("added"), [...added].map((id) => el("li", {}, scenarioName(id), el("button", {
    type: "button", "aria-label": `Take out ${scenarioName(id)}`, onclick: () => { added.delete(id); showAdded(); $("add").focus(); },
  }, "×"))));
}

$("add").addEventListener("change", () => {
  if ($("add").value && added.size < 4) added.add($("add").value);
  $("add").value = "";
  showAdded();
});
$("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!added.size) {
    announce("Choose a scenario first.");
    $("add").focus();
    return;
  }
  const scenarios = [...added];
  const to = $("to").valueAsNumber, seed = $("seed").valueAsNumber;
  const asked = { kind: "outlook", scenarios, to, draws: $("draws").valueAsNumber, seed };
  await drawn(await showJob($("job"), asked, { what: `Outlook to ${to}` }));
});

async function drawn(job) {
  if (!job) return;
  state = { scenario: [], outlook: job.made.outlook };
  await guarded(start)();
}

const guarded = (call) => (...given) => Promise.resolve(call(...given)).catch((error) => {
  $("shown").setAttribute("aria-busy", "false");
  showError($("fan-body"), error);
});
$("outlook").addEventListener("change", guarded(() => open($("outlook").value)));
$("series").addEventListener("change", guarded(() => { remember({ series: $("series").value }); return showFan(); }));
$("history").addEventListener("change", guarded(() => { remember({ history: $("history").checked ? null : "no" }); return showFan(); }));
$("scenarios").addEventListener("change", guarded((event) => {
  const chosen = [...$("scenarios").querySelectorAll("input:checked")].map((one) => one.value);
  if (!chosen.length) {
    event.target.checked = true;
    return announce("One scenario at least is shown.");
  }
  remember({ scenario: chosen });
  return Promise.all([showFan(), showFull(), showMiddle()]);
}));
addEventListener("popstate", guarded(() => { state = { scenario: [], ...view(["scenario"]) }; return start(); }));
guarded(start)();
new MutationObserver(() => { if ($("job").firstChild) $("make").open = true; }).observe($("job"), { childList: true });
guarded(async () => drawn(await resumeJob($("job"), "outlook")))();
