#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import type { AuditFlags } from './commands/audit.js';
import { programVersion } from './commands/version.js';
import type { LogFlags } from './commands/log.js';
import type { RunFlags } from './commands/flags.js';
import { usageError } from './commands/usage-error.js';
import { outlivesItsReader } from './terminal/closed-pipe.js';
import { passwordHider, withoutPasswords } from './text/hide-password.js';
import { EXIT, explainProblem, messageOf, ProblemError } from './text/problem.js';
import { typeable } from './text/program-name.js';

// A password in --database would stand in every list of processes; our own copy of the arguments stays. Of npx and a shell the entries stay, too.
const shown = withoutPasswords(process.argv);
if (shown) process.title = shown.join(' ');
const hidden = passwordHider(process.argv.slice(2));

outlivesItsReader();

const collect = (value: string, list: string[] = []): string[] => [...list, value];

const examples: string[] = [];

/** The end of a command's help; the example is shown again with a usage error. */
function example(line: string): string {
  examples.push(line);
  return typeable(`\nExample:\n  ${line}`);
}

/** Adds the flags that every walking command has. */
function walking(command: Command): Command {
  return command
    .option('--env <name>', 'environment from deploy-wizard.config.yaml')
    .option('--database <url>', 'target; else the environment\'s, DATABASE_URL, or libpq\'s PG* variables')
    .option('--param <name=value>', 'value of a parameter (repeatable)', collect)
    .option('--answers <file>', 'YAML with what people would answer, by step id')
    .option('--headless', 'no screen; implied without a terminal')
    .option('--yes', 'answer every human step that has no other answer')
    .option('--confirm <database>', 'name of a protected database, instead of typing it')
    .option('--json', 'one JSON event per line on stdout')
    .option('--logs <dir>', 'where log and journal go (default: logs/migrations)')
    .option('--no-ledger', 'write no schema into the target')
    .option('--repair-index', 'drop an index that a failed build left invalid, and build it again')
    .option('--operator <name>', 'who is at the keyboard (default: DEPLOY_WIZARD_OPERATOR, else the login name)')
    .option('--accessible', 'append-only lines and numbered choices, no cursor movement');
}

const program = new Command('deploy-wizard')
  .description('Walk database migration guides: Markdown in, checked and logged steps against PostgreSQL out.')
  .version(programVersion(), '-V, --version')
  .showHelpAfterError(typeable('(deploy-wizard --help shows the commands)'))
  .showSuggestionAfterError(true)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(hidden(text)) })
  .addHelpText('after', typeable('\nExamples:\n  deploy-wizard                                   choose a guide and walk it\n  deploy-wizard rehearse guides/role-and-ai-usage.md\n  deploy-wizard run role-and-ai-usage --env staging'));

/** Runs a command's module, loaded only now, and leaves with its exit code. */
function act<A extends unknown[]>(load: () => Promise<(...args: A) => Promise<number>>): (...args: A) => Promise<void> {
  return async (...args) => {
    const command = await load();
    process.exitCode = await command(...args);
  };
}

program.allowExcessArguments(true).action(act(async () => {
  const [mistyped] = program.args;
  if (mistyped !== undefined) {
    const { nearest } = await import('./text/nearest.js');
    const close = nearest(mistyped, program.commands.map((command) => command.name()));
    throw new ProblemError({ code: 'command-unknown', what: `There is no command ${mistyped}.`, remedy: close ? `Did you mean ${close}?` : 'deploy-wizard --help shows all commands.' }, EXIT.usage);
  }
  return (await import('./commands/choose.js')).chooseCommand;
}));

walking(program.command('run <guide>').description('walk the guide on a target database'))
  .option('--dry-run', 'execute only steps that read, show the rest')
  .option('--window <span>', 'maintenance window: 02:00-04:00 or a duration')
  .option('--unreviewed', 'let a guide without front matter run outside a rehearsal')
  .option('--override-rehearsal <reason>', 'start without the rehearsal that the environment requires; the reason stands in the log')
  .addHelpText('after', example('deploy-wizard run role-and-ai-usage --env production --window 02:00-04:00'))
  .action(act<[string, RunFlags]>(async () => (await import('./commands/run.js')).runCommand));

walking(program.command('rehearse <guides...>').description('walk it on a throw-away database, roll back, prove the rollback, apply again'))
  .option('--on <where>', 'embedded, server, or the URL of a server of yours', 'embedded')
  .option('--baseline <file>', 'SQL file or "supabase": what the rehearsal starts from (repeatable)', collect)
  .option('--schema-from <url>', 'start from the schema of this database (read-only)')
  .option('--stop-on-fail', 'end at the first fault')
  .option('--thorough', 'also roll back from after each applied step')
  .addOption(new Option('--server-version <major>', 'major of the server to rehearse on: 15, 16, 17 or 18 (default: that of --database or --env, where given)'))
  .addHelpText('after', example('deploy-wizard rehearse guides/role-and-ai-usage.md --headless --yes'))
  .action(act<[string[], RunFlags]>(async () => (await import('./commands/rehearse.js')).rehearseCommand));

program.command('check <guides...>').description('compile only: diagnostics, and how every expectation was read')
  .option('--json', 'the same as JSON')
  .addHelpText('after', example('deploy-wizard check guides/*.md'))
  .action(act<[string[], { json?: boolean }]>(async () => (await import('./commands/check.js')).checkCommand));

program.command('lint <sources...>').description('dangerous DDL and DML in SQL files, guides and directories of migrations')
  .option('--json', 'the same as JSON')
  .addHelpText('after', example('deploy-wizard lint migrations/*.sql guides/role-and-ai-usage.md'))
  .action(act<[string[], { json?: boolean }]>(async () => (await import('./commands/lint.js')).lintCommand));

program.command('graph <guide>').description('the step graph')
  .addOption(new Option('--format <format>', 'output format').choices(['json', 'mermaid', 'dot']).default('json'))
  .addHelpText('after', example('deploy-wizard graph role-and-ai-usage --format mermaid'))
  .action(act<[string, { format: 'json' | 'mermaid' | 'dot' }]>(async () => (await import('./commands/graph.js')).graphCommand));

program.command('adopt <document>').description('write a reviewed guide from a plain document')
  .requiredOption('-o, --output <guide>', 'file to write')
  .addHelpText('after', example('deploy-wizard adopt docs/MIGRATION.md -o guides/migration.md'))
  .action(act<[string, { output: string }]>(async () => (await import('./commands/adopt.js')).adoptCommand));

walking(program.command('resume [run]').description('go on with an interrupted run, here or on another machine'))
  .option('--guide <guide>', 'the guide, where the run\'s own path does not exist here')
  .option('--window <span>', 'maintenance window, instead of the one it began with')
  .option('--override-rehearsal <reason>', 'go on with a changed guide without its rehearsal; the reason stands in the log')
  .addHelpText('after', example('deploy-wizard resume 3f9a1c07'))
  .action(act<[string | undefined, RunFlags & { guide?: string }]>(async () => (await import('./commands/resume.js')).resumeCommand));

walking(program.command('rollback <run>').description('roll back what that run applied'))
  .option('--guide <guide>', 'the guide, where the run\'s own path does not exist here')
  .addHelpText('after', example('deploy-wizard rollback 3f9a1c07'))
  .action(act<[string, RunFlags & { guide?: string }]>(async () => (await import('./commands/rollback.js')).rollbackCommand));

program.command('runs').description('runs of this project: state, guide, environment, when, log')
  .option('--logs <dir>', 'where logs and journals are')
  .option('--due', 'follow-ups that are due')
  .option('--ics <file>', 'write the follow-ups as a calendar file')
  .option('--json', 'as JSON')
  .addHelpText('after', example('deploy-wizard runs'))
  .action(act<[{ logs?: string; json?: boolean; due?: boolean; ics?: string }]>(async () => (await import('./commands/runs.js')).runsCommand));

program.command('log <run>').description('the filled log again, from the journal')
  .addOption(new Option('--format <format>', 'output format').choices(['md', 'json', 'html']).default('md'))
  .option('--notification', 'the message about the run instead: the guide\'s own after a failure or a rollback, filled')
  .option('--verify', 'check that nothing of the journal and its logs was changed, removed or cut off')
  .option('--database <url>', 'with --verify: compare with the ledger of this database')
  .option('--env <name>', 'with --verify: the same, of an environment')
  .option('--sign [key]', 'sign the journal with an SSH key (default: sign.key of the configuration, else your own)')
  .option('--signers <file>', 'who may sign: an allowed_signers file (see ssh-keygen)')
  .option('--logs <dir>', 'where logs and journals are')
  .addHelpText('after', example('deploy-wizard log 3f9a1c07 --verify'))
  .action(act<[string, LogFlags]>(async () => (await import('./commands/log.js')).logCommand));

program.command('watch <run>').description('follow someone else\'s run, read-only')
  .option('--logs <dir>', 'where logs and journals are')
  .option('--database <url>', 'follow through the ledger of this database')
  .option('--json', 'one JSON event per line')
  .addHelpText('after', example('deploy-wizard watch 3f9a1c07'))
  .action(act<[string, { logs?: string; database?: string; json?: boolean }]>(async () => (await import('./commands/watch.js')).watchCommand));

program.command('audit').description('row security and security audit of a database, read-only')
  .option('--env <name>', 'environment from deploy-wizard.config.yaml')
  .option('--database <url>', 'database; else the environment\'s, DATABASE_URL, or libpq\'s PG* variables')
  .option('--schema <name>', 'schema that an API serves (repeatable; default: what PostgREST is told, else public)', collect)
  .option('--json', 'as JSON')
  .addHelpText('after', example('deploy-wizard audit --env staging'))
  .action(act<[AuditFlags]>(async () => (await import('./commands/audit.js')).auditCommand));

program.command('new <what> <name>').description('scaffold a guide or a migration, with the naming convention')
  .addHelpText('after', example('deploy-wizard new migration add_invoices'))
  .action(act<[string, string]>(async () => (await import('./commands/new.js')).newCommand));

program.command('completion <shell>').description('completion script for bash, zsh or fish')
  .addHelpText('after', example('deploy-wizard completion bash > ~/.local/share/bash-completion/completions/deploy-wizard'))
  .action(act<[string]>(async () => {
    const { completionFor } = await import('./commands/completion.js');
    return async (shell) => completionFor(shell, program);
  }));

for (const command of program.commands) {
  command.exitOverride().showSuggestionAfterError(true).showHelpAfterError(typeable(`(deploy-wizard ${command.name()} --help shows its flags)`))
    .configureOutput({ outputError: (text, write) => write(hidden(typeable(usageError(text, command, examples.find((one) => one.startsWith(`deploy-wizard ${command.name()} `)))))) });
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Prints what went wrong and gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof ProblemError) {
    process.stderr.write(`${hidden(explainProblem(error.problem))}\n`);
    return error.exitCode;
  }
  process.stderr.write(`${hidden(explainProblem({ code: 'broke', what: messageOf(error), remedy: 'This is a fault of deploy-wizard; a run that had started can be resumed.' }))}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${hidden(error.stack ?? '')}\n`);
  return EXIT.failed;
}
