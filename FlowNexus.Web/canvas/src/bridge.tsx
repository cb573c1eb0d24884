import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { createRoot } from "react-dom/client";
import type { Edit } from "./core/edits.ts";
import { Model } from "./core/model.ts";
import type { Patch } from "./core/patch.ts";
import { type Status, StatusBoard } from "./core/status.ts";
import { Acts } from "./view/acts.ts";
import { Canvas } from "./view/canvas.tsx";
import { Notices } from "./view/notices.ts";
import type { Host, Options, Session } from "./view/session.ts";

/** The page's half of the bridge: an object reference of .NET. */
interface Page {
  invokeMethodAsync(method: string, ...parts: unknown[]): Promise<unknown>;
}

// Well under the 32 KB that a circuit takes in one message.
const largestPart = 24 * 1024;

let mounted = 0;

/** The one exported surface. Graphs and edits travel as bytes of JSON, in parts. */
export function mount(root: HTMLElement, page: Page, options: Options) {
  const model = new Model();
  model.readOnly = options.readOnly;
  const { promise: drawn, resolve } = Promise.withResolvers<void>();
  const ready = () => {
    root.setAttribute("data-ready", "true");
    resolve();
  };
  const session = { key: `canvas${++mounted}`, root, options, model, statuses: new StatusBoard(), host: hostOf(page), notices: new Notices(), ready, flow: null } as unknown as { -readonly [K in keyof Session]: Session[K] };
  session.acts = new Acts(session);
  const react = createRoot(root);
  react.render(<Canvas session={session} />);
  let incoming: { patch: number; parts: Uint8Array[] } = { patch: 0, parts: [] };

  return {
    /** False asks for the whole graph: the patch was for another version than the one shown. */
    patch(number: number, part: Uint8Array, last: boolean): boolean {
      if (incoming.patch !== number) incoming = { patch: number, parts: [] };
      incoming.parts.push(part);
      return !last || model.apply(JSON.parse(joined(incoming.parts)) as Patch);
    },
    setStatus(statuses: Status[], all: boolean): void {
      session.statuses.set(statuses, all);
    },
    setOptions(more: Partial<Pick<Options, "readOnly" | "label">>): void {
      Object.assign(options, more);
      model.readOnly = options.readOnly;
      model.changed();
    },
    select(ids: string[]): void {
      model.select(ids);
    },
    // Before the first sight there is nothing to bring into it.
    fit: (): Promise<void> => drawn.then(() => session.acts.fit()),
    focus: (id: string): Promise<void> => drawn.then(() => session.acts.focus(id)),
    reveal: (id: string): Promise<void> => drawn.then(() => session.acts.reveal(id)),
    zoom: (to: number): Promise<void> => drawn.then(() => session.acts.zoom(to)),
    autoLayout: (): Promise<void> => drawn.then(() => session.acts.tidy()),
    dispose(): void {
      session.notices.stop();
      react.unmount();
    },
  };
}

function hostOf(page: Page): Host {
  let batch = 0;
  return {
    async edits(edits: readonly Edit[]): Promise<void> {
      const bytes = new TextEncoder().encode(JSON.stringify(edits));
      const number = ++batch;
      const sent: Promise<unknown>[] = [];
      for (let at = 0; at < bytes.length; at += largestPart) sent.push(page.invokeMethodAsync("Edited", number, bytes.slice(at, at + largestPart), at + largestPart >= bytes.length));
      await Promise.all(sent).catch(lost);
    },
    select: ids => void page.invokeMethodAsync("Selected", ids).catch(lost),
    open: id => void page.invokeMethodAsync("Opened", id).catch(lost),
    refused: why => void page.invokeMethodAsync("Refused", why).catch(lost),
    copy: async ids => (await page.invokeMethodAsync("Copied", ids).catch(lost) ?? "") as string,
    command: name => void page.invokeMethodAsync("Commanded", name).catch(lost),
  };
}

// The circuit is gone; Blazor tells the viewer, and the page is loaded anew.
function lost(error: unknown): undefined {
  console.warn("The page did not answer.", error);
  return undefined;
}

function joined(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return parts.map((part, index) => decoder.decode(part, { stream: index < parts.length - 1 })).join("");
}
