import type { Block } from './block.js';
import { plainText } from './plain.js';

const NAME = /^\W*(?:`[\w.$-]+`|[a-z][\w$.]*[_.][\w$]+)(?:\*\*)?(?:\s*(?:\([^()]*\)|[–—:-]\s[^.!?]*))?\W*$/i;

/** A list of names, each with a remark in brackets or behind a dash at most. */
export function isNamesList(block: Block | undefined): boolean {
  return block?.kind === 'list' && block.items.every(({ checked, children: [head, ...rest] }) => checked === null && rest.length === 0 && head?.kind === 'paragraph' && NAME.test(head.text));
}

/** What is done rather than seen: "Open the page", "Run the test". */
const DEED = /^\W*(?:open|go|navigate|click|press|log|sign|run|execute|try|create|select|choose|copy|paste|check|verify|confirm|look|test|use|visit|restart|deploy|add|remove|update|delete|abr[aei]\w*|ve |vaya|ejecut\w+|execut\w+|clique|haz|haga|öffne\w*|klick\w*|ouvr\w+|cliqu\w+|打开|点击|运行|执行)(?![\p{L}])/iu;

/** Whether a list states what is to be seen, rather than what is to be done: no code, no boxes, not numbered. */
export function isStatesList(block: Block | undefined): boolean {
  if (block?.kind !== 'list' || block.ordered) return false;
  const heads = block.items.map(({ checked, children: [head, ...rest] }) => (checked === null && rest.every((one) => one.kind === 'list') && head?.kind === 'paragraph' ? plainText(head.text) : null));
  return heads.every((text) => text !== null) && heads.filter((text) => text !== null && DEED.test(text)).length * 2 < heads.length;
}

/** "**Verify:**" and no more, in the languages guides are written in. */
export function isVerifyLabel(text: string): boolean {
  return /^\W*(?:verify|check|confirm|ensure|validate|make sure|look at|verifi(?:car|que|ca|er|ez)|comprob(?:ar|ad)|compruebe|confira|confirme|prüfen|überprüfen|prüfe|vérifi(?:er|ez)|controllare|controlla|проверьте|проверить|验证|檢查|检查|确认|確認)(?: that| the following)?\s*[:：]\W*$/iu.test(plainText(text));
}
