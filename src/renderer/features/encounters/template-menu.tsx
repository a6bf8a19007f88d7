import { Menu } from "@mantine/core";
import { Kbd } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./note.module.css";
import { SECTIONS, type Sections } from "./types.ts";

const TEMPLATES = ["respiratory", "bloodPressure", "diabetes", "asthma", "childFever", "backPain"] as const;
type TemplateName = (typeof TEMPLATES)[number];
/** Those that stand beside the menu. */
const IN_SIGHT = TEMPLATES.slice(0, 3);

interface TemplateMenuProps {
  opened: boolean;
  onOpened(opened: boolean): void;
  sections: Sections;
  onApply(sections: Sections): void;
}

/** Questions and findings to fill in. A template adds to what is written and never takes its place. */
export function TemplateMenu({ opened, onOpened, sections, onApply }: TemplateMenuProps) {
  const { t } = useTranslation("encounters");
  const apply = (name: TemplateName) => {
    const add = (section: keyof Sections) => [sections[section].trimEnd(), t(`templates.${name}.${section}`)].filter(Boolean).join("\n");
    const [complaint = "", examination = "", plan = ""] = SECTIONS.map(add);
    onApply({ complaint, examination, plan });
  };
  return (
    <div className={styles.templates}>
      {IN_SIGHT.map((name) => (
        <button key={name} type="button" className={styles.template} onClick={() => apply(name)}>
          {t(`templates.${name}.name`)}
        </button>
      ))}
      <Menu opened={opened} onChange={onOpened} position="bottom-end" returnFocus>
        <Menu.Target>
          <button type="button" className={styles.templatesOpen}>
            {t("templates.title")} <Kbd>/</Kbd>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {TEMPLATES.map((name) => (
            <Menu.Item key={name} onClick={() => apply(name)}>
              {t(`templates.${name}.name`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
