import { mongoSeries } from "@main/data/documents/mongo-series.ts";
import { mongoUnderTest } from "./mongo-under-test.ts";
import { seriesContract } from "./series.contract.ts";

seriesContract({
  name: "MongoDB",
  async open() {
    const mongo = await mongoUnderTest();
    const open = async () => {
      const series = mongoSeries({ server: await mongo.connect() });
      await series.prepare();
      return series;
    };
    return { series: await open(), reopen: open, remove: () => mongo.end() };
  },
});
