import type { Command } from 'commander';
import { EXIT, ProblemError } from '../text/problem.js';

interface Known { name: string; description: string; flags: string[] }

function known(program: Command): Known[] {
  return program.commands.map((command) => ({
    name: command.name(), description: command.description(),
    flags: [...command.options.flatMap((option) => (option.long ? [option.long] : [])), '--help'],
  }));
}

/** Prints a completion script made from the program's own commands. */
export async function completionFor(shell: string, program: Command): Promise<number> {
  const commands = known(program);
  switch (shell) {
    case 'bash': process.stdout.write(bash(commands)); break;
    case 'zsh': process.stdout.write(zsh(commands)); break;
    case 'fish': process.stdout.write(fish(commands)); break;
    default: throw new ProblemError({ code: 'shell-unknown', what: `There is no completion for "${shell}".`, remedy: 'Say bash, zsh or fish.' }, EXIT.usage);
  }
  return EXIT.passed;
}

function bash(commands: Known[]): string {
  const cases = commands.map((one) => `    ${one.name}) words="${one.flags.join(' ')}" ;;`).join('\n');
  return `_deploy_wizard() {
  local words current="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map((one) => one.name).join(' ')} --help --version"; fi
  COMPREPLY=( $(compgen -W "$words" -- "$current") )
  case "$current" in -*) ;; *) [ "$COMP_CWORD" -gt 1 ] && COMPREPLY+=( $(compgen -f -- "$current") ) ;; esac
}
complete -o filenames -F _deploy_wizard deploy-wizard
`;
}

function zsh(commands: Known[]): string {
  const list = commands.map((one) => `    '${one.name}:${one.description.replaceAll("'", '').replaceAll(':', ' ')}'`).join('\n');
  const cases = commands.map((one) => `    ${one.name}) _arguments ${one.flags.map((flag) => `'${flag}'`).join(' ')} '*:file:_files' ;;`).join('\n');
  return `#compdef deploy-wizard
local -a commands
commands=(
${list}
)
if (( CURRENT == 2 )); then
  _describe 'command' commands
else
  case $words[2] in
${cases}
  esac
fi
`;
}

function fish(commands: Known[]): string {
  return `${commands.flatMap((one) => [
    `complete -c deploy-wizard -n __fish_use_subcommand -a ${one.name} -d '${one.description.replaceAll("'", '')}'`,
    ...one.flags.map((flag) => `complete -c deploy-wizard -n '__fish_seen_subcommand_from ${one.name}' -l ${flag.slice(2)}`),
  ]).join('\n')}\n`;
}
