// A job on a page: how far it is, a button that cancels it, and what it says when it fails.
import { announce, api, el, fill, runJob, followJob, showError } from "/static/base.js";

/**
 * Start a job and show it in a place until it is over; gives the finished job, or null where it was cancelled
 * or failed. `asked` may be the id of one that runs already.
 */
export async function showJob(place, asked, { what = "The job", onstart = () => {} } = {}) {
  const stage = el("span", {}, "waiting");
  const bar = el("progress", { max: 1, value: 0, "aria-label": what });
  const stop = el("button", { type: "button", class: "small" }, "Cancel");
  const clock = el("span", { class: "soft" });
  const began = Date.now();
  const ticking = setInterval(() => { clock.textContent = `${Math.round((Date.now() - began) / 1000)} s`; }, 1000);
  fill(place, el("div", { class: "job" },
    el("p", {}, el("strong", {}, what), ": ", stage, " ", clock), bar, el("p", {}, stop)));
  let id = null, cancelled = false;
  const cancel = () => api(`/jobs/${id}`, { method: "DELETE" }).catch(() => {});
  stop.addEventListener("click", () => {
    cancelled = true;
    stop.disabled = true;
    if (id) cancel();
  });
  const options = {
    onstart: (job) => {
      id = job.id;
      // Whoever cancelled before the job had a name means it all the same.
      if (cancelled) cancel();
      onstart(job);
    },
    onprogress: (job) => {
      stage.textContent = job.status === "queued" && job.ahead ? `waiting for ${job.ahead} other${job.ahead > 1 ? "s" : ""}` : job.stage || job.status;
      bar.value = job.share || 0;
    },
  };
  try {
    if (typeof asked === "string") id = asked;
    const job = id ? await followJob(id, options) : await runJob(asked, options);
    place.replaceChildren();
    if (job.status !== "done") {
      fill(place, el("p", { class: "soft" }, `${what}: ${cancelled ? "cancelled" : job.status}.`));
      announce(`${what}: ${job.status}.`);
      return null;
    }
    announce(`${what}: done in ${Math.round((Date.now() - began) / 1000)} s.`);
    return job;
  } catch (error) {
    showError(place, error);
    return null;
  } finally {
    clearInterval(ticking);
  }
}

/** Show a job of a kind that runs already, as after a page is opened again; null where there is none. */
export async function resumeJob(place, kind) {
  const { jobs } = await api("/jobs");
  const job = jobs.filter((one) => one.kind === kind && ["queued", "running"].includes(one.status)).at(-1);
  return job ? showJob(place, job.id, { what: job.title }) : null;
}
