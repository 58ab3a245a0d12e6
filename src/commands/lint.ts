import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../graph/graph.js';
import { loadGrammar } from '../guide/sql-parse.js';
import { renderDiagnostics } from '../headless/check.js';
import { loadConfig, type LoadedConfig } from '../project/config.js';
import { compilePath, findGuide, shortPath } from '../project/guides.js';
import { lintGraph, lintSql, type Finding } from '../safety/lint.js';
import { EXIT, explainProblem, ProblemError, type Problem } from '../text/problem.js';
import { nodeFiles } from '../guide/files.js';
import { sqlTextOf, textOf } from './compile.js';

interface Linted {
  path: string;
  findings: Finding[];
  /** What keeps the source from being judged at all. */
  errors: Diagnostic[];
  text: string;
  /** Text of a file that the guide names. */
  textOf(file: string): string;
}

/**
 * `deploy-wizard lint FILE.sql|GUIDE…`: dangerous DDL and DML. Exit 0 without a
 * finding of error severity, 1 with one, 2 where a source cannot be read.
 */
export async function lintCommand(sources: string[], flags: { json?: boolean }): Promise<number> {
  const loaded = await loadConfig(process.cwd());
  await loadGrammar();
  const json: unknown[] = [];
  let code: number = EXIT.passed;
  for (const source of sources) {
    const linted = await lintOne(source, loaded);
    if ('problem' in linted) {
      code = EXIT.usage;
      process.stderr.write(`${explainProblem(linted.problem)}\n`);
      json.push({ path: source, problem: linted.problem });
      continue;
    }
    const open = linted.findings.filter((one) => one.allowed === null);
    if (linted.errors.length > 0) code = EXIT.usage;
    else if (open.some((one) => one.severity === 'error') && code === EXIT.passed) code = EXIT.failed;
    json.push({ path: linted.path, errors: linted.errors, findings: linted.findings.map(({ rule, severity, line, column, length, file, what, why, safer, allowed }) => ({ rule, severity, file: file ?? null, line, column, length, what, why, safer, allowed })) });
    if (!flags.json) process.stdout.write(`${render(linted, open)}\n`);
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  return code;
}

async function lintOne(source: string, loaded: LoadedConfig): Promise<Linted | { problem: Problem }> {
  try {
    if (source.endsWith('.sql')) return lintFile(source);
    const path = findGuide(source, loaded);
    const graph = await compilePath(path);
    const base = statSync(path).isDirectory() ? path : dirname(path);
    const text = textOf(path);
    const known = new Map<string | null, string[]>([[null, text.split(/\r\n|\r|\n/)]]);
    const linesOf = (file: string | null): string[] => {
      const lines = known.get(file) ?? sqlTextOf(join(base, file ?? '')).split(/\r\n|\r|\n/);
      known.set(file, lines);
      return lines;
    };
    const errors = graph.diagnostics.filter((one) => one.severity === 'error');
    return { path: shortPath(path), findings: lintGraph(graph, linesOf), errors, text, textOf: (file) => sqlTextOf(join(base, file)) };
  } catch (thrown) {
    if (thrown instanceof ProblemError) return { problem: thrown.problem };
    throw thrown;
  }
}

function lintFile(path: string): Linted | { problem: Problem } {
  const file = nodeFiles.read(path);
  if (file === null) return { problem: { code: 'file-missing', what: `There is no file ${path}.`, where: path, remedy: 'Give SQL files, guides, or directories of migrations.' } };
  if (file === 'too large') return { problem: { code: 'file-too-large', what: `${path} holds too much text (rows of COPY do not count).`, where: path, remedy: 'Divide the file.' } };
  return { path: shortPath(path), ...lintSql(file.text), text: file.text, textOf: () => '' };
}

function render({ path, text, textOf: fileText, errors, findings }: Linted, open: Finding[]): string {
  const count = (severity: string) => open.filter((one) => one.severity === severity).length;
  const allowed = findings.length - open.length;
  const plural = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const shown = [...errors, ...open];
  const parts = shown.length > 0 ? [renderDiagnostics(shown, text, path, fileText)] : [];
  const last = errors.length > 0 ? `${path}: ${plural(errors.length, 'error')} in the source itself` : `${path}: ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}${allowed > 0 ? `; ${allowed} allowed by a comment` : ''}`;
  return [...parts, last].join('\n\n');
}
