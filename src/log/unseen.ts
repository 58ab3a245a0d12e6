/** What `--yes` notes with every item it ticks: the log says that nobody looked, and no form takes it for an answer. */
export const UNSEEN = 'nobody looked: --yes';

/** The name under which `--yes` approves; never one of a person. */
export function approverByYes(operator: string, index: number): string {
  return index === 0 ? `${operator} (--yes)` : `${operator} (${index + 1}, --yes)`;
}

/** Whether an approval is one of `--yes`. */
export function isByYes(name: string): boolean {
  return name.endsWith('--yes)');
}
