// Winners and losers on the map: countries coloured by a change in per cent, the same scale on every map.
import { el, signed } from "/static/base.js";
import { createMap } from "/static/mapview.js";

const LOSS = ["#f5d3bd", "#dd8a5b", "#a3401c"], GAIN = ["#c9e3e0", "#5fa8a5", "#0f6069"];
const STILL = "#fbf9f3", OUT = "#d9d6cc";

/** Three steps to either side; the highest is the largest round number that a change reaches. */
export function scaleOf(values) {
  const most = Math.max(0, ...values.map(Math.abs));
  if (!most) return [0.001, 0.01, 0.1];
  const power = 10 ** Math.floor(Math.log10(most));
  const round = [5, 2, 1].find((one) => one * power <= most) * power;
  return [round / 20, round / 5, round].map((one) => Number(one.toPrecision(2)));
}

function colour(value, steps) {
  const size = Math.abs(value);
  const at = size < steps[0] ? -1 : size < steps[1] ? 0 : size < steps[2] ? 1 : 2;
  return at < 0 ? STILL : (value < 0 ? LOSS : GAIN)[at];
}

/** The key of the colours. */
export function key(steps) {
  const part = (fill, text) => {
    const box = el("i");
    box.style.background = fill;
    return el("li", {}, box, text);
  };
  const said = (value) => `${value}\u00a0%`;
  return el("ul", { class: "keys", "aria-label": "Colours" },
    part(LOSS[2], `loses ${said(steps[2])} and more`), part(LOSS[1], `${said(steps[1])}–${said(steps[2])}`), part(LOSS[0], `${said(steps[0])}–${said(steps[1])}`),
    part(STILL, `less than ${said(steps[0])}`), part(GAIN[0], `gains ${said(steps[0])}–${said(steps[1])}`), part(GAIN[1], `${said(steps[1])}–${said(steps[2])}`), part(GAIN[2], `${said(steps[2])} and more`),
    part(OUT, "counted in the rest of the world"));
}

/** Draw a map of changes: rows are economies {iso3, name, value}; `rest` is the change of all others. */
export async function changeMap(frame, { rows, rest, steps, label, measure, language = "en" }) {
  const known = new Map(rows.map((one) => [one.iso3, one]));
  const map = await createMap(frame, { label, language });
  map.colourCountries(new Map(map.land.countries.map((one) => [one.iso3, known.has(one.iso3) ? colour(known.get(one.iso3).value, steps) : OUT])));
  map.telling = (hit) => {
    if (hit.kind !== "country") return null;
    const own = known.get(hit.iso3);
    const digits = Math.max(2, 2 - Math.floor(Math.log10(steps[0])));
    const change = own ? own.value : rest;
    return [el("strong", {}, map.nameOf(hit.one)), `${measure}: ${signed(change, digits)}\u00a0%`, own ? "" : "as the rest of the world"].filter(Boolean);
  };
  return map;
}
