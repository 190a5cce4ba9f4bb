import { runAlone } from "@minka/service/run-alone";
import { catalog } from "./service.ts";

await runAlone(catalog);
