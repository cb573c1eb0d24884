// Bundles the canvas and the code editor; with --tests the tests of its core. Usage: node build.mjs [--tests] [--out FOLDER]
import { readdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { values } = parseArgs({ options: { tests: { type: "boolean" }, out: { type: "string" } } });

if (values.tests) {
  const tests = readdirSync("tests").filter(name => name !== "kit.ts").map(name => `tests/${name}`);
  rmSync("obj/tests", { recursive: true, force: true });
  await build({ entryPoints: tests, outdir: "obj/tests", outExtension: { ".js": ".test.mjs" }, bundle: true, platform: "node", format: "esm", packages: "external", sourcemap: "inline", logLevel: "warning" });
} else {
  await build({
    entryPoints: { canvas: "src/bridge.tsx", code: "src/code/bridge.ts" },
    outdir: values.out ?? "obj/canvas",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022"],
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "warning",
  });
}
