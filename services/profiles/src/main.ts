import { runAlone } from "@minka/service/run-alone";
import { profiles } from "./service.ts";

await runAlone(profiles);
