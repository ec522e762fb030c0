/** A punch is felt and heard: people look at the sign, not at the phone. */

let sound: AudioContext | undefined;

/** A short buzz and a short tone, where the phone has them; never an error where it has not. */
export function buzz(): void {
  // Browsers refuse both, and say so, on a page that nobody has touched yet: one that a scanned link has opened.
  const { userActivation } = navigator as Navigator & { userActivation?: { hasBeenActive: boolean } };
  if (userActivation && !userActivation.hasBeenActive) return;
  try {
    navigator.vibrate?.(60);
    sound ??= new AudioContext();
    if (sound.state === "suspended") void sound.resume().catch(() => undefined);
    const tone = sound.createOscillator();
    const loud = sound.createGain();
    tone.frequency.value = 1320;
    loud.gain.setValueAtTime(0.15, sound.currentTime);
    loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.12);
    tone.connect(loud).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.12);
  } catch {
    // no sound on this phone
  }
}
