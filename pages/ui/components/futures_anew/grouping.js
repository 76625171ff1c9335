// Groups of alike things, as hwmodel/futures/grouping.py makes them, and branches of futures, as hwmodel/futures/branches.py does.

/** @import { Branch } from "../futures_view/data.js" */
/** @import { BranchNumbers } from "./data.js" */

/**
 * Squares of the distances (N, N) between things with features (N, F).
 * @param {Float64Array[]} features
 */
function squares(features) {
  return features.map((one) => Float64Array.from(features, (other) => one.reduce((sum, value, at) => sum + (value - other[at]) ** 2, 0)));
}

/**
 * A group for each thing, for 2 to `most` groups, by their number: Ward 1963, by the recurrence of Lance and Williams 1967.
 * @param {Float64Array[]} features
 * @param {number} most
 * @returns {Map<number, number[]>} groups are numbered from 0
 */
export function ward(features, most) {
  const cost = squares(features), size = features.map(() => 1), group = [...features.keys()], alive = [...features.keys()];
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (let groups = features.length; groups > 1; groups--) {
    if (groups <= most) found.set(groups, group.map((one) => alive.indexOf(one)));
    let kept = alive[0], gone = alive[1];
    for (const [at, one] of alive.entries()) {
      for (let next = at + 1; next < alive.length; next++) if (cost[one][alive[next]] < cost[kept][gone]) (kept = one), (gone = alive[next]);
    }
    const between = cost[kept][gone];
    for (const other of alive) {
      if (other === kept || other === gone) continue;
      const united = (size[other] + size[kept]) * cost[kept][other] + (size[other] + size[gone]) * cost[gone][other] - size[other] * between;
      cost[kept][other] = cost[other][kept] = united / (size[kept] + size[gone] + size[other]);
    }
    size[kept] += size[gone];
    alive.splice(alive.indexOf(gone), 1);
    for (const [thing, one] of group.entries()) if (one === gone) group[thing] = kept;
  }
  return found;
}

/**
 * Mean silhouette (Rousseeuw 1987) of things with these distances (N, N) in two groups or more.
 * @param {Float64Array[]} distances
 * @param {number[]} group
 */
export function silhouette(distances, group) {
  const groups = Math.max(...group) + 1, count = Array.from({ length: groups }, (_, k) => group.filter((one) => one === k).length);
  let total = 0;
  for (const [thing, own] of group.entries()) {
    const sums = new Float64Array(groups);
    for (const [other, k] of group.entries()) sums[k] += distances[thing][other];
    const inside = sums[own] / Math.max(count[own] - 1, 1), means = [...sums].map((sum, k) => (k === own ? Infinity : sum / count[k])), outside = Math.min(...means);
    const larger = Math.max(inside, outside);
    if (larger > 0 && count[own] > 1) total += (outside - inside) / larger;
  }
  return total / group.length;
}

/**
 * The futures of one point in branches, the largest first: a label for each, and what each branch is.
 * @param {ArrayLike<number>} paths (N, S, 2) in any unit
 * @param {ArrayLike<number>} lengths (N,)
 * @param {ArrayLike<number>} lifted (N,)
 * @param {BranchNumbers} numbers
 * @returns {{label: Uint8Array, branches: Branch[]}}
 */
export function branchesOf(paths, lengths, lifted, numbers) {
  const count = lengths.length, steps = paths.length / count / 2, { marks } = numbers;
  const features = Array.from({ length: count }, (_, n) => Float64Array.from({ length: 2 * marks }, (_, i) => {
    const step = Math.min(Math.round(((i >> 1) * (steps - 1)) / (marks - 1)), lengths[n] - 1);
    return paths[2 * (n * steps + step) + (i & 1)];
  }));
  const distances = squares(features).map((row) => row.map((square) => Math.sqrt(square / marks)));
  const label = labelsOf(features, distances, numbers), sizes = new Map();
  for (const k of label) sizes.set(k, (sizes.get(k) ?? 0) + 1);
  const order = [...sizes.keys()].sort((a, b) => sizes.get(b) - sizes.get(a) || a - b);
  const branches = order.map((k) => {
    const members = [...label.keys()].filter((n) => label[n] === k), far = members.map((n) => members.reduce((sum, other) => sum + distances[n][other], 0));
    const share = members.length / count, lifts = members.reduce((sum, n) => sum + lifted[n], 0) / members.length;
    return { share, lifts, typical: members[far.indexOf(Math.min(...far))] };
  });
  return { label: Uint8Array.from(label, (k) => order.indexOf(k)), branches };
}

/**
 * Ward's clustering into the most groups whose silhouette is nearly the best.
 * @param {Float64Array[]} features
 * @param {Float64Array[]} distances
 * @param {BranchNumbers} numbers
 */
function labelsOf(features, distances, { most_branches, least_share, least_silhouette, nearly_best }) {
  let best = 0, label = features.map(() => 0);
  const tried = [...ward(features, Math.min(most_branches, features.length - 1))].sort(([a], [b]) => a - b);
  for (const [groups, group] of tried) {
    const smallest = Math.min(...Array.from({ length: groups }, (_, k) => group.filter((one) => one === k).length));
    if (smallest < least_share * features.length || distances.every((row) => row.every((far) => far === 0))) continue;
    const score = silhouette(distances, group);
    best = Math.max(best, score);
    if (score >= Math.max(nearly_best * best, least_silhouette)) label = group;
  }
  return label;
}
