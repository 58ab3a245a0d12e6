/** What stands behind a row, and is none of its cells. */

/** "← NEW", "← FIXED (was TEXT)" behind a row: a remark to the reader. */
const TOLD = /\s*(?:←|<--?)\s*(?:new|fixed|added|changed|updated|created|restored|this one|here)(?:\s*\([^()]*\))?[.!]?$/i;
/** "← should be there", "<-- the one we moved": any few words. */
const WORDS = /\s+(?:←|<--?)\s+((?:\p{L}[\p{L}'-]*)(?:,? \p{L}[\p{L}'-]*){0,5})[.!]*$/u;
/** Says no more of a row than that it is there. */
const THERE = /^(?:(?:this|it) )?(?:should|must) (?:now |also |still )?(?:be (?:there|present|listed|shown|here|included|in the list)|exist|appear)$/i;
/** Takes the row back, leaves a cell of it open, or says what else stands there. */
const OPENS = /\b(?:or|any|some|each|every|example|eg|sample|similar|your|yours|var(?:y|ies)|varied|differ\w*|depend\w*|approx\w*|about|roughly|may|might|could|can|if|unless|when|not|no|never|none|wrong|incorrect|bad|old|before|was|were|previous\w*|instead|missing|absent|gone|removed|dropped|deleted|bug|problem|error|broken|placeholder|replace\w*|uuid|timestamp|date|number|null|empty|true|false|should|must|expect\w*|optional|etc|more|others?|rest)\b|n't\b/i;

export function withoutRemark(row: string): string {
  const remark = WORDS.exec(row)?.[1];
  return remark !== undefined && (THERE.test(remark) || !OPENS.test(remark)) ? row.replace(WORDS, '') : row.replace(TOLD, '');
}
