/** `npm run bench` without the set-up, on a repository given by its folder: run-main.ts ROOT ARGUMENT… */
import { main } from "../../../tools/bench";

const [root, ...arguments_] = process.argv.slice(2);
void main(arguments_, root).then((code) => (process.exitCode = code));
