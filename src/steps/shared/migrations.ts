import type { Step } from '../../graph/graph.js';
import type { Verdict } from '../fact.js';
import type { MigrationRecord, StepContext } from '../step.js';

/** How the Supabase CLI names migrations: its version, then a name. */
const MIGRATION = /(?:^|[/\\])(\d+)_([^/\\]+)\.sql$/;

const APPLIED: ReadonlySet<Verdict> = new Set<Verdict>(['passed', 'warned', 'waived']);

/**
 * What a step changes in Supabase's own list of migrations (front matter
 * `record: supabase`): its files on the way forward; on the way back those of
 * the steps that it undoes. Null: nothing. A rehearsal keeps no such list.
 */
export function migrationsOf({ graph, step, pass, mode, verdictOf }: StepContext): MigrationRecord | null {
  if (graph.guide.record === null || mode !== 'run' || step.discard) return null;
  // What another step of the run has entered, from the same file, is entered.
  const ours = new Set(graph.steps.filter((one) => one.id !== step.id && APPLIED.has(verdictOf(one.id))).flatMap((one) => filesOf(one).map(({ version }) => version)));
  if (pass !== 'rollback') return { enter: filesOf(step).filter(({ version }) => !ours.has(version)), remove: [] };
  const undone = graph.rollback.find((part) => part.id === step.id)?.reverts ?? [];
  const versions = graph.steps.filter((one) => undone.includes(one.id)).flatMap((one) => filesOf(one).map(({ version }) => version));
  return { enter: [], remove: [...new Set(versions)] };
}

/** Statements as they stand in the file: values of parameters, which may be secret, stay out. */
function filesOf(step: Step): MigrationRecord['enter'] {
  const files = new Map<string, MigrationRecord['enter'][number]>();
  for (const { file, sql } of step.statements) {
    const [, version, name] = MIGRATION.exec(file ?? '') ?? [];
    if (file === null || version === undefined || name === undefined) continue;
    const known = files.get(file) ?? { version, name, statements: [] };
    files.set(file, { ...known, statements: [...known.statements, sql] });
  }
  return [...files.values()];
}
