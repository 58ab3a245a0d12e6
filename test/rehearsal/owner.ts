import { startEmbedded } from '../../src/rehearsal/embedded.js';

// Run as a process of its own by the tests: starts a server, tells where it is, and then ends as it is told.
const server = await startEmbedded();
// Before it tells: whoever reads it may send the signal at once.
process.on('SIGINT', () => { void server.stop().then(() => process.exit(130)); });
process.stdout.write(`${JSON.stringify({ folder: server.connection.host, pid: server.pid })}\n`);
if (process.argv[2] === 'exit') process.exit(0);
setInterval(() => undefined, 1000);
