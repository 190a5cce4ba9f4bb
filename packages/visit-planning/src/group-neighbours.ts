/** Visits near each other, by index, and what limits a session among them. */
export type Neighbours = {
  /** People of each visit. */
  weights: readonly number[];
  /** Who can walk to whom: the indices within walking reach of each visit, itself left out. */
  near: readonly (readonly number[])[];
  km: (a: number, b: number) => number;
  radiusKm: number;
  /** The most people in a session. */
  most: number;
};

export type Group = { host: number; members: number[]; walkKm: number };

const epsilonKm = 1e-9;
/** Walks hardly get shorter after a few rounds. */
const mostRounds = 4;

/**
 * Fewest sessions, then least walking, over all ways to split the neighbours: for each set of them, the best
 * session of its first member with others, plus the best of the rest. Exponential in the neighbours.
 */
export function groupExactly(neighbours: Neighbours): Group[] {
  const count = neighbours.weights.length;
  const sets = 1 << count;
  const groups: (Group | null)[] = Array.from({ length: sets }, (_, set) => groupOf(neighbours, set));
  const sessions = new Int32Array(sets).fill(count + 1);
  const walk = new Float64Array(sets).fill(Infinity);
  const choice = new Int32Array(sets);
  sessions[0] = 0;
  walk[0] = 0;
  for (let set = 1; set < sets; set++) {
    const first = set & -set;
    const others = set ^ first;
    for (let part = others; ; part = (part - 1) & others) {
      const group = groups[part | first];
      if (group) {
        const rest = others ^ part;
        const total = (sessions[rest] ?? 0) + 1;
        const km = (walk[rest] ?? 0) + group.walkKm;
        const now = sessions[set] ?? 0;
        if (total < now || (total === now && km < (walk[set] ?? 0) - epsilonKm)) {
          sessions[set] = total;
          walk[set] = km;
          choice[set] = part | first;
        }
      }
      if (part === 0) break;
    }
  }
  const found: Group[] = [];
  for (let set = sets - 1; set > 0; set ^= choice[set] ?? set) {
    const group = groups[choice[set] ?? 0];
    if (group) found.push(group);
  }
  return found;
}

/** The session of exactly these members, at the host with the least walking; null when there can be none. */
function groupOf(neighbours: Neighbours, set: number): Group | null {
  const members: number[] = [];
  for (let index = 0; set >> index > 0; index++) if ((set & (1 << index)) !== 0) members.push(index);
  return sessionOf(neighbours, members);
}

function sessionOf({ weights, km, radiusKm, most }: Neighbours, members: readonly number[]): Group | null {
  if (members.length === 0) return null;
  if (members.length > 1 && members.reduce((sum, member) => sum + (weights[member] ?? 0), 0) > most)
    return null;
  let best: Group | null = null;
  for (const host of members) {
    if (members.some((member) => km(host, member) > radiusKm)) continue;
    const walkKm = members.reduce((sum, member) => sum + km(host, member), 0);
    if (best === null || walkKm < best.walkKm - epsilonKm) best = { host, members: [...members], walkKm };
  }
  return best;
}

/** For neighbourhoods too large to try everything: the loneliest first, then small sessions emptied into others. */
export function groupGreedily(neighbours: Neighbours): Group[] {
  const groups = loneliestFirst(neighbours);
  while (emptyOne(neighbours, groups)) {
    // One session less each time.
  }
  for (let round = 0; round < mostRounds && shortenWalks(neighbours, groups); round++) {
    // Less walking each time.
  }
  return groups;
}

/**
 * Whoever has fewest neighbours left is served first, for later nobody may be there to join them: in the session
 * that takes most others with it.
 */
function loneliestFirst(neighbours: Neighbours): Group[] {
  const { near, km } = neighbours;
  const free = new Set(near.keys());
  const freeNear = near.map((others) => others.length);
  const groups: Group[] = [];
  while (free.size > 0) {
    let lonely = -1;
    for (const visit of free) {
      if (lonely < 0 || (freeNear[visit] ?? 0) < (freeNear[lonely] ?? 0)) lonely = visit;
    }
    let best: Group | null = null;
    for (const host of [lonely, ...(near[lonely] ?? [])]) {
      if (!free.has(host)) continue;
      const group = fill(neighbours, free, freeNear, host, lonely);
      if (group === null) continue;
      const more = group.members.length - (best?.members.length ?? 0);
      if (best === null || more > 0 || (more === 0 && group.walkKm < best.walkKm - epsilonKm)) best = group;
    }
    best ??= { host: lonely, members: [lonely], walkKm: 0 };
    for (const member of best.members) {
      free.delete(member);
      for (const other of near[member] ?? []) freeNear[other] = (freeNear[other] ?? 0) - 1;
    }
    groups.push({ ...best, walkKm: best.members.reduce((sum, member) => sum + km(best.host, member), 0) });
  }
  return groups;
}

/** A session at `host` with `wanted` and then as many as fit, those with fewest other chances first. */
function fill(
  { weights, near, km, most }: Neighbours,
  free: ReadonlySet<number>,
  freeNear: readonly number[],
  host: number,
  wanted: number,
): Group | null {
  const members = host === wanted ? [host] : [host, wanted];
  let people = members.reduce((sum, member) => sum + (weights[member] ?? 0), 0);
  if (members.length > 1 && people > most) return null;
  const others = (near[host] ?? []).filter((other) => free.has(other) && other !== wanted);
  others.sort((a, b) => (freeNear[a] ?? 0) - (freeNear[b] ?? 0) || km(host, a) - km(host, b) || a - b);
  for (const other of others) {
    const weight = weights[other] ?? 0;
    if (people + weight > most) continue;
    members.push(other);
    people += weight;
  }
  return { host, members, walkKm: members.reduce((sum, member) => sum + km(host, member), 0) };
}

/** Empties one session by giving each of its members to another with room, which may change its host. */
function emptyOne(neighbours: Neighbours, groups: Group[]): boolean {
  const bySize = [...groups].sort((a, b) => a.members.length - b.members.length || a.host - b.host);
  for (const small of bySize) {
    const changed = new Map<Group, Group>();
    const placed = small.members.every((member) => {
      let best: { of: Group; grown: Group; added: number } | null = null;
      for (const group of nearGroups(neighbours, groups, member)) {
        if (group === small) continue;
        const now = changed.get(group) ?? group;
        const grown = sessionOf(neighbours, [...now.members, member]);
        if (grown === null) continue;
        const added = grown.walkKm - now.walkKm;
        if (best === null || added < best.added - epsilonKm) best = { of: group, grown, added };
      }
      if (best === null) return false;
      changed.set(best.of, best.grown);
      return true;
    });
    if (!placed) continue;
    for (const [group, grown] of changed) groups[groups.indexOf(group)] = grown;
    groups.splice(groups.indexOf(small), 1);
    return true;
  }
  return false;
}

/** Moves members to other sessions, and changes hosts, wherever that makes the walks shorter. */
function shortenWalks(neighbours: Neighbours, groups: Group[]): boolean {
  let shorter = false;
  for (const index of groups.keys()) {
    let group = groups[index];
    if (group === undefined || group.members.length < 2) continue;
    const again = sessionOf(neighbours, group.members);
    if (again !== null && again.walkKm < group.walkKm - epsilonKm) {
      group = again;
      groups[index] = again;
      shorter = true;
    }
    for (const member of group.members) {
      const less: Group | null = sessionOf(
        neighbours,
        group.members.filter((other) => other !== member),
      );
      if (less === null) continue;
      for (const other of nearGroups(neighbours, groups, member)) {
        if (other === group) continue;
        const grown = sessionOf(neighbours, [...other.members, member]);
        if (grown === null || less.walkKm + grown.walkKm >= group.walkKm + other.walkKm - epsilonKm) continue;
        groups[groups.indexOf(other)] = grown;
        groups[index] = less;
        group = less;
        shorter = true;
        break;
      }
      if (group.members.length < 2) break;
    }
  }
  return shorter;
}

/** Sessions with somebody within walking reach of this visit, in their order. */
function nearGroups({ near }: Neighbours, groups: readonly Group[], visit: number): Group[] {
  const reach = new Set(near[visit]);
  return groups.filter(({ members }) => members.some((member) => reach.has(member)));
}
