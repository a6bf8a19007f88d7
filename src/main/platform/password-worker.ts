import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { compare, hash } from "bcryptjs";
import type { PasswordAnswer, PasswordTask } from "./passwords.ts";

const BCRYPT_MAX_BYTES = 72;

/**
 * What bcrypt is given: the password in Unicode NFC, so that every keyboard's spelling of a letter is the same one; its
 * SHA-256 where bcrypt would otherwise cut it off (after 72 bytes, or at a NUL).
 */
function material(password: string): string {
  const normal = password.normalize("NFC");
  if (Buffer.byteLength(normal, "utf8") <= BCRYPT_MAX_BYTES && !normal.includes("\0")) return normal;
  return createHash("sha256").update(normal, "utf8").digest("base64");
}

async function perform(task: PasswordTask): Promise<PasswordAnswer> {
  try {
    if (task.kind === "hash") return { id: task.id, result: await hash(material(task.password), task.cost) };
    return { id: task.id, result: await compare(material(task.password), task.hash) };
  } catch (error) {
    return { id: task.id, failure: error instanceof Error ? error.name : "unknown" };
  }
}

parentPort?.on("message", (task: PasswordTask) => {
  void perform(task).then((answer) => parentPort?.postMessage(answer));
});
