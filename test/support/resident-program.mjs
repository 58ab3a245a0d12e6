// A process that runs the built program again and again: its modules are read, compiled and warm after the first time,
// which costs more processor time than most of what is tested. Each run gets its own arguments, folder and environment.
import { setImmediate } from 'node:timers';
import { pathToFileURL } from 'node:url';

const held = () => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate' && name !== 'CloseReq').sort().join();
const turn = () => new Promise((resolve) => { setImmediate(resolve); });
// The pipes of our own output count as open from their first use on.
void [process.stdout, process.stderr];
const own = { title: process.title, held: '' };
let runs = 0;

function dress({ main, args, cwd, env }) {
  process.argv = [process.execPath, main, ...args];
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
  process.exitCode = undefined;
  process.title = own.title;
}

/** A process ends only when nothing is open any more; so does a run here. */
async function settled() {
  const end = Date.now() + 10_000;
  while (held() !== own.held) {
    if (Date.now() > end) return `left open: ${held()}, where ${own.held} was open before`;
    await turn();
  }
  return null;
}

process.on('message', async (job) => {
  if (runs === 0) own.held = held();
  dress(job);
  runs += 1;
  // Another query is another module: the entry runs anew, the chunks that it loads are there already.
  await import(`${pathToFileURL(job.main).href}?run=${runs}`);
  const left = await settled();
  const code = process.exitCode ?? 0;
  process.exitCode = undefined;
  process.stdout.write(job.mark);
  process.stderr.write(left === null ? job.mark : `${left}${job.mark}`);
  process.send({ code: left === null ? code : -1 });
});
process.on('disconnect', () => process.exit());
