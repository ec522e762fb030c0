// What every page of the organizer's desk does: keeps drafts, shows who else is here, asks before what cannot be undone.

import { watchDrafts } from "./desk/drafts.ts";
import { watchOthers } from "./desk/others.ts";
import { askFirst } from "./desk/sure.ts";
import { tellInWords } from "./desk/theirs.ts";

const work = document.querySelector<HTMLElement>("[data-desk]");
if (work) {
  watchDrafts(work);
  watchOthers(work);
  tellInWords(work);
}
askFirst(document);
