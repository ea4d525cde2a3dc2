import { readdirSync, readFileSync } from "node:fs";

/** A process as /proc shows it. */
interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
  /** The most memory that it has held so far, in bytes. */
  readonly peakBytes: number;
}

/**
 * Follows the processes under `root` whose command line contains `part`, such as notebooks' kernels, and remembers what each
 * held at most together with its own descendants. Linux only: elsewhere it sees nothing.
 */
export class PeakMemory {
  private readonly peaks = new Map<number, Map<number, number>>();

  constructor(
    private readonly root: number,
    private readonly part: string,
  ) {}

  /** Looks once; call it several times a second. */
  look(): void {
    const all = processes();
    const under = descendants(all, this.root);
    for (const leader of under.filter(({ command }) => command.includes(this.part))) {
      const peaks = this.peaks.get(leader.id) ?? new Map<number, number>();
      for (const { id, peakBytes } of [leader, ...descendants(all, leader.id)]) peaks.set(id, peakBytes);
      this.peaks.set(leader.id, peaks);
    }
  }

  /** Bytes, one number a process that was followed. */
  bytes(): number[] {
    return [...this.peaks.values()].map((peaks) => [...peaks.values()].reduce((sum, bytes) => sum + bytes, 0));
  }
}

function descendants(all: readonly Process[], root: number): Process[] {
  const children = all.filter(({ parent }) => parent === root);
  return children.flatMap((child) => [child, ...descendants(all, child.id)]);
}

function processes(): Process[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const number = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      return [{ id: Number(name), parent: number("PPid"), command, peakBytes: 1024 * number("VmHWM") }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
