import allergiesBySeverity from "@cypher/research/allergies-by-severity.cypher?raw";
import appointmentsByWeekday from "@cypher/research/appointments-by-weekday.cypher?raw";
import carePaths from "@cypher/research/care-paths.cypher?raw";
import commonDiagnoses from "@cypher/research/common-diagnoses.cypher?raw";
import conditionsTogether from "@cypher/research/conditions-together.cypher?raw";
import highPressure from "@cypher/research/high-pressure-without-follow-up.cypher?raw";
import noShowRate from "@cypher/research/no-show-rate-by-doctor.cypher?raw";
import patientsByRegion from "@cypher/research/patients-by-region-and-age.cypher?raw";
import sharedPatients from "@cypher/research/shared-patients.cypher?raw";
import whoTreatsWhom from "@cypher/research/who-treats-whom.cypher?raw";
import type { Card } from "@shared/contract/research.ts";
import * as field from "./card-fields.ts";

/** What a newcomer reads: the question and a comment for each step, without the lines that list parameters and columns. */
function lesson(file: string): string {
  return file
    .split("\n")
    .filter((line) => !/^\/\/ (?:params|returns):/.test(line))
    .join("\n")
    .trim();
}

/** Ten worked examples, from one step in the graph to three; they answer on both engines, and where identities are hidden. */
export const CARDS: readonly Card[] = [
  {
    id: "who-treats-whom",
    title: { en: "Who treats whom", ar: "من يعالج من" },
    about: {
      en: "Doctors and the patients in their care, as a picture. The simplest pattern there is: a node, an edge, a node.",
      ar: "الأطباء والمرضى الذين يتابعونهم على شكل رسم. أبسط نمط ممكن: عقدة ثم علاقة ثم عقدة.",
    },
    cypher: lesson(whoTreatsWhom),
    parameters: [field.limitField(120)],
    view: "graph",
  },
  {
    id: "appointments-by-weekday",
    title: { en: "Appointments by day of the week", ar: "المواعيد حسب أيام الأسبوع" },
    about: {
      en: "How busy each weekday is and how its appointments ended. Shows how rows are put into groups and counted.",
      ar: "مدى ازدحام كل يوم من أيام الأسبوع وكيف انتهت مواعيده. يوضح كيف تُجمع الصفوف في مجموعات وتُعدّ.",
    },
    cypher: lesson(appointmentsByWeekday),
    parameters: [field.sinceField(), field.statusField()],
    view: "table",
  },
  {
    id: "no-show-rate-by-doctor",
    title: { en: "Missed appointments by doctor", ar: "المواعيد الفائتة لكل طبيب" },
    about: {
      en: "The share of appointments that were missed without notice. Shows how to count only some rows with CASE, and how to make percentages.",
      ar: "نسبة المواعيد التي لم يحضرها المريض دون إشعار. يوضح كيف نعدّ بعض الصفوف فقط باستخدام CASE وكيف نحسب النسب المئوية.",
    },
    cypher: lesson(noShowRate),
    parameters: [field.sinceField()],
    view: "table",
  },
  {
    id: "patients-by-region-and-age",
    title: { en: "Patients by region and age", ar: "المرضى حسب المنطقة والعمر" },
    about: {
      en: "Where patients live and how old they are, in bands. Works with the year of birth alone, which is what is seen of it without a grant.",
      ar: "أين يسكن المرضى وما هي فئاتهم العمرية. يكفي فيه عام الميلاد، وهو كل ما يظهر منه دون تصريح.",
    },
    cypher: lesson(patientsByRegion),
    parameters: [field.yearField()],
    view: "table",
  },
  {
    id: "common-diagnoses",
    title: { en: "Most common diagnoses", ar: "أكثر التشخيصات شيوعاً" },
    about: {
      en: "What is diagnosed most often, and in how many patients. Follows three edges from the visit to the condition.",
      ar: "ما الذي يُشخّص أكثر من غيره وعند كم مريض. يتبع ثلاث علاقات من الزيارة إلى الحالة المرضية.",
    },
    cypher: lesson(commonDiagnoses),
    parameters: [field.certaintyField(), field.limitField(20)],
    view: "table",
  },
  {
    id: "allergies-by-severity",
    title: { en: "Allergies and their severity", ar: "الحساسية وشدتها" },
    about: {
      en: "What patients are allergic to, and how badly. Shows that edges have properties of their own.",
      ar: "ما الذي يتحسس منه المرضى وما شدته. يوضح أن للعلاقات خصائصها أيضاً.",
    },
    cypher: lesson(allergiesBySeverity),
    parameters: [field.severityField()],
    view: "table",
  },
  {
    id: "care-paths",
    title: { en: "Care paths to a condition", ar: "مسارات الرعاية لحالة مرضية" },
    about: {
      en: "Department, doctor, patient, condition: the ways on which patients with a condition reach care, as a picture. Returns whole paths.",
      ar: "القسم ثم الطبيب ثم المريض ثم الحالة: مسارات وصول المرضى المصابين بحالة ما إلى الرعاية على شكل رسم. يُرجع مسارات كاملة.",
    },
    cypher: lesson(carePaths),
    parameters: [field.codeField(), field.limitField(60)],
    view: "graph",
  },
  {
    id: "high-pressure-without-follow-up",
    title: { en: "High blood pressure, no follow-up", ar: "ضغط دم مرتفع دون متابعة" },
    about: {
      en: "Patients with a high reading who were not seen since and have no appointment. Shows how to ask for what is not there.",
      ar: "مرضى سُجّلت لهم قراءة مرتفعة ولم يراجعوا بعدها وليس لديهم موعد. يوضح كيف نسأل عمّا لا وجود له.",
    },
    cypher: lesson(highPressure),
    parameters: [field.systolicField(), field.limitField(50)],
    view: "table",
  },
  {
    id: "shared-patients",
    title: { en: "Patients shared by two doctors", ar: "مرضى مشتركون بين طبيبين" },
    about: {
      en: "Patients whom two doctors care for, as a picture between the doctors. Two arrows meet in one node.",
      ar: "مرضى يتابعهم طبيبان، على شكل رسم بين الأطباء. سهمان يلتقيان في عقدة واحدة.",
    },
    cypher: lesson(sharedPatients),
    parameters: [field.limitField(80)],
    view: "both",
  },
  {
    id: "conditions-together",
    title: { en: "Conditions that occur together", ar: "حالات مرضية تجتمع معاً" },
    about: {
      en: "Pairs of conditions on the same problem list, and the share of those with the first who have the second. Counts twice, in two steps.",
      ar: "أزواج من الحالات في قائمة المريض الواحد، ونسبة من لديهم الثانية بين أصحاب الأولى. يعدّ مرتين على خطوتين.",
    },
    cypher: lesson(conditionsTogether),
    parameters: [field.leastField(), field.limitField(25)],
    view: "table",
  },
];
