import { create } from "zustand";

interface Reauthentication {
  /** Set while the dialog is wanted: called with true once the password was proved, false when given up. */
  settle: ((proved: boolean) => void) | null;
}

/** The one open question "prove your password"; the dialog of the shell listens to it. */
export const useReauthentication = create<Reauthentication>(() => ({ settle: null }));

let pending: Promise<boolean> | null = null;

/** Ask for the password; several calls at once share one dialog. Answers whether it was proved. */
export function requestReauthentication(): Promise<boolean> {
  pending ??= new Promise<boolean>((resolve) => {
    useReauthentication.setState({
      settle: (proved) => {
        pending = null;
        useReauthentication.setState({ settle: null });
        resolve(proved);
      },
    });
  });
  return pending;
}
