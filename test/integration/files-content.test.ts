import { cleanName, downloadName } from "@main/features/files/names.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dicom, jpeg, pdf, png, webp, zip } from "../world/sample-files.ts";
import { naughtyStrings } from "../world/shared-data.ts";
import { type Cared, type FilesWorld, openFilesWorld } from "./files-world.ts";

let world: FilesWorld;
let cared: Cared;
beforeAll(async () => {
  world = await openFilesWorld();
  cared = await world.patient();
});
afterAll(() => world?.close());

const send = (bytes: Buffer, filename = "image.png") =>
  world.upload(world.clinic.users.doctor, { patientId: cared.patientId, bytes, filename });
const html = Buffer.from("<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>");
const script = Buffer.from("/*<script>*/alert(1)//");
const gif = Buffer.from("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;", "latin1");
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);
/** Twice: behind the picture, and again with the picture's own end mark behind it, which fools a look at the last bytes. */
const closedJpeg = Buffer.concat([jpeg(), html, Buffer.from([0xff, 0xd9])]);

describe("what a file is, is told by its content: refused, leaving nothing, is", () => {
  it.each<[string, Buffer, string?]>([
    ["a page called an image", html],
    ["an SVG, which is a page too", svg, "drawing.svg"],
    ["a GIF", gif],
    ["an archive called an image", zip()],
    ["a program called a PDF", program, "letter.pdf"],
    ["a script", script, "x.js"],
    ["plain text", Buffer.from("nothing special, but long enough to be looked at")],
    ["nothing but zeros", Buffer.alloc(5000)],
    ["a page in front of a PNG", Buffer.concat([html, png()])],
    ["a page in front of a PDF, which some readers would open", Buffer.concat([html, pdf()]), "letter.pdf"],
    ["an archive in front of a PDF", Buffer.concat([zip(), pdf()]), "letter.pdf"],
    ["a GIF that is an archive (GIFAR)", Buffer.concat([gif, zip("Evil.class")]), "image.gif"],
    ["a page behind a PNG", Buffer.concat([png(), html])],
    ["a script behind a PNG", Buffer.concat([png(), script])],
    ["an archive behind a PNG", Buffer.concat([png(), zip()])],
    ["an archive behind a PNG that ends as a PNG", Buffer.concat([png(), zip(), png().subarray(-12)])],
    ["a page behind a JPEG", Buffer.concat([jpeg(), html]), "photo.jpg"],
    ["an archive behind a JPEG (JAR)", Buffer.concat([jpeg(), zip("Evil.class")]), "photo.jpg"],
    ["an archive behind a PDF", Buffer.concat([pdf(), zip()]), "letter.pdf"],
    ["a page behind a PDF", Buffer.concat([pdf(), html]), "letter.pdf"],
    ["an archive behind a WebP", Buffer.concat([webp(), zip()]), "photo.webp"],
    ["a program in a DICOM's preamble", dicom(Buffer.concat([Buffer.from("MZ"), Buffer.alloc(126)])), "slice.dcm"],
    ["a page in a DICOM's preamble", dicom(Buffer.concat([html, Buffer.alloc(128)]).subarray(0, 128)), "slice.dcm"],
    ["a PNG cut off in its middle", png({ fill: 1000 }).subarray(0, 600)],
    ["a PNG without a size", png({ claims: [0, 4] })],
    ["a JPEG without a frame", Buffer.concat([jpeg().subarray(0, 20), Buffer.from([0xff, 0xd9])]), "photo.jpg"],
  ])("%s", async (_what, bytes, filename) => {
    const before = await world.left();
    await expect(send(bytes, filename)).rejects.toMatchObject({ code: "unsupported-type" });
    expect(await world.left()).toEqual(before);
  });

  it("an image of more pixels than anybody should decode, by its header alone", async () => {
    const before = await world.left();
    for (const bytes of [
      png({ claims: [30_000, 30_000] }),
      png({ claims: [0xffffffff, 0xffffffff] }),
      jpeg({ width: 65_535, height: 65_535 }),
      webp({ width: 16_384, height: 16_384 }),
    ]) {
      await expect(send(bytes)).rejects.toMatchObject({ code: "too-large", message: expect.stringContaining("pixels") });
    }
    expect(await world.left()).toEqual(before);
  });
});

describe("what a file is called does not matter for what it is", () => {
  it("a PDF called an image is filed as a PDF, and saved as one", async () => {
    const file = await send(pdf(), "holiday.png");
    expect(file).toMatchObject({ filename: "holiday.png", filetype: "application/pdf" });
    expect(downloadName(file.filename, file.filetype)).toBe("holiday.png.pdf");
  });

  it("a JPEG with a camera's notes behind it is taken, and so is one that only ends as one", async () => {
    expect(await send(Buffer.concat([jpeg(), Buffer.alloc(5000, 7), Buffer.from("SEFT")]), "phone.jpg")).toMatchObject({
      filetype: "image/jpeg",
    });
    // Harmless: it is only ever sent as an image to be saved.
    expect(await send(closedJpeg, "photo.jpg")).toMatchObject({ filetype: "image/jpeg" });
  });

  it.each([
    ["../../../etc/passwd", "passwd"],
    ["..\\..\\windows\\system32\\cmd.exe", "cmd.exe"],
    ["C:\\Users\\me\\scan.png", "scan.png"],
    ["/", "file"],
    ["..", "file"],
    [".htaccess", "htaccess"],
    ["scan\u202Egnp.exe", "scangnp.exe"],
    ["a\u0000b\u001bc.png", "abc.png"],
    ['na<me>:"|?*.png', "na_me______.png"],
    ["CON.png", "_CON.png"],
    ["name.png. . .", "name.png"],
    ["صورة الأشعة.png", "صورة الأشعة.png"],
    [`${"x".repeat(199)}😀.png`, "x".repeat(199)],
  ])("%j is called %j", (given, name) => {
    expect(cleanName(given)).toBe(name);
  });

  it.each([
    ["scan.png", "image/png", "scan.png"],
    ["photo.JPEG", "image/jpeg", "photo.JPEG"],
    ["run.exe", "image/png", "run.exe.png"],
    ["page.html", "application/pdf", "page.html.pdf"],
    ["slice", "application/dicom", "slice.dcm"],
    ["x".repeat(200), "image/webp", `${"x".repeat(195)}.webp`],
  ] as const)("%j of %s is saved as %j", (filename, type, saved) => {
    expect(downloadName(filename, type)).toBe(saved);
  });

  it("every naughty string becomes a name without a path, without controls, and never empty", () => {
    for (const text of naughtyStrings) {
      const name = cleanName(text);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(200);
      expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(name.isWellFormed()).toBe(text.isWellFormed());
      expect(cleanName(name)).toBe(name);
    }
  });

  it("naughty names come through a real upload as they are cleaned, or are refused by name", async () => {
    const outcomes = await Promise.all(
      naughtyStrings.slice(0, 60).map(async (filename) => {
        const input = { patientId: cared.patientId, filename, filesize: 10, key: `naughty-${naughtyStrings.indexOf(filename)}-key` };
        try {
          const { uploadId } = await world.call("files", "beginUpload", input, world.clinic.users.doctor);
          await world.call("files", "cancelUpload", { uploadId }, world.clinic.users.doctor);
          return "taken";
        } catch (error) {
          return (error as { code: string; data: { field?: string } }).data.field ?? (error as { code: string }).code;
        }
      }),
    );
    expect(outcomes.filter((outcome) => !["taken", "filename", "conflict"].includes(outcome))).toEqual([]);
    expect(outcomes.filter((outcome) => outcome === "taken").length).toBeGreaterThan(2);
  });
});
