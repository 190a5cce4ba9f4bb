/** What the reference puts together under one heading, in the order in which an integrator needs it. */
type Group = { readonly name: string; readonly description: string; readonly paths: RegExp };

const groups: readonly Group[] = [
  {
    name: "Sign-in",
    description: "A code by SMS, then tokens. No passwords, no e-mail.",
    paths: /^\/api\/auth\/(?!acting)/,
  },
  {
    name: "Providers",
    description:
      "Who offers: draft → submitted → verified; `held` (somebody complained), `suspended` and `closed` hide it. Who registers or submits cannot verify.",
    paths:
      /^\/api\/catalog\/(providers(?!\/:providerId\/(offer|import|price|stock|upkeep))|provider-|people\/)/,
  },
  {
    name: "Offers",
    description:
      "What is offered, in seven kinds: the `kind` of the terms says which fields there are. An offer is public while it is published and its provider verified.",
    paths:
      /^\/api\/catalog\/(offers|overview|coverage|freshness|prices|candidates\/explanation|stock|providers\/:providerId\/(offer|import|price|stock))/,
  },
  {
    name: "Requests and matches",
    description:
      "What is asked for and by whom it is done: request → matches → choice → the provider's answer → engagement → rating.",
    paths:
      /^\/api\/matching\/(?!audit|queue|parked-deliveries|personal-data|demand|people\/:personId\/visits-done)/,
  },
  {
    name: "Joint purchases",
    description:
      "Members order together, suppliers quote tiers, and one award says who delivers, who gets how much and what each pays.",
    paths:
      /^\/api\/brokering\/(pool|invitations|demand|payment|people\/:personId\/(pool-orders|joinable-pools|debts)|providers\/:providerId\/pools)/,
  },
  {
    name: "Harvest lots",
    description:
      "Members pledge, what they bring is measured, and the lot is made up of what meets the buyer's limits and pays them most.",
    paths:
      /^\/api\/brokering\/(lots(?!\/:lotId\/invitees)|lot-|pledge|receipts|compositions|settlements|people\/:personId\/pledges)/,
  },
  {
    name: "Members' credit",
    description:
      "What a loan costs and asks for, an organization's or a group's word for it, and its life until it is paid back.",
    paths:
      /^\/api\/brokering\/(credit|endorsement|group-guarantee|decision-makers|organizations\/:organizationId\/kept-back)/,
  },
  {
    name: "People",
    description:
      "A person's own data, plots, seasons and messages. Only they, who acts for them, and operators see it; the messages they alone.",
    paths:
      /^\/api\/(profiles\/people(\/:personId)?(\/(profile|consents|certificates|plots|plots\.geojson|seasons|private-word)(\/.*)?)?$|notifications\/people\/)/,
  },
  {
    name: "Acting for others",
    description: "Who helps another person has a token in that person's name, once that person has agreed.",
    paths: /^\/api\/(auth\/acting|profiles\/(delegations|people\/assisted))/,
  },
  {
    name: "Organizations",
    description:
      "Associations, cooperatives, communities and groups, with their boards, members and lists of them.",
    paths:
      /^\/api\/profiles\/(organizations(?!\/:organizationId\/member-ids)|organization-records|groups|memberships|people\/:personId\/memberships)/,
  },
  {
    name: "Personal data",
    description: "All that is held on a person across services: to read, to keep as a file, to erase.",
    paths: /^\/api\/(profiles\/(people\/:personId\/(data|erasure)|data-files|erasures)|\w+\/personal-data)/,
  },
  {
    name: "Places",
    description: "Hamlets and towns by name: a district's own first, then its province's.",
    paths: /^\/api\/catalog\/places/,
  },
  {
    name: "Operators",
    description: "Those who verify, decide and help.",
    paths:
      /^\/api\/(profiles\/operators|notifications\/(attention|channels|conversations|misunderstood|message-costs)|\w+\/(audit|queue|parked-deliveries))/,
  },
  {
    name: "Bulletins",
    description:
      "Messages to many who agreed to them: an operator's, or a manager's to the members of their organization.",
    paths: /^\/api\/notifications\/bulletins/,
  },
  {
    name: "Simulator",
    description: "SMS without a gateway: only while the simulator is the gateway.",
    paths: /^\/simulator/,
  },
  {
    name: "Between services",
    description: "What Minka's services ask of each other. Nobody else may.",
    paths:
      /^\/api\/(profiles\/(farms|organizations\/:organizationId\/member-ids|phones|contacts|audiences|errands|confirmations|people\/(women|names|:personId\/asker)|traits|visit-points)|catalog\/(confirmations|agents$|candidates$|providers\/:providerId\/upkeep)|brokering\/(confirmations|news|people\/:personId\/waiting-credits|lots\/:lotId\/invitees)|matching\/(demand|people\/:personId\/visits-done)|notifications\/messages)/,
  },
];

/** The heading under which an operation stands, by its path. Throws for one that has none, or two. */
export function groupOf(path: string): string {
  const names = groups.filter(({ paths }) => paths.test(path)).map(({ name }) => name);
  if (names.length === 1 && names[0] !== undefined) return names[0];
  throw new Error(`${path} is in ${names.length === 0 ? "no group" : names.join(" and ")} of the reference`);
}

export const gateways = { name: "Gateways", description: "What an SMS gateway calls." };

/** The headings in their order, as OpenAPI has them. */
export const groupTags = [...groups.map(({ name, description }) => ({ name, description })), gateways];
