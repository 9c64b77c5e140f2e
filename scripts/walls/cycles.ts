/** Files that import each other in a ring, each ring once as a path `a → b → a`, from its first file in order of name. */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const rings: string[][] = [];
  const settled = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    if (settled.has(start)) continue;
    const ring = shortestRing(graph, start, settled);
    if (ring === undefined) settled.add(start);
    else {
      rings.push(ring);
      for (const file of ring) settled.add(file);
    }
  }
  return rings;
}

/** Breadth first from `start` back to itself; a file already reported or found free of rings leads nowhere new. */
function shortestRing(graph: ReadonlyMap<string, readonly string[]>, start: string, settled: ReadonlySet<string>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return pathTo(cameFrom, start, file);
      if (settled.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function pathTo(cameFrom: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const path = [start, last];
  for (let file = last; file !== start; ) {
    file = cameFrom.get(file) ?? start;
    path.splice(1, 0, file);
  }
  return last === start ? [start, start] : path.slice(1).concat(start);
}
