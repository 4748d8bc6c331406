// Chinese letters where the system has none: the style names a font that is fetched only when it is needed.
import { el } from "/static/base.js";

const FAMILY = '"Landbridge Chinese"';

if (!document.getElementById("chinese")) {
  document.head.append(el("link", { id: "chinese", rel: "stylesheet", href: "/api/v1/fonts/chinese.css" }));
  for (const name of ["--sans", "--serif"]) {
    const fonts = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    if (!fonts.includes(FAMILY)) document.documentElement.style.setProperty(name, fonts.replace(/,\s*(sans-serif|serif)$/, `, ${FAMILY}, $1`));
  }
}

/** Call a function when a font has come, for what is drawn rather than written. */
export function whenFontsCome(call) {
  document.fonts.addEventListener("loadingdone", call);
}
