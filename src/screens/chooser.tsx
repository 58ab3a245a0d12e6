import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { render, useInput, usePaste } from 'ink';
import { restoreAtExit, stopUntilContinued } from '../terminal/restore.js';
import { never } from '../text/problem.js';
import { freshChooser, pasteChooser, pressChooser, type Choices, type Chosen, type ChooserUi, type GuideChoice } from './chooser-press.js';
import { chooserLines } from './chooser-view.js';
import { keyNames } from './key-name.js';
import { useSurface } from './surface.js';
import { BLIND_KEYS, tooSmall } from './too-small.js';

/** Calls back whenever a guide has been read; gives a function that ends it. */
export type Readings = (read: (guide: GuideChoice) => void) => () => void;

export interface ChooserProps { first: GuideChoice[]; places: Omit<Choices, 'guides'>; readings: Readings; stop(): Promise<void>; onEnd(end: Chosen | null): void }

/** The chooser: lists, and keys. */
export function Chooser({ first, places, readings, stop, onEnd }: ChooserProps): ReactNode {
  const surface = useSurface();
  const [ui, setUi] = useState(freshChooser);
  const latest = useRef(ui);
  const [guides, setGuides] = useState(first);
  useEffect(() => readings((read) => { setGuides((all) => all.map((one) => (one.path === read.path ? read : one))); }), [readings]);
  const change = (next: ChooserUi): void => { latest.current = next; setUi(next); };
  const choices = { guides, ...places };
  useInput((input, key) => {
    for (const name of keyNames(input, key)) {
      if (tooSmall(surface) && !BLIND_KEYS.includes(name)) continue;
      const pressed = pressChooser(latest.current, name, choices, surface.rows);
      change(pressed.ui);
      const { effect } = pressed;
      if (effect === null) continue;
      switch (effect.kind) {
        case 'chosen': onEnd(effect.chosen); return;
        case 'leave': onEnd(null); return;
        case 'redraw': surface.redraw(); return;
        case 'suspend': void surface.lend(stop); return;
        default: never(effect);
      }
    }
  });
  usePaste((pasted) => { if (!tooSmall(surface)) change(pasteChooser(latest.current, pasted)); });
  useLayoutEffect(() => surface.paint(chooserLines(ui, choices, surface)));
  return null;
}

/** Lets a person choose a guide and how to walk it, while the guides are still being read. Null: they left. */
export async function chooseGuide(first: GuideChoice[], places: Omit<Choices, 'guides'>, readings: Readings): Promise<Chosen | null> {
  const off = restoreAtExit(process.stdout);
  let chosen: Chosen | null = null;
  const instance = render(<Chooser first={first} places={places} readings={readings} stop={stopUntilContinued} onEnd={(end) => { chosen = end; instance.unmount(); }} />, { alternateScreen: true, exitOnCtrlC: false, patchConsole: false, interactive: true });
  try {
    await instance.waitUntilExit();
  } finally {
    off();
  }
  return chosen;
}
