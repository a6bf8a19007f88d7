import { callRoute, queryClient, routeKey } from "@renderer/lib/api.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { openSession } from "@renderer/lib/session.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AdminStep, type AdminValues } from "./admin-step.tsx";
import { ClinicStep, type ClinicValues } from "./clinic-step.tsx";
import { PeopleStep } from "./people-step.tsx";
import styles from "./setup.module.css";

/** The wizard: the clinic, its administrator, then its departments and doctors through the ordinary routes. */
export function CreateClinic({ onLeave }: { onLeave(): void }) {
  const { t } = useTranslation("setup");
  const go = useGo();
  const [step, setStep] = useState<1 | 2 | 3>(1);
  const [clinic, setClinic] = useState<ClinicValues | null>(null);

  const create = async (admin: AdminValues) => {
    if (!clinic) return;
    const { country, ...rest } = clinic;
    await callRoute("setup", "createClinic", { ...rest, ...(country ? { country } : {}), admin });
    const answer = await callRoute("session", "signIn", { username: admin.username, password: admin.password });
    // The session opens first: the guard then leaves this screen standing although the clinic exists.
    const language = document.documentElement.lang === "ar" ? "ar" : "en";
    openSession({ ...answer, user: { ...answer.user, locale: language } });
    void callRoute("session", "setLocale", { locale: language }).catch(() => undefined);
    setStep(3);
    await queryClient.invalidateQueries({ queryKey: routeKey("setup") });
  };

  const finish = () => {
    if (useSession.getState().token) go("/", {}, { replace: true });
  };

  return (
    <div className={styles.wizard}>
      <p className={styles.muted}>{t("wizard.progress", { number: step })}</p>
      {step === 1 && (
        <ClinicStep
          initial={clinic}
          onBack={onLeave}
          onNext={(values) => {
            setClinic(values);
            setStep(2);
          }}
        />
      )}
      {step === 2 && <AdminStep onBack={() => setStep(1)} onCreate={create} />}
      {step === 3 && <PeopleStep onFinish={finish} />}
    </div>
  );
}
