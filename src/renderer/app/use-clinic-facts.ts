import { callRoute, useRouteQuery } from "@renderer/lib/api.ts";
import { onAppEvent } from "@renderer/lib/app-events.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { useEffect } from "react";

/** Keeps name, zone, currency and the sample mark of the clinic at hand for every screen, and learns who a kept token belongs to. */
export function useClinicFacts(): void {
  const token = useSession((state) => state.token);
  const user = useSession((state) => state.user);
  const status = useRouteQuery("setup", "getStatus", {});
  const clinic = useRouteQuery("clinic", "getClinic", {}, { enabled: token !== null && user !== null && !user.mustChangePassword });

  useEffect(() => {
    if (!status.data) return;
    const { sample, disk, clinicName } = status.data;
    useClinic.setState({ sample, disk, ...(clinicName ? { name: clinicName } : {}) });
  }, [status.data]);
  useEffect(() => {
    if (clinic.data) useClinic.setState({ name: clinic.data.name, timeZone: clinic.data.timeZone, currency: clinic.data.currency });
  }, [clinic.data]);
  useEffect(() => {
    if (!token) return;
    // A kept token after a reload: ask whose it is. The answer `unauthenticated` ends it, and the guard shows sign-in.
    const ask = () =>
      callRoute("session", "whoAmI", {}).then(
        (answer) => useSession.getState().describe(answer.user, answer.session),
        () => undefined,
      );
    void ask();
    // Who could not be asked for while the host or its stores were away is asked for again.
    return onAppEvent(({ type }) => {
      if (type === "resync" && useSession.getState().user === null) void ask();
    });
  }, [token]);
}
