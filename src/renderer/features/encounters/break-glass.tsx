import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Banner, BannerPart, Button, Form, FormActions, Loaded, Num, Pane, Section, TextAreaField } from "@renderer/ui/index.ts";
import { Reason } from "@shared/model/text.ts";
import { IconEyeExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./note.module.css";
import todayStyles from "./today.module.css";

const Asked = z.object({ reason: Reason });

/** The chart of someone the viewer does not care for: it opens for an hour, with a reason that the administrator sees. */
export function BreakGlass({ patientId, onOpened }: { patientId: string; onOpened(): void }) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const patient = useRouteQuery("patients", "get", { patientId });
  const breakGlass = useRouteCommand("patients", "breakGlass", { onSuccess: onOpened });
  const form = useZodForm(Asked, { defaultValues: { reason: "" } });
  const submit = useSubmit(form, ({ reason }) => breakGlass.mutateAsync({ patientId, reason }));
  return (
    <Pane label={t("chart.label")}>
      <Loaded query={patient} words={words}>
        {({ givenName, familyName, birthDate, sex, id }) => (
          <Banner label={t("banner.label")}>
            <BannerPart>
              <h2 className={todayStyles.name}>
                <bdi>
                  {givenName} {familyName}
                </bdi>
              </h2>
              <p className={todayStyles.identity}>
                <span>
                  {format.age(birthDate, today)}
                  {t("comma")}
                  {t(`sex.${sex}`)}
                </span>
                <Num>{id}</Num>
              </p>
            </BannerPart>
          </Banner>
        )}
      </Loaded>
      <Section>
        <div className={styles.breakGlass}>
          <h3 className={styles.breakGlassTitle}>
            <IconEyeExclamation size={20} aria-hidden="true" /> {t("breakGlass.title")}
          </h3>
          <p>{t("breakGlass.words")}</p>
          <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("breakGlass.title")}>
            <TextAreaField control={form.control} name="reason" label={t("breakGlass.reason")} rows={3} required autoFocus />
            <FormActions>
              <Button type="submit" variant="primary" busy={breakGlass.isPending}>
                {t("breakGlass.act")}
              </Button>
            </FormActions>
          </Form>
        </div>
      </Section>
    </Pane>
  );
}
