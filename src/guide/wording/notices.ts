import type { Found } from './reading.js';
import type { StatementShape } from './shape.js';

/** "The notice "ok"", "a warning that says `ok`", "NOTICE: ok"; of a block, which prints nothing else, any text in quotes. */
export function readNotice(text: string, shape: StatementShape | null): Found | null {
  if (shape === null || /^EXPLAIN/i.test(shape.command)) return null;
  const said = /^NOTICE:\s+(\S.{1,200})$/.exec(text)?.[1]
    ?? /^(?:an? |the )?(?:notice|warning)(?: message)?(?: (?:saying|with|that says|reading|which says|containing))?:? (["'`])(.{2,200})\1$/i.exec(text)?.[2]
    ?? (/^(?:DO|CALL)$/.test(shape.command) ? /^(?:(?:an? |the )?(?:message|text|line)(?: (?:saying|with|that says))?:? )?(["'`])(.{2,200})\1(?: (?:notice|message))?$/i.exec(text)?.[2] : undefined);
  return said === undefined || /…|\.{3}|[<[{]/.test(said.replaceAll('<NULL>', '')) || /^(?:success\b|do$)/i.test(said) ? null : { assertions: [{ type: 'notice', contains: said.trim(), present: true }] };
}
