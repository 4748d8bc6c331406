// The page of scenarios: compose by form or text, checked as one types; assess; compare up to four runs.
import { announce, api, el, fill, number, setView, settled, showError, signed, view } from "/static/base.js";
import { buildForm, goTo, loadKinds, showProblems } from "/static/scenario-form.js";
import { resumeJob, showJob } from "/static/scenario-job.js";
import { showAnswers } from "/static/scenario-results.js";

const $ = (id) => document.getElementById(id);
const MOST_RUNS = 4, LONGEST_LINK = 6000;
const START = "dostyk-reform";
const read = () => ({ tab: "compose", run: [], ...view(["run"]) });
let state = read();
let tables = null;
let origin = null;
let checked = null;
let writing = 0;

const guarded = (place, call) => (...given) => Promise.resolve(call(...given)).catch((error) => showError(place, error));

function remember(changes = {}, push = false) {
  state = { ...state, ...changes };
  if (state.tab === "results") {
    const { run, measure, sort, ways, posts, language } = state;
    setView({ tab: "results", run, measure, sort, ways, posts, language }, { push });
    return;
  }
  const own = same();
  const text = !own && checked && checked.toml.length <= LONGEST_LINK ? checked.toml : null;
  setView({ scenario: origin?.id ?? null, toml: text }, { push });
}

/** Whether what is composed is the scenario it was started from. */
function same() {
  return Boolean(origin) && JSON.stringify(tables) === origin.written;
}

async function show() {
  if (state.tab !== "results") state.tab = "compose";
  for (const tab of ["compose", "results"]) {
    const chosen = tab === state.tab;
    $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
    $(tab).hidden = !chosen;
  }
  await (state.tab === "compose" ? showCompose() : showResults());
}

// Compose

let known = null;
async function showCompose() {
  if (!known) {
    const [{ scenarios }, forms] = await Promise.all([api("/scenarios"), loadKinds()]);
    known = scenarios;
    const option = (one) => el("option", { value: one.id }, `${one.name}: ${one.question}`);
    const own = scenarios.filter((one) => !one.shipped);
    fill($("from"), el("option", { value: "" }, "nothing yet"),
      el("optgroup", { label: "Shipped" }, scenarios.filter((one) => one.shipped).map(option)),
      own.length ? el("optgroup", { label: "Made here" }, own.map(option)) : null);
    fill($("kind"), forms.map((one) => el("option", { value: one.kind }, `${one.kind.replaceAll("_", " ")}: ${one.what[0].toLowerCase()}${one.what.slice(1)}`)));
  }
  if (tables) return;
  if (state.toml) {
    origin = null;
    await takeText(state.toml);
    $("from").value = "";
  } else await takeScenario(known.some((one) => one.id === state.scenario) ? state.scenario : START);
}

async function takeScenario(id) {
  const told = await api(`/scenarios/${encodeURIComponent(id)}`);
  tables = told.tables;
  origin = { id, toml: told.toml };
  $("from").value = id;
  build();
  origin.written = JSON.stringify(tables);
  $("toml").value = told.toml;
  await check();
  remember();
}

function build() {
  buildForm(tables, edited);
}

/** Take a text: the form follows where it can be read. */
async function takeText(text) {
  const mine = ++writing;
  const told = await api("/scenarios/check", { body: text });
  if (mine !== writing) return;
  checked = told;
  if (told.scenario) {
    tables = told.scenario;
    build();
  } else if (!tables) {
    tables = { lever: [] };
    build();
  }
  if ($("toml").value !== text) $("toml").value = text;
  showChecked();
  remember();
}

/** Check what the form holds. */
async function check() {
  const mine = ++writing;
  const own = same();
  const told = await api("/scenarios/check", { body: own ? origin.toml : tables });
  if (mine !== writing) return;
  checked = told;
  if (!own) $("toml").value = told.toml;
  showChecked();
  remember();
}

const edited = settled(guarded($("check"), check), 300);

function showChecked() {
  const left = showProblems(checked.problems, checked.describes);
  const count = checked.problems.length;
  const said = (one) => `${one.lever ? `Lever ${one.lever}: ` : ""}${one.message}${one.suggestion ? `; ${one.suggestion}` : ""}`;
  fill($("check"), count ? [
    el("p", {}, el("strong", { class: "bad" }, count === 1 ? "One thing to mend:" : `${count} things to mend:`)),
    el("ul", { class: "todo" }, checked.problems.slice(0, 12).map((one) => el("li", {}, left.includes(one) && !one.lever ? said(one) : el("button", { type: "button", onclick: () => goTo(one) }, said(one))))),
  ] : el("p", {}, el("strong", { class: "good" }, "Nothing is wrong with it. "), Object.values(checked.describes).join("; "), "."),
  checked.names_checked ? null : el("p", { class: "source" }, "Names of places and economies are looked up once the world is loaded; before a run they always are."));
  $("run").disabled = count > 0;
  const save = $("save");
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([$("toml").value], { type: "application/toml" }));
  const name = String(tables?.name || "scenario").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  save.download = `${same() ? origin.id : name || "scenario"}.toml`;
}

async function assess() {
  const asked = { kind: "assess", draws: Number($("draws").value), alone: $("alone").checked, access: $("access").checked };
  if (same()) asked.scenario = origin.id;
  else asked.toml = $("toml").value;
  $("run").disabled = true;
  try {
    await assessed(await showJob($("job"), asked, { what: tables.name || "Assessment" }));
  } finally {
    $("run").disabled = Boolean(checked?.problems.length);
  }
}

async function assessed(job) {
  if (!job) return;
  known = null;
  remember({ tab: "results", run: [job.made.run] }, true);
  await show();
  $("answer").scrollIntoView({ block: "start" });
}

$("from").addEventListener("change", guarded($("check"), () => ($("from").value ? takeScenario($("from").value) : null)));
$("empty").addEventListener("click", guarded($("check"), async () => {
  origin = null;
  $("from").value = "";
  tables = { name: "", question: "", year: 2025, lever: [] };
  build();
  await check();
  document.querySelector('#head [data-field="name"] input').focus();
}));
$("open").addEventListener("change", guarded($("check"), async () => {
  const [file] = $("open").files;
  $("open").value = "";
  if (!file) return;
  if (file.size > 200_000) {
    announce(`${file.name} is too large for a scenario.`);
    return;
  }
  origin = null;
  $("from").value = "";
  await takeText(await file.text());
  announce(`${file.name} is open.`);
}));
$("add").addEventListener("click", guarded($("check"), async () => {
  tables.lever.push({ kind: $("kind").value, source: "" });
  build();
  const cards = document.querySelectorAll("#levers .lever");
  cards[cards.length - 1].scrollIntoView({ block: "start" });
  cards[cards.length - 1].querySelector("input, select")?.focus({ preventScroll: true });
  await check();
}));
$("toml").addEventListener("input", settled(guarded($("check"), () => takeText($("toml").value)), 500));
$("form").addEventListener("submit", (event) => event.preventDefault());
$("run").addEventListener("click", guarded($("job"), assess));
$("link").addEventListener("click", async () => {
  const long = !same() && checked && checked.toml.length > LONGEST_LINK;
  if (long) {
    announce("The scenario is too long for a link: download the TOML instead.");
    return;
  }
  await navigator.clipboard?.writeText(location.href).then(() => announce("The link to this view is copied."), () => announce(location.href, 20));
});

// Results

async function showResults() {
  const { runs } = await api("/runs");
  if (!runs.length) {
    fill($("runs"), el("p", { class: "empty" }, "No run is in the data folder yet. Compose a scenario and assess it, or start with ", el("code", {}, "landbridge assess dostyk-reform --out DATA/runs"), "."));
    $("answer").replaceChildren();
    return;
  }
  const there = state.run.filter((one) => runs.some((run) => run.id === one)).slice(0, MOST_RUNS);
  const chosen = there.length ? there : [runs[0].id];
  state = { ...state, run: chosen };
  const box = (run) => el("input", { type: "checkbox", value: run.id, checked: chosen.includes(run.id), "aria-label": `Show ${run.name}, ${run.year}` });
  const line = (run) => el("tr", {}, el("td", {}, box(run)), el("th", { scope: "row" }, run.name, el("span", { class: "source" }, ` ${run.id}`)), el("td", { class: "number" }, String(run.year)),
    el("td", { class: "number" }, `${signed(run.world_welfare_pct, 4)}\u00a0%`), el("td", { class: "number" }, signed(run.co2_mt - run.co2_mt_base, 2)), el("td", {}, run.draws ? "yes" : "no"),
    el("td", { class: "source" }, (run.finished || "").slice(0, 16).replace("T", " ")));
  const table = el("table", { class: "runs" }, el("caption", { class: "soft" }, "One run, or up to four side by side"),
    el("thead", {}, el("tr", {}, el("td"), ["scenario", "year", "world’s real income", "Mt CO2e", "bands", "made (UTC)"].map((name, at) => el("th", { scope: "col", class: at > 0 && at < 4 ? "number" : null }, name)))),
    el("tbody", {}, runs.map(line)));
  fill($("runs"), el("div", { class: `scroll${runs.length > 6 ? " tall" : ""}`, tabindex: "0", role: "region", "aria-label": "Runs" }, table));
  table.addEventListener("change", guarded($("answer"), (event) => {
    const now = [...table.querySelectorAll("input:checked")].map((one) => one.value);
    if (now.length > MOST_RUNS || !now.length) {
      event.target.checked = !event.target.checked;
      announce(now.length ? "Four runs at most are shown side by side." : "One run at least is shown.");
      return null;
    }
    const kept = state.run.filter((one) => now.includes(one));
    remember({ run: [...kept, ...now.filter((one) => !kept.includes(one))], sort: null, posts: null });
    return showAnswers($("answer"), state.run, state, remember);
  }));
  remember();
  fill($("answer"), el("p", { class: "busy" }, `Reading ${number(chosen.length)} run${chosen.length > 1 ? "s" : ""}`));
  await showAnswers($("answer"), chosen, state, remember);
}

// Tabs

const tabs = document.querySelector(".tabs");
tabs.addEventListener("click", guarded($("answer"), (event) => {
  const button = event.target.closest("[data-tab]");
  if (!button) return null;
  remember({ tab: button.dataset.tab }, true);
  return show();
}));
tabs.addEventListener("keydown", (event) => {
  if (!["ArrowRight", "ArrowLeft"].includes(event.key)) return;
  const next = state.tab === "compose" ? "results" : "compose";
  $(`tab-${next}`).focus();
  $(`tab-${next}`).click();
});
addEventListener("popstate", guarded($("answer"), () => {
  state = read();
  tables = null;
  return show();
}));
guarded($(state.tab === "results" ? "answer" : "check"), show)();
guarded($("job"), async () => {
  if (state.tab !== "results") await assessed(await resumeJob($("job"), "assess"));
})();
