/** A node's place and the room it takes around it. */
export interface Placed {
  id: string;
  x: number;
  y: number;
}

/** Room of a node with its caption. */
export const ROOM = 72;

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * Pushes nodes apart that lie on each other: a few rounds over a grid of cells, each node against those of the cells around.
 * Time grows with the number of nodes alone; the last overlaps of a crowd may stay.
 */
export function spread(nodes: readonly Placed[], room = ROOM, rounds = 30): Placed[] {
  const moved = nodes.map((node, at) => ({ ...node, ...apartFromTwins(node, at) }));
  for (let round = 0; round < rounds; round += 1) if (!pushOnce(moved, room)) break;
  return moved;
}

// Two nodes on the very same point have no direction to go to: each goes its own small way.
function apartFromTwins({ x, y }: Placed, at: number) {
  const angle = at * GOLDEN;
  return { x: x + Math.cos(angle), y: y + Math.sin(angle) };
}

function pushOnce(nodes: Placed[], room: number): boolean {
  const cells = new Map<string, number[]>();
  const cellOf = (value: number) => Math.floor(value / room);
  nodes.forEach((node, at) => {
    const key = `${cellOf(node.x)},${cellOf(node.y)}`;
    const cell = cells.get(key);
    if (cell) cell.push(at);
    else cells.set(key, [at]);
  });
  let pushed = false;
  nodes.forEach((node, at) => {
    const [cx, cy] = [cellOf(node.x), cellOf(node.y)];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const other of cells.get(`${cx + dx},${cy + dy}`) ?? []) {
          if (other > at && push(node, nodes[other], room)) pushed = true;
        }
      }
    }
  });
  return pushed;
}

function push(a: Placed, b: Placed | undefined, room: number): boolean {
  if (!b) return false;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy) || 0.001;
  if (distance >= room) return false;
  const by = (room - distance) / 2 / distance;
  a.x -= dx * by;
  a.y -= dy * by;
  b.x += dx * by;
  b.y += dy * by;
  return true;
}

/** Places for nodes that come into a picture: in rings around their neighbour, where nothing stands yet. */
export function placeAround(
  ids: readonly string[],
  centre: { x: number; y: number },
  others: readonly { x: number; y: number }[],
): Placed[] {
  const taken = new Set(others.map(cell));
  const placed: Placed[] = [];
  let ring = 1;
  let step = 0;
  for (const id of ids) {
    for (;;) {
      const places = Math.floor(2 * Math.PI * ring * 1.3);
      if (step >= places) {
        ring += 1;
        step = 0;
        continue;
      }
      const angle = (2 * Math.PI * step) / places - Math.PI / 2;
      step += 1;
      const at = { x: centre.x + Math.cos(angle) * ring * ROOM * 1.4, y: centre.y + Math.sin(angle) * ring * ROOM * 1.4 };
      // A crowded picture has no free place: beyond some rings the nodes stand where they fall.
      if (taken.has(cell(at)) && ring < 12) continue;
      taken.add(cell(at));
      placed.push({ id, ...at });
      break;
    }
  }
  return placed;
}

const cell = ({ x, y }: { x: number; y: number }) => `${Math.round(x / ROOM)},${Math.round(y / ROOM)}`;

/** Plain rows, for when no layout was waited for. */
export function inRows(ids: readonly string[]): Placed[] {
  const across = Math.ceil(Math.sqrt(ids.length));
  return ids.map((id, at) => ({ id, x: (at % across) * ROOM * 1.4, y: Math.floor(at / across) * ROOM * 1.4 }));
}
