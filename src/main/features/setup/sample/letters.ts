import { CLINIC } from "./cast.ts";

/** A line of a laboratory's report: what was measured, how much, and the range of the healthy as the laboratory prints it. */
export interface ReportedValue {
  test: string;
  value: string;
  unit: string;
  range: string;
}

export interface Letter {
  title: string;
  /** `YYYY-MM-DD`. */
  day: string;
  patient: string;
  patientId: string;
  doctor: string;
  paragraphs: readonly string[];
  values: readonly ReportedValue[];
}

const MARGIN = 56;
/** Where the columns of the values begin, in points. */
const COLUMNS = [MARGIN, 250, 340, 430];

/** The letter as a PDF of one A4 page, with text that can be selected and searched. */
export async function printLetter(letter: Letter): Promise<Uint8Array> {
  const { default: PdfDocument } = await import("pdfkit");
  const paper = new PdfDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: letter.title, Author: CLINIC.name, CreationDate: new Date(letter.day) },
  });
  const parts: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(Buffer.concat(parts)));
    paper.on("error", reject);
  });
  paper.font("Helvetica-Bold").fontSize(16).text(CLINIC.name);
  paper.font("Helvetica").fontSize(10).fillColor("#3f4b57").text(`${CLINIC.country}. Sample clinic: everybody in this letter is invented.`);
  paper.moveDown(2).fillColor("#11171d").font("Helvetica-Bold").fontSize(14).text(letter.title);
  paper.moveDown(0.5).font("Helvetica").fontSize(11);
  paper
    .text(`Patient: ${letter.patient} (${letter.patientId})`)
    .text(`Date: ${letter.day}`)
    .text(`Requested by: ${letter.doctor}`)
    .moveDown();
  for (const paragraph of letter.paragraphs) paper.text(paragraph, { lineGap: 2 }).moveDown();
  printValues(paper, letter.values);
  paper.end();
  return done;
}

function printValues(paper: PDFKit.PDFDocument, values: readonly ReportedValue[]): void {
  if (values.length === 0) return;
  const row = (cells: readonly string[], bold: boolean) => {
    const { y } = paper;
    paper.font(bold ? "Helvetica-Bold" : "Helvetica").fontSize(10);
    for (const [column, cell] of cells.entries()) paper.text(cell, COLUMNS[column] ?? MARGIN, y, { lineBreak: false });
    paper.x = MARGIN;
    paper.y = y + 18;
  };
  row(["Test", "Result", "Unit", "Range"], true);
  paper
    .moveTo(MARGIN, paper.y - 4)
    .lineTo(paper.page.width - MARGIN, paper.y - 4)
    .lineWidth(0.7)
    .stroke("#76818c");
  for (const { test, value, unit, range } of values) row([test, value, unit, range], false);
}
