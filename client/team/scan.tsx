import { useEffect, useRef, useState } from "preact/hooks";
import { Camera, Scan } from "../icons.tsx";
import { codeFault, grouped, keyIn, normalise, TYPED_LENGTH } from "../codes.ts";
import { ActionButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
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

/** Three ways to punch: the phone's own scanner, a photo where this browser can read one, the short code by hand. */
export function ScanSheet({ state }: { state: TeamState }) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const send = () => {
    const wrong = faultWords(typed);
    setFault(wrong);
    if (wrong) field.current?.focus();
    else state.punch({ typed_code: normalise(typed) });
  };
  return (
    <Sheet title={t("scanTitle")} closeWord={t("close")} onClose={() => state.open(null)}>
      <p class="way"><Scan size={32} /><span>{t("scanHow")}</span></p>
      <PhotoInput kind="C" onKey={(key) => state.punch({ key })} />
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
      <p class="second">{t("scanOwn")}</p>
    </Sheet>
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

interface Detector { detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]> }
type DetectorMaker = new (settings: { formats: string[] }) => Detector;

/** A photo of the code, where the browser itself can read one; nothing at all where it cannot. */
export function PhotoInput({ kind, onKey }: { kind: "C" | "T"; onKey: (key: string) => void }) {
  const [ready, setReady] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const Maker = (window as { BarcodeDetector?: DetectorMaker & { getSupportedFormats?: () => Promise<string[]> } }).BarcodeDetector;
  useEffect(() => {
    // Some phones have the class and no reader behind it.
    Maker?.getSupportedFormats?.().then((formats) => setReady(formats.includes("qr_code")), () => undefined);
  }, []);
  if (!ready || !Maker || typeof createImageBitmap !== "function") return null;
  const read = async (file: File) => {
    setFault(null);
    try {
      const found = await new Maker({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
      const keys = found.map((each) => keyIn(each.rawValue));
      const key = keys.find((each) => each?.kind === kind);
      if (key) onKey(key.key);
      else setFault(found.length > 0 ? t("photoOther") : t("photoNone"));
    } catch {
      setFault(t("photoNone"));
    }
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
      <ActionButton kind="outline" onClick={() => picker.current?.click()}><Camera /><span>{t("photo")}</span></ActionButton>
      {fault ? <p class="field-fault" role="alert">{fault}</p> : null}
    </div>
  );
}
