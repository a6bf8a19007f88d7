// The design system's pieces, for screens: `import { Button, Row } from "@renderer/ui/index.ts"`.
export { AppBar } from "./app-bar.tsx";
export { Banner, BannerPart } from "./banner.tsx";
export { Button, IconButton } from "./button.tsx";
export { Countdown, useCountdown } from "./countdown.tsx";
export { DateField, DayField } from "./day-field.tsx";
export { ConfirmDialog, Dialog } from "./dialog.tsx";
export { CheckboxField, NumberField, PasswordField, SelectField, TextAreaField, TextField } from "./fields.tsx";
export { FieldRow, Form, FormActions } from "./form.tsx";
export { Kbd } from "./kbd.tsx";
export { Logo } from "./logo.tsx";
export { Num } from "./num.tsx";
export { ListPane, Page, Pane, Panel, Section, Split } from "./panes.tsx";
export { Progress } from "./progress.tsx";
export { Row, Rows } from "./row.tsx";
export { EmptyState, ErrorState, Loaded, Notice, Skeleton } from "./states.tsx";
export { StatusWord, type Tone } from "./status-word.tsx";
export { SegmentedControl, type TabItem, Tabs } from "./tabs.tsx";
export { toast } from "./toast.ts";
