import { runAlone } from "@minka/service/run-alone";
import { web } from "./service.ts";

await runAlone(web);
