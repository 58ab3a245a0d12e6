import { delimiter, join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { programName, typeable } from '../../src/text/program-name.js';
import { wizard } from '../cli/support.js';

const bin = ['', 'home', 'me', 'project', 'node_modules', '.bin'].join(sep);
const usual = ['', 'usr', 'bin'].join(sep);
const PATH = [bin, usual].join(delimiter);

it('prints commands that can be typed: through npx where npm started the program and no shell finds it', () => {
  const inBin = (path: string): boolean => path === join(bin, 'deploy-wizard');
  expect(programName({ PATH, npm_command: 'exec', npm_lifecycle_event: 'npx' }, inBin)).toBe('npx deploy-wizard');
  expect(programName({ PATH, npm_command: 'run-script', npm_lifecycle_event: 'start' }, () => false)).toBe('npx deploy-wizard');
  expect(programName({ PATH, npm_command: 'exec' }, (path) => path === join(usual, 'deploy-wizard'))).toBe('deploy-wizard');
  expect(programName({ PATH }, () => false)).toBe('deploy-wizard');
});

it('changes commands alone, each once', () => {
  const name = (): string => 'npx deploy-wizard';
  expect(typeable('Run deploy-wizard resume 3f9a; npx deploy-wizard runs lists them.', name)).toBe('Run npx deploy-wizard resume 3f9a; npx deploy-wizard runs lists them.');
  expect(typeable('a fault of deploy-wizard; see deploy-wizard --help and deploy-wizard.config.yaml', name)).toBe('a fault of deploy-wizard; see npx deploy-wizard --help and deploy-wizard.config.yaml');
});

it('prints them so in usage errors, examples and remedies', async () => {
  const env = { npm_command: 'start', PATH: bin };
  expect((await wizard(['rehearse'], { env })).err).toContain('try: npx deploy-wizard rehearse guides/');
  expect((await wizard(['log', '--help'], { env })).out).toContain('\n  npx deploy-wizard log 3f9a1c07');
  expect((await wizard(['log', 'ffffffff', '--logs', 'no-such-folder'], { env })).err).toContain('try: npx deploy-wizard runs lists');
});
