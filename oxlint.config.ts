import { relative } from "node:path";
import type { OxlintOverride } from "oxlint";
import { defineConfig } from "oxlint";

interface Room {
  /** The rooms that it may import from besides itself, types included. */
  readonly from: readonly string[];
  /** The packages that it may import; where nothing is said, all that Node can load. */
  readonly packages?: readonly string[];
}

/**
 * The house: every folder with code, and the arrows between them. `CONTRIBUTING.md` tells what is in each room;
 * `test/rooms.test.ts` plants violations, and looks for circles and for folders that are missing here.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  src: { from: ["src/http", "src/store", "build"], packages: [] },
  "src/http": {
    from: ["src/render", "src/render/phrases", "src/store", "src/domain"],
    packages: ["hono", "hono/**"],
  },
  "src/render": {
    from: ["src/render/phrases", "src/domain"],
    packages: ["node:buffer", "node:crypto", "qr"],
  },
  "src/render/phrases": { from: ["src/domain"], packages: [] },
  "src/store": { from: ["src/domain"], packages: ["node:crypto", "node:zlib"] },
  "src/domain": { from: [], packages: ["node:crypto"] },

  scripts: room(
    "init dev program releases publish check look removed read read/files",
    "config diagnostics terminal",
  ),
  "scripts/init": room(
    "read read/dates read/front-matter read/old-urls read/files",
    "config terminal",
  ),
  "scripts/dev": room("bundle look removed read/cache read/files", "config diagnostics terminal"),
  "scripts/releases": room("publish", "cloudflare config terminal"),
  "scripts/publish": room(
    "bundle look program removed read read/index read/cache read/git read/article read/files",
    "cloudflare config diagnostics terminal",
    // Share pages that become files are the Worker's own.
    "src/http",
  ),
  "scripts/bundle": room(
    "check cards look pictures program removed read read/article read/index read/cache read/git read/files",
    "config diagnostics terminal",
  ),
  "scripts/check": room(
    "cards look pictures removed read read/article read/front-matter read/files",
    "config diagnostics terminal",
  ),
  "scripts/look": room("pictures read/files", "config diagnostics terminal"),
  "scripts/pictures": room("read/body/html read/files", "terminal"),
  "scripts/cards": room("headline"),
  "scripts/headline": room(),
  "scripts/program": room(),
  "scripts/removed": room("read read/article read/files", "diagnostics terminal"),

  "scripts/read": room(
    "read/index read/cache read/article read/body/links read/files",
    "config diagnostics terminal",
  ),
  "scripts/read/index": room("read/cache read/article read/files", "diagnostics"),
  "scripts/read/cache": room("read/git read/article read/files", "diagnostics terminal"),
  "scripts/read/git": room("read/files", "terminal"),
  "scripts/read/article": room(
    "read/front-matter read/old-urls read/body read/body/links read/files headline",
    "diagnostics",
  ),
  "scripts/read/old-urls": room("read/front-matter read/dates", "diagnostics terminal"),
  "scripts/read/front-matter": room("read/body/html read/dates read/files", "diagnostics"),
  "scripts/read/body": room(
    "read/body/markdown read/body/liquid read/body/facts read/body/html read/body/links read/files",
    "diagnostics",
  ),
  "scripts/read/body/markdown": room("read/body/html"),
  "scripts/read/body/liquid": room("read/body/html read/body/links read/files"),
  "scripts/read/body/facts": room("read/body/html read/files"),
  "scripts/read/body/html": room("read/body/links"),
  "scripts/read/body/links": room("read/files"),
  "scripts/read/files": room("", "diagnostics terminal"),
  "scripts/read/dates": room(),

  "scripts/config": room("read/body/links read/dates read/old-urls", "diagnostics terminal"),
  "scripts/cloudflare": room("terminal"),
  "scripts/diagnostics": room("", "terminal"),
  "scripts/terminal": room(),
};

/** A room of `scripts`: what it may use of the others, and of what the Worker has; leaves stand apart. */
function room(rooms = "", leaves = "", ...others: readonly string[]): Room {
  const names = `${rooms} ${leaves}`.split(" ").filter(Boolean);
  return {
    from: [
      ...names.map((name) => `scripts/${name}`),
      "src/domain",
      "src/render",
      "src/render/phrases",
      "src/store",
      ...others,
    ],
  };
}

/** The Worker's framework is not for programs on Node; all else is a room's own business. */
const NOT_FOR_NODE = ["hono", "hono/**", "cloudflare:*"];

/** Files of a room, without those of the rooms in it. */
function roomRule([name, { from, packages }]: readonly [string, Room]): OxlintOverride {
  const forbidden = packages === undefined ? ["./**", "../**", ...NOT_FOR_NODE] : ["**"];
  const places = from.map((other) => `${relative(name, other)}/*`);
  const relatives = places.map((place) => (place.startsWith(".") ? place : `./${place}`));
  const allowed = ["./*", ...relatives, ...(packages ?? [])];
  return {
    files: [`${name}/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: String.raw`(^\./|[^./]/)\.\./`, message: "Say where it is without a detour." },
            {
              group: [...forbidden, ...allowed.map((pattern) => `!${pattern}`)],
              message: `${name} imports ${[...from, ...(packages ?? ["packages for Node"])].join(", ") || "nothing else"}: see ROOMS in oxlint.config.ts.`,
            },
          ],
        },
      ],
    },
  };
}

const NO_CLOCK = { object: "Date", property: "now", message: "The time is an argument." };
const NO_RANDOMNESS = {
  object: "Math",
  property: "random",
  message: "Randomness is an argument, so that the same input gives the same output.",
};

export default defineConfig({
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise", "node", "vitest"],
  categories: {
    correctness: "error",
    suspicious: "error",
    perf: "error",
    pedantic: "error",
  },
  env: { builtin: true, es2024: true },
  ignorePatterns: ["build", "test/fixtures/upgrades"],
  rules: {
    // House rules that no category holds.
    curly: ["error", "multi-line"],
    "default-case-last": "error",
    "filename-case": ["error", { case: "kebabCase" }],
    "import/extensions": ["error", "ignorePackages"],
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-mutable-exports": "error",
    "no-param-reassign": "error",
    "no-restricted-properties": ["error", NO_RANDOMNESS],
    "no-shadow": "error",
    "no-var": "error",
    "object-shorthand": "error",
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    "prefer-const": "error",
    "prefer-template": "error",
    "typescript/array-type": "error",
    "typescript/consistent-type-definitions": ["error", "interface"],
    "typescript/consistent-type-exports": "error",
    "typescript/consistent-type-imports": ["error", { disallowTypeAnnotations: true }],
    "typescript/explicit-module-boundary-types": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/prefer-readonly": "error",
    "typescript/prefer-ts-expect-error": "error",
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    "typescript/use-unknown-in-catch-callback-variable": "error",
    "unicorn/no-abusive-eslint-disable": "error",
    "unicorn/prefer-node-protocol": "error",
    "vitest/expect-expect": ["error", { assertFunctionNames: ["expect", "fc.assert"] }],
    "vitest/valid-expect": ["error", { maxArgs: 2 }],

    // Not ours: each of these asks for more words without finding a fault.
    "consistent-return": "off", // TypeScript's noImplicitReturns knows about exhaustive switches.
    "import/max-dependencies": "off",
    "import/no-named-as-default-member": "off", // `fc.assert` is how fast-check is read.
    "max-classes-per-file": "off",
    "max-lines": "off",
    "max-lines-per-function": "off",
    "no-control-regex": "off", // Control characters are what articles are cleaned of.
    "no-await-in-loop": "off", // Where it is done, one thing at a time is what is meant.
    "no-inline-comments": "off",
    "no-negated-condition": "off",
    "oxc/no-map-spread": "off",
    "require-await": "off", // An answer may be at hand where the caller has to wait for others.
    "require-unicode-regexp": "off",
    "typescript/consistent-return": "off",
    "typescript/no-unsafe-type-assertion": "off", // A brand is minted by an assertion.
    "typescript/prefer-readonly-parameter-types": "off", // Bytes cannot be readonly.
    "typescript/require-await": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/escape-case": "off",
    "unicorn/no-array-callback-reference": "off",
    "unicorn/no-hex-escape": "off",
    "unicorn/no-immediate-mutation": "off",
    "unicorn/no-negated-condition": "off",
    "unicorn/no-useless-undefined": "off", // noImplicitReturns asks for it.
    "unicorn/prefer-code-point": "off", // Half of a pair is what a scanner looks at.
    "unicorn/prefer-native-coercion-functions": "off",
    "unicorn/prefer-number-coercion": "off",
    "unicorn/prefer-set-has": "off",
    "unicorn/prefer-single-call": "off",
    "vitest/no-conditional-expect": "off",
    "vitest/no-conditional-in-test": "off", // It takes `??` for a branch.
  },
  overrides: [
    ...Object.entries(ROOMS).map(roomRule),
    { files: ["src/worker.ts"], rules: { "import/no-default-export": "off" } },
    // What is pure stays pure: no clock, no randomness, no network, no process.
    // The global Buffer is `any` to Cloudflare's types, so that whoever needs it says what of it.
    {
      files: ["src/domain/**", "src/render/**", "src/store/**"],
      rules: {
        "no-restricted-globals": [
          "error",
          "Buffer",
          "caches",
          "clearInterval",
          "clearTimeout",
          "console",
          "crypto",
          "fetch",
          "global",
          "globalThis",
          "performance",
          "process",
          "queueMicrotask",
          "require",
          "scheduler",
          "self",
          "setImmediate",
          "setInterval",
          "setTimeout",
        ],
        "no-restricted-properties": ["error", NO_CLOCK, NO_RANDOMNESS],
      },
    },
    // Below the commands the world is an argument (`IO`), so that tests have one of their own. The terminal's room makes it.
    {
      files: ["scripts/*/**"],
      excludeFiles: ["scripts/terminal/**"],
      rules: {
        "no-restricted-globals": [
          "error",
          "console",
          "fetch",
          "performance",
          "process",
          "setInterval",
          "setTimeout",
        ],
        "no-restricted-properties": ["error", NO_CLOCK, NO_RANDOMNESS],
      },
    },
    // What stands outside of modules can be typed in no other way.
    {
      files: ["**/*.d.ts"],
      rules: {
        "import/no-default-export": "off",
        "typescript/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      },
    },
    {
      files: ["*.config.ts", "test/bench/floor-worker.ts"],
      rules: { "import/no-default-export": "off" },
    },
  ],
});
