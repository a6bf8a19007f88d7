import { directionOf } from "@renderer/lib/direction.ts";
import { fetchModule } from "@renderer/lib/fetch-module.ts";
import { type Language, usePreferences } from "@renderer/lib/preferences.ts";
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

// One small chunk a namespace and language: a screen fetches only its own words.
const files = import.meta.glob<{ default: object }>("./*/*.json");

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) return done(new Error(`no words ${language}/${namespace}`), false);
    fetchModule(load).then(
      (words) => done(null, words.default as Record<string, string>),
      (error: Error) => done(error, false),
    );
  },
};

/** Starts the words in the preferred language and follows the preference without a reload. */
export async function startWords(page: Document): Promise<void> {
  const show = (language: Language) => {
    page.documentElement.lang = language;
    page.documentElement.dir = directionOf(language);
  };
  const first = usePreferences.getState().language;
  show(first);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: first,
      supportedLngs: ["en", "ar"],
      ns: ["shell", "ui", "errors"],
      defaultNS: "shell",
      fallbackLng: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  usePreferences.subscribe((state, before) => {
    if (state.language === before.language) return;
    void i18next.changeLanguage(state.language).then(() => show(state.language));
  });
}
