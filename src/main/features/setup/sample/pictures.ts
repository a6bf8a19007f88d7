import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Random } from "./random.ts";

/** Millimetres of an electrocardiogram's paper, in pixels. */
const MM = 5;
const STRIP = { width: 1250, height: 500 };
const PHOTO = { width: 1200, height: 900 };

/** A rhythm strip on millimetre paper, 25 mm a second and 10 mm a millivolt, as a PNG: sinus rhythm at `rate` beats a minute. */
export async function drawRhythmStrip(random: Random, rate: number): Promise<Uint8Array> {
  const { createCanvas } = await import("@napi-rs/canvas");
  const canvas = createCanvas(STRIP.width, STRIP.height);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff7f5";
  paper.fillRect(0, 0, STRIP.width, STRIP.height);
  for (const [step, colour] of [
    [MM, "#f6d9d4"],
    [MM * 5, "#e9a79d"],
  ] as const) {
    paper.strokeStyle = colour;
    paper.lineWidth = 1;
    for (let x = 0; x <= STRIP.width; x += step) line(paper, x, 0, x, STRIP.height);
    for (let y = 0; y <= STRIP.height; y += step) line(paper, 0, y, STRIP.width, y);
  }
  paper.strokeStyle = "#1b2733";
  paper.lineWidth = 2.2;
  const beat = (60 / rate) * 25 * MM;
  trace(paper, STRIP.height * 0.36, beat, random);
  trace(paper, STRIP.height * 0.78, beat, random);
  return canvas.encode("png");
}

function line(paper: SKRSContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  paper.beginPath();
  paper.moveTo(fromX + 0.5, fromY + 0.5);
  paper.lineTo(toX + 0.5, toY + 0.5);
  paper.stroke();
}

/** Waves of one beat: place from its start as a share of the beat, height in millivolts, width as a share. */
const WAVES = [
  { at: 0.16, height: 0.13, width: 0.035 },
  { at: 0.285, height: -0.12, width: 0.008 },
  { at: 0.305, height: 1.1, width: 0.011 },
  { at: 0.328, height: -0.28, width: 0.009 },
  { at: 0.54, height: 0.28, width: 0.055 },
];

function trace(paper: SKRSContext2D, baseline: number, beat: number, random: Random): void {
  paper.beginPath();
  for (let x = 0; x <= STRIP.width; x += 1) {
    const place = (x % beat) / beat;
    const millivolts = WAVES.reduce((sum, wave) => sum + wave.height * Math.exp(-(((place - wave.at) / wave.width) ** 2) / 2), 0);
    const noise = (random.next() - 0.5) * 0.02;
    paper.lineTo(x, baseline - (millivolts + noise) * 10 * MM);
  }
  paper.stroke();
}

/** A photo of a forearm with `spots` red spots, as a JPEG. */
export async function drawRash(random: Random, spots: number): Promise<Uint8Array> {
  const { createCanvas } = await import("@napi-rs/canvas");
  const canvas = createCanvas(PHOTO.width, PHOTO.height);
  const photo = canvas.getContext("2d");
  photo.fillStyle = "#8b9799";
  photo.fillRect(0, 0, PHOTO.width, PHOTO.height);
  const lift = random.int(-30, 30);
  const skin = photo.createLinearGradient(0, PHOTO.height * 0.2, 0, PHOTO.height * 0.85);
  for (const [stop, colour] of [
    [0, "#b98263"],
    [0.35, "#d5a07d"],
    [0.75, "#c98f6b"],
    [1, "#9c6a4c"],
  ] as const) {
    skin.addColorStop(stop, colour);
  }
  photo.fillStyle = skin;
  photo.beginPath();
  photo.moveTo(0, PHOTO.height * 0.18);
  photo.quadraticCurveTo(PHOTO.width / 2, PHOTO.height * 0.26 + lift, PHOTO.width, PHOTO.height * 0.16);
  photo.lineTo(PHOTO.width, PHOTO.height * 0.8);
  photo.quadraticCurveTo(PHOTO.width / 2, PHOTO.height * 0.92 + lift, 0, PHOTO.height * 0.86);
  photo.fill();
  for (let spot = 0; spot < spots; spot += 1) {
    drawSpot(photo, PHOTO.width * (0.25 + random.next() * 0.5), PHOTO.height * (0.35 + random.next() * 0.35), 22 + random.next() * 30);
  }
  return canvas.encode("jpeg", 86);
}

function drawSpot(photo: SKRSContext2D, x: number, y: number, radius: number): void {
  const glow = photo.createRadialGradient(x, y, radius * 0.15, x, y, radius);
  glow.addColorStop(0, "rgba(176, 58, 46, 0.85)");
  glow.addColorStop(0.6, "rgba(192, 84, 66, 0.55)");
  glow.addColorStop(1, "rgba(200, 110, 88, 0)");
  photo.fillStyle = glow;
  photo.beginPath();
  photo.ellipse(x, y, radius * 1.2, radius, 0, 0, Math.PI * 2);
  photo.fill();
}
