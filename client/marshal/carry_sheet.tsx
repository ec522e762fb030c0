/** Scans the records off a team's phone that has no signal: one code, or several one after the other. */

import { useRef, useState } from "preact/hooks";
import { carriedIn, partIn, type Part } from "../carry.ts";
import { Sheet } from "../parts/sheet.tsx";
import { Toast } from "../parts/notes.tsx";
import { Camera } from "../scanner/later.tsx";
import { hasCamera, type CameraFault } from "../scanner/scanner.ts";
import { FAULTS, t as scannerWords } from "../scanner/words.ts";
import type { Desk } from "./desk.ts";
import { t } from "./words.ts";

export function CarrySheet({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const parts = useRef(new Map<number, Part>());
  const [have, setHave] = useState<{ n: number; of: number } | null>(null);
  const [taken, setTaken] = useState<{ n: number; sent: boolean } | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [fault, setFault] = useState<CameraFault | "reader" | null>(hasCamera() ? null : "none");
  const whole = async () => {
    const carried = await carriedIn([...parts.current.values()]);
    if (!carried) {
      parts.current.clear(); // parts of two teams: begin again
      setHave(null);
      setNote(t("carryOdd"));
      return;
    }
    setTaken({ n: carried.records.length, sent: false });
    await desk.carry(carried);
    setTaken({ n: carried.records.length, sent: true });
  };
  const onCode = (text: string): boolean => {
    const part = partIn(text);
    if (!part) {
      setNote(t("carryOther"));
      return false;
    }
    setNote(null);
    // A code of another set: the team has recorded more, or it is another team.
    if ([...parts.current.values()].some((each) => each.of !== part.of || (each.n === part.n && each.text !== part.text))) parts.current.clear();
    parts.current.set(part.n, part);
    setHave({ n: parts.current.size, of: part.of });
    if (parts.current.size < part.of) return false;
    void whole();
    return true;
  };
  return (
    <Sheet title={t("carryTitle")} closeWord={t("close")} onClose={onClose}>
      {taken ? (
        <Toast tone={taken.sent ? "passed" : "unsent"} title={t(taken.sent ? "carrySent" : "carryKept", { n: taken.n })} />
      ) : fault ? (
        <p class="field-fault" role="alert">{scannerWords(FAULTS[fault])}</p>
      ) : (
        <>
          <p class="second">{t("carryHelp")}</p>
          <Camera onCode={onCode} note={note} onFault={setFault} />
          {have ? <p role="status"><b>{t("carryHave", have)}</b></p> : null}
        </>
      )}
    </Sheet>
  );
}
