// What somebody else has saved meanwhile, told in the words of the form: the server knows its fields by their names.

export function tellInWords(work: HTMLElement): void {
  for (const row of work.querySelectorAll<HTMLElement>(".overtaken dl > div")) {
    const [name, value] = [row.querySelector("dt"), row.querySelector("dd")];
    const found = name && row.closest("form")?.elements.namedItem(name.textContent?.trim() ?? "");
    if (!name || !value || !found) continue;
    const fields = (found instanceof RadioNodeList ? [...found] : [found]) as HTMLInputElement[];
    const field = fields[0]!;
    const group = fields.length > 1 || field.type === "radio" ? field.closest("fieldset")?.querySelector("legend") : null;
    name.textContent = wordsOf(group ?? field.labels?.[0]) || name.textContent;
    value.textContent = shownAs(fields, value.textContent?.trim() ?? "");
  }
}

/** What a field shows for a value: the words of the choice, or the value as it is. */
function shownAs(fields: HTMLInputElement[], value: string): string {
  const field: HTMLInputElement | HTMLSelectElement = fields[0]!;
  if (field instanceof HTMLSelectElement) return [...field.options].find((option) => option.value === value)?.text ?? value;
  if (field.type === "checkbox") return ["", "–", "False"].includes(value) ? "–" : "✓";
  return (field.type === "radio" && wordsOf(fields.find((each) => each.value === value)?.labels?.[0])) || value;
}

function wordsOf(element: Element | null | undefined): string {
  return element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
