import { runAlone } from "@minka/service/run-alone";
import { matching } from "./service.ts";

await runAlone(matching);
