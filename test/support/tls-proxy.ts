import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** A man in the middle: ends TLS with a certificate of his own and speaks TLS to the server. `seen` is what clients said to him. */
export async function startTlsProxy(port: number, files: { cert: string; key: string }): Promise<{ port: number; seen(): string; stop(): void }> {
  const sockets = new Set<Socket>();
  const kept = (socket: Socket): Socket => { sockets.add(socket); return socket.on('error', () => undefined); };
  let said = '';
  const proxy = createServer((client) => {
    kept(client).once('data', (request: Buffer) => {
      if (!request.equals(SSL_REQUEST)) { client.destroy(); return; }
      client.pause();
      client.write('S');
      const inside = new TLSSocket(client, { isServer: true, key: readFileSync(files.key), cert: readFileSync(files.cert) });
      kept(inside);
      const server = connect(port, '127.0.0.1', () => server.write(SSL_REQUEST));
      kept(server).once('data', () => {
        const outside = connectTls({ socket: server, rejectUnauthorized: false }, () => {
          inside.on('data', (data: Buffer) => { said += data.toString('latin1'); });
          inside.pipe(outside).pipe(inside);
        });
        kept(outside).on('close', () => inside.destroy());
        inside.on('close', () => outside.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => { proxy.listen(0, '127.0.0.1', () => resolve()); });
  return {
    port: (proxy.address() as AddressInfo).port,
    seen: () => said,
    stop: () => { for (const socket of sockets) socket.destroy(); proxy.close(); },
  };
}
