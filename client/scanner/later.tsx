import { later } from "../parts/later.tsx";

/** The live camera: a chunk that comes after the first page. */
export const Camera = later(() => import("./camera.tsx").then((module) => module.Camera));
