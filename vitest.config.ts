import { configDefaults, defineConfig } from "vitest/config";
import { scratchDir } from "./packages/test-kit/src/scratch-dir.ts";

/**
 * What needs whole processes, machines' pauses or a browser, causes races and outages, or goes through every
 * endpoint, form, word or rarer dialogue: `./scripts/test --long` and CI run it.
 */
const onlyLong = [
  "packages/embedded-postgres/test/embedded-postgres.test.ts",
  "packages/language/test/learned-weights.test.ts",
  "packages/queue/test/queue-contract.test.ts",
  "services/matching/test/many-choices.test.ts",
  "services/matching/test/plan-races.test.ts",
  "services/matching/test/sponsorship-budget.test.ts",
  "services/notifications/test/journal.test.ts",
  "services/notifications/test/lost-lease.test.ts",
  "services/profiles/test/member-import-size.test.ts",
  "services/web/test/browser.test.ts",
  "tests/day/day-in-the-life.test.ts",
  "tests/dialogue/bad-input.test.ts",
  "tests/dialogue/changed-plans.test.ts",
  "tests/dialogue/complaints.test.ts",
  "tests/dialogue/labelled-messages.test.ts",
  "tests/dialogue/several-visits.test.ts",
  "tests/dialogue/words-that-always-work.test.ts",
  "tests/faults/database-away.test.ts",
  "tests/faults/killed-process.test.ts",
  "tests/faults/last-place.test.ts",
  "tests/faults/out-of-turn.test.ts",
  "tests/faults/queue-gone.test.ts",
  "tests/faults/several-intakes.test.ts",
  "tests/faults/skewed-clocks.test.ts",
  "tests/faults/soak.test.ts",
  "tests/faults/stopped-under-load.test.ts",
  "tests/faults/sudden-death.test.ts",
  "tests/pages/*.browser.test.ts",
  "tests/pages/interrupted.test.ts",
  "tests/pages/others-things.test.ts",
  "tests/pages/untouched-offers.test.ts",
  "tests/personal-data/erased-agent.test.ts",
  "tests/planning/weighted-optimum.test.ts",
  "tests/process/running.test.ts",
  "tests/process/start-and-stop.test.ts",
  "tests/rights/rights.test.ts",
  "tests/season/season.test.ts",
  "tests/split/image.test.ts",
  "tests/split/prepare-database.test.ts",
  "tests/split/start-split.test.ts",
  "tests/split/two-processes.test.ts",
  "tests/story/brokering.test.ts",
];

/** These read an operator's words, once for a process as Minka does: each gets a process of its own. */
const withOwnWords = ["packages/language/test/language-files.test.ts", "tests/dialogue/own-language.test.ts"];

// Before anything is started: what tests and the processes that they start keep for a while goes there.
process.env["TMPDIR"] = scratchDir();

// One run for the whole repository, so that test files share one PostgreSQL, and what they import.
export default defineConfig({
  test: {
    globalSetup: ["packages/test-kit/src/global-setup.ts"],
    pool: "forks",
    // A third of a test's time is waiting for PostgreSQL; a browser or a process that is paused waits for nobody.
    maxWorkers: process.env["MINKA_LONG"] ? 2 : 3,
    // For what hangs; a busy machine may need a minute for a test that starts Minka three times.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 40_000 } },
    projects: [
      {
        test: {
          name: "together",
          isolate: false,
          include: ["packages/*/test/**/*.test.ts", "services/*/test/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: [
            ...configDefaults.exclude,
            ...withOwnWords,
            ...(process.env["MINKA_LONG"] ? [] : onlyLong),
          ],
        },
      },
      { test: { name: "alone", include: withOwnWords } },
    ],
  },
});
