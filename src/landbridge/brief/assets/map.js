"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const svg = document.getElementById("map");
  const group = (id) => document.getElementById(id);
  const tip = group("tip");
  const GAP = 3.4; // screen pixels between ways that share a track
  const MAX_ZOOM = 40;
  const [west, north, boxWidth, boxHeight] = data.box;
  const runs = data.runs.map((run) => ({ ...run, at: run.at.map((v) => v / 10) }));
  let size = { width: 0, height: 0 };
  let base = 1;
  let view = { k: 1, x: 0, y: 0 };
  let chosen = null;
  let waiting = false;

  const make = (name, attributes, parent) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent.append(node);
    return node;
  };
  const style = (mode) => (mode === "sea" || mode === "ferry" ? "sea" : mode === "air" ? "air" : "land");

  // Each way becomes one path a style, refilled at every zoom so that lanes keep their distance.
  group("lines").replaceChildren();
  const paths = data.ways.map((way, rank) => {
    const own = {};
    for (const [run] of way.parts) {
      const kind = style(runs[run].mode);
      own[kind] ??= make("path", { class: `way c${rank % 10} ${kind}`, "data-way": rank }, group("lines"));
    }
    return own;
  });
  const names = data.countries.map((country) => {
    const node = make("text", {}, group("names"));
    node.textContent = country.name;
    return { ...country, node, width: node.getComputedTextLength() };
  });
  const tags = data.ways.map((way, rank) => {
    const node = make("g", { class: `tag c${rank % 10}`, "data-way": rank }, group("labels"));
    const back = make("rect", { rx: 9, height: 18, y: -9 }, node);
    const text = make("text", { y: 4 }, node);
    return { node, back, text, long: `${rank + 1}  ${way.short}`, short: `${rank + 1}` };
  });
  const marks = [...svg.querySelectorAll("[data-x]")];

  function toScreen(at) {
    const points = [];
    for (let i = 0; i < at.length; i += 2) {
      const x = at[i] * view.k + view.x;
      const y = at[i + 1] * view.k + view.y;
      const last = points[points.length - 1];
      const end = i + 2 >= at.length;
      if (!last || end || Math.hypot(x - last[0], y - last[1]) > 2.5) points.push([x, y]);
    }
    return points;
  }

  function offset(points, by) {
    if (!by) return points;
    return points.map(([x, y], i) => {
      const [ax, ay] = points[Math.max(i - 1, 0)];
      const [bx, by_] = points[Math.min(i + 1, points.length - 1)];
      const length = Math.hypot(bx - ax, by_ - ay) || 1;
      return [x - ((by_ - ay) / length) * by, y + ((bx - ax) / length) * by];
    });
  }

  function draw() {
    waiting = false;
    svg.querySelector("#land").setAttribute("transform", `matrix(${view.k} 0 0 ${view.k} ${view.x} ${view.y})`);
    const screen = runs.map((run) => toScreen(run.at));
    data.ways.forEach((way, rank) => {
      const words = {};
      let previous = null;
      for (const [index, along] of way.parts) {
        const run = runs[index];
        const riders = chosen === null ? run.ways : run.ways.filter((other) => other === chosen || other === rank);
        const slot = chosen === rank ? 0 : riders.indexOf(rank) - (riders.length - 1) / 2;
        const moved = offset(screen[index], slot * GAP);
        const points = along ? moved : [...moved].reverse();
        const kind = style(run.mode);
        const text = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
        words[kind] = (words[kind] ?? "") + (previous === kind ? "L" : "M") + text;
        previous = kind;
      }
      for (const [kind, path] of Object.entries(paths[rank])) {
        path.setAttribute("d", words[kind]);
        path.classList.toggle("dim", chosen !== null && chosen !== rank);
      }
    });
    for (const mark of marks) {
      const x = mark.dataset.x * view.k + view.x;
      const y = mark.dataset.y * view.k + view.y;
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
    const taken = [];
    for (const mark of svg.querySelectorAll(".end")) {
      const text = mark.querySelector("text");
      const from = mark.dataset.x * view.k + view.x;
      const half = text.getComputedTextLength() / 2 + 4;
      text.setAttribute("x", Math.max(half - from, Math.min(0, size.width - half - from)));
      const at = mark.getBBox();
      const [x, y] = mark.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
      taken.push({ x: x + at.x, y: y + at.y, w: at.width, h: at.height });
    }
    const edge = svg.getBoundingClientRect();
    const buttons = document.querySelector(".zoom").getBoundingClientRect();
    taken.push({ x: buttons.left - edge.left, y: buttons.top - edge.top, w: buttons.width, h: buttons.height });
    placeTags(screen, taken);
    placeNames(taken);
  }

  const clear = (box, taken) =>
    box.x > 2 && box.y > 2 && box.x + box.w < size.width - 2 && box.y + box.h < size.height - 2 &&
    !taken.some((t) => box.x < t.x + t.w + 3 && t.x < box.x + box.w + 3 && box.y < t.y + t.h + 3 && t.y < box.y + box.h + 3);

  // A tag stands where its way has least company, on the longest such stretch that has room.
  function placeTags(screen, taken) {
    const wide = size.width > 760;
    const dots = [...svg.querySelectorAll(".crossing")].map((dot) => [
      dot.dataset.x * view.k + view.x, dot.dataset.y * view.k + view.y,
    ]);
    tags.forEach((tag, rank) => {
      const shown = chosen === null || chosen === rank;
      tag.node.style.display = shown ? "" : "none";
      if (!shown) return;
      const spots = [];
      for (const [index] of data.ways[rank].parts) {
        const points = screen[index];
        const alone = runs[index].ways.length;
        let length = 0;
        for (let i = 1; i < points.length; i++) length += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
        for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
          const point = points[Math.min(Math.floor(points.length * share), points.length - 1)];
          spots.push({ point, cost: alone * 1000 - length + Math.abs(share - 0.5) * length });
        }
      }
      let placed = false;
      for (const words of wide ? [tag.long, tag.short] : [tag.short]) {
        tag.text.textContent = words;
        const w = tag.text.getComputedTextLength() + 14;
        const covered = ([x, y]) => dots.filter((dot) => Math.abs(dot[0] - x) < w / 2 + 5 && Math.abs(dot[1] - y) < 14).length;
        for (const spot of spots) spot.price = spot.cost + 400 * covered(spot.point);
        spots.sort((a, b) => a.price - b.price);
        const spot = spots.find(({ point: [x, y] }) => clear({ x: x - w / 2, y: y - 9, w, h: 18 }, taken));
        if (!spot) continue;
        const [x, y] = spot.point;
        tag.back.setAttribute("width", w);
        tag.back.setAttribute("x", -w / 2);
        tag.node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        taken.push({ x: x - w / 2, y: y - 9, w, h: 18 });
        placed = true;
        break;
      }
      if (!placed) tag.node.style.display = "none";
    });
  }

  function placeNames(taken) {
    for (const name of names) {
      const x = name.x * view.k + view.x;
      const y = name.y * view.k + view.y;
      const w = name.width;
      const box = { x: x - w / 2, y: y - 10, w, h: 13 };
      const fits = w < name.room * view.k * 2.6 && clear(box, taken);
      name.node.style.display = fits ? "" : "none";
      if (!fits) continue;
      name.node.setAttribute("x", x);
      name.node.setAttribute("y", y);
      taken.push(box);
    }
  }

  function redraw() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  }

  function fit(left, top, width, height) {
    const pad = size.width > 760 ? 40 : 14;
    const k = Math.min((size.width - 2 * pad) / width, (size.height - 2 * pad) / height);
    view.k = Math.min(Math.max(k, base), base * MAX_ZOOM);
    view.x = size.width / 2 - (left + width / 2) * view.k;
    view.y = size.height / 2 - (top + height / 2) * view.k;
    redraw();
  }

  function everything() {
    fit(west, north, boxWidth, boxHeight);
  }

  function start() {
    fit(...data.start);
  }

  function zoom(factor, x = size.width / 2, y = size.height / 2) {
    const k = Math.min(Math.max(view.k * factor, base * 0.8), base * MAX_ZOOM);
    view.x = x - ((x - view.x) * k) / view.k;
    view.y = y - ((y - view.y) * k) / view.k;
    view.k = k;
    pan(0, 0);
  }

  function pan(dx, dy) {
    // Some of the routes' box always stays in sight.
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    view.x = clamp(view.x + dx, 80 - (west + boxWidth) * view.k, size.width - 80 - west * view.k);
    view.y = clamp(view.y + dy, 80 - (north + boxHeight) * view.k, size.height - 80 - north * view.k);
    redraw();
  }

  function choose(rank) {
    chosen = chosen === rank ? null : rank;
    for (const button of document.querySelectorAll("button[data-way]"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.way) === chosen));
    if (chosen === null) return start();
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [index] of data.ways[chosen].parts) {
      const { at } = runs[index];
      for (let i = 0; i < at.length; i += 2) {
        x0 = Math.min(x0, at[i]); x1 = Math.max(x1, at[i]);
        y0 = Math.min(y0, at[i + 1]); y1 = Math.max(y1, at[i + 1]);
      }
    }
    fit(x0, y0, x1 - x0, y1 - y0);
  }

  function showTip(mark) {
    const [title, ...lines] = mark.getAttribute("aria-label").split("; ");
    tip.replaceChildren();
    const head = document.createElement("b");
    head.textContent = title;
    tip.append(head);
    for (const line of lines) {
      const row = document.createElement("div");
      row.textContent = line;
      tip.append(row);
    }
    tip.hidden = false;
    const [x, y] = mark.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    tip.style.left = `${Math.min(Math.max(x + 12, 4), size.width - tip.offsetWidth - 4)}px`;
    tip.style.top = `${y + 14 + tip.offsetHeight > size.height ? y - tip.offsetHeight - 12 : y + 14}px`;
  }

  for (const mark of svg.querySelectorAll(".crossing")) {
    for (const event of ["mouseenter", "focus", "click"]) mark.addEventListener(event, () => showTip(mark));
    for (const event of ["mouseleave", "blur"]) mark.addEventListener(event, () => (tip.hidden = true));
  }
  for (const tag of tags) tag.node.addEventListener("click", () => choose(Number(tag.node.dataset.way)));
  for (const button of document.querySelectorAll("button[data-way]"))
    button.addEventListener("click", () => choose(Number(button.dataset.way)));
  const zoomButtons = document.querySelector(".zoom");
  zoomButtons.hidden = false;
  zoomButtons.addEventListener("click", (event) => {
    const what = event.target.dataset.do;
    if (what === "in") zoom(1.6);
    if (what === "out") zoom(1 / 1.6);
    if (what === "all") everything();
  });
  svg.addEventListener("keydown", (event) => {
    const step = 60;
    const moves = {
      ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step),
      ArrowDown: () => pan(0, -step), "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4),
      0: everything, Escape: () => (tip.hidden = true),
    };
    if (event.ctrlKey || event.metaKey || !moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });
  svg.addEventListener("wheel", (event) => {
    // A plain wheel scrolls the page; with ctrl, or a pinch, it zooms.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 240), event.offsetX, event.offsetY);
  }, { passive: false });
  svg.addEventListener("dblclick", (event) => zoom(1.8, event.offsetX, event.offsetY));

  const fingers = new Map();
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (event.pointerType === "mouse" && !event.target.closest(".tag, .crossing")) svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    if (fingers.size === 1 && event.pointerType === "mouse") pan(now[0] - before[0], now[1] - before[1]);
    if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
      const spread = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
      const edge = svg.getBoundingClientRect();
      zoom(spread(now) / spread(before), (now[0] + other[0]) / 2 - edge.left, (now[1] + other[1]) / 2 - edge.top);
      pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    }
    fingers.set(event.pointerId, now);
  });
  for (const event of ["pointerup", "pointercancel", "pointerleave"])
    svg.addEventListener(event, (end) => fingers.delete(end.pointerId));

  function resize() {
    const rect = svg.getBoundingClientRect();
    size = { width: rect.width, height: rect.height };
    base = Math.min(size.width / boxWidth, size.height / boxHeight);
    start();
  }
  svg.removeAttribute("viewBox");
  resize();
  draw();
  new ResizeObserver(() => {
    const rect = svg.getBoundingClientRect();
    if (rect.width !== size.width || rect.height !== size.height) resize();
  }).observe(svg);
})();
