import { Menu } from "@mantine/core";
import { Button } from "@renderer/ui/index.ts";
import { IconTemplate } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

const TEMPLATES = ["thanks", "photo", "howAreYou", "comeIn", "emergency", "results"] as const;

interface TemplateMenuProps {
  opened: boolean;
  onOpened(opened: boolean): void;
  onChoose(words: string): void;
}

/** Sentences that are written often; one adds to what stands there and is sent by nobody but the writer. */
export function TemplateMenu({ opened, onOpened, onChoose }: TemplateMenuProps) {
  const { t } = useTranslation("messaging");
  return (
    <Menu opened={opened} onChange={onOpened} position="top-start" returnFocus>
      <Menu.Target>
        <Button icon={<IconTemplate size={20} aria-hidden="true" />} keys="/">
          {t("templates.title")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {TEMPLATES.map((name) => (
          <Menu.Item key={name} onClick={() => onChoose(t(`templates.${name}.words`))}>
            {t(`templates.${name}.name`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
