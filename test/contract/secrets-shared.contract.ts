import { randomBytes } from "node:crypto";
import { encryptedBlobs } from "@main/data/blobs/encrypted.ts";
import { openMasterKey } from "@main/data/blobs/master-key.ts";
import type { BlobPort } from "@main/data/blobs/port.ts";
import { type SecretDocument, secrets as secretsSpec } from "@main/data/documents/coordination.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { sharedSecrets } from "@main/data/documents/shared-secrets.ts";
import { pseudonymKey } from "@main/data/research/pseudonym.ts";
import { StoreNotReady } from "@main/data/stores.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** An engine under test: documents with the collections that workstations agree by, and blobs that they share. */
export interface SecretsEngine {
  name: string;
  open(): Promise<{ documents: DocumentPort; blobs: BlobPort; remove(): Promise<void> }>;
}

const noKey = (error: unknown) => (error instanceof StoreNotReady ? error.problem : error);

/** What secrets that workstations share promise, on whatever keeps them. */
export function sharedSecretsContract(engine: SecretsEngine): void {
  describe(`shared secrets on ${engine.name}`, () => {
    let opened: Awaited<ReturnType<SecretsEngine["open"]>>;
    const workstation = (passphrase: string | null = null) => sharedSecrets({ documents: opened.documents, passphrase });
    const stored = (id: string) => opened.documents.collection<SecretDocument>(secretsSpec).get(id);

    beforeEach(async () => {
      opened = await engine.open();
    });
    afterEach(() => opened.remove());

    it("come back on every workstation; what was never kept is null", async () => {
      const key = randomBytes(32);
      await workstation().set("a", key);
      expect(await workstation().get("a")).toEqual(key);
      expect(await workstation().get("b")).toBeNull();
      expect(workstation()).toMatchObject({ kind: "documents", place: expect.stringContaining("secrets") });
    });

    it("are given once: the same value again is fine, another is refused and changes nothing", async () => {
      for (const passphrase of [null, "حصان صحيح"]) {
        const name = passphrase === null ? "plain" : "sealed";
        const key = randomBytes(32);
        await workstation(passphrase).set(name, key);
        await workstation(passphrase).set(name, key);
        await expect(workstation(passphrase).set(name, randomBytes(32))).rejects.toMatchObject({ code: "conflict" });
        expect(await workstation(passphrase).get(name)).toEqual(key);
      }
    });

    it("lie sealed under a passphrase, and say so where it is missing or another", async () => {
      const key = randomBytes(32);
      await workstation("correct horse").set("a", key);
      expect(JSON.stringify(await stored("a"))).not.toContain(key.toString("base64"));
      expect(await workstation("correct horse").get("a")).toEqual(key);
      const [missing, wrong] = await Promise.all([null, "battery"].map((each) => workstation(each).get("a").catch(noKey)));
      expect(missing).toMatchObject({ store: "documents", cause: "key", message: expect.stringContaining("not given") });
      expect(wrong).toMatchObject({ store: "documents", cause: "key", message: expect.stringContaining("not the passphrase") });
      expect(await workstation("battery").set("a", randomBytes(32)).catch(noKey)).toMatchObject({ cause: "key" });
    });

    it("do not open under another name, nor after a change", async () => {
      await workstation("p").set("a", randomBytes(32));
      const document = (await stored("a")) as SecretDocument;
      const collection = opened.documents.collection<SecretDocument>(secretsSpec);
      await collection.insert({ ...document, id: "b" });
      expect(await workstation("p").get("b").catch(noKey)).toMatchObject({ cause: "key" });
      const bytes = Buffer.from(document.value, "base64");
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      await collection.update("a", { value: bytes.toString("base64") });
      expect(await workstation("p").get("a").catch(noKey)).toMatchObject({ cause: "key" });
    });

    it("give all workstations that begin at the same moment the same keys, of pseudonyms and of files", async () => {
      const keys = await Promise.all(Array.from({ length: 8 }, () => pseudonymKey(workstation())));
      expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
      const stores = await Promise.all(Array.from({ length: 8 }, () => encryptedBlobs(opened.blobs, workstation())));
      await Promise.all(stores.map((store, index) => store.putChunk(`f${index}`, 0, Buffer.from(`bytes of ${index}`))));
      for (const store of [...stores, await encryptedBlobs(opened.blobs, workstation())]) {
        for (let index = 0; index < 8; index += 1) expect(String(await store.getChunk(`f${index}`, 0))).toBe(`bytes of ${index}`);
      }
    });

    it("are agreed on when one made its key and was ended before it marked the blobs", async () => {
      await workstation().set("files", Buffer.alloc(32, 7));
      const master = await openMasterKey(opened.blobs, workstation());
      expect(master.key).toEqual(Buffer.alloc(32, 7));
      expect((await openMasterKey(opened.blobs, workstation())).id).toBe(master.id);
    });

    it("never replace the key of the files where it is not at hand, with files or without", async () => {
      const master = await openMasterKey(opened.blobs, workstation("right"));
      expect(await openMasterKey(opened.blobs, workstation()).catch(noKey)).toMatchObject({ cause: "key" });
      expect(await openMasterKey(opened.blobs, workstation("wrong")).catch(noKey)).toMatchObject({ cause: "key" });
      const collection = opened.documents.collection<SecretDocument>(secretsSpec);
      await collection.delete({});
      expect(await openMasterKey(opened.blobs, workstation()).catch(noKey)).toMatchObject({
        cause: "key",
        message: expect.stringContaining(master.id),
      });
      expect(await collection.count({})).toBe(0);
    });
  });
}
