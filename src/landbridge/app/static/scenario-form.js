// The form of a scenario, made from the levers' own schemas: it edits one object of tables.
import { api, el, fill, number } from "/static/base.js";

let kinds = {};
const lists = new Map();
const YEAR = 2025;
const ends = { true: "open", false: "shut" };

/** Read the kinds of levers once. */
export async function loadKinds() {
  const told = await api("/levers");
  kinds = Object.fromEntries(told.kinds.map((one) => [one.kind, one.form]));
  return told.kinds.map((one) => one.form);
}

/** Names of a list, as a datalist of the page; gives what people read by what is written. */
async function names(of) {
  if (!lists.has(of)) {
    lists.set(of, api(`/levers/names/${of}`).then(({ names: found }) => {
      document.getElementById("lists").append(el("datalist", { id: `names-${of}` }, found.map((one) =>
        el("option", { value: one.id }, one.what ? `${one.name} (${one.what})` : one.name))));
      return new Map(found.map((one) => [one.id, one]));
    }));
  }
  return lists.get(of);
}

/** Take what is blank out of a table, so that it is left to its default. */
function put(table, name, value) {
  const blank = value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length) || Number.isNaN(value);
  if (blank) delete table[name];
  else table[name] = value;
}

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

let numbered = 0;
/** A labelled place for a control, with a place for what is wrong with it. */
function framed({ lever, name, label, unit = "", hint = "", wide = false, required = false }, make) {
  numbered += 1;
  const id = `f${numbered}`;
  const wrong = el("p", { class: "wrong", id: `${id}-wrong`, hidden: true });
  return el("div", { class: `field${wide ? " wide" : ""}`, "data-lever": lever, "data-field": name },
    el("label", { for: id }, capital(label), unit ? el("span", { class: "unit" }, `, ${unit}`) : null, required ? " *" : null),
    make(id), hint ? el("span", { class: "hint" }, hint) : null, wrong);
}

const told = (id, more = {}) => ({ id, "aria-describedby": `${id}-wrong`, ...more });

function textField(table, at, changed, { type = "text", list = null, rows = 0 } = {}) {
  return framed(at, (id) => {
    const value = table[at.name] ?? "";
    const control = rows ? el("textarea", told(id, { rows, value })) : el("input", told(id, { type, value: String(value), list: list ? `names-${list}` : null, autocomplete: "off" }));
    control.addEventListener("input", () => {
      put(table, at.name, type === "number" ? control.valueAsNumber : control.value);
      changed();
    });
    if (!list) return control;
    const meant = el("span", { class: "hint" });
    const say = async () => {
      const found = (await names(list)).get(control.value.trim());
      meant.textContent = found ? `${found.name}${found.what ? `, ${found.what}` : ""}` : "";
    };
    control.addEventListener("input", say);
    say();
    return [control, meant];
  });
}

function listField(table, at, changed, of) {
  return framed({ ...at, wide: true }, (id) => {
    const chosen = el("ul", { class: "chosen", "aria-label": `${at.label} chosen` });
    const control = el("input", told(id, { list: of ? `names-${of}` : null, placeholder: "type a name, press Enter", autocomplete: "off" }));
    const values = () => (Array.isArray(table[at.name]) ? table[at.name] : []);
    const draw = async () => {
      const known = of ? await names(of) : new Map();
      fill(chosen, values().map((value, k) => el("li", {}, known.get(value)?.name && known.get(value).name.length < 28 ? `${known.get(value).name}` : value,
        el("button", { type: "button", "aria-label": `Take out ${value}`, onclick: () => {
          put(table, at.name, values().filter((_, n) => n !== k));
          draw();
          changed();
          control.focus();
        } }, "×"))));
    };
    const add = () => {
      const words = control.value.split(/[,;]/).map((one) => one.trim()).filter((one) => one && !values().includes(one));
      control.value = "";
      if (!words.length) return;
      put(table, at.name, [...values(), ...words]);
      draw();
      changed();
    };
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      add();
    });
    control.addEventListener("change", add);
    draw();
    return [chosen, control];
  });
}

function choiceField(table, at, changed, options) {
  return framed(at, (id) => {
    const control = el("select", told(id), options.map(([value, name]) => el("option", { value, selected: String(table[at.name] ?? "") === value }, name)));
    control.addEventListener("change", () => {
      const { value } = control;
      put(table, at.name, ["true", "false"].includes(value) ? value === "true" : value);
      changed();
    });
    return control;
  });
}

/** A number with its slider, its interval, and what it is today where that is known. */
function quantityField(table, at, changed, field, nowOf) {
  return framed(at, (id) => {
    const own = () => {
      const value = table[at.name];
      return value === undefined ? {} : typeof value === "object" && value !== null ? { ...value } : { value };
    };
    const store = (changes) => {
      const next = { ...own(), ...changes };
      for (const [name, value] of Object.entries(next)) if (Number.isNaN(value) || value === null) delete next[name];
      if (!Object.keys(next).length) delete table[at.name];
      else table[at.name] = Object.keys(next).length === 1 && "value" in next ? next.value : next;
      changed();
    };
    const shown = own();
    const value = el("input", told(id, { type: "number", step: "any", value: shown.value ?? "" }));
    const slider = el("input", { type: "range", "aria-label": `${at.label} ${at.unit}, slider`, hidden: true });
    const today = el("span", { class: "hint" });
    const range = (least, most, step, now) => {
      Object.assign(slider, { min: least, max: most, step });
      slider.value = own().value ?? now ?? least;
      slider.hidden = false;
    };
    if (field.least !== null) range(field.least, field.most, field.step, field.now ?? field.default?.value);
    if (field.default && typeof field.default === "object") {
      const { value: middle, low, high } = field.default;
      value.placeholder = number(middle, 3).replace(/0+$/, "").replace(/\.$/, "");
      today.textContent = `left blank: ${value.placeholder}${low === null ? "" : `, ${number(low, 2)} to ${number(high, 2)}`} as published`;
    }
    if (nowOf) nowOf((all) => {
      const found = all.find((one) => one.field === at.name);
      today.textContent = "";
      if (!found || found.value === null) return;
      const whole = found.value >= 100 ? 0 : 1;
      today.textContent = `today ${number(found.value, whole)} ${found.unit} (${found.note})`;
      const step = found.value > 1000 ? 10 ** Math.floor(Math.log10(found.value) - 1) : found.value > 100 ? 5 : 0.5;
      range(0, Math.ceil((2 * found.value) / step) * step, step, found.value);
    });
    const low = el("input", { type: "number", step: "any", value: shown.low ?? "", "aria-label": `${at.label}, 5th percentile` });
    const high = el("input", { type: "number", step: "any", value: shown.high ?? "", "aria-label": `${at.label}, 95th percentile` });
    value.addEventListener("input", () => {
      if (!slider.hidden && !Number.isNaN(value.valueAsNumber)) slider.value = value.valueAsNumber;
      store({ value: value.valueAsNumber });
    });
    slider.addEventListener("input", () => {
      value.value = String(Number(slider.valueAsNumber.toPrecision(6)));
      store({ value: value.valueAsNumber });
    });
    low.addEventListener("input", () => store({ low: low.valueAsNumber }));
    high.addEventListener("input", () => store({ high: high.valueAsNumber }));
    return [el("div", { class: "quantity" }, value, slider), today,
      el("details", { open: shown.low !== undefined }, el("summary", {}, "How sure: nine times in ten"), el("div", { class: "interval" }, low, high))];
  });
}

function field(lever, table, one, changed, nowOf) {
  const at = { lever, name: one.name, label: one.label, unit: one.unit, hint: one.help, required: one.required };
  if (one.sort === "quantity") return quantityField(table, at, changed, one, nowOf);
  if (one.sort === "list") return listField(table, at, changed, one.names);
  if (one.sort === "choice") return choiceField(table, at, changed, [...(one.default ? [] : [["", "choose…"]]), ...one.choices.map((c) => [c, c.replaceAll("_", " ")])]);
  if (one.sort === "switch") {
    const words = one.name === "open" ? ends : { true: "yes", false: "no" };
    return choiceField(table, at, changed, [["", "left as it is"], ["true", words.true], ["false", words.false]]);
  }
  if (one.sort === "flag") return choiceField(table, at, changed, [["", one.default ? "yes" : "no"], [String(!one.default), one.default ? "no" : "yes"]]);
  if (one.sort === "integer" || one.sort === "number") return textField(table, at, changed, { type: "number" });
  return textField(table, one.name === "source" || one.name === "note" ? { ...at, wide: true } : at, changed, { list: one.names });
}

/** The card of a lever. */
function card(tables, index, changed, rebuilt) {
  const table = tables.lever[index];
  const form = kinds[table.kind];
  const number1 = index + 1;
  const head = el("header", {}, el("div", {}, el("h2", { id: `lever-${number1}` }, `${number1}. ${capital((table.kind || "lever").replaceAll("_", " "))}`),
    el("p", { class: "soft", "data-describes": number1 }, form ? form.what : "")),
  el("button", { type: "button", class: "small", "aria-label": `Remove lever ${number1}`, onclick: () => {
    tables.lever.splice(index, 1);
    rebuilt();
    document.getElementById("kind").focus();
  } }, "Remove"));
  const wrong = el("p", { class: "wrong", "data-lever": number1, "data-field": "" });
  if (!form) {
    return el("section", { class: "panel lever", "aria-labelledby": `lever-${number1}` }, head, el("p", { class: "wrong" },
      `No kind of lever is called ${table.kind}: change it in the file.`), wrong);
  }
  const given = (one) => one.required || one.name in table;
  const key = form.fields.find((one) => ["crossing", "commodity"].includes(one.name));
  const askers = [];
  const nowOf = key && ["crossing", "price"].includes(table.kind) ? (tell) => askers.push(tell) : null;
  const look = async () => {
    if (!nowOf) return;
    const name = String(table[key.name] || "").trim();
    const found = name ? await api(`/levers/${table.kind}/now`, { query: { name, year: tables.year || YEAR } }).catch(() => ({ now: [] })) : { now: [] };
    askers.forEach((tell) => tell(found.now));
  };
  const altered = () => changed();
  const make = (one) => field(number1, table, one, altered, nowOf);
  const main = form.fields.filter(given), rest = form.fields.filter((one) => !given(one));
  const open = rest.length <= 4 || main.length < 2;
  const made = el("section", { class: "panel lever", "aria-labelledby": `lever-${number1}` }, head,
    el("div", { class: "fields" }, main.map(make)),
    rest.length ? el("details", { open }, el("summary", {}, `More that can be changed (${rest.length})`), el("div", { class: "fields" }, rest.map(make))) : null,
    el("div", { class: "fields" }, form.common.filter((one) => one.name === "source").map(make)),
    el("details", { open: form.common.some((one) => one.name !== "source" && one.name in table) }, el("summary", {}, "Years and note"),
      el("div", { class: "fields" }, form.common.filter((one) => one.name !== "source").map(make))), wrong);
  if (nowOf) {
    made.querySelector(`[data-field="${key.name}"] input`).addEventListener("change", look);
    look();
  }
  return made;
}

function sourcesField(tables, changed) {
  const place = el("div", { class: "sources" });
  const rows = () => (Array.isArray(tables.sources) ? tables.sources : []);
  const draw = () => fill(place, rows().map((one, k) => el("div", { class: "one" },
    [["title", "Title"], ["address", "Address"], ["as_of", "As of"]].map(([name, label]) => el("input", {
      value: one[name] || "", placeholder: label, "aria-label": `${label} of source ${k + 1}`, oninput: (event) => { put(one, name, event.target.value); changed(); },
    })), el("button", { type: "button", class: "small", "aria-label": `Take out source ${k + 1}`, onclick: () => {
      put(tables, "sources", rows().filter((_, n) => n !== k));
      draw();
      changed();
    } }, "×"))), el("p", {}, el("button", { type: "button", class: "small", onclick: () => {
    tables.sources = [...rows(), { title: "" }];
    draw();
    place.querySelector(".one:last-of-type input")?.focus();
  } }, "Add a source")));
  draw();
  return el("fieldset", { class: "wide", "data-lever": 0, "data-field": "sources" }, el("legend", {}, "Sources"), place, el("p", { class: "wrong", hidden: true }));
}

/** Build the form for an object of tables; `changed` is called after each edit. */
export function buildForm(tables, changed) {
  if (!Array.isArray(tables.lever)) tables.lever = [];
  const at = (name, label, more = {}) => ({ lever: 0, name, label, ...more });
  const rebuilt = () => {
    buildForm(tables, changed);
    changed();
  };
  fill(document.getElementById("head"), el("div", { class: "fields" },
    textField(tables, at("name", "Name", { required: true }), changed),
    textField(tables, at("question", "Question", { required: true, hint: "one sentence that ends with ?", wide: true }), changed),
    textField(tables, at("year", "Year assessed", { required: true }), changed, { type: "number" }),
    textField(tables, at("baseline_year", "Year compared with", { hint: "blank: the same year without the levers" }), changed, { type: "number" })),
  el("details", { open: false }, el("summary", {}, "Description, systems, sources"), el("div", { class: "fields" },
    textField(tables, at("description", "Description", { wide: true }), changed, { rows: 3 }),
    listField(tables, at("systems", "Parts of the Belt and Road it speaks of"), changed, ""),
    sourcesField(tables, changed))));
  fill(document.getElementById("levers"), tables.lever.map((_, k) => card(tables, k, changed, rebuilt)));
}

/** Put what is wrong beside the fields it is about; gives those that belong to no field. */
export function showProblems(problems, describes) {
  for (const one of document.querySelectorAll("#form .wrong")) one.replaceChildren();
  for (const one of document.querySelectorAll("#form [aria-invalid]")) one.removeAttribute("aria-invalid");
  for (const one of document.querySelectorAll("#form .field > .wrong")) one.hidden = true;
  const left = [];
  for (const one of problems) {
    const lever = one.lever || 0;
    const place = one.field ? document.querySelector(`#form [data-lever="${lever}"][data-field="${CSS.escape(one.field)}"]`) : null;
    const slot = place ? place.querySelector(":scope > .wrong") || place : document.querySelector(`#form p[data-lever="${lever}"][data-field=""]`);
    if (!slot) {
      left.push(one);
      continue;
    }
    slot.hidden = false;
    slot.append(el("span", {}, `${slot.textContent ? " · " : ""}${one.message}${one.suggestion ? `; ${one.suggestion}` : ""}`));
    place?.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
    place?.closest("details")?.setAttribute("open", "");
  }
  for (const one of document.querySelectorAll("#form [data-describes]")) {
    const said = describes[one.dataset.describes];
    if (said) one.textContent = said;
  }
  return left;
}

/** Bring the field of a problem into view. */
export function goTo(problem) {
  const lever = problem.lever || 0;
  const place = document.querySelector(`#form [data-lever="${lever}"][data-field="${CSS.escape(problem.field || "")}"]`);
  place?.closest("details")?.setAttribute("open", "");
  const control = place?.querySelector("input, select, textarea") || document.getElementById(lever ? `lever-${lever}` : "kind");
  control?.scrollIntoView({ block: "center" });
  control?.focus();
}
