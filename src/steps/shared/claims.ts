/** Claims are JSON; `:name` and `:'name'` in them stand for the bare value, escaped as JSON text. */
export function fillClaims(claims: string | null, values: Readonly<Record<string, string | null>>): string | null {
  if (claims === null) return null;
  return claims.replace(/:'([A-Za-z_]\w*)'|"?:([A-Za-z_]\w*)\b"?/g, (whole, quoted: string | undefined, bare: string | undefined) => {
    const value = values[quoted ?? bare ?? ''];
    return value === undefined || value === null ? whole : JSON.stringify(value);
  });
}
