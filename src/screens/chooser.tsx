import { useEffect, useState, type ReactNode } from 'react';
import { render, useInput, useWindowSize } from 'ink';
import { restoreAtExit } from '../terminal/restore.js';
import { chooserLines, freshChooser, pressChooser, type Chosen, type EnvironmentChoice, type GuideChoice } from './chooser-view.js';
import { keyNames } from './key-name.js';
import { Rows } from './rows.js';

/** Calls back whenever a guide has been read; gives a function that ends it. */
export type Readings = (read: (guide: GuideChoice) => void) => () => void;

interface ChooserProps { first: GuideChoice[]; environments: EnvironmentChoice[]; readings: Readings; onEnd(end: Chosen | null): void }

function Chooser({ first, environments, readings, onEnd }: ChooserProps): ReactNode {
  const size = useWindowSize();
  const [ui, setUi] = useState(freshChooser);
  const [guides, setGuides] = useState(first);
  useEffect(() => readings((read) => { setGuides((all) => all.map((one) => (one.path === read.path ? read : one))); }), [readings]);
  useInput((input, key) => {
    let next = ui;
    for (const name of keyNames(input, key)) {
      const pressed = pressChooser(next, name, guides, environments);
      next = pressed.ui;
      if (pressed.end) { onEnd(pressed.end === 'leave' ? null : pressed.end); return; }
    }
    setUi(next);
  });
  return <Rows lines={chooserLines(ui, guides, environments, size)} />;
}

/** Lets a person choose a guide and how to walk it, while the guides are still being read. Null: they left. */
export async function chooseGuide(first: GuideChoice[], environments: EnvironmentChoice[], readings: Readings): Promise<Chosen | null> {
  const off = restoreAtExit(process.stdout);
  let chosen: Chosen | null = null;
  const instance = render(<Chooser first={first} environments={environments} readings={readings} onEnd={(end) => { chosen = end; instance.unmount(); }} />, { alternateScreen: true, exitOnCtrlC: false, patchConsole: false, incrementalRendering: true });
  try {
    await instance.waitUntilExit();
  } finally {
    off();
  }
  return chosen;
}
