import { readFarmFacts } from "@minka/contracts/farm-facts";
import { addPlot, changePlot, exportPlots, listPlots, readPlot, removePlot } from "@minka/contracts/plots";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { addPlot as add } from "./add-plot.ts";
import { changePlot as change, removePlot as remove } from "./change-plot.ts";
import { exportPlots as exporting } from "./export-plots.ts";
import { readFarms } from "./read-farms.ts";
import { listPlots as list, readPlot as read } from "./read-plots.ts";

export function plotRoutes(app: App, means: Means): void {
  mountEndpoint(app, listPlots, (input, { actor }) => list(means.db.read, actor, input));
  mountEndpoint(app, addPlot, (input, context) => add(means, context, input));
  mountEndpoint(app, readPlot, (input, { actor }) => read(means.db.read, actor, input));
  mountEndpoint(app, changePlot, (input, context) => change(means, context, input));
  mountEndpoint(app, removePlot, (input, context) => remove(means, context, input));
  mountEndpoint(app, readFarmFacts, ({ body }) => readFarms(means.db.read, body));
  mountEndpoint(app, exportPlots, ({ params }, context) => exporting(means, context, params.personId));
}
