import { useEffect, useRef, useState } from "preact/hooks";
import { Torch } from "../icons.tsx";
import { Again } from "./again.ts";
import { t } from "./words.ts";
import { extrasOf, faultOf, openCamera, pixelsOf, reader, setExtra, type CameraFault, type Extras } from "./scanner.ts";

/** Between two looks at the picture: the phone stays cool, and nobody feels the wait. Milliseconds. */
const LOOK_MS = 120;

/** What was taken last, in whichever sheet: the phone may still be held before it when the camera opens next. */
let taken: string | null = null;

interface CameraProps {
  /** Answers true when this was the code that was looked for: the camera then stops. */
  onCode: (text: string) => boolean;
  /** Said below the picture: what was seen is not what is looked for. */
  note?: string | null;
  /** The camera or the reader cannot be had: the next rung is to be shown. */
  onFault: (fault: CameraFault | "reader") => void;
}

/** The live camera with a frame to hold the code in; a torch and a zoom where the camera has them. */
export function Camera({ onCode, note = null, onFault }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const track = useRef<MediaStreamTrack | null>(null);
  const [extras, setExtras] = useState<Extras | null>(null);
  const [lit, setLit] = useState(false);
  const [zoom, setZoom] = useState(1);
  const [running, setRunning] = useState(false);
  const [again, setAgain] = useState(false);
  const heard = useRef(onCode);
  heard.current = onCode;
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: MediaStream | null = null;
    const stop = () => {
      over = true;
      clearTimeout(timer);
      for (const each of stream?.getTracks() ?? []) each.stop();
    };
    const guard = new Again(taken, performance.now());
    const take = (text: string): boolean => {
      if (!heard.current(text)) return false;
      taken = text;
      return true;
    };
    const look = async (read: NonNullable<Awaited<ReturnType<typeof reader>>>) => {
      const box = video.current;
      if (over || !box) return;
      if (box.videoWidth > 0) {
        const texts = await read.readCodes(pixelsOf(box, box.videoWidth, box.videoHeight)).catch(() => []);
        if (!over && guard.counts(texts, performance.now()).some(take)) return stop();
        if (!over) setAgain(guard.waiting);
      }
      if (!over) timer = setTimeout(() => void look(read), LOOK_MS);
    };
    void (async () => {
      try {
        stream = await openCamera();
      } catch (error) {
        if (!over) onFault(faultOf(error));
        return;
      }
      if (over || !video.current) return stop();
      track.current = stream.getVideoTracks()[0] ?? null;
      video.current.srcObject = stream;
      await video.current.play().catch(() => undefined);
      if (over) return stop();
      setRunning(true);
      const can = track.current && extrasOf(track.current);
      setExtras(can);
      setZoom(can?.zoom?.min ?? 1);
      const read = await reader();
      if (over) return stop();
      if (!read) {
        stop();
        return onFault("reader");
      }
      void look(read);
    })();
    return stop;
  }, []);
  return (
    <div class="camera">
      <div class="camera-view">
        <video ref={video} class="camera-picture" playsInline muted aria-label={t("cameraLabel")} />
        <span class="camera-frame" aria-hidden="true" />
        {extras?.torch ? (
          <button
            type="button"
            class={lit ? "tool camera-torch camera-lit" : "tool camera-torch"}
            aria-pressed={lit}
            aria-label={t("torch")}
            onClick={() => {
              setLit(!lit);
              if (track.current) setExtra(track.current, { torch: !lit });
            }}
          >
            <Torch />
          </button>
        ) : null}
      </div>
      {extras?.zoom ? (
        <label class="camera-zoom">
          <span>{t("zoom")}</span>
          <input
            type="range"
            min={extras.zoom.min}
            max={extras.zoom.max}
            step={extras.zoom.step}
            value={zoom}
            onInput={(event) => {
              const next = Number(event.currentTarget.value);
              setZoom(next);
              if (track.current) setExtra(track.current, { zoom: next });
            }}
          />
        </label>
      ) : null}
      <p class={note ? "field-fault" : "second"} role="status">{note ?? t(again ? "cameraAgain" : running ? "cameraHow" : "cameraWait")}</p>
    </div>
  );
}
