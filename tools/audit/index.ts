import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../run/write-atomically";
import { type Audit, npmFindings, pythonFindings, verdict } from "./findings";

const pythonLists = ["requirements.txt", "requirements-course.txt", "requirements-audit.txt", "requirements-peers.txt"];

/** `npm run audit`: asks, tells and returns the exit code. */
export function audit(root: string, variables: NodeJS.ProcessEnv): number {
  const ask = (command: string, arguments_: readonly string[]): string => {
    const { stdout, error } = spawnSync(command, arguments_, {
      cwd: root,
      env: variables,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (error !== undefined) throw error;
    return stdout;
  };
  const python = (program: string): string => join(root, ".venv-audit", "bin", program);
  const audits = [
    attempted("package-lock.json", () => npmFindings("package-lock.json", ask("npm", ["audit", "--json"]))),
    ...pythonLists.map((list) =>
      attempted(list, () => {
        const options = [
          "--requirement",
          list,
          "--require-hashes",
          "--disable-pip",
          "--format",
          "json",
          "--progress-spinner",
          "off",
        ];
        return pythonFindings(list, ask(python("pip-audit"), options));
      }),
    ),
  ];
  const folder = join(root, "site", "materials");
  mkdirSync(folder, { recursive: true });
  writeAtomically(join(folder, "package-lock.cdx.json"), ask("npm", ["sbom", "--sbom-format", "cyclonedx"]));
  for (const list of pythonLists) {
    writeAtomically(
      join(folder, list.replace(".txt", ".cdx.json")),
      ask(python("cyclonedx-py"), ["requirements", list]),
    );
  }
  const explained = JSON.parse(readFileSync(join(__dirname, "explained.json"), "utf8")) as Record<string, string>;
  const { lines, code } = verdict(audits, explained);
  process.stdout.write(`${lines.join("\n")}\nBills of materials: ${folder}\n`);
  return code;
}

function attempted(list: string, ask: () => Audit): Audit {
  try {
    return ask();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { list, findings: [], unaudited: [`not audited: ${reason}`] };
  }
}
