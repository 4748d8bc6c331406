// Chinese letters where the system has none: the style names a font that is fetched only when it is needed.
import { el } from "/static/base.js";

const FAMILY = '"Landbridge Chinese"';

if (!document.getElementById("chinese")) {
  document.head.append(el("link", { id: "chinese", rel: "stylesheet", href: "/api/v1/fonts/chinese.css" }));
  const body = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  if (body && !body.includes(FAMILY)) document.documentElement.style.setProperty("--sans", body.replace(/,\s*sans-serif$/, `, ${FAMILY}, sans-serif`));
}

/** Call a function when a font has come, for what is drawn rather than written. */
export function whenFontsCome(call) {
  document.fonts.addEventListener("loadingdone", call);
}
