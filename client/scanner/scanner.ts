/** What this phone can scan with, found out by trying and never by its name: a reader, a camera, a torch, a zoom. */

type Reader = typeof import("./reader.ts");

let loading: Promise<Reader | null> | undefined;

/** The reader, loaded once; null where this browser cannot run it, or could not fetch it yet. */
export function reader(): Promise<Reader | null> {
  loading ??= import("./reader.ts")
    .then(async (module) => {
      await module.warmUp();
      return module;
    })
    .catch(() => {
      loading = undefined; // there may have been no signal: the next one who asks tries again
      return null;
    });
  return loading;
}

export function hasCamera(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === "function";
}

/** `denied` by the person or the phone, `none` there, or in the hands of another app (`busy`). */
export type CameraFault = "denied" | "none" | "busy";

export function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
}

export function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
}

export interface Extras { torch: boolean; zoom: { min: number; max: number; step: number } | null }

type Capable = MediaTrackCapabilities & { torch?: boolean; zoom?: { min: number; max: number; step?: number } };

/** What the camera's track can do beside looking. */
export function extrasOf(track: MediaStreamTrack): Extras {
  const can = (track.getCapabilities?.() ?? {}) as Capable;
  const zoom = can.zoom && can.zoom.max > can.zoom.min ? { min: can.zoom.min, max: Math.min(can.zoom.max, 8 * Math.max(1, can.zoom.min)), step: can.zoom.step || 0.1 } : null;
  return { torch: can.torch === true, zoom };
}

export function setExtra(track: MediaStreamTrack, extra: { torch?: boolean; zoom?: number }): void {
  track.applyConstraints({ advanced: [extra as MediaTrackConstraintSet] }).catch(() => undefined); // a promise some phones make and break
}

/** Longest side of a photo that is looked at: a sign fills enough of it, and a phone of old still has the memory. */
const PHOTO_SIDE = 1600;

/** The codes in a photo; null where this browser can read none. */
export async function codesInPhoto(file: File): Promise<string[] | null> {
  const read = await reader();
  if (!read) return null;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, PHOTO_SIDE / Math.max(picture.width, picture.height));
  return read.readCodes(pixelsOf(picture, picture.width * scale, picture.height * scale));
}

let canvas: HTMLCanvasElement | undefined;

export function pixelsOf(picture: CanvasImageSource, width: number, height: number): ImageData {
  canvas ??= document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
