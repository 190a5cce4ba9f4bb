import * as contract from "@minka/contracts/endorsements";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { humansOf } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { brokers, refuseUnlessOrganization } from "../authority.ts";
import {
  approveEndorsement,
  askEndorsement,
  proposeEndorsement,
  refuseEndorsement,
} from "./endorse-credit.ts";
import { exposureOf } from "./endorsement-row.ts";
import { approveExposureLimit, proposedLimit, proposeExposureLimit } from "./exposure-limit.ts";
import { listEndorsements } from "./list-endorsements.ts";

export function endorsementRoutes(app: App, kit: ServiceKit): void {
  mountEndpoint(app, contract.askEndorsement, (input, context) => askEndorsement(kit, context, input));
  mountEndpoint(app, contract.listEndorsements, (input, context) => listEndorsements(kit, context, input));
  mountEndpoint(app, contract.proposeEndorsement, (input, context) =>
    proposeEndorsement(kit, context, input),
  );
  mountEndpoint(app, contract.approveEndorsement, (input, context) =>
    approveEndorsement(kit, context, input),
  );
  mountEndpoint(app, contract.refuseEndorsement, (input, context) => refuseEndorsement(kit, context, input));
  mountEndpoint(app, contract.proposeExposureLimit, (input, context) =>
    proposeExposureLimit(kit, context, input),
  );
  mountEndpoint(app, contract.approveExposureLimit, (input, context) =>
    approveExposureLimit(kit, context, input),
  );
  mountEndpoint(app, contract.readExposure, async ({ params: { organizationId } }, context) => {
    await refuseUnlessOrganization(kit.call, context, organizationId, brokers);
    const [exposure, proposed] = await Promise.all([
      exposureOf(kit.db.read, organizationId),
      proposedLimit(kit.db.read, { organizationId, humans: humansOf(context.actor) }),
    ]);
    return { ...exposure, proposed };
  });
}
