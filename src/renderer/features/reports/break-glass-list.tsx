import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { EmptyState, Loaded, Num, Row, Rows } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";

/** Charts opened without a care edge: who, whose, why. */
export function BreakGlassList() {
  const { t } = useTranslation("reports");
  const words = useErrorWords();
  const format = useFormat();
  const query = useRouteQuery("reports", "listBreakGlass", { limit: 200 });
  return (
    <Loaded query={query} words={words}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t("breakGlass.none")}>{t("breakGlass.noneHint")}</EmptyState>
        ) : (
          <Rows label={t("breakGlass.title")}>
            {items.map((item) => (
              <Row
                key={`${item.at}${item.userId}${item.patientId}`}
                title={
                  <>
                    {item.displayName} <Num>{item.patientId}</Num>
                  </>
                }
                detail={<bdi>{item.reason}</bdi>}
                end={format.dateTime(item.at)}
                endDetail={t("breakGlass.until", { time: format.time(item.expiresAt) })}
              />
            ))}
          </Rows>
        )
      }
    </Loaded>
  );
}
