/** The page's only style sheet. Colours meet WCAG AA (4.5:1) on their grounds in both schemes; print is black on white. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #ffffff; --raised: #f4f5f7; --line: #c9ced6; --text: #1b1f24; --soft: #4d5661;
  --good: #116329; --warn: #7a4b00; --bad: #a40e26; --quiet: #4d5661; --link: #0550ae; --bar: #0969da; --bar-old: #8c959f; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1318; --raised: #191f27; --line: #3b444f; --text: #e6e9ed; --soft: #a9b3be;
  --good: #6fdd8b; --warn: #eac54f; --bad: #ff9b93; --quiet: #a9b3be; --link: #79b8ff; --bar: #58a6ff; --bar-old: #7d8590; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
h3 { font-size: 1.02rem; margin: 1.4rem 0 .3rem; } h4 { font-size: .95rem; margin: .8rem 0 .2rem; }
a { color: var(--link); } a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .3rem .6rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; padding: 0; margin: .6rem 0 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.1rem; margin: 1rem 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code, pre, .num { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .875em; }
code { overflow-wrap: anywhere; } pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; margin: .5rem 0; white-space: pre; }
.form { white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: .6rem 0; } table { border-collapse: collapse; font-size: .9rem; min-width: 50%; } caption { text-align: left; color: var(--soft); padding: .2rem 0; }
th, td { text-align: left; vertical-align: top; padding: .28rem .7rem .28rem 0; border-bottom: 1px solid var(--line); font-weight: 400; } thead th { font-weight: 600; }
.badge { display: inline-block; white-space: nowrap; font-weight: 600; } .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .quiet { color: var(--quiet); }
.facts { color: var(--soft); font-size: .9rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
.step { border-left: 4px solid var(--line); padding-left: .9rem; margin: 1rem 0; } .step.is-good { border-color: var(--good); } .step.is-warn { border-color: var(--warn); } .step.is-bad { border-color: var(--bad); }
.alert { border: 1px solid var(--bad); border-left-width: 6px; border-radius: 6px; padding: .5rem .9rem; margin: .6rem 0; overflow-wrap: anywhere; } .alert p { margin: .2rem 0; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--link); } .items { list-style: none; padding-left: .3rem; } li { overflow-wrap: anywhere; }
svg { display: block; max-width: 100%; height: auto; } svg text { fill: var(--text); font: 12px system-ui, sans-serif; } svg .soft { fill: var(--soft); } svg .grid { stroke: var(--line); }
svg .b-good { fill: var(--good); } svg .b-warn { fill: var(--warn); } svg .b-bad { fill: var(--bad); } svg .b-quiet { fill: var(--quiet); } svg .b-new { fill: var(--bar); } svg .b-old { fill: var(--bar-old); }
.charts { display: flex; flex-wrap: wrap; gap: 1rem 2rem; } .charts figure { margin: 0; width: 19rem; } figcaption { font-size: .9rem; overflow-wrap: anywhere; }
.k-new { color: var(--bar); } .k-old { color: var(--bar-old); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } .chart { overflow-x: auto; } .chart svg { min-width: 40rem; } }
@media print { :root { --ground: #fff; --raised: #fff; --line: #999; --text: #000; --soft: #333; --good: #0b4f1f; --warn: #5c3900; --bad: #86091d; --quiet: #333; --link: #000; --bar: #333; --bar-old: #999; }
  body { max-width: none; padding: 0; font-size: 10pt; } nav, .skip { display: none; } h2, h3 { break-after: avoid; } .alert, tr, figure, .pass { break-inside: avoid; } .chart svg { max-height: 23cm; } table { font-size: 8pt; width: 100%; } th, td { overflow-wrap: anywhere; } .badge { white-space: normal; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .wide { overflow: visible; } details:not(.again)::details-content { content-visibility: visible; block-size: auto; } details > summary { list-style: none; color: #000; } }
`;
