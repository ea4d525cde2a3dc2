import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import tseslint from "typescript-eslint";

const noHiddenRandomness = {
  "no-restricted-properties": [
    "error",
    { object: "Math", property: "random", message: "Draw from a key: fathom/random." },
  ],
};

export default defineConfig(
  globalIgnores([
    "node_modules/",
    "**/.venv/",
    "**/.venv-course/",
    "**/.venv-peers*/",
    "**/.venv-audit/",
    "**/.venv-workflow/",
    "site/",
    "store/",
    ".cache/",
    "**/.ipynb_checkpoints/",
    // AssemblyScript, whose decorators on functions are no TypeScript.
    "lib/**/assembly/",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  { rules: { ...noHiddenRandomness, eqeqeq: ["error", "always", { null: "ignore" }] } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Numbers and verdicts are written into messages everywhere; objects and undefined still may not be.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // An async function without await still turns what it throws into a rejection.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  // Both load modules late and by computed paths.
  {
    files: ["kernel/**/*.ts", "tools/**/*.ts", "test/**/*.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
  { files: ["**/*.cjs", "**/*.js"], languageOptions: { sourceType: "commonjs", globals: globals.node } },
  { files: ["tools/site/assets/*.js"], languageOptions: { sourceType: "script", globals: globals.browser } },
);
