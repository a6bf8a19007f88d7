import { Button, Dialog, Notice } from "@renderer/ui/index.ts";
import { IconCamera } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";

const JPEG_QUALITY = 0.92;

/** Takes a photo with this machine's camera; the camera is off again when the dialog closes. */
export function Camera({ onPhoto, onClose }: { onPhoto(photo: File): void; onClose(): void }) {
  const { t } = useTranslation("files");
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"starting" | "live" | "refused">("starting");
  useEffect(() => {
    let stream: MediaStream | null = null;
    let closed = false;
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
        if (closed) return stop(stream);
        if (video.current) video.current.srcObject = stream;
        setState("live");
      } catch {
        setState("refused");
      }
    };
    void open();
    return () => {
      closed = true;
      if (stream) stop(stream);
    };
  }, []);
  const shoot = async () => {
    const photo = video.current && (await frameOf(video.current));
    if (!photo) return setState("refused");
    onPhoto(photo);
    onClose();
  };
  return (
    <Dialog title={t("camera.title")} onClose={onClose}>
      {state === "refused" ? (
        <Notice tone="error">{t("camera.refused")}</Notice>
      ) : (
        // The patient's own voice is not taken: there is nothing to caption.
        <video ref={video} className={styles.video} autoPlay muted playsInline aria-label={t("camera.view")} />
      )}
      <div className={styles.acts}>
        <Button
          variant="primary"
          icon={<IconCamera size={16} aria-hidden="true" />}
          disabled={state !== "live"}
          onClick={() => void shoot()}
        >
          {t(state === "live" ? "camera.take" : state === "starting" ? "camera.starting" : "camera.none")}
        </Button>
        <Button onClick={onClose}>{t("camera.close")}</Button>
      </div>
    </Dialog>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What the camera sees now, as a JPEG. */
async function frameOf(video: HTMLVideoElement): Promise<File | null> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return blob && blob.size > 0 ? new File([blob], `photo-${time}.jpg`, { type: "image/jpeg" }) : null;
}
