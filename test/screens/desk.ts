import type { Desk, Gauge } from '../../src/screens/desk.js';
import { NOW } from './scenes.js';

/** A desk that keeps what was asked of it. */
export class TestDesk implements Desk {
  readonly done: string[] = [];
  readonly titles: string[] = [];
  moment = NOW;
  now(): Date { return this.moment; }
  copy(text: string): boolean { this.done.push(`copy ${text}`); return true; }
  async edit(path: string, line: number): Promise<void> { this.done.push(`edit ${path}:${line}`); }
  async stop(): Promise<void> { this.done.push('stop'); }
  title(text: string, { percent, state }: Gauge): void { this.titles.push(`${percent}% ${state} ${text}`); }
  notify(text: string): void { this.done.push(`notify ${text}`); }
}
