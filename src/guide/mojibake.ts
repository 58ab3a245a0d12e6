/**
 * Repairs text whose UTF-8 bytes were once read as Mac-Roman or Windows-1252
 * (`‚úÖ` and `âœ…` are both ✅). Used for matching only: the operator always
 * sees the document as written.
 */
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';
const CP1252: Record<string, number> = {
  '€': 0x80, '‚': 0x82, 'ƒ': 0x83, '„': 0x84, '…': 0x85, '†': 0x86, '‡': 0x87, 'ˆ': 0x88, '‰': 0x89, 'Š': 0x8a, '‹': 0x8b, 'Œ': 0x8c,
  'Ž': 0x8e, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96, '—': 0x97, '˜': 0x98, '™': 0x99, 'š': 0x9a, '›': 0x9b,
  'œ': 0x9c, 'ž': 0x9e, 'Ÿ': 0x9f,
};
const macBytes = new Map([...MAC_ROMAN].map((char, index) => [char, 0x80 + index]));

function cpByte(char: string): number | undefined {
  const code = char.charCodeAt(0);
  return CP1252[char] ?? (code >= 0x80 && code <= 0xff ? code : undefined);
}

/** Gives the repaired text, or the text itself where nothing was damaged. Pure; linear. */
export function repairMojibake(text: string): string {
  // Lead bytes of three- and four-byte sequences (E2, EF, F0) in both code pages.
  if (!/[‚Ôüïâð√Ã\uf8ff]/.test(text)) return text;
  return text.replace(/[^\x00-\x7f]{2,}/g, (run) => decode(run, (char) => macBytes.get(char)) ?? decode(run, cpByte) ?? run);
}

function decode(run: string, byteOf: (char: string) => number | undefined): string | null {
  const bytes: number[] = [];
  for (const char of run) {
    const byte = byteOf(char);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
