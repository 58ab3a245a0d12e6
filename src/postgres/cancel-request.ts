import { connect, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type pg from 'pg';
import { driverConfig, socketOf, type ConnectionSpec } from './connection.js';

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PATIENCE_MS = 5000;

/** A CancelRequest message (manual: "Canceling Requests in Progress"): number and secret of the backend. */
export function cancelMessage(pid: number, secret: number): Buffer {
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(80_877_102, 4);
  message.writeInt32BE(pid, 8);
  message.writeInt32BE(secret, 12);
  return message;
}

/**
 * Asks the server to cancel what a connection runs, on a connection of its
 * own, as libpq does: the running one is busy, and a pooler knows the secret
 * where a backend's number would be another's. Encrypted where the session is.
 * Resolves when the server has taken the request; rejects when it cannot be reached.
 */
export async function cancelRequest(spec: ConnectionSpec, client: pg.Client): Promise<void> {
  const { processID, secretKey, connection } = client as pg.Client & { processID: number | null; secretKey: number | null; connection: { stream: Socket } };
  if (processID === null || secretKey === null) throw new Error('the server gave no key to cancel with');
  const message = cancelMessage(processID, secretKey);
  const path = socketOf(spec);
  const socket = path === null ? connect(spec.port, spec.address ?? spec.host) : connect(path);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the cancel request was not taken in time')));
  try {
    await opened(socket, 'connect');
    const secured = connection.stream instanceof TLSSocket ? await secure(socket, spec) : socket;
    // The server answers nothing and closes.
    await new Promise<void>((resolve, reject) => {
      secured.once('error', reject);
      secured.once('close', () => resolve());
      secured.resume();
      secured.end(message);
    });
  } finally {
    socket.destroy();
  }
}

function opened(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once(event, () => { socket.off('error', reject); resolve(); });
  });
}

async function secure(socket: Socket, spec: ConnectionSpec): Promise<Socket> {
  const { ssl } = driverConfig(spec, true);
  const answer = new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (data: Buffer) => resolve(data.toString('latin1')));
  });
  socket.write(SSL_REQUEST);
  if (await answer !== 'S') return socket;
  const secured = connectTls({ ...(typeof ssl === 'object' ? ssl : {}), socket });
  await opened(secured, 'secureConnect');
  return secured;
}
