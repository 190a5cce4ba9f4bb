import { runAlone } from "@minka/service/run-alone";
import { notifications } from "./service.ts";

await runAlone(notifications);
