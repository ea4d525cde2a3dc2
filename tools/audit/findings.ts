/** A known vulnerability of a package that is pinned here. */
export interface Finding {
  /** Of the advisory: GHSA-…, PYSEC-…, CVE-…. */
  readonly id: string;
  readonly package: string;
  readonly words: string;
}

/** What an audit of one list of packages found, and what it could not look at. */
export interface Audit {
  readonly list: string;
  readonly findings: readonly Finding[];
  /** Why packages, or all of them, were not audited; empty where all were. */
  readonly unaudited: readonly string[];
}

interface NpmAdvisory {
  readonly source?: number;
  readonly name: string;
  readonly title: string;
  readonly url?: string;
  readonly severity: string;
}

/** What `npm audit --json` says. @throws SyntaxError for what is no JSON */
export function npmFindings(list: string, text: string): Audit {
  const answer = JSON.parse(text) as {
    message?: string;
    error?: { summary?: string };
    vulnerabilities?: Record<string, { via: readonly (string | NpmAdvisory)[] }>;
  };
  if (answer.vulnerabilities === undefined) {
    const reason = answer.message ?? answer.error?.summary ?? "npm gave no answer";
    return { list, findings: [], unaudited: [`not audited: ${withoutAddresses(reason)}`] };
  }
  const advisories = Object.values(answer.vulnerabilities).flatMap(({ via }) => via);
  const findings = new Map<string, Finding>();
  for (const advisory of advisories) {
    // A name alone says that the package depends on one of the others.
    if (typeof advisory === "string") continue;
    const id = advisory.url?.split("/").pop() ?? String(advisory.source);
    findings.set(`${id} ${advisory.name}`, {
      id,
      package: advisory.name,
      words: `${advisory.severity}: ${advisory.title}`,
    });
  }
  return { list, findings: [...findings.values()], unaudited: [] };
}

interface PythonDependency {
  readonly name: string;
  readonly version?: string;
  readonly skip_reason?: string;
  readonly vulns?: readonly { readonly id: string; readonly description?: string }[];
}

/** What `pip-audit --format json` says. @throws SyntaxError for what is no JSON */
export function pythonFindings(list: string, text: string): Audit {
  const { dependencies } = JSON.parse(text) as { dependencies: readonly PythonDependency[] };
  const findings = dependencies.flatMap(({ name, version, vulns = [] }) =>
    vulns.map(({ id, description = "" }) => ({
      id,
      package: `${name} ${version ?? ""}`.trim(),
      words: description.split("\n")[0].slice(0, 160),
    })),
  );
  const skipped = dependencies.filter(({ skip_reason: reason }) => reason !== undefined);
  const [count, all] = [skipped.length, dependencies.length];
  const names = count === all ? "every one" : skipped.map(({ name }) => name).join(", ");
  const unaudited = count === 0 ? [] : [`not audited: ${count} of ${all} (${names})`];
  return { list, findings, unaudited };
}

/** The lines that tell of audits, and the exit code. */
export function verdict(
  audits: readonly Audit[],
  explained: Readonly<Record<string, string>>,
): { lines: string[]; code: 0 | 1 | 2 } {
  const lines: string[] = [];
  let code: 0 | 1 | 2 = 0;
  for (const { list, findings, unaudited } of audits) {
    for (const reason of unaudited) {
      lines.push(`? ${list}: ${reason}`);
      if (code === 0) code = 2;
    }
    for (const { id, package: name, words } of findings) {
      const reason = explained[id];
      lines.push(`${reason === undefined ? "✗" : "–"} ${list}: ${name}, ${id}: ${words}`);
      if (reason === undefined) code = 1;
      else lines.push(`    ${reason}`);
    }
    if (findings.length === 0 && unaudited.length === 0) lines.push(`✓ ${list}: nothing is known`);
  }
  return { lines, code };
}

function withoutAddresses(text: string): string {
  return text.replace(/https?:\/\/\S+/g, "the registry");
}
