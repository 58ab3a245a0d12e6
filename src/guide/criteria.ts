import type { Draft, Guide } from './draft.js';

/** Words that say nothing of which query is meant. */
const COMMON = new Set(['should', 'must', 'have', 'with', 'from', 'that', 'this', 'each', 'every', 'rows', 'table', 'data', 'into', 'than', 'more', 'less', 'least', 'most', 'values', 'value', 'returned', 'return', 'returns', 'results', 'query', 'none', 'null', 'fields', 'required', 'criteria', 'errors', 'error', 'been', 'after', 'before', 'where', 'select', 'count', 'exists', 'exist']);

/**
 * Criteria in a list below several fences of one section: each is of the query that speaks of the same things. One that
 * speaks of none of them is asked, and one that speaks of several alike stays with the last.
 */
export function placeCriteria(guide: Guide): void {
  for (const draft of guide.drafts) {
    const criteria = draft.around.filter((one) => one.criterion === true);
    if (criteria.length === 0 || draft.kind !== 'sql') continue;
    const peers = guide.drafts.filter((one) => one.kind === 'sql' && one.section === draft.section && one.line <= draft.line);
    if (peers.length < 2) continue;
    for (const wording of criteria) {
      const words = wordsOf(wording.text);
      const shares = peers.map((one) => sharedBy(one, words));
      const most = Math.max(...shares);
      const [best, ...others] = peers.filter((_, index) => shares[index] === most);
      if (most === 0) wording.asks = true;
      else if (best !== undefined && best !== draft && others.length === 0) {
        draft.around.splice(draft.around.indexOf(wording), 1);
        best.around.push(wording);
      }
    }
  }
}

/** What a text speaks of: words of four letters or more, without their endings. */
function wordsOf(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[a-z][a-z_]{3,}/g) ?? []).filter((word) => !COMMON.has(word)).map((word) => word.replace(/(?:ies|es|s|ed|ing)$/, '')));
}

function sharedBy(draft: Draft, words: ReadonlySet<string>): number {
  const sql = draft.statements.map((one) => one.sql.toLowerCase()).join('\n');
  return [...words].filter((word) => sql.includes(word)).length;
}
