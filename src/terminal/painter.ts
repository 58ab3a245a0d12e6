import { isNarrow } from '../text/narrow.js';
import { displayWidth } from '../text/width.js';
import { styled, type Piece } from './style.js';

const CSI = '\x1b[';
/** A terminal that knows it shows what stands between these at once (DEC mode 2026); others pass over them. */
const BEGIN = `${CSI}?2026h${CSI}?25l`;
/** The cursor rests at home, where nothing that another may write can scroll the screen. */
const END = `${CSI}H${CSI}?2026l`;
const ERASE_LINE = `${CSI}2K`;
const ERASE_REST = `${CSI}K`;
const ERASE_BELOW = `${CSI}J`;

type Row = readonly Piece[];

/**
 * Paints rows on the alternate screen, and of those only what changed: from
 * the first column that differs to the end of the row. A row never wraps.
 */
export class Painter {
  private shown: readonly Row[] | null = null;
  private latest: readonly Row[] = [];
  private columns = 0;
  private away = false;

  constructor(private readonly stdout: NodeJS.WritableStream, private readonly colour: boolean) {}

  /** Shows rows, none wider than `columns`, nor more of them than the window has. */
  paint(rows: readonly Row[], columns: number): void {
    if (columns !== this.columns || (this.shown !== null && this.shown.length !== rows.length)) this.shown = null;
    this.columns = columns;
    this.latest = rows;
    if (this.away) return;
    const before = this.shown;
    this.shown = rows;
    const changes = rows.map((row, at) => this.changed(at, before?.[at] ?? null, row)).join('') + (before === null ? `${CSI}${rows.length + 1};1H${ERASE_BELOW}` : '');
    if (changes !== '') this.stdout.write(BEGIN + changes + END);
  }

  /** Paints everything anew, whatever another program left there. */
  redraw(): void {
    this.shown = null;
    this.paint(this.latest, this.columns);
  }

  /** While another program has the terminal nothing is painted; what came meanwhile is, when it comes back. */
  leave(): void {
    this.away = true;
  }

  comeBack(): void {
    this.away = false;
    this.redraw();
  }

  private changed(at: number, before: Row | null, row: Row): string {
    if (before !== null && same(before, row)) return '';
    const start = `${CSI}${at + 1};`;
    // Terminals disagree on the width of rare characters: such a row is written whole, and what is too wide is cut by the terminal.
    if (![...before ?? [], ...row].every((one) => isNarrow(one.text))) return `${start}1H${ERASE_LINE}${CSI}?7l${styled(row, this.colour)}${CSI}?7h`;
    const { kept, rest } = before === null ? { kept: 0, rest: row } : differing(before, row);
    const erase = before === null || widthOf(row) < widthOf(before);
    return `${start}${kept + 1}H${styled(rest, this.colour)}${erase && widthOf(row) < this.columns ? ERASE_REST : ''}`;
  }
}

const alike = (one: Piece, other: Piece | undefined): boolean => other !== undefined && one.bold === other.bold && (one.style === other.style || (one.style.color === other.style.color && one.style.bold === other.style.bold && one.style.inverse === other.style.inverse));

function same(before: Row, row: Row): boolean {
  return before === row || (before.length === row.length && row.every((one, index) => one.text === before[index]?.text && alike(one, before[index])));
}

/** How many columns at the beginning are the same, and what follows them. Of narrow rows only. */
function differing(before: Row, row: Row): { kept: number; rest: Row } {
  let kept = 0;
  for (const [index, piece] of row.entries()) {
    const old = before[index];
    if (piece.text === old?.text && alike(piece, old)) { kept += piece.text.length; continue; }
    let common = 0;
    if (old && alike(piece, old)) while (common < piece.text.length && piece.text[common] === old.text[common]) common += 1;
    return { kept: kept + common, rest: [{ ...piece, text: piece.text.slice(common) }, ...row.slice(index + 1)] };
  }
  return { kept, rest: [] };
}

const widthOf = (row: Row): number => row.reduce((sum, one) => sum + displayWidth(one.text), 0);
