// Type check and lint, side by side: each keeps one core busy. Prints what each of them says, and fails where one does.
import { spawn } from 'node:child_process';

const run = (name) => new Promise((resolve) => {
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { told += bytes.toString(); });
  child.on('error', (error) => resolve({ name, code: 1, told: error.message }));
  child.on('close', (code) => resolve({ name, code: code ?? 1, told }));
});

for (const { name, code, told } of await Promise.all(['typecheck', 'lint'].map(run))) {
  if (told.trim() !== '') console.log(told.trimEnd());
  if (code === 0) continue;
  console.error(`${name} failed`);
  process.exitCode = 1;
}
