// Keeps what is typed into a form marked data-draft until it is saved: through a closed laptop, a reload, an expired
// sign-in. The hidden field `seen` is kept with it, so a draft that was overtaken meanwhile is still found out.

import { addRow } from "./sure.ts";

const SECRET = new Set(["csrf_token"]);

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Values = Record<string, string[]>;

function fields(form: HTMLFormElement): Field[] {
  return Array.from(form.elements).filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) &&
      !!element.name &&
      !SECRET.has(element.name) &&
      element.type !== "file" &&
      element.type !== "password",
  );
}

function tickable(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

/** What the form holds, by field name; a box that is not ticked counts as an empty text. */
export function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const field of fields(form)) {
    (values[field.name] ??= []).push(tickable(field) ? (field.checked ? field.value : "") : field.value);
  }
  return values;
}

/** Puts values back where the form still has that many fields of the name. Tells whether anything changed. */
export function putBack(form: HTMLFormElement, values: Values): boolean {
  const left: Values = {};
  for (const [name, given] of Object.entries(values)) left[name] = [...given];
  let changed = false;
  for (const field of fields(form)) {
    const value = left[field.name]?.shift();
    if (value === undefined) continue;
    if (tickable(field)) {
      const ticked = value === field.value;
      changed = changed || (field.type !== "hidden" && ticked !== field.checked);
      field.checked = ticked;
    } else if (field.value !== value) {
      changed = changed || field.type !== "hidden";
      field.value = value;
    }
  }
  return changed;
}

/** A list to which rows can be added gets as many as `values` have, or loses what they have not. Tells whether any did. */
function fitRows(form: HTMLFormElement, values: Values): boolean {
  let changed = false;
  for (const pattern of form.querySelectorAll<HTMLTemplateElement>("template[data-row]")) {
    const id = pattern.dataset["row"] ?? "";
    const name = pattern.content.querySelector<Field>("[name]")?.name;
    const list = form.querySelector(`#${id}`);
    const wanted = name ? (values[name]?.length ?? 0) : 0;
    if (!list || !name) continue;
    changed = changed || list.children.length !== wanted;
    while (list.children.length > wanted) list.lastElementChild?.remove();
    while (list.children.length < wanted && addRow(document, id));
  }
  return changed;
}

function keyOf(form: HTMLFormElement): string {
  return `draft:${new URL(form.action, location.href).pathname}#${form.id}`;
}

function read(key: string): Values | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Values | null;
  } catch {
    return null;
  }
}

function keep(key: string, values: Values): void {
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // A browser that keeps nothing: the form works all the same, and warns before it is left.
  }
}

/** Forgets the draft of a form that was just saved, also where the page that says so shows the form no more. */
function forget(saved: string, place: string): void {
  if (!saved) return;
  const keys = Array.from({ length: localStorage.length }, (_, number) => localStorage.key(number) ?? "");
  for (const key of keys) if (key.startsWith(`draft:${place}`) && key.endsWith(`#${saved}`)) localStorage.removeItem(key);
}

/** Watches every draft form inside `work`; `work.dataset.saved` names the form that was just saved. */
export function watchDrafts(work: HTMLElement): void {
  try {
    forget(work.dataset["saved"] ?? "", (work.dataset["desk"] ?? "").replace(/here$/, ""));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
  for (const form of work.querySelectorAll<HTMLFormElement>("form[data-draft]")) watch(form, work);
}

function watch(form: HTMLFormElement, work: HTMLElement): void {
  const key = keyOf(form);
  const shown = valuesOf(form);
  let dirty = false;
  let sent = false;
  // A page that shows faults holds what was typed already; only a page that was opened anew takes a draft back.
  const draft = form.querySelector("[role=alert]") ? null : read(key);
  const fitted = draft !== null && fitRows(form, draft);
  if (draft && (putBack(form, draft) || fitted)) {
    dirty = true;
    const said = work.querySelector<HTMLElement>("[data-restored]");
    if (said) {
      said.hidden = false;
      said.querySelector("[data-forget]")?.addEventListener("click", () => {
        localStorage.removeItem(key);
        fitRows(form, shown);
        putBack(form, shown);
        dirty = false;
        said.hidden = true;
      });
    }
  }
  form.addEventListener("input", () => {
    dirty = true;
    keep(key, valuesOf(form));
  });
  form.addEventListener("submit", () => (sent = true));
  form.querySelector("[data-take-theirs]")?.addEventListener("click", () => {
    localStorage.removeItem(key);
    sent = true;
  });
  addEventListener("beforeunload", (leaving) => {
    if (dirty && !sent && !read(key)) leaving.preventDefault();
  });
}
