// A field that finds places as one types: a combobox of the ARIA pattern, in any script.
import { api, el, fill, number, settled } from "/static/base.js";

let serial = 0;

/** Turn an input into a place search; `onpick(text)` gets what to ask a route with. */
export function placeSearch(input, onpick) {
  const id = `places-${++serial}`;
  const list = el("ul", { id, class: "placelist", role: "listbox", "aria-label": `Places for ${input.labels[0]?.textContent ?? "the field"}`, hidden: true });
  input.after(list);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false", autocomplete: "off", spellcheck: "false" })
    .forEach(([name, value]) => input.setAttribute(name, value));
  let found = [], foundFor = "", at = -1, asking = null;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((one, k) => one.setAttribute("aria-selected", String(k === at)));
    if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const pick = (one) => {
    asking?.abort();
    input.value = one.text;
    close();
    onpick(one.text);
  };
  const show = (places) => {
    found = places;
    fill(list, places.map((one, k) => el("li", { role: "option", id: `${id}-${k}`, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); pick(one); } },
      el("span", { class: "placename" }, one.name, one.local.ru || one.local.zh ? el("span", { class: "local" }, " ", one.local.ru ? el("span", { lang: "ru" }, one.local.ru) : null, one.local.ru && one.local.zh ? " · " : "", one.local.zh ? el("span", { lang: "zh" }, one.local.zh) : null) : null),
      el("span", { class: "placewhat" }, [one.kind === "city" ? "" : one.kind, one.economy_name, one.un_locode ?? "", one.population ? `${number(one.population)} people` : ""].filter(Boolean).join(", ")))));
    list.hidden = places.length === 0;
    input.setAttribute("aria-expanded", String(places.length > 0));
    at = -1;
  };
  const search = settled(async () => {
    const typed = input.value.trim();
    asking?.abort();
    if (typed.length < 2 || /^-?\d/.test(typed)) { close(); return; }
    asking = new AbortController();
    try {
      const told = await api("/places", { query: { q: typed, limit: 8 }, signal: asking.signal });
      foundFor = typed;
      if (document.activeElement === input) show(told.places);
    } catch { close(); }
  }, 160);

  input.addEventListener("input", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) { search(); return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) mark((at + (event.key === "ArrowDown" ? 1 : -1) + found.length + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % found.length);
    } else if (event.key === "Escape") close();
    else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      pick(found[at]);
    }
  });
  // Who leaves the field with the beginning of a name means the first place of the list.
  input.addEventListener("change", () => {
    const typed = input.value.trim();
    if (!typed) return;
    const listed = foundFor === typed ? found : [];
    const one = listed.find((place) => [place.name, place.text].some((text) => text.toLowerCase() === typed.toLowerCase())) ?? listed[0];
    if (one) input.value = one.text;
    close();
    onpick(input.value.trim());
  });
}
