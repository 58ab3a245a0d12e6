import type { Desk } from '../../src/screens/desk.js';
import { NOW } from './scenes.js';

/** A desk that keeps what was asked of it. */
export class TestDesk implements Desk {
  readonly done: string[] = [];
  moment = NOW;
  now(): Date { return this.moment; }
  copy(text: string): boolean { this.done.push(`copy ${text}`); return true; }
  async edit(path: string, line: number): Promise<void> { this.done.push(`edit ${path}:${line}`); }
  async stop(): Promise<void> { this.done.push('stop'); }
}
