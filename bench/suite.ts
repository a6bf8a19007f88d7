import { openClinic } from "./clinic.ts";
import type { Figure } from "./measure.ts";
import { audit } from "./scenarios/audit.ts";
import { booking } from "./scenarios/booking.ts";
import { events } from "./scenarios/events.ts";
import { files } from "./scenarios/files.ts";
import { chart, growth } from "./scenarios/lists.ts";
import { messages } from "./scenarios/messages.ts";
import { picture } from "./scenarios/picture.ts";
import { research } from "./scenarios/research.ts";
import { routes } from "./scenarios/routes.ts";
import { sampleClinic } from "./scenarios/sample.ts";
import { search, searchDirectory } from "./scenarios/search.ts";
import { coldStart, pageSize } from "./scenarios/start.ts";

const SMALL = 10_000;
const LARGE = 100_000;
const LARGEST = 200_000;

/** Measures everything; `quick` leaves out the large clinic. Tells each figure as soon as it is there. */
export async function measureAll(quick: boolean, tell: (figure: Figure) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  const take = (more: Figure[]) => {
    figures.push(...more);
    more.forEach(tell);
  };
  take(pageSize());
  take(await picture());
  take(searchDirectory(LARGEST, quick ? 2 : 8));
  take(await audit(quick ? 5_000 : 20_000));
  if (!quick) take(await sampleClinic());
  const small = await openClinic(SMALL);
  try {
    take(await search(small, quick ? 3 : 10));
    take(await chart(small, quick ? 20 : 100));
    take(await routes(small, quick ? 100 : 400));
    take(await files(small, { megabytes: quick ? 20 : 100, turns: quick ? 3 : 5 }));
    take(await events(small, { screens: 20, count: quick ? 40 : 200 }));
    take(await messages(small, { clients: 20, count: quick ? 40 : 200 }));
    take(await messages(small, { clients: 200, count: quick ? 20 : 100 }));
    take(await research(small, quick ? 20 : 100));
    if (!quick) take(await large());
    take(await booking(small, { bookings: quick ? 1_000 : 4_000, rounds: quick ? 10 : 200 }));
  } finally {
    await small.close();
  }
  take(await coldStart(quick ? SMALL : LARGE, quick ? 2 : 5));
  return figures;

  async function large(): Promise<Figure[]> {
    const clinic = await openClinic(LARGE);
    try {
      return [...(await search(clinic, 10)), ...(await growth(small, clinic, 40)), ...(await research(clinic, 100))];
    } finally {
      await clinic.close();
    }
  }
}
