// The set-up is plain JavaScript, since it runs before there is anything to compile it with: these are its types.
declare module "*/setup/lock.mjs" {
  export interface ProcessMark {
    pid: number;
    started: string | null;
  }
  export function withLock<T>(
    path: string,
    work: () => Promise<T>,
    options?: { onWait?: (owner: string) => void },
  ): Promise<T>;
  export function isAlive(mark: ProcessMark): boolean;
  export function startOf(pid: number): string | null;
}
declare module "*/setup/progress.mjs" {
  export class Progress {
    constructor(options?: { quiet?: boolean; stream?: unknown });
    begin(name: string, text: string): void;
    update(name: string, text: string, fraction?: number | null): void;
    done(name: string, result: string): void;
    say(line: string): void;
    close(): void;
  }
  export function timeLeft(samples: { at: number; fraction: number }[]): number | null;
  export function duration(milliseconds: number): string;
  export function megabytes(bytes: number): string;
}
declare module "*/setup/failure.mjs" {
  export class SetUpError extends Error {}
}
declare module "*/setup/command.mjs" {
  export function onPath(name: string, env?: NodeJS.ProcessEnv): string | null;
  export function run(
    program: string,
    argumentList: string[],
    options?: { cwd?: string; env?: NodeJS.ProcessEnv; onLine?: (line: string) => void; timeout?: number },
  ): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; said: string }>;
}
declare module "*/setup/node-packages.mjs" {
  export function packagesMissing(root: string): string | null;
  export function isForMachine(
    entry: { os?: string[]; cpu?: string[]; libc?: string[] },
    machine: { os: string; cpu: string; libc: string },
  ): boolean;
}
declare module "*/setup/further-environment.mjs" {
  export function setUpFurther(
    environment: import("*/setup/python.mjs").Environment,
    options?: { quiet?: boolean },
  ): Promise<void>;
}
declare module "*/setup/python.mjs" {
  export interface Environment {
    folder: string;
    requirements: string;
    oldest: number[];
  }
  export const courseEnvironment: Environment;
  export const peersEnvironment: Environment;
  export function environmentPython(root: string, environment: Environment): string;
  export function findPython(env: NodeJS.ProcessEnv): Promise<{ executable: string; version: number[] }>;
  export function unsuitable(answer: { version: number[]; lacks: string[] }): string | null;
  export function environmentMissing(root: string, environment?: Environment): string | null;
  export function pipEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  export function makeEnvironment(root: string, progress: unknown, onPip: (python: string) => void): Promise<void>;
}
declare module "*/setup/tensorflow.mjs" {
  export function fetchLibrary(
    variant: string,
    python: () => Promise<string>,
    progress: unknown,
    pins: unknown,
  ): Promise<string>;
  export function libraryIsWhole(folder: string): boolean;
  export function libraryFolder(variant: string, options?: { env?: NodeJS.ProcessEnv; pins?: unknown }): string;
}
declare module "*/setup/variant.mjs" {
  export interface Machine {
    env?: NodeJS.ProcessEnv;
    platform?: string;
    arch?: string;
    musl?: boolean;
    driver?: boolean;
    driverVersion?: string | null;
  }
  export function chooseVariant(machine: Machine): { variant: "cpu" | "cuda" | null; why: string | null };
}
declare module "*/setup/machine.mjs" {
  export function hasNvidiaDriver(exists?: (path: string) => boolean): boolean;
  export function nvidiaDriverVersion(read?: (path: string) => string): string | null;
}
declare module "*/setup/cache.mjs" {
  export function cacheFolder(env?: NodeJS.ProcessEnv): string;
  export function cacheWithRoom(bytes: number, what: string): string;
}
declare module "*/setup/index.mjs" {
  export function checkNode(version: string): void;
  export function engineToBuild(plan: {
    packages: string | null;
    native: { readonly ready: boolean; readonly variant: "cpu" | "cuda" | null };
  }): "cpu" | "cuda" | null;
}
declare module "*/tools/environment.mjs" {
  export const root: string;
  export const python: string;
  export const pythonCommands: string;
  export const jupyterPath: string;
  export function environment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}
declare module "*/doctor/text.mjs" {
  export function asText(
    findings: { part: string; state: "ok" | "missing" | "absent"; detail: string; mend: string | null }[],
  ): string;
}
