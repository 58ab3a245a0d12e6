import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/server.js';
import { folder, guideFile, smallGuide, wizard } from './support.js';

const made: TestDatabase[] = [];
afterEach(async () => { await Promise.all(made.splice(0).map((one) => one.drop())); });

async function told(status: number, guide: string): Promise<{ occasions: string[]; err: string; code: number; path: string }> {
  const occasions: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString('utf8'); });
    request.on('end', () => {
      occasions.push((JSON.parse(body) as { occasion: string }).occasion);
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = await freshDatabase();
  made.push(target);
  const cwd = folder();
  writeFileSync(join(cwd, 'deploy-wizard.config.yaml'), 'notify:\n  webhook: env:HOOK\n');
  const path = '/hooks/secret-path';
  const ended = await wizard(['run', guide, '--database', target.url, '--headless', '--yes'], { cwd, env: { HOOK: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}` } });
  server.close();
  return { occasions, err: ended.err, code: ended.code, path };
}

describe('notify.webhook', () => {
  it('is told of start and end', async () => {
    const { occasions, code } = await told(204, guideFile(smallGuide));
    expect(code).toBe(0);
    expect(occasions.sort()).toEqual(['finished', 'started']);
  });

  it('is told of a failure', async () => {
    const { occasions, code } = await told(204, guideFile(smallGuide.replace('affected = 2', 'affected = 3')));
    expect(code).toBe(1);
    expect(occasions.sort()).toEqual(['failed', 'finished', 'started']);
  });

  it('never fails the run when it refuses, and its URL is not shown', async () => {
    const { code, err, path } = await told(404, guideFile(smallGuide));
    expect(code).toBe(0);
    expect(err).toContain('was not delivered: the webhook answered 404');
    expect(err).not.toContain(path);
  });
});
