import { defineConfig } from "vitest/config";

const everywhere = ["**/node_modules/**", "dist/**", ".yichuang/**", "sim/peers/**"];
const shared = { environment: "node", pool: "forks", testTimeout: 30_000, hookTimeout: 60_000 } as const;

/** Two projects so that the browser tests run apart: `vitest run --project unit`, `--project e2e`. */
export default defineConfig({
  test: {
    maxWorkers: 2, // the machine to reckon with has two cores
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          globalSetup: "platform/test-database-setup.ts",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...everywhere, "e2e/**"],
        },
      },
      { test: { ...shared, name: "e2e", include: ["e2e/**/*.test.ts"], exclude: everywhere, testTimeout: 120_000 } },
    ],
  },
});
