import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { EmbeddedServer } from '../../src/rehearsal/embedded.js';

/** One client's connection through the wire. */
export interface Line {
  /** Its number, from 0: the program's first is the one that it writes with. */
  number: number;
  /** The backend at its other end, once the server has named it. */
  pid: number | null;
  /** Both sides are told that it ended. */
  cut(): void;
  /** Neither side is told anything more: as when a firewall forgets the connection. */
  freeze(): void;
}

/** What a test does with a query on its way; the query goes on when the promise is kept, unless the line was cut or frozen. */
export interface Hooks {
  request?(text: string, line: Line): Promise<void> | void;
  /** Called with the text of a query when the server's answer to it begins to come. */
  answer?(text: string, line: Line): Promise<void> | void;
}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

/** A TCP proxy before a PostgreSQL server that reads the messages of the protocol (version 3) as they pass. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private lines = 0;

  private constructor(private readonly server: Server) {}

  static async before(target: EmbeddedServer['connection'], hooks: Hooks): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server);
    server.on('connection', (client) => wire.accept(client, connect(target.host.startsWith('/') ? { path: join(target.host, `.s.PGSQL.${target.port}`) } : { host: target.host, port: target.port }), hooks));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return wire;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url({ user, database }: EmbeddedServer['connection']): string {
    return `postgresql://${user}@127.0.0.1:${this.port}/${database}?sslmode=disable`;
  }

  /** Cuts every connection and takes no more. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => { this.server.close(() => resolve()); });
  }

  private accept(client: Socket, server: Socket, hooks: Hooks): void {
    let frozen = false;
    let last = '';
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => { this.sockets.delete(socket); if (!frozen) { client.destroy(); server.destroy(); } });
    }
    const line: Line = {
      number: this.lines++, pid: null,
      cut: () => { client.destroy(); server.destroy(); },
      freeze: () => { frozen = true; client.pause(); server.pause(); },
    };
    const reader = new FrontendReader();
    const pass = (from: Socket, to: Socket, look: (bytes: Buffer) => Promise<void>): void => {
      let turn = Promise.resolve();
      from.on('data', (bytes: Buffer) => {
        turn = turn.then(async () => {
          await look(bytes);
          if (!frozen && !to.destroyed) to.write(bytes);
        });
      });
    };
    pass(client, server, async (bytes) => {
      for (const text of reader.read(bytes)) { last = text; await hooks.request?.(text, line); }
    });
    pass(server, client, async (bytes) => {
      line.pid ??= backendOf(bytes);
      const text = last;
      last = '';
      if (text !== '') await hooks.answer?.(text, line);
    });
  }
}

/** The backend's number in what a server sends first: of its BackendKeyData message. */
function backendOf(bytes: Buffer): number | null {
  for (let at = 0; at + 9 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) if (bytes[at] === 0x4b) return bytes.readInt32BE(at + 5);
  return null;
}

/** Finds the texts of queries in what a client sends: of Query messages, and of Parse where they take parameters or a cursor. */
class FrontendReader {
  private rest = Buffer.alloc(0);
  private begun = false;

  read(bytes: Buffer): string[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const texts: string[] = [];
    for (;;) {
      const head = this.begun ? 1 : 0;
      if (this.rest.length < head + 4) return texts;
      const length = this.rest.readInt32BE(head);
      if (this.rest.length < head + length) return texts;
      if (!this.begun) this.begun = ![SSL_REQUEST, GSS_REQUEST].includes(this.rest.readInt32BE(4));
      else if (this.rest[0] === 0x51) texts.push(this.rest.toString('utf8', 5, head + length - 1));
      else if (this.rest[0] === 0x50) texts.push(this.rest.toString('utf8', 5, head + length).split('\0')[1] ?? '');
      this.rest = this.rest.subarray(head + length);
    }
  }
}
