import { useEffect, useRef, useState } from "preact/hooks";
import { Camera as CameraIcon, Scan } from "../icons.tsx";
import { codeFault, grouped, keyIn, normalise, TYPED_LENGTH } from "../codes.ts";
import { ActionButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { Camera } from "../scanner/later.tsx";
import { codesInPhoto, hasCamera, type CameraFault } from "../scanner/scanner.ts";
import { FAULTS, t as scannerWords } from "../scanner/words.ts";
import { t } from "../words.ts";
import type { TeamState } from "./state.ts";

/** What is wrong with a typed code, in words; null when it is whole. */
export function faultWords(typed: string): string | null {
  const n = normalise(typed).length;
  switch (codeFault(typed)) {
    case "empty":
      return t("typeEmpty");
    case "symbol":
      return t("typeSymbol");
    case "short":
      return t("typeShort", { n: TYPED_LENGTH - n });
    case "long":
      return t("typeLong");
    case "check":
      return t("typeCheck");
    case null:
      return null;
  }
}

type Rung = "camera" | CameraFault | "reader";

/**
 * The ways to punch. A slow phone answers the tap with the sheet and its dark viewfinder, and draws the ways after that
 * frame: all at once took it longer than a tap may go unanswered.
 */
export function ScanSheet({ state }: { state: TeamState }) {
  const [rung, setRung] = useState<Rung>(hasCamera() ? "camera" : "none");
  const [stands, setStands] = useState(false);
  useEffect(() => setStands(true), []);
  const camera = rung === "camera";
  return (
    <Sheet title={t("scanTitle")} closeWord={t("close")} onClose={() => state.open(null)} tall={camera}>
      {stands ? <Ways state={state} rung={rung} onFault={setRung} /> : camera ? <div class="camera-view" /> : null}
    </Sheet>
  );
}

/** Each way shown where the one before cannot be had: camera, photo, short code, the phone's own scanner. */
function Ways({ state, rung, onFault }: { state: TeamState; rung: Rung; onFault: (fault: Rung) => void }) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const send = () => {
    const wrong = faultWords(typed);
    setFault(wrong);
    if (wrong) field.current?.focus();
    else state.punch({ typed_code: normalise(typed) });
  };
  const onCode = (text: string) => {
    const key = keyIn(text);
    if (key?.kind !== "C") {
      setNote(t("photoOther"));
      return false;
    }
    state.punch({ key: key.key });
    return true;
  };
  return (
    <>
      {rung === "camera" ? <Camera onCode={onCode} note={note} onFault={onFault} /> : (
        <>
          {hasCamera() ? <p class="field-fault" role="alert">{scannerWords(FAULTS[rung])}</p> : null}
          <PhotoInput kind="C" onKey={(key) => state.punch({ key })} />
        </>
      )}
      <form
        class="typed"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <h3>{t("typeTitle")}</h3>
        <CodeField label={t("typeLabel")} help={t("typeHelp")} value={typed} fault={fault} field={field} onType={(text) => { setTyped(text); setFault(null); }} />
        <ActionButton type="submit">{t("typeGo")}</ActionButton>
      </form>
      <p class="way"><Scan size={32} /><span>{t("scanHow")}</span></p>
      <p class="second">{t("scanOwn")}</p>
      {state.offline.ready ? null : <p class="second-ink">{t("keepOpen")}</p>}
    </>
  );
}

interface CodeFieldProps {
  label: string;
  help: string;
  value: string;
  fault: string | null;
  field: { current: HTMLInputElement | null };
  onType: (text: string) => void;
}

/** Eight symbols in two groups of four; the dash comes by itself. */
export function CodeField({ label, help, value, fault, field, onType }: CodeFieldProps) {
  return (
    <div class="code-field">
      <label for="typed-code">{label}</label>
      <input
        id="typed-code"
        ref={field}
        value={value}
        type="text"
        inputMode="text"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        placeholder="XXXX-XXXX"
        aria-invalid={fault ? "true" : undefined}
        aria-describedby="typed-help"
        onInput={(event) => onType(groupedWhileTyping(event.currentTarget.value, value))}
      />
      <p id="typed-help" class={fault ? "field-fault" : "second"} role={fault ? "alert" : undefined}>{fault ?? help}</p>
    </div>
  );
}

/** Groups as long as the text grows; while somebody deletes, the dash does not fight back. */
function groupedWhileTyping(next: string, before: string): string {
  return next.length < before.length ? next.toUpperCase() : grouped(next);
}

/** A photo of the code: works without a live camera, and on plain HTTP. Nothing at all where this browser cannot read one. */
export function PhotoInput({ kind, onKey }: { kind: "C" | "T"; onKey: (key: string) => void }) {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  if (typeof WebAssembly !== "object" || typeof createImageBitmap !== "function") return null;
  const read = async (file: File) => {
    setFault(null);
    setBusy(true);
    const texts = await codesInPhoto(file).catch(() => []);
    setBusy(false);
    if (texts === null) return setFault(scannerWords("cameraReader"));
    const key = texts.map((text) => keyIn(text)).find((each) => each?.kind === kind);
    if (key) onKey(key.key);
    else setFault(t(texts.length === 0 ? "photoNone" : kind === "T" ? "joinOther" : "photoOther"));
  };
  return (
    <div>
      <input
        ref={picker}
        class="hear"
        type="file"
        accept="image/*"
        capture="environment"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void read(file);
        }}
      />
      <ActionButton kind="outline" busy={busy} onClick={() => picker.current?.click()}><CameraIcon /><span>{t("photo")}</span></ActionButton>
      {fault ? <p class="field-fault" role="alert">{fault}</p> : null}
    </div>
  );
}
