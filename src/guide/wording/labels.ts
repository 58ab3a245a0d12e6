/** Labels that say "expected" in other words. */

const NOUN = '(?:results?|outputs?|values?|answers?|counts?|outcomes?|numbers?|totals?|figures?)';
/** Whatever stands behind these is expected. */
const STRONG = new RegExp(`^(?:expectations?|anticipated(?: ${NOUN})?|what to expect|what we expect|expecting|you(?:'ll| will) (?:then |now )?see|exp\\.?|(?:desired|ideal|correct|right|required|wanted|intended|target|passing|successful|healthy) ${NOUN}|(?:test )?(?:succeeds|succeeded|success|passes|pass|green|ok|okay|healthy|good|fine|done|complete) (?:if|iff|when|only if|means|looks like)|success (?:condition|indicator)s?|assert(?:ion)?s?|go(?:\\/no-go)? (?:if|when|criteri(?:a|on)))\\s*(\\([^)]*\\))?\\s*[:=]\\s*`, 'i');
/** These head other things as well: only a figure, a truth, rows, a name or a pair behind them is an answer. */
const WEAK = new RegExp(`^(?:success|succeeds|assertion|validation(?: result)?|verification(?: result)?|gate|ideal|passing|pass(?:es|ed)?|confirms?|new value|now|after(?:wards)?|after (?:the )?(?:migration|deployment|fix|update|backfill|cleanup|change|run|script)|post-(?:migration|deployment|fix))\\s*[:=]\\s*(?=(?:(?:exactly |at least |at most |only )?-?\\d[\\d,]*\\+?(?: (?:rows?|records?|results?|tables|columns|policies|indexes|functions|triggers|entries|users))?(?: \\([^()]*\\))?[.!]?$|(?:no|zero|\\d+) (?:rows?|results?|records?)\\b|none[.!]?$|empty[.!]?$|[<>]=? ?\\d|(?:true|false|t|f|null)[.!]?$|\`[^\`]+\`[.!]?$|\`?[a-z_]\\w*\`? ?=))`, 'i');

/** "Success if: 0 rows", "Desired result: `ok`" as "Expected: …"; anything else as it is. */
export function underExpected(line: string): string {
  return line.replace(STRONG, (_, aside: string | undefined) => `Expected${aside === undefined ? '' : ` ${aside}`}: `).replace(WEAK, 'Expected: ').replace(/^Expected: (?=-?\d[\d,]*\+?[.!]?$)/, (label) => (WEAK.test(line) ? 'Expected: figure ' : label));
}
