/** Whether colours are wanted. */
export function coloured(env: NodeJS.ProcessEnv): boolean {
  return env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : !env.NO_COLOR && env.TERM !== 'dumb';
}

/** Makes ready what Ink wants of the runtime, before it is loaded. */
export function prepareInk(): void {
  // Ink 8 has one path that wants this; Node 20 lacks it.
  const promise = Promise as unknown as { withResolvers?: () => { promise: Promise<unknown>; resolve(value: unknown): void; reject(reason: unknown): void } };
  promise.withResolvers ??= () => {
    let resolve: (value: unknown) => void = () => undefined;
    let reject: (reason: unknown) => void = () => undefined;
    const made = new Promise<unknown>((yes, no) => { resolve = yes; reject = no; });
    return { promise: made, resolve, reject };
  };
}
