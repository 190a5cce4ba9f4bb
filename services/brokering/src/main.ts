import { runAlone } from "@minka/service/run-alone";
import { brokering } from "./service.ts";

await runAlone(brokering);
