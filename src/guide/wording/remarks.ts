/** What stands behind a name in a list: a description, a remark in brackets, an arrow and a remark, a sign and a word. */
const BEHIND = /\s+(?:-|–|—|:|←|⟵|<-+|<=+)\s.*$|\s*\([^()]*\)$|\s+\p{Extended_Pictographic}\ufe0f?(?:\s+\p{Lu}+)?$/u;
/** Says that what bears the name is not there any more, or must not be. */
const GONE = /\b(?:(?:been |was |is |are )?(?:removed|dropped|deleted|gone|absent)|no longer|(?:should|must|does|do|is|are|will) ?(?:not|n't|never) (?:be|exist|appear|include|contain)\w*|not (?:exist|there|present|listed|returned|shown|in the list))\b/i;
/** Says that it may be there or not. */
const MAYBE = /\b(?:renamed|replaced|moved|superseded|became|now (?:called|named)|optional\w*|may|might|could|unless|when (?:used|enabled|present)|depend(?!enc)\w*|or not|possibly|deprecated|not (?:yet|always))\b/i;

/** A condition: it leads the remark, or follows what is conditional; "checks if somebody is an admin" tells what a function does. */
const CONDITION = /(?:^|[(,;–—-])\W*(?:only |just )?if\b|\b(?:only|exists?|there|present|created|added|enabled|listed|shown|needed|required|useful|used) if\b/i;

/** A line without what stands behind the name in it. */
export function nameIn(line: string): string {
  let plain = line.trim();
  for (let turn = 0; turn < 4; turn += 1) {
    const shorter = plain.replace(BEHIND, '').trim();
    if (shorter === plain || shorter === '') break;
    plain = shorter;
  }
  return plain;
}

const isLoose = (remark: string): boolean => MAYBE.test(remark) || CONDITION.test(remark);

/** "total_credits: `500` ← Should auto-calculate", "credits: `400` (unchanged)": what is remarked beside the value of a column. */
export const PAIR_REMARK = /(?<=^\W*(?:expected: )?(?!results?\b|outputs?\b)`?[a-z]\w*`?(?::| =) ?(?:`[^`]+`|'[^']+'|-?\d[\d,.]*|true|false))\s*(?:(?:←|<--?)\s*(?!\**(?:different|another|other|random|not|may|might|varies|example)\b)[\p{L} -]{3,60}|\((?:unchanged|as before|auto[- ]?\w+|computed|generated|default|new|now|same as before|still)\))\W*$/iu;

/** Whether a remark takes back that what it stands behind is there: it is gone, or it need not be. */
export const takesNameBack = (remark: string): boolean => GONE.test(remark) || isLoose(remark);
/** Whether it says that it is gone. */
export const isGone = (remark: string): boolean => GONE.test(remark) && !isLoose(remark);

/** Whether a line of a list says of the name in it that it is not there, or need not be. */
export const deniesItsName = (line: string): boolean => takesNameBack(line.trim().slice(nameIn(line).length)) || /^\W*~~|[❌✗✘🚫]/u.test(line);
