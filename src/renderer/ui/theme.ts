import { Checkbox, Combobox, createTheme, Input, Menu, Notification, Popover, Radio, Switch } from "@mantine/core";
import styles from "./theme.module.css";

const motion = { transitionProps: { transition: "fade" as const, duration: 0 } };

/** Mantine dressed in tokens.css; colours and measures come from mantine.css, never from here. */
export const theme = createTheme({
  fontFamily: "var(--font)",
  primaryColor: "blue",
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Input: Input.extend({ classNames: { wrapper: styles.input } }),
    InputWrapper: Input.Wrapper.extend({
      classNames: { label: styles.label, required: styles.required, description: styles.description, error: styles.error },
      // What explains a field stands below it, so that fields side by side keep one line.
      defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] },
    }),
    Combobox: Combobox.extend({ classNames: { option: styles.option, dropdown: styles.dropdown }, defaultProps: motion }),
    Menu: Menu.extend({ classNames: { dropdown: styles.dropdown, item: styles.menuItem }, defaultProps: motion }),
    Popover: Popover.extend({ classNames: { dropdown: styles.dropdown }, defaultProps: motion }),
    Notification: Notification.extend({ classNames: { root: styles.notification } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: "sm" } }),
    Radio: Radio.extend({ defaultProps: { size: "sm" } }),
    Switch: Switch.extend({ defaultProps: { size: "sm" } }),
  },
});
