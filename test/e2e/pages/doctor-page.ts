import type { Page } from "playwright";

/** The screen of the day and the chart, found by what a person sees. */
export function doctorPage(page: Page) {
  const visit = page.getByRole("region", { name: /^(Visit|الزيارة)$/ });
  return {
    day: page.getByRole("list", { name: /Patients of the day|مرضى اليوم/ }),
    tab: (name: RegExp) => page.getByRole("tab", { name }),
    next: page.getByRole("button", { name: /^(Next:|التالي:)/ }),
    banner: page.getByRole("region", { name: /^(Patient|المريض)$/ }),
    values: page.locator("dl").filter({ has: page.getByText(/Blood pressure|ضغط الدم/) }),
    timeline: page.getByRole("list", { name: /Timeline of the chart|الخط الزمني/ }),
    visit,
    finding: visit.getByRole("textbox", { name: /Add a finding|إضافة نتيجة/ }),
    findings: visit.getByTestId("findings"),
    diagnosis: visit.getByRole("combobox", { name: /Find a diagnosis|ابحث عن تشخيص/ }),
    diagnoses: visit.getByTestId("diagnoses"),
    complaint: visit.getByLabel(/^(Complaint|الشكوى)$/),
    examination: visit.getByLabel(/^(Examination|الفحص)$/),
    plan: visit.getByLabel(/^(Plan|الخطة)$/),
    draftSaved: visit.getByText(/Draft saved|حُفظت المسودة/),
    sign: visit.getByRole("button", { name: /^(Sign|توقيع|التوقيع)/ }),
    complete: visit.getByRole("button", { name: /^(Complete|الإكمال|إكمال)/ }),
    signedNotes: visit.getByRole("article"),
    amend: visit.getByRole("button", { name: /^(Amend|تعديل)$/ }),
    amendReason: visit.getByLabel(/Why the record is amended|لماذا يُعدَّل السجل/),
    breakGlassReason: page.getByLabel(/Why must you see this chart|لماذا يجب أن ترى/),
    openChart: page.getByRole("button", { name: /Open the chart|فتح السجل/ }),
    panel: (name: RegExp) => page.getByRole("complementary", { name }),
    async findAnyone(text: string) {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("combobox").fill(text);
      await page
        .getByRole("dialog")
        .getByRole("option", { name: new RegExp(text) })
        .first()
        .waitFor();
      await page.keyboard.press("Enter");
    },
  };
}
