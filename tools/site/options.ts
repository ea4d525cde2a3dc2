import { parsedOptions } from "../command-line/parsed-options";
import { UsageError } from "../command-line/usage-error";
import { wholeNumber } from "../command-line/whole-number";

export interface SiteOptions {
  /** Names or beginnings of names; empty: every notebook. */
  readonly names: readonly string[];
  /** Never execute: take the stored results where there is no newer run. */
  readonly stored: boolean;
  readonly pdf: boolean;
  /** The port to serve on; null: do not serve. */
  readonly port: number | null;
  readonly notebooks: string;
  readonly site: string;
}

const defaultPort = 8000;

/** Reads the command line of `npm run site`. @throws UsageError for an unknown option or a port that is none */
export function readSiteOptions(arguments_: readonly string[]): SiteOptions {
  const { values, positionals } = parsedOptions(arguments_, {
    stored: { type: "boolean" },
    pdf: { type: "boolean" },
    serve: { type: "boolean" },
    port: { type: "string" },
    notebooks: { type: "string" },
    site: { type: "string" },
  });
  if (values.port !== undefined && values.serve !== true) throw new UsageError("--port needs --serve.");
  return {
    names: positionals,
    stored: values.stored === true,
    pdf: values.pdf === true,
    port: values.serve === true ? (wholeNumber("--port", values.port, 1, 65535) ?? defaultPort) : null,
    notebooks: values.notebooks ?? "notebooks",
    site: values.site ?? "site",
  };
}
