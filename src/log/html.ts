import { createHash } from 'node:crypto';
import type { RunState } from '../engine/state.js';
import type { Graph } from '../graph/graph.js';
import { blockers, closing, deviations, filledForm, incidents, locks, metricsTable, overviewTable, notificationText, proofs, summary, triggers } from './html-sections.js';
import { htmlStep } from './html-step.js';
import { STYLE } from './html-style.js';
import { h, section } from './html-text.js';
import { durationBars, metricCharts, timeline } from './html-timeline.js';
import type { JournalHead } from './journal-head.js';
import { logJson } from './json.js';
import { rollbackWord } from './markdown-summary.js';
import { count } from './format.js';
import type { LogDocument, LogStep } from './schema.js';

/** Nothing may load or run: no script, no font, no image, only this one style sheet, known by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE, 'utf8').digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The filled log as one self-contained page. Byte-identical for the same events and guide. */
export function logHtml(state: RunState, graph: Graph, journal: JournalHead | null = null): string {
  return htmlOf(logJson(state, graph, journal));
}

/** The same from the log's data. */
export function htmlOf(log: LogDocument): string {
  const title = `${log.guide.title}: ${log.outcome}`;
  const end = closing(log);
  const parts: readonly (readonly [string, string, string])[] = [
    ['deviations', 'Deviations from the guide', deviations(log)],
    ['proofs', 'Proofs', proofs(log)],
    ['rollback', 'Rollback', rollback(log)],
    ['incidents', 'Incidents', incidents(log)],
    ['blockers', 'Sessions that blocked the run', blockers(log)],
    ['triggers', 'Writes that triggers stop', triggers(log)],
    ['form', 'Migration log', filledForm(log)],
    ['timeline', 'Timeline', timeline(log)],
    ['durations', 'Rehearsed and actual', durationBars(log)],
    ['figures', 'Figures before and after', metricCharts(log) + metricsTable(log)],
    ['overview', 'Overview', log.steps.length === 0 ? '' : overviewTable(log, (index) => `step-${index}`)],
    ['locks', 'Locks', locks(log)],
    ['notification', 'Notification', notificationText(log)],
    ['approvals', 'Approvals', end.approvals],
    ['notes', 'Notes', end.notes],
    ['values', 'Values', end.values],
    ['follow-ups', 'Follow-ups', end.followUps],
    ['steps', 'Steps', log.steps.map((step, index) => htmlStep(step, `step-${index}`)).join('\n')],
    ['rollback-steps', 'Steps of the rollback', log.rollback.steps.map((step, index) => htmlStep(step, `rollback-step-${index}`)).join('\n')],
    ...log.passes.map((pass, index) => [`pass-${index}`, `Pass: ${pass.pass}`, furtherPass(pass.steps, `pass-${index}`)] as const),
  ];
  const there = parts.filter(([, , content]) => content !== '');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${h(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the log</a>
<header>
<h1>${h(title)}</h1>
<nav aria-label="Sections"><ul>${there.map(([id, name]) => `<li><a href="#${id}">${h(name)}</a></li>`).join('')}</ul></nav>
</header>
<main id="main" tabindex="-1">
${section('summary', 'Summary', summary(log))}${there.map(([id, name, content]) => section(id, name, content)).join('')}</main>
</body>
</html>
`;
}

/** What went wrong is shown; what went as before is folded away, also on paper. */
function furtherPass(steps: readonly LogStep[], anchor: string): string {
  const shown = steps.map((step, at) => ({ good: step.verdict === 'passed', html: htmlStep(step, `${anchor}-step-${at}`) }));
  const good = shown.filter((one) => one.good);
  const folded = good.length === 0 ? '' : `<details class="again"><summary>${good.length} of ${count(steps.length, 'step')} passed</summary>\n${good.map((one) => one.html).join('\n')}\n</details>`;
  return [...shown.filter((one) => !one.good).map((one) => one.html), folded].filter((part) => part !== '').join('\n');
}

function rollback(log: LogDocument): string {
  if (!log.rollback.ran) return '';
  const { reason, by, undone, notUndone, uncovered } = log.rollback;
  const line = (name: string, ids: readonly string[]): string => (ids.length === 0 ? '' : `<p>${name}: ${ids.map((id) => `<code>${h(id)}</code>`).join(', ')}</p>`);
  return [
    `<p>Result: ${h(rollbackWord(log).replaceAll('*', ''))}</p>`, reason === null ? '' : `<p>Reason: ${h(reason)}${by === null ? '' : ` (by ${h(by)})`}</p>`,
    line('Undone', undone), line('Not undone', notUndone), line('Without a rollback in the guide', uncovered),
  ].filter((part) => part !== '').join('\n');
}
