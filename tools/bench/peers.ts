import { environmentMissing, environmentPython, findPython, peersEnvironment } from "../setup/python.mjs";
import { run } from "../setup/command.mjs";
import type { PeerName } from "../../bench/workload";

/** The Python whose libraries ours is compared with. */
export interface Peers {
  /** Null where there is no Python at all. */
  readonly python: string | null;
  readonly installed: ReadonlySet<PeerName>;
  /** Why not all peers take part, for the reader; null where they do. */
  readonly note: string | null;
}

const names: readonly PeerName[] = ["numpy", "torch", "jax", "regioncam", "relucent"];

const probe = `
import importlib.util, json
print(json.dumps([name for name in ${JSON.stringify(names)} if importlib.util.find_spec(name)]))
`;

/** Looks for the peers: in their own environment, else in the Python on PATH, which may have numpy. */
export async function findPeers(root: string): Promise<Peers> {
  const missing = environmentMissing(root, peersEnvironment);
  if (missing === null) {
    const python = environmentPython(root, peersEnvironment);
    return { python, installed: await installedIn(python), note: null };
  }
  const advice = `The peers are not installed (${missing}). To compare with them: npm run bench -- --peers`;
  try {
    const { executable } = await findPython(process.env);
    return { python: executable, installed: await installedIn(executable), note: advice };
  } catch {
    return { python: null, installed: new Set(), note: advice };
  }
}

async function installedIn(python: string): Promise<ReadonlySet<PeerName>> {
  const { code, stdout } = await run(python, ["-c", probe]);
  return new Set(code === 0 ? (JSON.parse(stdout) as PeerName[]) : []);
}
