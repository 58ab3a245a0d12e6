/** Keys of one kind that follow faster than this come from a key held down, not from a person who read the screen. */
const REPEAT_MS = 100;

/** Tells a key that is held down from one that is pressed again. */
export class Held {
  private key = '';
  private at = 0;

  /** Takes a press, its time in milliseconds; gives whether the key is only being held. */
  press(key: string, at: number): boolean {
    const held = key === this.key && at - this.at < REPEAT_MS;
    this.key = key;
    this.at = at;
    return held;
  }
}
