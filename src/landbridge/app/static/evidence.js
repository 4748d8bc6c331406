// The page of evidence: documents with facts in place, conflicts, search, what is known, uploads.
import { announce, api, csvUrl, el, fill, number, setView, showError, tools, view } from "/static/base.js";
import { behind, sortable } from "/static/charts.js";
import { showJob } from "/static/scenario-job.js";

const $ = (id) => document.getElementById(id);
const TABS = ["documents", "conflicts", "search", "known"];
const KINDS = ["figure", "forecast", "event", "agreement", "project", "programme", "organisation", "person", "place", "claim", "relation"];
const QUIET = ["claim"];
const EARLIEST = 1990, LATEST = 2050;
const SEVERITIES = ["high", "medium", "low"];
const PART = 40_000;
const ENDINGS = [".txt", ".htm", ".html", ".pdf", ".docx", ".md"], MOST_FILES = 20, MOST_BYTES = 50_000_000;
const read = () => ({ tab: "documents", kinds: null, ...view() });
let state = read();
let documents = [];
let paper = null;

const kindsShown = () => (state.kinds === null ? KINDS.filter((kind) => !QUIET.includes(kind)) : state.kinds.split(" ").filter(Boolean));

function remember(changes, push = false) {
  state = { ...state, ...changes };
  const { tab, doc, fact, at, kinds, q, severity, from, until, system, year } = state;
  const own = { documents: { doc, fact, at, kinds }, conflicts: { severity }, search: { q }, known: { from, until, system, year } }[tab];
  setView({ tab: tab === "documents" && !doc ? null : tab, ...own }, { push });
}

const guarded = (place, call) => (...given) => Promise.resolve(call(...given)).catch((error) => showError(place, error));

async function show() {
  if (!TABS.includes(state.tab)) state.tab = "documents";
  for (const tab of TABS) {
    const chosen = tab === state.tab;
    $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
    $(tab).hidden = !chosen;
  }
  const [call, place] = { documents: [showDocuments, "list"], conflicts: [showConflicts, "conflicts-body"], search: [showHits, "hits"], known: [showKnown, "grid"] }[state.tab];
  if (!$(place).childElementCount) fill($(place), el("p", { class: "busy" }, "Asking the evidence"));
  await guarded($(place), call)();
}

// Documents

async function showDocuments() {
  ({ documents } = await api("/evidence/documents"));
  if (!documents.length) {
    fill($("list"), el("p", { class: "soft" }, "Nothing was read yet. Drop a report, a speech or a news page above, and the facts in it are shown where they stand."));
    $("paper").hidden = true;
    return;
  }
  if (!documents.some((one) => one.id === state.doc)) state = { ...state, doc: documents[0].id, fact: null };
  fill($("list"),
    el("ul", { class: "papers" }, documents.map((one) => el("li", {}, el("a", {
      href: `?tab=documents&doc=${encodeURIComponent(one.id)}`, "aria-current": one.id === state.doc ? "true" : null, lang: one.language,
      onclick: guarded($("list"), (event) => { event.preventDefault(); remember({ doc: one.id, fact: null, at: null }, true); return showDocuments(); }),
    }, short(one.title || one.id), el("span", { class: "source", lang: "en" }, [
      one.date || "undated", `${number(one.facts)} facts`, one.conflicts ? `${one.conflicts} in conflicts` : null,
    ].filter(Boolean).join(" · ")))))),
    el("p", { class: "tools" }, el("a", { class: "button small", href: csvUrl("/evidence/documents"), download: "documents.csv" }, "List as CSV"),
      el("a", { class: "button small", href: csvUrl("/evidence/facts"), download: "facts.csv" }, "All facts as CSV")));
  if (!paper || paper.id !== state.doc) {
    paper = await api(`/evidence/documents/${state.doc.split("/").map(encodeURIComponent).join("/")}`);
    paper.letters = Array.from(paper.text);
  }
  showPaper();
}

function short(text, most = 90) {
  return text.length > most ? `${text.slice(0, most).trimEnd()}…` : text;
}

function showPaper() {
  $("paper").hidden = false;
  $("paper").lang = paper.language;
  fill($("paper-head"), el("h2", {}, paper.title || paper.id),
    el("p", { class: "source", lang: "en" }, [paper.id, paper.date || "undated", paper.language, `${number(paper.characters)} characters`, ...paper.notes].join(" · "),
      paper.address ? [" · ", el("a", { href: paper.address, rel: "noreferrer" }, "source")] : null),
    el("div", { lang: "en" }, tools({ csv: csvUrl(`/evidence/documents/${encodeURIComponent(paper.id)}`), csvName: `${paper.id}-facts.csv` })));
  const count = (kind) => paper.facts.filter((one) => one.kind === kind).length;
  const chosen = kindsShown();
  $("kinds").lang = "en";
  fill($("kinds"), el("legend", {}, "Facts underlined"), KINDS.filter(count).map((kind) => el("label", { class: "check" },
    el("input", { type: "checkbox", value: kind, checked: chosen.includes(kind) }), el("span", {}, el("span", { class: `u d1 k-${kind}` }, kind), ` ${count(kind)}`))));
  drawText();
  showFact(false);
}

/** Draw the part of the text that is asked for, every stretch between two ends of facts on its own. */
function drawText() {
  const chosen = kindsShown();
  const facts = paper.facts.filter((one) => chosen.includes(one.kind));
  const wanted = paper.facts.find((one) => one.id === state.fact);
  const place = wanted ? wanted.start : Number(state.at) || 0;
  const part = Math.min(Math.floor(place / PART), Math.max(0, Math.ceil(paper.letters.length / PART) - 1));
  const first = part * PART, last = Math.min(first + PART, paper.letters.length);
  const inside = facts.filter((one) => one.start < last && one.end > first);
  const ends = new Set([first, last]);
  if (state.at !== null && state.at !== undefined && !wanted) ends.add(Math.min(Math.max(place, first), last));
  for (const one of inside) {
    ends.add(Math.max(one.start, first));
    ends.add(Math.min(one.end, last));
  }
  const cuts = [...ends].sort((a, b) => a - b);
  const opens = new Map();
  for (const one of inside) opens.set(Math.max(one.start, first), [...(opens.get(Math.max(one.start, first)) || []), one]);
  const out = document.createDocumentFragment();
  let over = [];
  const met = new Set();
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const [start, end] = [cuts[k], cuts[k + 1]];
    over = [...over.filter((one) => one.end > start), ...(opens.get(start) || [])];
    const words = paper.letters.slice(start, end).join("");
    if (!over.length) {
      out.append(state.at !== null && start === place && !wanted ? el("span", { id: "at" }, words) : words);
      continue;
    }
    const byLength = [...over].sort((a, b) => (b.end - b.start) - (a.end - a.start));
    const own = byLength.at(-1);
    let made = document.createTextNode(words);
    const lines = [...new Set(byLength.toReversed().map((one) => one.kind))].slice(0, 3);
    lines.forEach((kind, depth) => {
      const span = el("span", { class: `u d${depth + 1} k-${kind}` });
      span.append(made);
      made = span;
    });
    const stretch = el("span", {
      class: "fact", role: "button", tabindex: met.has(own.id) ? "-1" : "0", "aria-pressed": String(own.id === state.fact), "data-fact": own.id,
      "data-start": start, title: `${own.kind}: ${own.subject}`,
    });
    if (start === place && !wanted) stretch.id = "at";
    met.add(own.id);
    stretch.append(made);
    out.append(stretch);
  }
  fill($("text"), out);
  $("parts").lang = "en";
  const count = Math.ceil(paper.letters.length / PART);
  fill($("parts"), count > 1 ? el("p", { class: "tools" }, `Part ${part + 1} of ${count}`, [[-1, "Earlier"], [1, "Later"]].map(([step, name]) => {
    const next = part + step;
    return el("button", { type: "button", class: "small", disabled: next < 0 || next >= count, onclick: () => {
      remember({ fact: null, at: String(next * PART) });
      drawText();
      $("text").focus();
    } }, name);
  })) : null);
}

function choose(id) {
  remember({ fact: id, at: null });
  for (const one of $("text").querySelectorAll(".fact")) one.setAttribute("aria-pressed", String(one.dataset.fact === id));
  showFact(true);
}

$("text").addEventListener("click", (event) => {
  const stretch = event.target.closest(".fact");
  if (stretch) choose(stretch.dataset.fact);
});
$("text").addEventListener("keydown", (event) => {
  const stretch = event.target.closest(".fact");
  if (!stretch || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  choose(stretch.dataset.fact);
  $("side").querySelector(".panel")?.focus();
});
$("kinds").addEventListener("change", () => {
  remember({ kinds: [...$("kinds").querySelectorAll("input:checked")].map((one) => one.value).join(" ") || "none" });
  drawText();
});

/** The fact chosen, and what else is said at the same place. */
function showFact(chosen) {
  const fact = paper.facts.find((one) => one.id === state.fact);
  $("side").hidden = !fact;
  document.querySelector(".reader").classList.toggle("open", Boolean(fact));
  if (!fact) {
    $("side").replaceChildren();
    if (state.at !== null && state.at !== undefined) $("text").querySelector("#at")?.scrollIntoView({ block: "center" });
    return;
  }
  const around = paper.facts.filter((one) => one.id !== fact.id && one.start < fact.end && fact.start < one.end).slice(0, 12);
  const conflicts = paper.conflicts.filter((one) => one.facts.includes(fact.id));
  fill($("side"), factCard(fact),
    conflicts.length ? el("div", { class: "panel" }, el("h3", {}, "In conflict"), conflicts.map((one) => el("p", {},
      el("span", { class: `severity ${one.severity}` }, one.severity), one.title))) : null,
    around.length ? el("div", { class: "panel" }, el("h3", {}, "Also said here"), el("ul", { class: "papers" }, around.map((one) => el("li", {},
      el("a", { href: `#${one.id}`, onclick: (event) => { event.preventDefault(); choose(one.id); } }, el("span", { class: `u d1 k-${one.kind}` }, one.kind), `: ${short(one.subject, 70)}`))))) : null);
  const stretch = [...$("text").querySelectorAll(".fact")].find((one) => one.dataset.fact === fact.id);
  if (!chosen) stretch?.scrollIntoView({ block: "center" });
  else if (matchMedia("(max-width: 60rem)").matches) $("side").scrollIntoView({ block: "start" });
}

function factCard(fact) {
  const told = Object.entries(fact.attributes).filter(([name]) => name !== "review");
  const words = (value) => (Array.isArray(value) ? value.map(words).join(", ") : value && typeof value === "object" ? Object.entries(value).map(([k, v]) => `${k} ${words(v)}`).join(", ") : String(value));
  const reviewed = fact.attributes.review;
  return el("div", { class: "panel", tabindex: "-1" },
    el("p", {}, el("span", { class: `u d1 k-${fact.kind}` }, fact.kind), fact.year ? ` · ${fact.year}` : null),
    el("h2", { lang: paper.language }, fact.subject),
    fact.value === null ? null : el("p", { class: "value" }, `${fact.value.toLocaleString("en-GB", { maximumFractionDigits: 6 })} ${fact.unit || ""}`),
    el("blockquote", { lang: paper.language }, fact.quote),
    el("dl", {},
      el("dt", {}, "filed under"), el("dd", {}, fact.systems.join(", ") || "nothing"),
      el("dt", {}, "stands at"), el("dd", {}, `${number(fact.start)}–${number(fact.end)}`),
      told.flatMap(([name, value]) => [el("dt", {}, name.replaceAll("_", " ")), el("dd", {}, words(value))]),
      reviewed ? [el("dt", {}, "reviewed"), el("dd", {}, `${reviewed.decision} by ${reviewed.who}`)] : null),
    behind("Your word on it", reviewForm(fact)));
}

function reviewForm(fact) {
  const who = el("input", { id: "who", value: localStorage.getItem("reviewer") || "", autocomplete: "name", maxlength: "200" });
  const note = el("input", { id: "why", maxlength: "2000" });
  const place = el("div");
  const decide = (decision) => guarded(place, async () => {
    if (!who.value.trim()) {
      announce("Say who you are: the history names whoever decides.");
      who.focus();
      return;
    }
    localStorage.setItem("reviewer", who.value.trim());
    const made = await api("/evidence/reviews", { body: { fact: fact.id, decision, who: who.value.trim(), note: note.value } });
    announce(`${decision === "accept" ? "Accepted" : "Rejected"} by ${made.who}.`);
    paper = null;
    if (decision === "reject") remember({ fact: null, at: String(fact.start) });
    await showDocuments();
  });
  return el("div", {},
    el("div", { class: "field" }, el("label", { for: "who" }, "Your name"), who),
    el("div", { class: "field" }, el("label", { for: "why" }, "Why"), note),
    el("div", { class: "tools" }, el("button", { type: "button", class: "small", onclick: decide("accept") }, "Accept"),
      el("button", { type: "button", class: "small", onclick: decide("reject") }, "Reject")), place,
    el("p", { class: "source" }, "Who decided what, and when, is kept; a rejected fact is left out everywhere."));
}

// Uploads

/** Why files are not worth sending; null where they are. The server checks them again. */
function refused(files) {
  const wrong = files.find((one) => !ENDINGS.some((ending) => one.name.toLowerCase().endsWith(ending)));
  if (wrong) return { what: `${wrong.name} is not of a kind that is read`, mend: `choose ${ENDINGS.join(", ")}` };
  if (files.length > MOST_FILES) return { what: `${files.length} files at once`, mend: `choose ${MOST_FILES} at most` };
  const empty = files.find((one) => !one.size);
  if (empty) return { what: `${empty.name} is empty`, mend: "choose another" };
  if (files.reduce((sum, one) => sum + one.size, 0) > MOST_BYTES) return { what: "the files are larger than 50 MB together", mend: "send fewer at a time" };
  return null;
}

async function send(files) {
  if (!files.length) return;
  const wrong = refused(files);
  if (wrong) {
    $("upload").value = "";
    showError($("sent"), wrong);
    return;
  }
  const form = new FormData();
  for (const file of files) form.append("files", file);
  let job;
  try {
    fill($("sent"), el("p", { class: "busy" }, `Sending ${files.length === 1 ? files[0].name : `${files.length} files`}`));
    job = await api("/evidence/documents", { body: form });
  } catch (error) {
    showError($("sent"), error);
    return;
  } finally {
    $("upload").value = "";
  }
  const done = await showJob($("sent"), job.id, { what: job.files.length === 1 ? `Reading ${job.files[0]}` : `Reading ${job.files.length} documents` });
  if (!done) return;
  const result = await api(`/jobs/${job.id}/result`).catch(() => ({ skipped: [] }));
  const skipped = (result.skipped || []).filter((one) => job.files.includes(one.name));
  const known = (result.documents || []).map((one) => one.id);
  fill($("sent"), skipped.map((one) => el("div", { class: "error", role: "alert" }, el("p", {}, el("strong", {}, one.name), ` was not read: ${one.reason}`))),
    skipped.length < job.files.length ? el("p", { class: "good" }, `Read: ${job.files.filter((one) => !skipped.some((s) => s.name === one)).join(", ")}.`) : null);
  const first = job.files.find((one) => known.includes(one));
  paper = null;
  if (first) remember({ doc: first, fact: null, at: null }, true);
  await showDocuments();
}

$("upload").addEventListener("change", guarded($("sent"), () => send([...$("upload").files])));
$("drop").addEventListener("submit", (event) => event.preventDefault());
for (const name of ["dragenter", "dragover"]) {
  $("drop").addEventListener(name, (event) => { event.preventDefault(); $("drop").classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) $("drop").addEventListener(name, () => $("drop").classList.remove("over"));
$("drop").addEventListener("drop", guarded($("sent"), (event) => { event.preventDefault(); return send([...event.dataTransfer.files]); }));

// Conflicts

async function showConflicts() {
  const [{ conflicts }, listed] = await Promise.all([api("/evidence/conflicts"), api("/evidence/documents")]);
  documents = listed.documents;
  const least = SEVERITIES.includes(state.severity) ? state.severity : "low";
  const shown = conflicts.filter((one) => SEVERITIES.indexOf(one.severity) <= SEVERITIES.indexOf(least));
  shown.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.number - b.number);
  const count = (severity) => conflicts.filter((one) => one.severity === severity).length;
  fill($("severities"), el("legend", {}, "How serious"), [["high", `high only (${count("high")})`], ["medium", `medium and high (${count("high") + count("medium")})`], ["low", `all (${conflicts.length})`]].map(([value, name]) =>
    el("label", { class: "check" }, el("input", { type: "radio", name: "severity", value, checked: value === least }), name)));
  fill($("conflicts-tools"), tools({ csv: csvUrl("/evidence/conflicts"), csvName: "conflicts.csv" }));
  fill($("conflicts-body"), shown.length ? shown.map((one) => el("article", { class: "conflict" },
    el("span", { class: `severity ${one.severity}` }, one.severity), el("h2", { class: "inline" }, one.title),
    el("p", {}, one.explanation),
    el("div", { class: "quotes" }, one.quotes.map((quote) => el("blockquote", {}, el("p", { lang: languageOf(quote.doc) }, quote.quote.replace(/\s+/g, " ")), source(quote)))))) :
    el("p", { class: "empty" }, "Nothing disagrees in what was read."));
}

function languageOf(id) {
  return documents.find((one) => one.id === id)?.language || "en";
}

/** A link to where a quote stands. */
function source(quote) {
  const found = documents.find((one) => one.id === quote.doc);
  return el("a", { class: "source", href: `?tab=documents&doc=${encodeURIComponent(quote.doc)}&at=${quote.start}`, onclick: guarded($("list"), (event) => {
    event.preventDefault();
    remember({ tab: "documents", doc: quote.doc, at: String(quote.start), fact: null }, true);
    return show();
  }) }, `${short(found?.title || quote.doc, 60)}${found?.date ? `, ${found.date}` : ""}`);
}

$("severities").addEventListener("change", guarded($("conflicts-body"), (event) => { remember({ severity: event.target.value }); return showConflicts(); }));

// Search

async function showHits() {
  $("q").value = state.q || "";
  if (!state.q) {
    fill($("hits"), el("p", { class: "soft" }, "Names find all their spellings, a number finds itself however it is written, a year finds what speaks of it."));
    return;
  }
  const [{ hits }, listed] = await Promise.all([api("/evidence/search", { query: { q: state.q, limit: 30 } }), api("/evidence/documents")]);
  documents = listed.documents;
  fill($("hits"), el("p", { class: "soft" }, hits.length ? `${hits.length} passages, best first.` : "Nothing found: try fewer or other words."),
    hits.length ? tools({ csv: csvUrl("/evidence/search", { q: state.q, limit: 200 }), csvName: "search.csv" }) : null,
    hits.map((hit) => el("article", { class: "hit" }, el("p", { lang: languageOf(hit.doc) }, marked(hit.quote)), source(hit),
      hit.facts.length ? el("span", { class: "source" }, ` · ${hit.facts.length} fact${hit.facts.length > 1 ? "s" : ""}`) : null)));
}

/** A quote with the words asked for marked. */
function marked(quote) {
  const words = state.q.split(/\s+/).filter((one) => one.length > 1).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!words.length) return quote;
  return quote.split(new RegExp(`(${words.join("|")})`, "gi")).map((piece, at) => (at % 2 ? el("mark", {}, piece) : piece));
}

$("ask").addEventListener("submit", guarded($("hits"), (event) => {
  event.preventDefault();
  remember({ q: $("q").value.trim() || null }, true);
  return showHits();
}));

// What is known

async function showKnown() {
  const query = { from_year: state.from || EARLIEST, to_year: state.until || LATEST };
  const told = await api("/evidence/map", { query });
  const spoken = told.cells.filter((one) => one.facts).map((one) => one.year);
  // Years at either end that nothing speaks of are left out, unless they are asked for.
  told.years = told.years.filter((year) => (state.from || year >= Math.min(...spoken)) && (state.until || year <= Math.max(...spoken)));
  $("from").value = told.years[0] ?? EARLIEST;
  $("until").value = told.years.at(-1) ?? LATEST;
  const counts = new Map(told.cells.map((one) => [`${one.system} ${one.year}`, one.facts]));
  const most = Math.max(1, ...counts.values());
  const caption = "Facts by system and year; hatched where nothing is known";
  fill($("grid"), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, el("table", { class: "grid" }, el("caption", {}, caption),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "system"), told.years.map((year) => el("th", { scope: "col", class: "number" }, String(year))), el("th", { scope: "col", class: "number" }, "undated"))),
    el("tbody", {}, told.systems.map((system) => el("tr", {}, el("th", { scope: "row" }, system), told.years.map((year) => {
      const count = counts.get(`${system} ${year}`) || 0;
      if (!count) return el("td", { class: "none" }, el("span", { class: "hidden-label" }, "none"));
      const cell = el("td", {}, el("button", { type: "button", "data-system": system, "data-year": year, "aria-label": `${system} ${year}: ${count} facts`, "aria-pressed": String(state.system === system && state.year === String(year)) }, String(count)));
      cell.style.background = `rgba(11, 86, 136, ${0.08 + 0.4 * Math.sqrt(count / most)})`;
      return cell;
    }), el("td", { class: "number" }, number(told.undated[system] || 0))))))),
  told.unknown.length ? el("p", {}, "Nothing at all is known of: ", told.unknown.join(", "), ".") : null,
  tools({ csv: csvUrl("/evidence/map", query), csvName: "known.csv" }));
  await showCell();
}

async function showCell() {
  const { system, year } = state;
  for (const one of $("grid").querySelectorAll("button[data-system]")) one.setAttribute("aria-pressed", String(one.dataset.system === system && one.dataset.year === year));
  if (!system || !year) {
    $("cell").replaceChildren();
    return;
  }
  const { facts } = await api("/evidence/facts", { query: { system, year, limit: 500 } });
  if (!documents.length) ({ documents } = await api("/evidence/documents"));
  fill($("cell"), sortable([
    { id: "subject", name: "subject", of: (row) => row.subject },
    { id: "kind", name: "kind", of: (row) => row.kind },
    { id: "value", name: "value", number: true, of: (row) => (row.value === null ? "–" : row.value.toLocaleString("en-GB", { maximumFractionDigits: 4 })), sort: (row) => row.value },
    { id: "unit", name: "unit", of: (row) => row.unit },
    { id: "where", name: "document", of: (row) => source(row), sort: (row) => row.doc },
  ], facts, { caption: `${system}, ${year}: ${facts.length} facts` }), tools({ csv: csvUrl("/evidence/facts", { system, year }), csvName: `${system}-${year}.csv` }));
}

$("grid").addEventListener("click", guarded($("cell"), (event) => {
  const button = event.target.closest("button[data-system]");
  if (!button) return null;
  remember({ system: button.dataset.system, year: button.dataset.year });
  return showCell();
}));
$("span").addEventListener("submit", guarded($("grid"), (event) => {
  event.preventDefault();
  remember({ from: $("from").value, until: $("until").value });
  return showKnown();
}));

// Tabs

const tabs = document.querySelector(".tabs");
tabs.addEventListener("click", guarded($("list"), (event) => {
  const button = event.target.closest("[data-tab]");
  if (!button) return null;
  remember({ tab: button.dataset.tab }, true);
  return show();
}));
tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length];
  $(`tab-${next}`).focus();
  $(`tab-${next}`).click();
});
addEventListener("popstate", guarded($("list"), () => { state = read(); return show(); }));
guarded($("list"), show)();
