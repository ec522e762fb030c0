/** Sheets about people: who is here at check-in, how many came in, who goes home early. */

import { useState } from "preact/hooks";
import { WordButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { MainButton, Pick, Stepper, Toggle } from "./parts.tsx";
import { Subject } from "./number_sheet.tsx";
import type { Act, Entry } from "./station.ts";
import { t } from "./words.ts";

interface SheetProps {
  entry: Entry;
  onAct: (act: Act) => void;
  onClose: () => void;
}

/** All present by default: only what differs is touched. */
export function CheckinSheet({ entry, onAct, onClose }: SheetProps) {
  const everybody = entry.members.map((_, i) => i);
  const [present, setPresent] = useState<number[]>(entry.checkin?.members ?? everybody);
  const [byHand, setByHand] = useState<number | null>(null);
  const [swapped, setSwapped] = useState<Record<string, string>>({});
  const [swapping, setSwapping] = useState<number | null>(null);
  const named = entry.members.length > 0;
  const least = named ? present.length : 0; // those ticked are here, so no fewer heads than that
  const heads = Math.max(least, byHand ?? (named ? present.length : (entry.checkin?.heads ?? entry.team_size)));
  const most = Math.max(entry.team_size, entry.members.length) + 2;
  const confirm = (): void => {
    const act = { kind: "checkin" as const, entry: entry.entry, heads, members: [...present].sort((a, b) => a - b) };
    onAct(Object.keys(swapped).length ? { ...act, swapped } : act);
  };
  return (
    <Sheet title={t("checkInTitle")} closeWord={t("close")} onClose={onClose}>
      <Subject entry={entry} />
      <ul class="m-members">
        {entry.members.map((member, i) => (
          <li key={i} class="m-row">
            <Toggle on={present.includes(i)} onToggle={() => setPresent((old) => flip(old, i))}>
              <b>{swapped[i] ?? member.name}</b>
              <span class="second">{[swapped[i] ? t("swappedFor", { name: member.name }) : member.role, present.includes(i) ? null : t("absent")].filter(Boolean).join(" · ")}</span>
            </Toggle>
            <WordButton onClick={() => setSwapping(swapping === i ? null : i)}>{t("swap")}</WordButton>
            {swapping === i ? (
              <SwapForm
                name={member.name}
                start={swapped[i] ?? ""}
                onName={(name) => {
                  setSwapped(({ [i]: _, ...others }) => (name ? { ...others, [i]: name } : others));
                  if (name && !present.includes(i)) setPresent((old) => flip(old, i));
                  setSwapping(null);
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <div class="m-line">
        <p>{t("heads")} <span class="second">{t("teamOf", { n: entry.team_size })}</span></p>
        <Stepper name={t("heads")} value={heads} least={least} most={most} onStep={(by) => setByHand(Math.min(most, Math.max(least, heads + by)))} />
      </div>
      <div class="m-sheet-foot"><MainButton onPress={confirm} below={heads < entry.team_size ? t("short", { n: entry.team_size - heads }) : null}>{t("checkInHeads", { n: heads })}</MainButton></div>
    </Sheet>
  );
}

function SwapForm({ name, start, onName }: { name: string; start: string; onName: (name: string) => void }) {
  const [typed, setTyped] = useState(start);
  const submit = (event: Event): void => {
    event.preventDefault();
    onName(typed.trim().slice(0, 40));
  };
  return (
    <form class="m-swap" onSubmit={submit}>
      <label>
        <span class="m-label">{t("swapFor", { name })}</span>
        <input class="m-input" type="text" autocomplete="off" value={typed} maxLength={40} placeholder={t("newName")} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <div class="m-ways">
        <button class="word" type="submit"><span>{t("useName")}</span></button>
        <WordButton onClick={() => onName("")}>{t("cancelSwap")}</WordButton>
      </div>
    </form>
  );
}

interface WhyProps {
  reason: string;
  safe: boolean | null;
  onReason: (reason: string) => void;
  onSafe: (safe: boolean) => void;
}

/** Why somebody stops, and whether they are safe. */
function Why({ reason, safe, onReason, onSafe }: WhyProps) {
  const usual = [t("reasonUnwell"), t("reasonTired"), t("reasonHome"), t("reasonTime")];
  return (
    <>
      <Pick label={t("reason")} options={usual.map((word) => ({ value: word, word }))} chosen={reason} onPick={onReason} />
      <label class="m-field">
        <span class="m-label">{t("otherReason")}</span>
        <input class="m-input" type="text" autocomplete="off" maxLength={80} value={usual.includes(reason) ? "" : reason} onInput={(event) => onReason(event.currentTarget.value)} />
      </label>
      <Pick label={t("safe")} options={[{ value: 1, word: t("safeYes") }, { value: 0, word: t("safeNo") }]} chosen={safe === null ? null : Number(safe)} onPick={(value) => onSafe(value === 1)} />
    </>
  );
}

/** Whoever is not safe gets a call first: it stands over the button that records it. */
function CallFirst({ safe, emergency }: { safe: boolean | null; emergency: string | null }) {
  if (safe !== false || !emergency) return null;
  return <a class="action outline m-second" href={`tel:${emergency}`}>{t("callForHelp", { phone: emergency })}</a>;
}

/** How many came in; and if somebody is missing, who, why, and whether they are safe. */
export function HeadsSheet({ entry, emergency, onAct, onClose }: SheetProps & { emergency: string | null }) {
  const [heads, setHeads] = useState<number | null>(null);
  const [gone, setGone] = useState<number[]>([]);
  const [reason, setReason] = useState("");
  const [safe, setSafe] = useState<boolean | null>(null);
  const missing = heads === null ? 0 : entry.team_size - heads;
  const first = heads === null ? t("headsHere") : gone.length && safe === null ? t("safe") : null;
  const confirm = (): void => {
    if (heads === null) return;
    if (missing > 0 && gone.length) onAct({ kind: "withdraw", entry: entry.entry, members: gone, reason, safe: safe ?? true });
    onAct({ kind: "heads", entry: entry.entry, heads });
  };
  return (
    <Sheet title={t("headsHere")} closeWord={t("close")} onClose={onClose}>
      <Subject entry={entry} />
      <Pick
        label={t("headsHere")}
        hidden
        options={Array.from({ length: Math.max(entry.team_size, entry.members.length) + 1 }, (_, n) => ({ value: n, word: String(n) }))}
        chosen={heads}
        onPick={(n) => {
          setHeads(n);
          setGone([]);
        }}
      />
      {missing > 0 && entry.members.length ? (
        <>
          <Members label={t("whoIsMissing")} entry={entry} chosen={gone} onChoose={setGone} />
          {gone.length ? <Why reason={reason} safe={safe} onReason={setReason} onSafe={setSafe} /> : null}
        </>
      ) : null}
      <div class="m-sheet-foot">
        <CallFirst safe={gone.length ? safe : null} emergency={emergency} />
        <MainButton first={first} onPress={confirm} below={missing > 0 ? t("short", { n: missing }) : null}>{t("confirmHeads", { n: heads ?? 0 })}</MainButton>
      </div>
    </Sheet>
  );
}

/** The whole team, or some of its members. */
export function WithdrawSheet({ entry, emergency, onAct, onClose }: SheetProps & { emergency: string | null }) {
  const [whole, setWhole] = useState(true);
  const [gone, setGone] = useState<number[]>([]);
  const [reason, setReason] = useState("");
  const [safe, setSafe] = useState<boolean | null>(null);
  const first = !whole && !gone.length ? t("whoWithdraws") : !reason.trim() ? t("chooseReason") : safe === null ? t("safe") : null;
  return (
    <Sheet title={t("withdrawTitle")} closeWord={t("close")} onClose={onClose}>
      <Subject entry={entry} />
      {entry.members.length ? (
        <Pick
          label={t("withdrawTitle")}
          hidden
          options={[{ value: 1, word: t("wholeTeam") }, { value: 0, word: t("someMembers") }]}
          chosen={Number(whole)}
          onPick={(value) => setWhole(value === 1)}
        />
      ) : null}
      {whole ? null : <Members label={t("whoWithdraws")} entry={entry} chosen={gone} onChoose={setGone} />}
      <Why reason={reason} safe={safe} onReason={setReason} onSafe={setSafe} />
      <div class="m-sheet-foot">
        <CallFirst safe={safe} emergency={emergency} />
        <MainButton first={first} onPress={() => onAct({ kind: "withdraw", entry: entry.entry, members: whole ? null : gone, reason: reason.trim(), safe: safe === true })}>
          {t("confirmWithdraw")}
        </MainButton>
      </div>
    </Sheet>
  );
}

function Members({ label, entry, chosen, onChoose }: { label: string; entry: Entry; chosen: number[]; onChoose: (next: number[]) => void }) {
  return (
    <fieldset>
      <legend class="m-label">{label}</legend>
      <ul class="m-members">
        {entry.members.map((member, i) => (
          <li key={i} class="m-row">
            <Toggle on={chosen.includes(i)} onToggle={() => onChoose(flip(chosen, i))}>
              <b>{member.name}</b>
              {member.role ? <span class="second">{member.role}</span> : null}
            </Toggle>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function flip(list: readonly number[], one: number): number[] {
  return list.includes(one) ? list.filter((n) => n !== one) : [...list, one].sort((a, b) => a - b);
}
