const ITS = String.raw`(?:it|this|that|these|them|(?:the|this) (?:(?:sql|above|whole) )?(?:scripts?|quer(?:y|ies)|sql|migrations?|statements?|commands?|files?|blocks?|code)(?: above)?|the above|all of (?:it|them))`;
const RUN = new RegExp(String.raw`^(\W*)(?:after|once|upon) (?:you(?:'ve| have) )?(?:${ITS} )?(?:(?:has|have|is|are) (?:been )?)?(?:run|ran|running|executed?|executes|executing|execution|applied|applying|completed?|completes|completion|completing|finished|finishes|done)(?: (?:of )?${ITS})?(?: successfully)?,\s*(?=(?:you|it|this|the (?:query|results?|output)) (?:should|must) )`, 'i');

/** `Click "Run" → should see "Success"`, "After running it, you should see 3 rows": behind what is done, what it shows. */
export function behindDeed(text: string): string {
  return text.replace(RUN, '$1').replace(/^(\W*(?:\d+[.)]\s*)?)(?:click|press|hit|tap|run|execute|select|submit)\b[^→⇒➜\n]{0,80}?(?:[→⇒➜]|[-=]>)\s*(?=(?:you |it )?(?:should|must) )/i, '$1');
}
