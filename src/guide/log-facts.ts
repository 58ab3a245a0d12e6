import { matchable } from './plain.js';

/** Facts of a run that a log template's labels can ask for. `capture:<name>` and `field:<step>:<label>` come besides. */
export const logFacts = [
  'date', 'start', 'end', 'duration', 'operator', 'environment', 'project', 'database', 'server', 'guide', 'version', 'run', 'host', 'role',
  'status', 'rowsAffected', 'verification', 'itemsDone', 'issues', 'rollbackRequired', 'rollbackReason', 'notes', 'backup',
] as const;
export type LogFact = (typeof logFacts)[number];

/** First match wins; labels are lower case and free of marks. */
const LABELS: [RegExp, LogFact][] = [
  [/\brollback\b.*\b(?:reason|why)\b|\breason for rollback\b/, 'rollbackReason'],
  [/\broll ?-?back\b/, 'rollbackRequired'],
  [/\bissues?\b|\bproblems?\b|\berrors?(?: encountered)?$|\bincidents?\b|\bdeviations?\b/, 'issues'],
  [/\bnotes?\b|\bcomments?\b|\bobservations?\b|\bremarks\b|\blessons\b/, 'notes'],
  [/\bbackup\b/, 'backup'],
  [/\brows?\b(?: (?:affected|updated|changed|inserted|deleted|migrated))?|\brecords? (?:affected|updated|migrated)\b|\baffected\b/, 'rowsAffected'],
  [/\b(?:run|executed|deployed|performed|applied|migrated|completed|done|started|conducted|prepared)(?: by)\b|\boperator\b|\bengineer\b|\bdba\b|\bdeployer\b|\bname\b|\bby$|\bexecutor\b/, 'operator'],
  [/\bstart(?:ed|ing)?\b(?: (?:at|time|date))?|\bbegan?\b/, 'start'],
  [/\bend(?:ed)?\b(?: (?:at|time))?|\bcompleted? (?:at|time|on)\b|\bfinish(?:ed)?\b|\bcompletion time\b|\btime (?:completed|finished|ended)\b/, 'end'],
  [/\bduration\b|\btime taken\b|\belapsed\b|\btotal time\b|\bexecution time\b|\bdowntime\b/, 'duration'],
  [/\bdate\b|\bdeployed (?:at|on)\b|\btimestamp\b|\bwhen\b|^time$/, 'date'],
  [/\benvironment\b|\benv\b|\bstage\b/, 'environment'],
  [/\bproject\b|^application$|\bapp name\b/, 'project'],
  [/\bserver\b|\bhost(?:name)?\b|\binstance\b/, 'server'],
  [/\b(?:database|postgres(?:ql)?) version\b|\bversion\b/, 'version'],
  [/\bdatabase\b|\bdb\b/, 'database'],
  [/\bguide\b|\bmigration (?:name|file|id)\b|^migration$|\brunbook\b/, 'guide'],
  [/\brun id\b/, 'run'],
  [/\bverif\w*|\bvalidat\w*|\bcorrect\b|\bfunctional\b|\bnormal\b|\btests?(?: passed)?\b|\bchecks?\b|\bconfirmed\b|\bworking\b/, 'verification'],
  [/\bstatus\b|\bresult\b|\boutcome\b|\bsuccess(?:ful)?\b/, 'status'],
];

/** The fact that answers a label, or null when a person must. */
export function factOfLabel(label: string): LogFact | null {
  const text = matchable(label).replace(/[^\p{L}\p{N} ]+/gu, ' ').trim();
  if (/\bapprov|\bsign ?off|\bsignature\b|\breview(?:ed|er)\b/.test(text)) return null;
  return LABELS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
