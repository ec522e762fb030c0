// Asks before what cannot be taken back: a form marked data-sure shows its question in the browser's own dialogue.
// Copies what a button marked data-copy names. Adds rows where a button marked data-add says so.

export function askFirst(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const pressed = event instanceof SubmitEvent ? event.submitter : null;
    const question = (pressed instanceof HTMLElement && pressed.dataset["sure"]) || form.dataset["sure"];
    if (question && !confirm(question)) event.preventDefault();
  });
  root.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy],[data-add]") : null;
    if (pressed?.dataset["copy"]) void copy(pressed, pressed.dataset["copy"]);
    if (pressed?.dataset["add"]) addRow(root, pressed.dataset["add"]);
  });
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  button.classList.add("copied");
  button.textContent = button.dataset["copied"] ?? button.textContent;
}

/** Adds another row from the template that follows the list of this id. */
function addRow(root: Document, id: string): void {
  const list = root.getElementById(id);
  const pattern = root.querySelector<HTMLTemplateElement>(`template[data-row="${id}"]`);
  if (!list || !pattern) return;
  list.append(pattern.content.cloneNode(true));
  list.lastElementChild?.querySelector<HTMLElement>("input,select,textarea")?.focus();
}
