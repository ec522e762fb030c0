/** The icons: 24 grid, round strokes, drawn in the colour of the text beside them. Always with a word, so hidden from readers. */

import type { ComponentChildren } from "preact";

export interface IconProps { size?: number; stroke?: number; class?: string }

function draw(children: ComponentChildren) {
  return function Icon({ size = 24, stroke = 2, class: extra }: IconProps) {
    return (
      <svg
        class={extra ? `icon ${extra}` : "icon"}
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width={stroke}
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {children}
      </svg>
    );
  };
}

export const Scan = draw(<path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16" />);
export const Grid = draw(<path d="M3.5 5h17v14h-17zM3.5 12h17M9.2 5v14M14.8 5v14" />);
export const MapSheet = draw(<path d="M3.5 6.5 9 4v13.5L3.5 20zM9 4l6 2.5V20l-6-2.5M15 6.5 20.5 4v13.5L15 20" />);
export const Bars = draw(<path d="M4 12v7M9.3 5v14M14.6 15v4M20 10v9" />);
export const Phone = draw(<path d="M8.6 4.2 5.8 4.5A2 2 0 0 0 4 6.7C5 13.9 10.1 19 17.3 20a2 2 0 0 0 2.2-1.8l.3-2.8-4.3-1.9-2 1.8c-2-1-3.6-2.7-4.7-4.7l1.8-2z" />);
export const Clock = draw(<><circle cx="12" cy="12" r="8.5" /><path d="M12 7v5.3l3 1.7" /></>);
export const Speech = draw(<path d="M4 5h16v11.5H9L4 20.5z" />);
export const Up = draw(<path d="M12 20V4.5M5.5 11 12 4.5l6.5 6.5" />);
export const Down = draw(<path d="M12 4v15.5M5.5 13l6.5 6.5 6.5-6.5" />);
export const Tick = draw(<path d="m4.5 12.8 5 5L19.5 7" />);
export const Cross = draw(<path d="M6 6l12 12M18 6 6 18" />);
export const Warning = draw(<path d="M12 4 21 19.5H3zM12 10v4.5M12 17.1v.1" />);
export const Pause = draw(<path d="M8.5 5v14M15.5 5v14" />);
export const Next = draw(<path d="m9 5 7 7-7 7" />);
export const Back = draw(<path d="m15 5-7 7 7 7" />);
export const Undo = draw(<path d="M8.5 4 4 8.5 8.5 13M4 8.5h10.5a5.5 5.5 0 0 1 0 11H10" />);
export const People = draw(<><circle cx="9" cy="8" r="3.5" /><path d="M2.8 20c0-4 2.4-6.3 6.2-6.3s6.2 2.3 6.2 6.3M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.3c2 .8 3.2 2.8 3.2 5.7" /></>);
export const Question = draw(<path d="M8.5 8.5a3.5 3.5 0 1 1 5 3.1c-1 .6-1.5 1.3-1.5 2.6M12 18.4v.1" />);
export const Locate = draw(<><circle cx="12" cy="12" r="3.2" /><path d="M12 2.5v4M12 17.5v4M2.5 12h4M17.5 12h4" /></>);
export const Pin = draw(<><path d="M12 21c4.5-5 6.8-8.4 6.8-11.3a6.8 6.8 0 0 0-13.6 0C5.2 12.6 7.5 16 12 21z" /><circle cx="12" cy="9.7" r="2.3" /></>);
export const FlagPost = draw(<path d="M6 21V4h12l-3 4 3 4H6" />);
export const Keyboard = draw(<path d="M3.5 6.5h17v11h-17zM7 10h.1M10.3 10h.1M13.7 10h.1M17 10h.1M8 14h8" />);
export const Camera = draw(<><path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z" /><circle cx="12" cy="13" r="3.3" /></>);
export const Torch = draw(<path d="M7 3h10v4l-2.5 3.5V21h-5V10.5L7 7zM7 7h10M12 13v2.5" />);
export const Globe = draw(<><circle cx="12" cy="12" r="8.5" /><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17" /></>);
export const Leave = draw(<path d="M14 4H5.5v16H14M10 12h10.5M16.5 8l4 4-4 4" />);
export const Plus = draw(<path d="M12 5v14M5 12h14" />);
export const Minus = draw(<path d="M5 12h14" />);
export const CheckRing = draw(<><circle cx="12" cy="12" r="8.5" /><path d="m8 12.4 2.8 2.8L16 9.5" /></>);
