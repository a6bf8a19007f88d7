import type { UserRole } from "@shared/model/roles.ts";

/** Cedar Street Polyclinic, its departments, doctors and sample accounts. Everybody is invented. */
export const CLINIC = {
  name: "Cedar Street Polyclinic",
  timeZone: "Asia/Amman",
  currency: "JOD",
  country: "Jordan",
  languages: ["en", "ar"] as ("en" | "ar")[],
};

export const SAMPLE_PASSWORD = "clinic-demo-2026";

export type Field = "family" | "children" | "heart";

export const DEPARTMENTS: readonly { field: Field; name: string; nameAr: string }[] = [
  { field: "family", name: "Family medicine", nameAr: "طب الأسرة" },
  { field: "children", name: "Paediatrics", nameAr: "طب الأطفال" },
  { field: "heart", name: "Cardiology", nameAr: "أمراض القلب" },
];

export interface CastDoctor {
  username: string;
  name: string;
  nameAr: string;
  field: Field;
  specialty: string;
  room: string;
}

/** The first is the account `doctor`. */
export const DOCTORS: readonly CastDoctor[] = [
  { username: "doctor", name: "Dr Reem Barakat", nameAr: "د. ريم بركات", field: "family", specialty: "Family medicine", room: "3" },
  { username: "s.nasr", name: "Dr Sami Nasr", nameAr: "د. سامي نصر", field: "family", specialty: "Family medicine", room: "4" },
  { username: "h.qaddoumi", name: "Dr Huda Qaddoumi", nameAr: "د. هدى القدومي", field: "children", specialty: "Paediatrics", room: "5" },
  { username: "y.haddadin", name: "Dr Yazan Haddadin", nameAr: "د. يزن حدادين", field: "children", specialty: "Paediatrics", room: "6" },
  { username: "k.masri", name: "Dr Khaled Masri", nameAr: "د. خالد المصري", field: "heart", specialty: "Cardiology", room: "7" },
  { username: "d.abuzaid", name: "Dr Dalia Abu Zaid", nameAr: "د. داليا أبو زيد", field: "heart", specialty: "Cardiology", room: "8" },
];

/** The accounts that the sign-in screen names while the sample is loaded. */
export const ACCOUNTS: readonly { username: string; role: UserRole; displayName: string }[] = [
  { username: "admin", role: "admin", displayName: "Nadia Qasem" },
  { username: "doctor", role: "doctor", displayName: "Dr Reem Barakat" },
  { username: "reception", role: "reception", displayName: "Hala Saleh" },
  { username: "pharmacist", role: "pharmacist", displayName: "Omar Rahhal" },
  { username: "lab", role: "lab", displayName: "Rana Khoury" },
  { username: "cashier", role: "cashier", displayName: "Samer Awad" },
  { username: "researcher", role: "researcher", displayName: "Dr Lina Hijazi" },
  { username: "patient", role: "patient", displayName: "Layla Haddad" },
];
