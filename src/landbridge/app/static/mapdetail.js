// What is known of one crossing or terminal: both directions, capacity, gauges, figures read, sources.
import { csvUrl, el, number, signed, table, tools } from "/static/base.js";

const fact = (name, value, unit = "", note = "") => el("div", {}, el("dt", {}, name), el("dd", {}, value, unit ? ` ${unit}` : "", note ? el("small", {}, ` ${note}`) : null));
const local = ({ ru, zh }) => [ru ? el("span", { lang: "ru" }, ru) : null, ru && zh ? " · " : null, zh ? el("span", { lang: "zh" }, zh) : null];
const both = (one) => one.ru || one.zh;

function link(source) {
  const title = source.source_title || (source.rule ? `rule ${source.rule}` : "general knowledge");
  return source.address ? el("a", { href: source.address, rel: "noreferrer" }, title) : title;
}

function sourceLine(source) {
  return el("p", { class: "source" }, "Source: ", link(source), source.as_of ? `, as of ${source.as_of}` : "", ` (${source.confidence}`, source.rule ? `, rule ${source.rule}` : "", ").", source.note ? ` ${source.note}.` : "");
}

/** Everything about a crossing; `flows` is its row in a run. */
export function crossingDetail(told, flows, run) {
  const unit = { t: "t", trains: "trains", trucks: "lorries", vehicles: "vehicles", teu: "TEU", wagons: "wagons" }[told.capacity_unit] ?? told.capacity_unit;
  const gauges = told.gauge_a_mm && told.gauge_b_mm ? `${told.gauge_a_mm} / ${told.gauge_b_mm}` : told.gauge_a_mm || told.gauge_b_mm || "–";
  return [
    el("p", {}, `${told.name_a}, ${told.economy_a_name} `, both(told.local_a) ? el("span", { class: "local" }, "(", local(told.local_a), ") ") : null,
      `– ${told.name_b}, ${told.economy_b_name}`, both(told.local_b) ? el("span", { class: "local" }, " (", local(told.local_b), ")") : null),
    told.open ? null : el("p", { class: "warm" }, `Closed to through freight in ${told.year} (status ${told.status}${told.planned_year ? `, planned for ${told.planned_year}` : ""}).`),
    el("dl", { class: "facts" },
      told.directions.map((one) => fact(`${one.from_economy} → ${one.to_economy}`, number(one.hours, 1), "h", `± ${number(one.hours_sd, 1)}`)),
      told.directions.map((one) => fact(`${one.from_economy} → ${one.to_economy}, cost`, number(one.cost_usd_feu), "USD/FEU")),
      told.directions[0].sailing_h ? fact("Sailing", number(told.directions[0].sailing_h, 0), "h") : null,
      told.mode === "rail" ? fact("Gauges", gauges, gauges === "–" ? "" : "mm", told.gauge_break ? "break of gauge" : "") : null,
      fact("Capacity", told.capacity_per_day ? number(told.capacity_per_day) : "not published", told.capacity_per_day ? `${unit} a day` : "", told.capacity_feu_year ? `≈ ${number(told.capacity_feu_year)} FEU a year` : ""),
      told.open_year ? fact("Since", String(told.open_year)) : null,
      flows ? fact("Carries in the run", number(flows.feu), "FEU a year", flows.feu_pct === null ? "" : `${signed(flows.feu_pct, 1)} %`) : null,
      flows && flows.capacity_share !== null ? fact("Load over capacity", number(100 * flows.capacity_share), "%") : null),
    el("p", { class: "soft" }, `Hours and money in ${told.year}: ${told.basis}.`),
    told.figures.length ? table([
      { name: "Year", of: (row) => row.year },
      { name: "Direction", of: (row) => direction(row.direction, told) },
      { name: "Hours", number: true, of: (row) => (row.hours === null ? null : number(row.hours, 1)) },
      { name: "USD/FEU", number: true, of: (row) => (row.cost_usd_feu === null ? null : number(row.cost_usd_feu)) },
      { name: "What", of: (row) => `${row.unit_basis.replaceAll("_", " ")}${row.sides === "both" ? "" : `, side ${row.sides}`}${row.use === "evidence" ? "; shown, not taken" : ""}` },
      { name: "Source", of: (row) => el("span", {}, link(row), row.confidence === "published" ? null : ` (${row.confidence})`) },
    ], told.figures, { caption: "Figures read about this crossing" }) : null,
    tools({ csv: csvUrl(`/crossings/${encodeURIComponent(told.id)}`, { year: told.year }), csvName: `${told.id}.csv`, more: [
      el("a", { class: "button small", href: `/route?close=${encodeURIComponent(told.id)}` }, "Route without it"),
    ] }),
    sourceLine(told.source),
    flows ? el("p", { class: "source" }, `Flows: the run ${run}.`) : null,
  ];
}

function direction(word, told) {
  return { a_to_b: `${told.economy_a} → ${told.economy_b}`, b_to_a: `${told.economy_b} → ${told.economy_a}`, both: "both" }[word] ?? word.replaceAll("_", " ");
}

/** Everything about a terminal. */
export function terminalDetail(told) {
  return [
    el("p", {}, `${told.kind.replaceAll("_", " ")} in ${told.economy_name}`, both(told.local) ? el("span", { class: "local" }, " (", local(told.local), ")") : null, told.un_locode ? `, ${told.un_locode}` : ""),
    el("dl", { class: "facts" },
      fact("Modes", told.modes.join(", ")),
      fact("Capacity", told.capacity === null ? "not published" : number(told.capacity, told.capacity < 100 ? 1 : 0), told.capacity_unit ?? "", told.capacity_feu_year ? `≈ ${number(told.capacity_feu_year)} FEU a year` : ""),
      told.throughput === null ? null : fact(`Handled${told.throughput_year ? ` in ${told.throughput_year}` : ""}`, number(told.throughput, told.throughput < 100 ? 1 : 0), told.throughput_unit ?? ""),
      told.open_year ? fact(told.open ? "Open since" : "Opens", String(told.open_year)) : null),
    tools({ more: [el("a", { class: "button small", href: `/route?from=${encodeURIComponent(`terminal:${told.id}`)}` }, "Route from here")] }),
    sourceLine(told.source),
  ];
}
