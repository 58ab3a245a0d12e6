/** Words of a header, and columns that they may mean beside those that hold them. */
const MEANS: readonly (readonly [RegExp, RegExp])[] = [
  [/^tables?$/, /^relname$/], [/^(?:rows?|records?|numbers?|totals?|amounts?)$/, /^(?:count|n|cnt|num|total)$|_(?:count|rows|total)$/], [/^counts?$/, /^(?:n|cnt|num|total)$|_(?:rows|total)$/],
  [/^(?:policy|policies)$/, /^polname$/], [/^(?:commands?|operations?|actions?)$/, /^(?:cmd|polcmd)$/], [/^rls(?:enabled|on|active)?$/, /^(?:rel)?rowsecurity$/],
  [/^columns?$/, /^attname$/], [/^index(?:es)?$/, /^(?:indexname|relname)$/], [/^functions?$/, /^(?:proname|routine_name)$/], [/^roles?$/, /^(?:rolname|grantee)$/], [/^extensions?$/, /^extname$/], [/^versions?$/, /^(?:extversion|installed_version)$/], [/^triggers?$/, /^tgname$/], [/^constraints?$/, /^conname$/],
];
const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a header's word is a guide's name for a column: "Policy" for `policyname`. */
export function means(header: string, column: string | null): boolean {
  const said = plain(header);
  const own = plain(column ?? '');
  if (said.length < 3 || own === '') return said !== '' && said === own;
  const stem = said.replace(/s$/, '');
  return own === said || (own.length >= 3 && (own.includes(stem) || said.includes(own))) || MEANS.some(([word, name]) => word.test(said) && name.test((column ?? '').toLowerCase()));
}
