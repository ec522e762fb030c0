// The server's time on this screen, and how lengths and instants are written.

// Every answer carries an instant that the server's clock had already passed. Of all that arrived, the one that puts the
// server furthest ahead of the clock here came with the least delay, so it tells most.
export class ServerClock {
  private ahead = -Infinity;
  private readonly here: () => number;

  constructor(here: () => number = Date.now) {
    this.here = here;
  }

  // `fresh`: written by the server as it answered, not kept from before. One that is far behind what we believed means
  // that this machine's own clock was put right meanwhile.
  hear(serverTime: number, fresh = false): void {
    const ahead = serverTime - this.here();
    if (ahead > this.ahead || (fresh && ahead < this.ahead - 15_000)) this.ahead = ahead;
  }

  now(): number {
    return this.here() + (Number.isFinite(this.ahead) ? this.ahead : 0);
  }
}

// "48:18", "1:02:03"; a negative length counts as nothing.
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const writers = new Map<string, Intl.DateTimeFormat>();

// "9:52:14" in the race's own time zone, whatever this machine's is.
export function clock(at: number, timezone: string): string {
  let writer = writers.get(timezone);
  if (!writer) {
    writer = new Intl.DateTimeFormat("en-GB", {
      timeZone: timezone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
    });
    writers.set(timezone, writer);
  }
  return writer.format(at).replace(/^0(\d)/, "$1");
}
