import {
  addCertificate,
  changeCertificate,
  listCertificates,
  removeCertificate,
} from "@minka/contracts/people";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import {
  addCertificate as add,
  changeCertificate as change,
  listCertificates as list,
  removeCertificate as remove,
} from "./keep-certificates.ts";

export function certificateRoutes(app: App, means: Means): void {
  mountEndpoint(app, listCertificates, (input, { actor }) => list(means, actor, input));
  mountEndpoint(app, addCertificate, (input, context) => add(means, context, input));
  mountEndpoint(app, changeCertificate, (input, context) => change(means, context, input));
  mountEndpoint(app, removeCertificate, (input, context) => remove(means, context, input));
}
