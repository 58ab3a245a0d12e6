import { readerOf } from './forms.js';
import { isExplain } from './shape.js';

/** Of an `EXPLAIN`: "Index Scan (good), Seq Scan (bad)". */
export const readPlanForms = readerOf([[
  // "Index Scan" or "Bitmap Index Scan": the words of the one are in the other.
  /^["'`](Index Scan|Bitmap Index Scan)["'`],? or ["'`](Index Scan|Bitmap Index Scan)["'`](?: on [`"']?([a-z]\w*_\w+)[`"']?)?$/i,
  ([, , , index = null]) => [{ type: 'plan', contains: index === null ? 'Index Scan' : null, excludes: null, index }],
], [
  // "`Index Scan using idx_boats` or `Bitmap Index Scan`": either holds the same words.
  /^["'`]Index Scan (?:using|on) \w+["'`],? or (?:an? )?["'`]Bitmap (?:Index|Heap) Scan(?: on \w+)?["'`]$/i,
  () => [{ type: 'plan', contains: 'Index Scan', excludes: null, index: null }],
], [
  // "query plan shows index usage".
  /^(?:(?:the )?(?:[a-z]+ )?(?:query|plan|query plan|it) )?(?:should |must )?(?:shows?|uses?|has|have) (?:an? |the )?index(?:es)?(?: usage| use)?$/i,
  () => [{ type: 'plan', contains: 'Index', excludes: null, index: null }],
], [
  // "the plan does not reference idx_boats".
  /^(?:the )?(?:query )?plan (?:does|should|must) not (?:reference|use|mention|contain|show|include) (?:the )?(?:index )?[`"']?([a-z]\w*_\w+)[`"']?$/i,
  ([, index = '']) => [{ type: 'plan', contains: null, excludes: index, index: null }],
], [
  // "index scan used (not sequential scan)".
  /^(?:an? )?(index(?: only)?|bitmap(?: index| heap)?) scan (?:is |was |should be )?used(?:,? \(?(?:not|instead of|no|rather than) (?:an? )?seq(?:uential)? scan\)?)?$/i,
  ([text = '', kind = '']) => [{ type: 'plan', contains: `${kind.replace(/\b\w/g, (letter) => letter.toUpperCase())}${/ /.test(kind) || /^index$/i.test(kind) ? ' Scan' : ''}`, excludes: /seq/i.test(text) ? 'Seq Scan' : null, index: null }],
], [
  /^(?:look for:? )?["'`]?((?:Bitmap |Index |Index Only |Seq )?[A-Z][a-z]+ Scan|Index Scan|Seq Scan)["'`]? \((?:good|fast|wanted|right|✅|✓)\),? (?:(?:and )?not |vs\.? |or )?["'`]?((?:Seq|Index|Bitmap)[A-Za-z ]* Scan)["'`]? \((?:bad|slow|wrong|not good|❌|✗)\)$/i,
  ([, good = '', bad = '']) => [{ type: 'plan', contains: good, excludes: bad, index: null }],
]], { of: isExplain });
