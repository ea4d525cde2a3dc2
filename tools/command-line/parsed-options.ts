import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./usage-error";

type Described = NonNullable<ParseArgsConfig["options"]>;
type Parsed<Options extends Described> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>
>;

/** The values and the other words of a command line. @throws UsageError for an unknown option or a value that is missing */
export function parsedOptions<const Options extends Described>(
  arguments_: readonly string[],
  options: Options,
): Parsed<Options> {
  try {
    return parseArgs({ args: [...arguments_], allowPositionals: true, options });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // What Node adds about words that begin with a dash is of no use here.
    throw new UsageError(message.replace(/\. To specify a positional argument.*$/s, "."));
  }
}
