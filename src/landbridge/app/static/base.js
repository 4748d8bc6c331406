// What every page shares: the API, errors, the address as the state of the view, tables, jobs.

export const API = "/api/v1";

/** What the API refuses: what went wrong, where, and how to mend it. */
export class ApiError extends Error {
  constructor(status, { what, where = "", mend = "", problems = null } = {}) {
    super(what || `the server answered ${status}`);
    this.name = "ApiError";
    Object.assign(this, { status, what: this.message, where, mend, problems });
  }
}

/** Address of an API path with a query; null, undefined, "" and [] are left out, lists repeat. */
export function url(path, query = {}) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") words.append(name, one);
    }
  }
  const asked = words.toString();
  const whole = path.startsWith(API) ? path : API + path;
  return asked ? `${whole}?${asked}` : whole;
}

/** Ask the API; gives the JSON object or throws an ApiError. `body` is sent as JSON, a FormData as it is. */
export async function api(path, { query = {}, method = null, body = null, signal = null } = {}) {
  const options = { method: method || (body ? "POST" : "GET"), signal, headers: { Accept: "application/json" } };
  if (body instanceof FormData) options.body = body;
  else if (typeof body === "string") {
    options.body = body;
    options.headers["Content-Type"] = "application/toml";
  } else if (body) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(url(path, query), options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { what: "the server does not answer", mend: "see whether `landbridge serve` still runs" });
  }
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(answer.status, said.error || {});
  return said;
}

/** Make an element: el("p", {class: "soft", onclick: f}, "text", child). Text is never read as HTML. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

/** Put children in the place of whatever an element holds. */
export function fill(place, ...children) {
  place.replaceChildren(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return place;
}

/** Show an error where it belongs; errors of an aborted request are not shown. */
export function showError(place, error) {
  if (error.name === "AbortError") return;
  const where = error.where ? `${error.where}: ` : "";
  fill(place, el("div", { class: "error", role: "alert" },
    el("p", {}, el("strong", {}, `${where}${error.what || error.message}`)),
    error.mend ? el("p", { class: "mend" }, error.mend) : null,
    error.problems ? el("ul", {}, error.problems.map((one) => el("li", {},
      `${one.line ? `line ${one.line}: ` : ""}${one.message}${one.suggestion ? `; ${one.suggestion}` : ""}`))) : null));
}

/** Say something to everybody, screen readers too; blank takes it away. */
export function announce(text, seconds = 6) {
  const place = document.getElementById("status");
  place.textContent = text;
  clearTimeout(announce.timer);
  if (text) announce.timer = setTimeout(() => { place.textContent = ""; }, 1000 * seconds);
}

/** What the address asks for: {name: value}; names in `lists` give arrays. */
export function view(lists = []) {
  const words = new URLSearchParams(location.search);
  const found = {};
  for (const name of new Set(words.keys())) {
    found[name] = lists.includes(name) ? words.getAll(name) : words.get(name);
  }
  return found;
}

/** Put the state of the view into the address, so that the link reopens exactly this. */
export function setView(state, { push = false } = {}) {
  const asked = url("", state).slice(API.length);
  const address = location.pathname + asked + location.hash;
  if (address === location.pathname + location.search + location.hash) return;
  history[push ? "pushState" : "replaceState"]({}, "", address);
}

/** Tools of a chart or table: its CSV, and a link that reopens exactly this view. */
export function tools({ csv = null, csvName = null, more = [] } = {}) {
  return el("div", { class: "tools" },
    csv ? el("a", { class: "button small", href: csv, download: csvName || "" }, "CSV") : null,
    el("button", { class: "small", type: "button", onclick: copyLink }, "Copy link to this view"),
    more);
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    announce("The link to this view is copied.");
  } catch {
    announce(`The link to this view: ${location.href}`, 20);
  }
}

/** Address of the CSV of a table. */
export function csvUrl(path, query = {}) {
  return url(path, { ...query, format: "csv" });
}

/** Offer rows made on the page as a CSV file: columns are [{name, of: row => value}]. */
export function csvOf(columns, rows) {
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map((one) => cell(one.name)), ...rows.map((row) => columns.map((one) => cell(one.of(row))))];
  return URL.createObjectURL(new Blob([lines.map((line) => line.join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }));
}

/** A table: columns are [{name, of: row => value or Node, number: bool}]. */
export function table(columns, rows, { caption = "", onrow = null } = {}) {
  const head = columns.map((one) => el("th", { scope: "col", class: one.number ? "number" : null }, one.name));
  const body = rows.map((row) => {
    const line = el("tr", {}, columns.map((one, at) => {
      const value = one.of(row);
      const shown = value === null || value === undefined || value === "" ? "–" : value;
      return el(at === 0 ? "th" : "td", { class: one.number ? "number" : null, scope: at === 0 ? "row" : null }, shown);
    }));
    if (onrow) line.addEventListener("click", () => onrow(row, line));
    return line;
  });
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || "Table" },
    el("table", {}, caption ? el("caption", {}, caption) : null, el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)));
}

/** Write a number for people; null is a dash. */
export function number(value, digits = 0) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The same with a sign. */
export function signed(value, digits = 2) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return (value > 0 ? "+" : value < 0 ? "−" : "") + number(Math.abs(value), digits);
}

const OVER = ["done", "failed", "cancelled", "interrupted"];

/** Follow a job until it is over; gives its last state. `onprogress` gets every state on the way. */
export async function followJob(id, { onprogress = () => {}, signal = null, every = 400 } = {}) {
  for (;;) {
    const job = await api(`/jobs/${id}`, { signal });
    onprogress(job);
    if (OVER.includes(job.status)) {
      if (job.status === "failed") throw new ApiError(500, job.error);
      return job;
    }
    await new Promise((wake) => { setTimeout(wake, every); });
  }
}

/** Start a job ({kind, ...}) and follow it; gives the finished job. */
export async function runJob(asked, options = {}) {
  const job = await api("/jobs", { body: asked, signal: options.signal });
  if (options.onstart) options.onstart(job);
  return followJob(job.id, options);
}

/** Call a function once things have been quiet for a while. */
export function settled(call, wait = 250) {
  let timer = null;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...given), wait);
  };
}
