import { fencesIn, type Fence } from './block.js';
import { leaves, statementIn } from './cell-table.js';
import { bindWording, type ExpectationRead } from './expectation.js';
import { plainText } from './plain.js';
import { isForward } from './roles.js';
import { isLeftOut, roleNow, type Walk } from './walk.js';
import { readFence } from './walk-fence.js';

/** A box that is one query and what it returns: the query as a fence, and what is read of it. */
interface BoxQuery {
  fence: Fence;
  said: ExpectationRead[];
}

/** "`SELECT …` returns 0", "`SELECT …` → 3 rows": the query, and what is said of it. */
const ASKS = /^\s*(`+[^`]+`+)[;,:]?\s+(?:(?:should |must |now )*(?:returns?|shows?|gives?|yields?|lists?)|(?:should|must) (?:be|equal)|=>|==?|→|->|⇒)\s+(\S[^\n]*)$/iu;

/** The query of a box on the way that reads, where what it must return is read too; null for any other box. */
export function queryOfBox(walk: Walk, text: string, line: number): BoxQuery | null {
  const [, code = '', says = ''] = ASKS.exec(text) ?? [];
  const statement = says === '' || says.length > 200 ? null : statementIn(code);
  if (statement === null || statement.writes || !statement.shape.returnsRows || leaves(says, statement.sql)) return null;
  if (!isForward(roleNow(walk)) || isLeftOut(walk) || !isListed(walk, line)) return null;
  const shown = plainText(text, true);
  const said = bindWording({ line, text: `Expected: ${says}`, shown, extra: null, remedy: null }, [{ ...statement, line, endLine: line }], 0, 'own');
  if (!said.some(({ source }) => source === 'read')) return null;
  return { said, fence: { kind: 'fence', lang: 'sql', meta: '', body: `${statement.sql};`, bodyLine: line, indent: 0, line, endLine: line } };
}

/** Whether a box is an item of a list, and none that is drawn, quoted or shown in a fence: below it something can be written. */
function isListed(walk: Walk, line: number): boolean {
  return /^\s*(?:[-*+]|\d+[.)])\s{1,4}\[[ xX]\]\s+`/.test(walk.guide.source.lines[line - 1] ?? '') && !fencesIn(walk.section.blocks).some(({ fence }) => fence.line <= line && line <= fence.endLine);
}

/** Reads the query of a box as a step of its own. Gives how to end it: what is said after the box is not about this query. */
export function beginQuery(walk: Walk, { fence, said }: BoxQuery, title: string): () => void {
  const { code, ahead, hadFence, exampled, label, prose, spread, open } = walk;
  Object.assign(walk, { code: null, ahead: [], label: title, prose: [], spread: null, open: null });
  readFence(walk, fence);
  const draft: Walk['code'] = walk.code;
  if (draft?.fence) {
    draft.fence.box = true;
    draft.inside.push(...said);
  }
  return () => { Object.assign(walk, { code, ahead, hadFence, exampled, label, prose, spread, open }); };
}
