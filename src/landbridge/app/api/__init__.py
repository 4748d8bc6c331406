"""The JSON API under /api/v1: one module a resource, each with a `router`.

For whoever adds a resource or a page:

- Add the module's name to `RESOURCES`; `server.create_app` includes `router` of each.
- `request.app.state` holds `settings` (`app.settings`), `desk` (the world in one thread:
  `await desk.ask(key, lambda world: bytes)`, remembered by key; `desk.ready`), `jobs`
  (`submit(kind, title, asked)`, `store`) and `documents` (the evidence store).
- Whatever touches `World` goes through `desk.ask`; everything else may be a plain `def`, which
  runs in a few threads. Nothing heavy is imported at the top of a module of this room.
- Errors of `landbridge.errors` become `{"error": {what, where, mend}}` by themselves (404 for an
  unknown name in a GET, else 422); `RefusedError(status, what, mend=…)` for the server's own.
- Every table also as CSV: `format: answer.Format = "json"`, `answer.table(rows, name)`.
- A page loads BokehJS with `<script src="/bokeh/bokeh.min.js" defer></script>` in its block
  `bokeh` and its own module `<script type="module" src="/static/NAME.js"></script>` in `scripts`.
  Inline scripts, `eval` and event attributes are refused by the policy of the pages.
- Jobs: `runJob({kind: "assess", scenario | toml, draws, seed, alone, access}, {onprogress})` of
  `base.js`; `job.made.run` names the run. `kind: "outlook"` takes `scenarios, to, draws, seed,
  as_of, hazards` and makes `job.made.outlook`; `kind: "hub"` takes `iso3, year` and its answer is
  at `/jobs/{id}/result`; documents are read by POST `/evidence/documents`. DELETE `/jobs/{id}`
  cancels; POST `/jobs/{id}/again` asks once more.
- Runs: `/runs`, `/runs/{id}`, `/runs/{id}/tables/{table}`, `/runs/{id}/files/{path}`,
  `/runs/{id}.zip`, `/runs/{id}/access`, `/runs/{id}/flows`, `/runs/{id}/answer?language=`,
  `/runs/{id}/brief?format=&language=`, and `/runs/compare?run=A&run=B`.
"""

RESOURCES = (
    "about",
    "network",
    "route",
    "economies",
    "jobs",
    "runs",
    "briefs",
    "levers",
    "scenarios",
    "hindcast",
    "outlooks",
    "evidence",
    "validate",
    "fonts",
)
