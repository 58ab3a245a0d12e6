/** Words that make a statement approximate, relative, alternative or a matter of judgement. */
const HEDGE = new RegExp(
  String.raw`\b(?:about|approx\w*|around|roughly|nearly|almost|(?<!at )most|mostly|usually|typically|normally|generally|may|might|could|can be|very (?:few|low|small)|few|several|some|many|multiple|various|similar|same|identical|equals?|match(?:es|ing)?|number of|count of|amount of|depend(?!enc)\w*|var(?:y|ies)|increas\w*|decreas\w*|improv\w*|faster|slower|previous\w*|earlier|before|as above|your|if|unless|when|optional\w*|ideally|low|high|reasonable|appropriate|proper\w*|or|either|only|likely|probably|environ|ungef[äa]hr|etwa|aproximadamente|cerca|unos|alrededor|ou|oder|else|otherwise|except|excluding|apart from|plus|minus|on top|whatever|any number|percent|times|per|tod[oa]s|tou(?:te)?s|alle|cada|chaque|jede\w*)\b|~|≈|%|約|约|大約|大约|左右|或|×|\?`, 'iu');
/** The few words that make even an explaining parenthesis count. */
const HEDGED_ASIDE = /(?<![\p{L}\d_])(?:o m[áa]s|ou mais|ou plus|oder mehr|si|se|falls|wenn|depend(?!enc|ênc)\p{L}*|según|selon|quizás?|talvez|puede|pode|peut|kann|könnte|aprox\p{L}*|environ|etwa|may|might|could|approx\w*|about|around|roughly|if|unless|depend(?!enc)\w*|varies|vary|or|optional\p{L}*|at least|at most|maybe|typically|usually|more|fewer|your|except\p{L}*|after step|once step|staging|prod|production|minimum|maximum|max|differs|will differ|in my case|example|plus any|plus whatever)(?![\p{L}\d_])|~|≈|±|\d ?%|或|可能|以上|約|约/iu;

/** Names of several words: `depends_on` leaves nothing open. */
const NAMES = /(?<![\w])[a-z]+(?:_[a-z\d]+)+(?![\w])/g;

export function isHedged(text: string): boolean {
  return HEDGE.test(text);
}

export function isHedgedAside(text: string): boolean {
  // "(id, minimum, maximum)": words of a list are names.
  if (/^[\p{L}\d_-]+(?:, (?:and )?[\p{L}\d_-]+){2,}$/u.test(text)) return false;
  return HEDGED_ASIDE.test(text.replace(NAMES, ' ').replace(/\beven (?:if|when|though)\b/gi, 'although').replace(/\bproduction (?=\p{L}{3,}s\b)/giu, '').replace(/\b([A-Z]{4,}) OR (?=[A-Z]{4,}\b)/g, '$1 '));
}

/** Whether an explanation behind a dash leaves open what it explains: "or" between its own words does not. */
export function isHedgedDash(dashed: string): boolean {
  return isHedgedAside(dashed.replace(/(?<=\p{L} )or(?= \p{L})/giu, ','));
}

/** Splits off what explains: parentheses (but none in quotes, and none of a call), and words after a dash unless they hold figures or operators. */
export function splitAside(text: string): { text: string; asides: string[]; dashed: string } {
  const asides: string[] = [];
  let dashed = '';
  const rest = text.replace(/(["'`])(?:(?!\1).)*\1|\(([^()]*)\)/g, (whole, quote: string | undefined, inside = '') => {
    // `now()` is a call.
    if (quote !== undefined || inside.trim() === '') return whole;
    asides.push(inside.trim());
    return ' ';
  }).replace(/\s[-–—]\s+([^=<>\d`'"]+)$/u, (_, words: string) => {
    dashed = words.trim();
    return ' ';
  });
  return { dashed, text: rest.replace(/\s+/g, ' ').replace(/\s+([.,;:])/g, '$1').trim(), asides };
}

/** The words that can hedge: names in quotes cannot, and "or more" is a bound. */
export function hedgeable(text: string): string {
  return text.replace(/`[^`]*`|'[^']*'|"[^"]*"/g, ' ').replace(NAMES, ' name ').replace(/\bindex only scan/gi, 'index scan').replace(/\b([A-Z]{4,}) OR (?=[A-Z]{4,}\b)/g, '$1 ').replace(/(\d|\w) or more\b|(\d) or (?:fewer|less|lower|below|higher|greater|above)\b/i, '$1$2').replace(/\bequals? (?=[\d=])/i, '').replace(/ (?:with|using) (?:the |an |proper |correct )*ind(?:ex|exes|ices)$/i, '').replace(/^(\d+ (?:rows?|records?|entr(?:y|ies))) (?:with|for|showing|containing) your [\w ]+$/i, '$1');
}
