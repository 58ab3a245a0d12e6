import { existsSync, readFileSync } from 'node:fs';
import { lineHash } from '../engine/journal.js';
import { fold } from '../engine/reduce.js';
import { headTold } from '../log/journal-head.js';
import { logJson } from '../log/json.js';
import type { Graph } from '../graph/graph.js';
import { environmentOf, resolveSecret, type LoadedConfig } from '../project/config.js';
import { compilePath } from '../project/guides.js';
import type { FoundRun } from '../project/journals.js';
import { LOG_FORMATS, pathOf, render, type LogFormat } from '../project/run-files.js';
import { EXIT, messageOf } from '../text/problem.js';
import { visible } from '../text/sanitise.js';
import { ledgerLines } from './fetch-run.js';
import { checkSignatures } from './sign.js';
import { programVersion } from './version.js';

export interface VerifyFlags { signers?: string; database?: string; env?: string }
interface Finding { good: boolean; text: string }

/**
 * `log RUN --verify`: the chain of the journal, then everything that knows how
 * far the journal went: the written logs, the ledger where a database is named,
 * the signatures. A chain alone cannot tell that its end was cut off.
 */
export async function verifyRun(found: FoundRun, flags: VerifyFlags, loaded: LoadedConfig): Promise<number> {
  const { read, files, state } = found;
  const findings: Finding[] = [];
  if (read.fault) findings.push({ good: false, text: `broken: line ${read.fault.line} of ${files.journal} ${read.fault.what}` });
  else {
    findings.push({ good: true, text: `intact: ${read.lines.length} lines, each follows the one before${read.torn ? '; a torn last line was left out' : ''}; ${state.outcome === null ? 'not ended: the run goes on, was killed, or its end was cut off' : `ended: ${state.outcome}`}` });
    findings.push(...await againstLogs(found), ...await againstLedger(found, flags, loaded));
    const { lines, good } = await checkSignatures(found, flags.signers, loaded);
    findings.push(...lines.map((text) => ({ good, text })));
  }
  for (const { text } of findings) process.stdout.write(`${visible(text)}\n`);
  return findings.every((one) => one.good) ? EXIT.passed : EXIT.failed;
}

const named: Record<LogFormat, string> = { md: 'Markdown', json: 'JSON', html: 'HTML' };

/** Each written log says of how many journal lines it was made, and must be what these lines give. */
async function againstLogs(found: FoundRun): Promise<Finding[]> {
  const guide = await sameGuide(found);
  return LOG_FORMATS.map((format) => {
    const path = pathOf(found.files, format);
    return existsSync(path) ? againstLog(found, format, readFileSync(path, 'utf8'), guide) : { good: true, text: `${named[format]} log: not there` };
  });
}

function againstLog({ read, files }: FoundRun, format: LogFormat, text: string, guide: Graph | string): Finding {
  const bad = (what: string): Finding => ({ good: false, text: `${named[format]} log: ${what} (${pathOf(files, format)})` });
  const head = headTold(format, text);
  if (head === null) return bad('changed: it does not say of which journal it is');
  if (head.lines > read.lines.length) return bad(`the journal was cut: this log was made from ${head.lines} lines, the journal has ${read.lines.length}`);
  if (lineHash(read.lines[head.lines - 1] ?? '') !== head.sha256) return bad(`made from another journal: line ${head.lines} is not the one it names`);
  const since = read.lines.length - head.lines;
  const later = since > 0 ? `; ${since} lines came after` : '';
  if (typeof guide === 'string') return { good: true, text: `${named[format]} log: of this journal${later}; its text was not compared: ${guide}` };
  const state = fold(read.events.slice(0, head.lines));
  if (state === null || render(logJson(state, guide, head), format) !== text) return bad(`changed: it is not what the ${head.lines} lines of the journal give`);
  return { good: true, text: `${named[format]} log: what the journal gives, byte for byte${later}` };
}

/** The guide as the run had it, or why the text of a log cannot be made again. */
async function sameGuide({ state }: FoundRun): Promise<Graph | string> {
  if (state.version !== programVersion()) return `it was written by deploy-wizard ${state.version}`;
  try {
    const graph = await compilePath(state.guide.path);
    return graph.guide.sha256 === state.guide.sha256 ? graph : `the guide ${state.guide.path} has changed since`;
  } catch {
    return `the guide ${state.guide.path} is not here`;
  }
}

/** The ledger holds each line that reached it; a journal that lacks one of them, or has another, was tampered with. */
async function againstLedger({ read, state }: FoundRun, flags: VerifyFlags, loaded: LoadedConfig): Promise<Finding[]> {
  const environment = flags.env === undefined ? undefined : environmentOf(loaded, flags.env).database;
  const url = flags.database ?? (environment === undefined ? undefined : resolveSecret(environment, process.env));
  if (url === undefined) return [{ good: true, text: 'ledger: not asked (--database or --env compares with it)' }];
  let lines: string[];
  try {
    lines = await ledgerLines(state.run, url);
  } catch (error) {
    return [{ good: false, text: `ledger: not reached: ${messageOf(error)}` }];
  }
  const other = lines.find((line) => read.lines[seqOf(line) - 1] !== line);
  if (other === undefined) return [{ good: true, text: `ledger: ${lines.length === 0 ? 'does not know the run' : `holds ${lines.length} of these lines, all alike`}` }];
  const seq = seqOf(other);
  return [{ good: false, text: seq > read.lines.length ? `ledger: the journal was cut: line ${seq} is in the ledger, the journal has ${read.lines.length}` : `ledger: line ${seq} is another one there` }];
}

function seqOf(line: string): number {
  return Number(/"seq":(\d+)/.exec(line)?.[1] ?? 0);
}
