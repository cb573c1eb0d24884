import type { ReactFlowInstance } from "@xyflow/react";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Edit } from "../core/edits.ts";
import type { Model } from "../core/model.ts";
import type { Status, StatusBoard } from "../core/status.ts";
import type { Acts } from "./acts.ts";
import type { Notices } from "./notices.ts";

export interface Look {
  title: string;
  tone: string;
  glyph: string;
}

export interface Options {
  label: string;
  readOnly: boolean;
  viewportKey?: string;
  looks: Record<string, Look>;
  glyphs: Record<string, string>;
}

/** The page: who is asked when somebody wants something. */
export interface Host {
  edits(edits: readonly Edit[]): Promise<void>;
  select(ids: readonly string[]): void;
  open(id: string): void;
  refused(why: string): void;
  copy(ids: readonly string[]): Promise<string>;
  command(name: string): void;
}

export interface Session {
  readonly key: string;
  readonly root: HTMLElement;
  readonly options: Options;
  readonly model: Model;
  readonly statuses: StatusBoard;
  readonly host: Host;
  readonly acts: Acts;
  readonly notices: Notices;
  /** Called when something is drawn for the first time. */
  readonly ready: () => void;
  flow: ReactFlowInstance | null;
}

export const SessionContext = createContext<Session | null>(null);

/** True below 40 % zoom, where a box is a block with its name. */
export const FarContext = createContext(false);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("No session.");
  return session;
}

export function useStatus(id: string): Status | undefined {
  const { statuses } = useSession();
  return useSyncExternalStore(listener => statuses.watch(id, listener), () => statuses.get(id));
}

export function lookOf(session: Session, status: string): Look {
  return session.options.looks[status] ?? { title: status.replaceAll("_", " "), tone: "queued", glyph: "Info" };
}
