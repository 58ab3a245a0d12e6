const MASK = '***';

/** A program's arguments with the passwords in connection texts masked; null where there is none. */
export function withoutPasswords(args: readonly string[]): string[] | null {
  const hidden = args.map((arg) => arg
    .replace(/(postgres(?:ql)?:\/\/[^\s:/@]*:)[^\s]*(?=@)/gi, `$1${MASK}`)
    .replace(/([?&\s]|^|=)((?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|(?:[^\s\\&']|\\.)+)/gi, `$1$2${MASK}`));
  return hidden.some((arg, index) => arg !== args[index]) ? hidden : null;
}
