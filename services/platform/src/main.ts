import { EmbeddedPostgresError } from "@minka/embedded-postgres/errors";
import { runUntilStopped } from "@minka/service/run-until-stopped";
import { describeStartFailure } from "@minka/service/settings";
import { readConfig } from "./config.ts";
import { startPlatform } from "./start-platform.ts";

const progress = (line: string) => process.stderr.write(`${line}\n`);

await runUntilStopped(
  async (signal) => {
    const config = readConfig(process.env);
    const platform = await startPlatform(config, process.env, progress, signal);
    const addresses = [
      `Minka is ready at ${platform.url}`,
      ...(config.simulator ? [`  two phones to try it:  ${platform.url}/simulator`] : []),
      `  API reference:         ${platform.url}/docs`,
      `  health:                ${platform.url}/health/ready`,
    ];
    process.stdout.write(`${addresses.join("\n")}\n`);
    return platform.stop;
  },
  (error) =>
    `Minka did not start. ${error instanceof EmbeddedPostgresError ? error.message : describeStartFailure(error)}`,
);
