import { AppError } from "@shared/define.ts";
import { IMAGE_PIXELS_MAX } from "@shared/model/file-types.ts";
import { imageHeader } from "./image-header.ts";
import type { Images, MadeImage } from "./images.ts";
import type { ImageReply, ImageRequest } from "./images-protocol.ts";
import type { Log } from "./log.ts";
import type { ChildProcess, ProcessLauncher } from "./process-launcher.ts";

export interface ProcessImagesOptions {
  launcher: ProcessLauncher;
  log: Log;
  /** What one picture may take, in milliseconds. */
  deadlineMs?: number;
  /** How long the process stays without work, in milliseconds. */
  idleMs?: number;
  /** What the process may hold, in bytes. */
  memoryMaxBytes?: number;
}

interface Job {
  request: ImageRequest;
  attempts: number;
  resolve: (made: MadeImage) => void;
  reject: (error: AppError) => void;
}

const DEADLINE_MS = 5_000;
const IDLE_MS = 60_000;
/** Until a new process is there. */
const START_MS = 10_000;
/** The largest picture that the header lets through takes 460 MB. */
const MEMORY_MAX_BYTES = 512 * 1024 * 1024;
const MAX_WAITING = 64;
/** A process that ends may have been ended by others: the picture gets a second chance, and no third. */
const ATTEMPTS = 2;

/** Pictures are decoded in a process of their own, one at a time; it starts with the first and ends when there is nothing to do. */
export function processImages(options: ProcessImagesOptions): Images {
  const host = new ImagesHost(options);
  return {
    async remake(bytes, { side, thumbnailSide }) {
      refuseByHeader(bytes);
      const { memoryMaxBytes = MEMORY_MAX_BYTES } = options;
      return host.run({ bytes: new Uint8Array(bytes), side, thumbnailSide, memoryMaxBytes });
    },
    async close() {
      host.close();
    },
  };
}

/** By the header alone: bombs and what is no picture never reach a decoder. */
function refuseByHeader(bytes: Uint8Array): void {
  const header = imageHeader(bytes);
  if (!header?.size) throw notAPicture();
  if (header.size.width * header.size.height > IMAGE_PIXELS_MAX) {
    throw new AppError("too-large", `The picture has more than ${IMAGE_PIXELS_MAX / 1_000_000} million pixels.`, { field: "image" });
  }
}

function notAPicture(): AppError {
  return new AppError("unsupported-type", "This is no JPEG, PNG or WebP that can be read.", { field: "image" });
}

class ImagesHost {
  readonly #options: ProcessImagesOptions;
  readonly #waiting: Job[] = [];
  #current: Job | null = null;
  #process: ChildProcess | null = null;
  #isReady = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(options: ProcessImagesOptions) {
    this.#options = options;
  }

  run(picture: Omit<ImageRequest, "id">): Promise<MadeImage> {
    if (this.#isClosed) return Promise.reject(unavailable());
    if (this.#waiting.length >= MAX_WAITING) {
      return Promise.reject(new AppError("rate-limited", "Too many pictures at once. Wait a moment.", { retryAfterMs: 1000 }));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request: { id: ++this.#lastId, ...picture }, attempts: 0, resolve, reject });
      this.#next();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
    for (const job of this.#waiting.splice(0)) job.reject(unavailable());
    this.#current?.reject(unavailable());
    this.#current = null;
  }

  #next(): void {
    if (this.#current !== null || this.#isClosed) return;
    if (this.#waiting.length === 0) return this.#rest();
    if (this.#process === null) return this.#start();
    if (!this.#isReady) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#current = job;
    job.attempts += 1;
    this.#within(this.#options.deadlineMs ?? DEADLINE_MS, () => this.#expire(job));
    this.#process.send(job.request);
  }

  #start(): void {
    const started = this.#options.launcher();
    this.#process = started;
    this.#isReady = false;
    started.onMessage((message) => {
      if (this.#process === started) this.#take(message as ImageReply);
    });
    started.onExit((reason) => {
      if (this.#process === started) this.#lost(reason);
    });
    this.#within(START_MS, () => {
      this.#end();
      this.#fail("it did not start");
    });
  }

  #take(reply: ImageReply): void {
    clearTimeout(this.#timer);
    if (reply.kind === "ready") this.#isReady = true;
    else if (this.#current?.request.id === reply.id) {
      const job = this.#current;
      this.#current = null;
      if (reply.kind === "undecodable") job.reject(notAPicture());
      else job.resolve({ jpeg: reply.jpeg, width: reply.width, height: reply.height, thumbnail: reply.thumbnail });
    }
    this.#next();
  }

  #expire(job: Job): void {
    this.#options.log.warn({}, "A picture took too long; its process was ended.");
    this.#end();
    this.#current = null;
    job.reject(new AppError("timeout", "This picture takes too long to read.", { field: "image" }));
    this.#next();
  }

  /** The process has ended by itself, by its watch, or by somebody else. */
  #lost(reason: string): void {
    clearTimeout(this.#timer);
    this.#options.log.warn({ reason }, "The pictures' process ended.");
    this.#process = null;
    if (!this.#isReady) return this.#fail(reason);
    const job = this.#current;
    this.#current = null;
    if (job && job.attempts < ATTEMPTS) this.#waiting.unshift(job);
    else job?.reject(notAPicture());
    this.#next();
  }

  /** It cannot even start: whoever waits is told, and the next picture tries again. */
  #fail(reason: string): void {
    this.#options.log.error({ reason }, "The pictures' process does not start.");
    for (const job of this.#waiting.splice(0)) job.reject(unavailable());
  }

  #rest(): void {
    if (this.#process === null) return;
    this.#within(this.#options.idleMs ?? IDLE_MS, () => this.#end());
    this.#timer?.unref();
  }

  #end(): void {
    clearTimeout(this.#timer);
    const ended = this.#process;
    this.#process = null;
    ended?.kill();
  }

  #within(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}

function unavailable(): AppError {
  return new AppError("store-unavailable", "Pictures cannot be read right now.");
}
