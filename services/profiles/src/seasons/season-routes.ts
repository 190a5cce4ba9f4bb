import { addSeason, changeSeason, listSeasons, removeSeason } from "@minka/contracts/plots";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import {
  addSeason as add,
  changeSeason as change,
  listSeasons as list,
  removeSeason as remove,
} from "./keep-seasons.ts";

export function seasonRoutes(app: App, means: Means): void {
  mountEndpoint(app, listSeasons, (input, { actor }) => list(means.db.read, actor, input));
  mountEndpoint(app, addSeason, (input, context) => add(means, context, input));
  mountEndpoint(app, changeSeason, (input, context) => change(means, context, input));
  mountEndpoint(app, removeSeason, (input, context) => remove(means, context, input));
}
