import { type ContextMenuParams, Menu, type MenuItemConstructorOptions, type WebContents } from "electron";

/** Cut, copy, paste where text is, and the spelling's suggestions for a misspelt word. */
export function attachContextMenu(contents: WebContents): void {
  contents.on("context-menu", (_event, params) => {
    const items = contextMenuItems(params, (word) => contents.replaceMisspelling(word));
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}

export function contextMenuItems(params: ContextMenuParams, replace: (word: string) => void): MenuItemConstructorOptions[] {
  const suggestions = params.dictionarySuggestions.map((word) => ({ label: word, click: () => replace(word) }));
  const separator: MenuItemConstructorOptions[] = suggestions.length > 0 ? [{ type: "separator" }] : [];
  if (params.isEditable) return [...suggestions, ...separator, { role: "cut" }, { role: "copy" }, { role: "paste" }, { role: "selectAll" }];
  return params.selectionText === "" ? [] : [{ role: "copy" }];
}
