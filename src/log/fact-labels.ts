/**
 * Facts of a run that a log template asks for. `capture:<name>` is the value
 * captured under that name.
 */
export const factNames = [
  'date', 'start', 'startTime', 'end', 'duration', 'operator', 'environment', 'project', 'database', 'server', 'serverVersion', 'status', 'succeeded', 'rowsAffected', 'verification',
  'issues', 'rollbackRequired', 'rollbackPerformed', 'rollbackReason', 'notes', 'guide', 'version', 'run', 'role', 'approval',
] as const;
export type FactName = (typeof factNames)[number];

const doing = '(?:(?:the|database|db|schema|migrations?|deployment|deploy|release|rollout|execution|change|run|total|overall|actual|final) )*';
const done = '(?:run|ran|executed|deployed|performed|applied|migrated|operated|carried out|completed|conducted)';

/** Whole-label patterns, in plain lower-case words. A label they do not cover whole is nobody's: better asked than filled wrongly. */
const patterns: readonly (readonly [FactName, RegExp])[] = [
  ['date', new RegExp(`^${doing}(?:date(?: (?:executed|applied|deployed|performed))?|(?:executed|deployed|applied|migrated|performed) on)$`)],
  ['start', new RegExp(`^${doing}(?:start|started|begin|began|start date|start time|time started|started at|began at|date and time|date time|date & time|timestamp)(?: utc)?$`)],
  ['startTime', /^time(?: utc)?$/],
  ['end', new RegExp(`^${doing}(?:end|ended|finish|finished|completion|end time|end date|finish time|completion time|time completed|time finished|completed at|ended at|finished at|date completed|date finished|completion date)(?: utc)?$`)],
  ['duration', new RegExp(`^${doing}(?:duration|time taken|elapsed|elapsed time|execution time|time elapsed)$`)],
  ['operator', new RegExp(`^${doing}(?:${done} by|operator|operator name|deployer|executor|executed by name)$`)],
  ['environment', /^(?:target |deployment )?(?:env|environment)(?: name)?$/],
  ['project', /^(?:supabase )?project(?: name| ref| id)?$/],
  ['database', /^(?:target )?(?:database|db)(?: name)?$/],
  ['server', /^(?:target |database |db |postgres |postgresql )?(?:server|database host|db host)$/],
  ['serverVersion', /^(?:postgres|postgresql|database|db|server)(?: server)? version$/],
  ['status', new RegExp(`^${doing}(?:status|result|outcome)$`)],
  ['succeeded', /^(?:was (?:the )?)?(?:deployment|migration|release|rollout)(?: was)? (?:successful|succeeded|completed successfully)$/],
  ['rowsAffected', /^(?:total |number of )?(?:rows|records)(?: (?:affected|updated|changed|modified|migrated))$/],
  ['verification', /^(?:post (?:migration|deployment|deploy) )?(?:verification|validation)(?: (?:status|result|results|outcome|passed))?$/],
  ['issues', /^(?:any )?(?:issues|problems|errors|incidents|issues and deviations|deviations)(?: (?:encountered|found|observed|seen|during (?:migration|deployment)))?$/],
  ['rollbackRequired', /^(?:was )?(?:a )?roll ?back (?:required|needed|necessary)$/],
  ['rollbackPerformed', /^(?:was )?(?:a )?roll ?back (?:performed|executed|done|triggered|used|run)$/],
  ['rollbackReason', /^(?:roll ?back reason|reason for (?:the )?roll ?back|if (?:yes|so|rolled back) (?:why|reason))$/],
  ['role', /^(?:database|db) (?:role|user)$/],
  ['notes', /^(?:additional |other |operator |general |deployment |migration )?(?:notes|comments|observations|remarks)(?: (?:or|and) (?:notes|comments|observations|remarks))?$/],
  ['guide', /^(?:guide|runbook)(?: (?:name|title|used|followed))?$/],
  ['run', /^run (?:id|identifier|reference|number)$/],
  ['approval', /^(?:(?:final )?sign ?off|sign ?off by|signed off by|signed by|approved by|approver|approval)$/],
];

/** A label in plain lower-case words: no emphasis, emoji, punctuation. */
export function plainLabel(label: string): string {
  return label.toLowerCase().replace(/\([^)]*\)/g, ' ').replace(/[^\p{L}\p{N}&]+/gu, ' ').trim();
}

/** The fact that a label asks for, or null when the label is not plainly one of them. */
export function factOfLabel(label: string): FactName | null {
  const plain = plainLabel(label);
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** Facts that belong to the steps of a section rather than to the whole run, where the template has sections. */
export function isScoped(fact: string): boolean {
  return ['start', 'end', 'duration', 'status', 'rowsAffected', 'notes', 'issues', 'verification'].includes(fact);
}
