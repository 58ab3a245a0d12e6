/** Whether colours are wanted. */
export function coloured(env: NodeJS.ProcessEnv): boolean {
  return env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : !env.NO_COLOR && env.TERM !== 'dumb';
}

/** Settles colour before Ink is loaded: chalk, which it uses, does not know NO_COLOR. */
export function settleColour(env: NodeJS.ProcessEnv): void {
  if (env.NO_COLOR && !env.FORCE_COLOR) env.FORCE_COLOR = '0';
  // Ink 8 has one path that wants this; Node 20 lacks it.
  const promise = Promise as unknown as { withResolvers?: () => { promise: Promise<unknown>; resolve(value: unknown): void; reject(reason: unknown): void } };
  promise.withResolvers ??= () => {
    let resolve: (value: unknown) => void = () => undefined;
    let reject: (reason: unknown) => void = () => undefined;
    const made = new Promise<unknown>((yes, no) => { resolve = yes; reject = no; });
    return { promise: made, resolve, reject };
  };
}
