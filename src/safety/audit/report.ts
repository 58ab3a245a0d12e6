import { visible } from '../../text/sanitise.js';
import { auditRules, type Audit } from './audit.js';

/** The findings as a compiler prints its own: grouped by rule, the worst first, each rule's remedy once. */
export function auditText(audit: Audit): string {
  const lines: string[] = [];
  const groups = new Map<string, Audit['findings']>();
  for (const one of audit.findings) {
    const key = `${one.severity}[${one.rule}]`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [key, findings] of groups) {
    const rule = auditRules.find((one) => one.id === findings[0]?.rule);
    lines.push(`${key}: ${rule?.title ?? ''}`, ...findings.map((one) => `  ${one.object}: ${one.detail}`), `  try: ${rule?.remedy ?? ''}`, '');
  }
  const { error, warning, note } = audit.counts;
  const of = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;
  lines.push(`${of(error, 'error')}, ${of(warning, 'warning')}, ${of(note, 'note')}; exposed: ${audit.schemas.join(', ')}; roles: ${['PUBLIC', ...audit.roles].join(', ')}`);
  return lines.map((line) => visible(line)).join('\n');
}
