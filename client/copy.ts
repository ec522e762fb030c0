// A button that copies what a field shows: `data-copy` names the field, `data-done` is the word for afterwards. The button
// is hidden until this script runs, since without it it would do nothing.

async function copy(field: HTMLInputElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // No clipboard on plain HTTP: the old way, which also leaves the text chosen for the hand.
    field.select();
    if (!document.execCommand("copy")) throw new Error("not copied");
  }
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
  const field = document.getElementById(button.dataset["copy"] ?? "");
  const word = button.querySelector("span");
  if (!(field instanceof HTMLInputElement) || !word) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    copy(field).then(
      () => (word.textContent = button.dataset["done"] ?? ""),
      () => field.select(),
    );
  });
}
