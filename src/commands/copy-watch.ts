import type { Target } from '../engine/ports.js';
import type { Recorder } from '../engine/recorder.js';

/** Sends each line of a run's journal to the ledger's copy, and says so where the copy stays behind. */
export class CopyWatch {
  private missing: string | null = null;
  private told: string | null = null;

  constructor(private readonly recorder: Recorder, private readonly target: Target) {
    recorder.listen((event, state, line) => this.send(state.run, [{ seq: event.seq, line }]));
  }

  /** What the copy lacks, and why; null: nothing. */
  get behind(): string | null {
    return this.missing;
  }

  /** Between steps and before the end, for an event that others listen to cannot be told while they hear one: once that it is behind, once that it is whole again. `last`: it is tried once more, however long it takes. */
  async tell(last = false): Promise<void> {
    if (this.missing !== null) await this.send(this.recorder.state.run, [], last);
    if ((this.missing === null) === (this.told === null)) return;
    this.told = this.missing;
    await this.recorder.record({ type: 'ledger.behind', missing: this.missing });
  }

  private async send(run: string, lines: readonly { seq: number; line: string }[], patiently = false): Promise<void> {
    const { end, missing } = await this.target.mirror(run, lines, patiently);
    this.missing = missing;
    this.recorder.copied = end;
  }
}
