// First of all imports: zod must know before any schema is built that code from strings is forbidden here.
import "./app/zod-setup.ts";
import "./ui/styles.ts";
import { start } from "./app/start.tsx";

void start(document);
