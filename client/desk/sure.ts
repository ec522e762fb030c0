// Asks before what cannot be taken back: a form marked data-sure shows its question in the browser's own dialogue.
// Copies what a button marked data-copy names. Adds rows where a button marked data-add says so, and takes out the row
// of a button marked data-remove.

export function askFirst(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const pressed = event instanceof SubmitEvent ? event.submitter : null;
    const question = (pressed instanceof HTMLElement && pressed.dataset["sure"]) || form.dataset["sure"];
    if (question && !confirm(question)) event.preventDefault();
  });
  root.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy],[data-add],[data-remove]") : null;
    if (pressed?.dataset["copy"]) void copy(pressed, pressed.dataset["copy"]);
    if (pressed?.dataset["add"]) addRow(root, pressed.dataset["add"])?.querySelector<HTMLElement>("input:not([type=hidden]),select,textarea")?.focus();
    if (pressed?.matches("[data-remove]")) removeRow(pressed);
  });
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  button.classList.add("copied");
  button.textContent = button.dataset["copied"] ?? button.textContent;
}

/** Adds another row from the template that belongs to the list of this id, and returns it. */
export function addRow(root: Document, id: string): Element | null {
  const list = root.getElementById(id);
  const pattern = root.querySelector<HTMLTemplateElement>(`template[data-row="${id}"]`);
  if (!list || !pattern) return null;
  list.append(pattern.content.cloneNode(true));
  return list.lastElementChild;
}

/** Takes a row out; the form it was in hears of it as of any other change, so that its draft keeps it. */
function removeRow(pressed: HTMLElement): void {
  const list = pressed.closest("li")?.parentElement;
  const form = pressed.closest("form");
  pressed.closest("li")?.remove();
  list?.parentElement?.querySelector<HTMLElement>("[data-add]")?.focus();
  form?.dispatchEvent(new Event("input", { bubbles: true }));
}
