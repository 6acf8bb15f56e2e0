/** How the report looks: on a screen in light or dark, and on paper. Nothing is loaded from anywhere. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #16202e; --soft: #55627a; --line: #dde2ea; --rule: #eef1f5;
  --accent: #1f5fbf; --accent-soft: #a9c4ea;
  --critical: #a3123a; --high: #c2410c; --medium: #b7791f; --low: #64748b;
  --critical-ink: #fff; --high-ink: #fff; --medium-ink: #1c1204; --low-ink: #fff; --medium-badge: #f3c969;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e131b; --card: #161d28; --ink: #e6ebf3; --soft: #9aa8bd; --line: #2a3445; --rule: #1f2836;
    --accent: #7fb0f5; --accent-soft: #35527e;
    --critical: #f0607f; --high: #f4894e; --medium: #e9bb55; --low: #94a3b8;
    --critical-ink: #22060e; --high-ink: #230d02; --medium-ink: #1c1204; --low-ink: #0e131b; --medium-badge: #e9bb55;
  }
}
* { box-sizing: border-box; }
html { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
body { margin: 0; background: var(--page); color: var(--ink); }
main, .masthead, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
.masthead { padding-top: 2.2rem; padding-bottom: 1rem; }
.masthead p { margin: .2rem 0; color: var(--soft); }
.eyebrow { text-transform: uppercase; letter-spacing: .09em; font-size: .75rem; font-weight: 650; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .1rem 0 .5rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .8rem; }
h3 { font-size: .95rem; margin: 0 0 .1rem; }
code { font: .86em ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.4rem, 1fr)); gap: .8rem; margin: 0; padding: 0; list-style: none; }
.tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.tile { padding: .8rem 1rem; border-top: 4px solid var(--line); }
.tile b { display: block; font-size: 1.75rem; line-height: 1.15; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: .85rem; }
.tile.critical { border-top-color: var(--critical); } .tile.high { border-top-color: var(--high); }
.tile.medium { border-top-color: var(--medium); } .tile.low { border-top-color: var(--low); }
.tile.zero b { color: var(--soft); }
.card { padding: 1.1rem 1.25rem; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-weight: 600; margin-bottom: .15rem; }
.hint { color: var(--soft); font-size: .85rem; margin: 0 0 .5rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
svg .value { fill: var(--ink); font-weight: 600; } svg .dense { font-size: 9.5px; font-weight: 500; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .mark { stroke: var(--high); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .main { fill: var(--accent); } svg .faint { fill: var(--accent-soft); }
svg .critical { fill: var(--critical); } svg .high { fill: var(--high); }
svg .medium { fill: var(--medium); } svg .low { fill: var(--low); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .4rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .82rem; }
.key i { display: inline-block; width: .7rem; height: .7rem; border-radius: .15rem; margin-right: .4rem; }
.key .main { background: var(--accent); } .key .faint { background: var(--accent-soft); }
.key .critical { background: var(--critical); } .key .high { background: var(--high); }
.key .medium { background: var(--medium); } .key .low { background: var(--low); }
.badge { display: inline-block; min-width: 4.6em; text-align: center; padding: .08rem .5rem; border-radius: .3rem; font-size: .78rem; font-weight: 650; }
.badge.critical { background: var(--critical); color: var(--critical-ink); } .badge.high { background: var(--high); color: var(--high-ink); }
.badge.medium { background: var(--medium-badge); color: var(--medium-ink); } .badge.low { background: var(--low); color: var(--low-ink); }
.steps { margin: 0; padding: 0; list-style: none; display: grid; gap: .6rem; }
.steps li { display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: .5rem; padding: .7rem 1rem; break-inside: avoid; }
.steps li.critical { border-left-color: var(--critical); } .steps li.high { border-left-color: var(--high); }
.steps li.medium { border-left-color: var(--medium); } .steps li.low { border-left-color: var(--low); }
.steps b { font-size: 1.3rem; text-align: right; font-variant-numeric: tabular-nums; }
.steps p { margin: 0; color: var(--soft); } .steps p.do { color: var(--ink); }
.steps small { color: var(--soft); }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .7rem; border-top: 1px solid var(--rule); }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: .8rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td .more { display: block; color: var(--soft); font-size: .85rem; }
td.name { overflow-wrap: anywhere; min-width: 8rem; }
td.id { white-space: nowrap; }
tbody tr { break-inside: avoid; }
details { margin-top: .15rem; font-size: .85rem; color: var(--soft); }
summary { cursor: pointer; width: max-content; }
details ul { margin: .2rem 0; padding-left: 1.2rem; }
.note { border-left: 4px solid var(--medium); }
.note ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.good { border-left: 4px solid #2f9e62; }
.empty { color: var(--soft); }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); font-size: .85rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; }
@media (max-width: 34rem) { .pictures { grid-template-columns: 1fr; } main, .masthead, footer { padding-left: .8rem; padding-right: .8rem; } }
@media print {
  @page { size: A4; margin: 14mm 12mm; }
  :root {
    --page: #fff; --card: #fff; --ink: #16202e; --soft: #55627a; --line: #cfd6e0; --rule: #e6eaf0; --accent: #1f5fbf; --accent-soft: #a9c4ea;
    --critical: #a3123a; --high: #c2410c; --medium: #b7791f; --low: #64748b;
    --critical-ink: #fff; --high-ink: #fff; --medium-ink: #1c1204; --low-ink: #fff; --medium-badge: #f3c969;
  }
  html { font-size: 10.5px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main, .masthead, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .masthead { padding-top: 0; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  .pictures { grid-template-columns: 1fr 1fr; }
  .tiles { grid-template-columns: repeat(7, 1fr); }
  summary, .skip { display: none; }
  h2 { break-after: avoid; margin-top: 1.4rem; }
}
`;
