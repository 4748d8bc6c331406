// Names on the map: those that have room, the better known first; none covers another.
import { project } from "/static/mapprojection.js";

const measure = document.createElement("canvas").getContext("2d");
const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Landbridge Chinese", sans-serif';
const widths = new Map();

function width(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    measure.font = font;
    widths.set(key, measure.measureText(text).width);
  }
  return widths.get(key);
}

/** Name in the language asked for, English where the package has none in it. */
export function named(one, language) {
  const own = (language !== "en" && one[language]) || one.name;
  return SHORT[own] || own;
}

/** Formal names that no map has room for. */
const SHORT = {
  "People's Republic of China": "China", "Китайская Народная Республика": "Китай", 中华人民共和国: "中国",
  "United States of America": "United States", "Соединённые Штаты Америки": "США",
  "Democratic Republic of the Congo": "DR Congo", "Демократическая Республика Конго": "ДР Конго",
  "United Arab Emirates": "UAE", "Объединённые Арабские Эмираты": "ОАЭ", "North Macedonia": "N. Macedonia",
  "Bosnia and Herzegovina": "Bosnia", "Czech Republic": "Czechia", Turkey: "Türkiye",
};

/**
 * Which names stand where. Candidates are [{text, x, y, size, weight, colour, anchor, kind}] in order of
 * importance, with x and y on the map; gives those that have room.
 */
export function placed(candidates, { left, top, perPixel, width: wide, height }, taken = []) {
  const boxes = [...taken], chosen = [];
  for (const one of candidates) {
    const font = `${one.weight || 400} ${one.size}px ${FONT}`;
    const w = width(one.text, font), h = one.size * 1.15;
    const sx = (one.x - left) / perPixel, sy = (top - one.y) / perPixel;
    const gap = one.gap ?? 6;
    const spots = one.kind === "city" ? [[gap, -h / 2], [-gap - w, -h / 2], [-w / 2, -h - gap + 1], [-w / 2, gap - 1]] : [[-w / 2, -h / 2]];
    for (const [dx, dy] of spots) {
      const box = [sx + dx, sy + dy, sx + dx + w, sy + dy + h];
      if (box[0] < 3 || box[1] < 3 || box[2] > wide - 3 || box[3] > height - 3) continue;
      if (boxes.some((b) => box[0] < b[2] + 3 && b[0] < box[2] + 3 && box[1] < b[3] + 1 && b[1] < box[3] + 1)) continue;
      boxes.push(box);
      if (one.kind === "city") boxes.push([sx - 3, sy - 3, sx + 3, sy + 3]);
      chosen.push({ ...one, sx: box[0], sy: box[1] + h / 2 });
      break;
    }
  }
  return chosen;
}

/** Widths are measured anew once a font has come. */
document.fonts.addEventListener("loadingdone", () => widths.clear());

/** Candidates of a view: countries while they are wide enough, cities from a scale on, then what the page adds. */
export function candidates(land, { perPixel, language, own = [] }) {
  const found = own.map((one) => ({ ...one, kind: "city" }));
  for (const one of land.countries) {
    const room = one.width / perPixel;
    if (room < 34 || one.rank > 7) continue;
    const name = named(one, language);
    const spaced = room > 150;
    found.push({
      text: spaced && language !== "zh" ? name.toUpperCase() : name, x: one.at[0], y: one.at[1], kind: "country",
      size: room > 260 ? 14 : room > 110 ? 12.5 : 11.5, weight: 600, colour: "#6b6350", room,
    });
  }
  const most = perPixel > 2 ? 24 : perPixel > 1 ? 90 : perPixel > 0.45 ? 260 : 700;
  for (const one of land.cities.slice(0, most)) {
    found.push({ text: named(one, language), x: one.at[0], y: one.at[1], kind: "city", size: 11.5, colour: "#3a4148", dot: true });
  }
  return found.filter((one) => one.kind !== "country" || width(one.text, `600 ${one.size}px ${FONT}`) < one.room * 1.15);
}

/** Places the labels stand at, worked out once. */
export function prepare(land) {
  for (const one of land.countries) one.at = project(...one.label);
  for (const one of land.cities) one.at = project(one.lon, one.lat);
  return land;
}

export { FONT };
