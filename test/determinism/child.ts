// Computes the quantities on the engine that FATHOM_ENGINE names, and writes them to standard output as JSON of base64.
import { openEngine } from "fathom/engine";
import { quantities } from "./quantities";

async function main(): Promise<void> {
  await openEngine();
  const found: Record<string, { bytes: string; float64: boolean }> = {};
  for (const [name, compute] of Object.entries(quantities)) {
    const values = await compute();
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
    found[name] = { bytes, float64: values instanceof Float64Array };
  }
  process.stdout.write(JSON.stringify(found));
}

void main();
