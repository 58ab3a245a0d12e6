import { userInfo } from 'node:os';

/** Name of the person at the keyboard: `--operator`, `DEPLOY_WIZARD_OPERATOR`, or the login name. */
export function operatorName(given: string | undefined, env: NodeJS.ProcessEnv): string {
  if (given) return given;
  if (env.DEPLOY_WIZARD_OPERATOR) return env.DEPLOY_WIZARD_OPERATOR;
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
