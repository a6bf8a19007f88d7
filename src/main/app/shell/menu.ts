import type { MenuItemConstructorOptions } from "electron";

export interface MenuActions {
  lock(): void;
  openDataFolder(): void;
  about(): void;
}

const WORDS = {
  en: {
    file: "File",
    edit: "Edit",
    view: "View",
    window: "Window",
    help: "Help",
    lock: "Lock",
    folder: "Open the data folder",
    about: "About Polyclinic",
  },
  ar: {
    file: "ملف",
    edit: "تحرير",
    view: "عرض",
    window: "نافذة",
    help: "مساعدة",
    lock: "قفل",
    folder: "فتح مجلد البيانات",
    about: "حول Polyclinic",
  },
} as const;

/** The native menu. What Electron knows as a role is named by the system in its own language. */
export function menuTemplate(locale: string, platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const words = locale.startsWith("ar") ? WORDS.ar : WORDS.en;
  const about: MenuItemConstructorOptions = { label: words.about, click: () => actions.about() };
  const isMac = platform === "darwin";
  const application: MenuItemConstructorOptions[] = isMac
    ? [
        {
          label: "Polyclinic",
          submenu: [
            about,
            { type: "separator" },
            { role: "hide" },
            { role: "hideOthers" },
            { role: "unhide" },
            { type: "separator" },
            { role: "quit" },
          ],
        },
      ]
    : [];
  return [
    ...application,
    {
      label: words.file,
      submenu: [
        { label: words.lock, accelerator: "CommandOrControl+L", click: () => actions.lock() },
        { label: words.folder, click: () => actions.openDataFolder() },
        { type: "separator" },
        isMac ? { role: "close" } : { role: "quit", accelerator: "CommandOrControl+Q" },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: "undo" },
        { role: "redo" },
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: "reload", accelerator: "CommandOrControl+R" },
        { type: "separator" },
        { role: "resetZoom", accelerator: "CommandOrControl+0" },
        { role: "zoomIn", accelerator: "CommandOrControl+Plus" },
        { role: "zoomOut", accelerator: "CommandOrControl+-" },
        { type: "separator" },
        { role: "togglefullscreen" },
      ],
    },
    { label: words.window, role: "window", submenu: [{ role: "minimize" }, { role: "zoom" }] },
    ...(isMac ? [] : [{ label: words.help, role: "help" as const, submenu: [about] }]),
  ];
}
