import type { FunctionComponent } from "preact";
import type { IconProps } from "../icons.tsx";

export interface Tab<Id extends string> { id: Id; word: string; icon: FunctionComponent<IconProps>; news?: boolean }

/** The four places of the app, at the bottom under the thumb. */
export function TabBar<Id extends string>({ tabs, here, onGo, label }: { tabs: Tab<Id>[]; here: Id; onGo: (id: Id) => void; label: string }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <button key={tab.id} type="button" class={tab.id === here ? "tab tab-here" : "tab"} aria-current={tab.id === here ? "page" : undefined} onClick={() => onGo(tab.id)}>
          <span class="tab-icon">
            <tab.icon />
            {tab.news ? <span class="tab-news" /> : null}
          </span>
          <span>{tab.word}</span>
        </button>
      ))}
    </nav>
  );
}
