import { type LayoutTask, layOut } from "./layouts.ts";

addEventListener("message", ({ data }: MessageEvent<LayoutTask>) => {
  postMessage(layOut(data));
});
