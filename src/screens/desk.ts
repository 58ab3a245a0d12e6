/** How far a run is, for the terminal's own title and progress mark. */
export interface Gauge { percent: number; state: 'going' | 'failed' | 'waiting' }

/** What a screen can do beside showing and answering: the terminal's courtesies, handed in by whoever shows it. */
export interface Desk {
  now(): Date;
  /** Puts a text on the clipboard. False when it is too long for that. */
  copy(text: string): boolean;
  /** Opens a file at a line in the person's editor and waits; the terminal is free meanwhile. */
  edit(path: string, line: number): Promise<void>;
  /** Stops the program as ctrl-z does, until it is continued. */
  stop(): Promise<void>;
  /** Title and progress mark of the terminal. */
  title(text: string, gauge: Gauge): void;
  /** Calls a person who looks elsewhere; only where they asked for it. */
  notify(text: string): void;
}
