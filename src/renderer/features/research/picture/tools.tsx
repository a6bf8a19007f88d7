import { Menu } from "@mantine/core";
import { IconButton } from "@renderer/ui/index.ts";
import {
  IconBinaryTree,
  IconCheck,
  IconDownload,
  IconInfoCircle,
  IconListDetails,
  IconMaximize,
  IconPalette,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LAYOUTS, type LayoutName } from "./layout-names.ts";
import styles from "./picture.module.css";

export type PanelName = "details" | "nodes" | "looks";

interface ToolsProps {
  panel: PanelName | null;
  onPanel(panel: PanelName | null): void;
  layout: LayoutName;
  onLayout(layout: LayoutName): void;
  onZoom(factor: number): void;
  onFit(): void;
  onExport(format: "png" | "svg"): void;
}

export const ZOOM_STEP = 1.3;

/** The picture's buttons: panels, layout, export, and the view. */
export function Tools({ panel, onPanel, layout, onLayout, onZoom, onFit, onExport }: ToolsProps) {
  const { t } = useTranslation("research");
  const toggle = (name: PanelName) => ({
    "aria-pressed": panel === name,
    onClick: () => onPanel(panel === name ? null : name),
  });
  return (
    <div className={styles.tools} role="toolbar" aria-label={t("picture.tools")}>
      <IconButton label={t("picture.details")} icon={<IconInfoCircle size={20} />} {...toggle("details")} />
      <IconButton label={t("picture.nodes")} icon={<IconListDetails size={20} />} {...toggle("nodes")} />
      <IconButton label={t("picture.looks")} icon={<IconPalette size={20} />} {...toggle("looks")} />
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t("picture.layout")} icon={<IconBinaryTree size={20} />} />
        </Menu.Target>
        <Menu.Dropdown>
          {LAYOUTS.map((name) => (
            <Menu.Item
              key={name}
              leftSection={<span className={styles.check}>{name === layout && <IconCheck size={16} aria-hidden="true" />}</span>}
              onClick={() => onLayout(name)}
            >
              {t(`picture.layouts.${name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t("picture.export")} icon={<IconDownload size={20} />} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onExport("png")}>{t("picture.exportPng")}</Menu.Item>
          <Menu.Item onClick={() => onExport("svg")}>{t("picture.exportSvg")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className={styles.divider} />
      <IconButton label={t("picture.zoomIn")} icon={<IconZoomIn size={20} />} onClick={() => onZoom(ZOOM_STEP)} />
      <IconButton label={t("picture.zoomOut")} icon={<IconZoomOut size={20} />} onClick={() => onZoom(1 / ZOOM_STEP)} />
      <IconButton label={t("picture.fit")} icon={<IconMaximize size={20} />} onClick={onFit} />
    </div>
  );
}
