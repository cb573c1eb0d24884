import type { Point } from "../core/geometry.ts";
import { incoming, outgoing } from "../core/graph.ts";
import type { Session } from "./session.ts";

export interface MenuItem {
  label: string;
  glyph?: string;
  keys?: string;
  danger?: boolean;
  apart?: boolean;
  act: () => void;
}

/** What can be done with the thing under the pointer or the keyboard; the same acts as everywhere. */
export function menuItems(session: Session, id: string | null, place: Point, connectTo: (id: string) => void): MenuItem[] {
  const { graph, readOnly } = session.model;
  if (id && graph.boxes.has(id)) return readOnly ? readBox(session, id) : editBox(session, id, connectTo);
  if (readOnly) return paneItems(session).filter(item => item.label === "Fit to view" || item.label === "Select everything");
  if (id && graph.edges.has(id)) return edgeItems(session, id, place);
  if (id && graph.notes.has(id)) return noteItems(session, id);
  if (id && graph.groups.has(id)) return groupItems(session, id);
  return [
    { label: "Add a step here", glyph: "Plus", keys: "A", act: () => session.acts.add(place) },
    { label: "Add a note here", glyph: "Note", act: () => session.acts.addNote(place) },
    { label: "Paste here", glyph: "Copy", keys: "Ctrl V", act: () => void session.acts.paste(undefined, place) },
    ...paneItems(session),
  ];
}

function readBox(session: Session, id: string): MenuItem[] {
  return [
    { label: "Open", glyph: "Enter", keys: "Enter", act: () => session.host.open(id) },
    { label: "Copy", glyph: "Copy", keys: "Ctrl C", act: () => void session.acts.copy() },
    ...paneItems(session).slice(-1),
  ];
}

function editBox(session: Session, id: string, connectTo: (id: string) => void): MenuItem[] {
  const { acts, host, model } = session;
  const box = model.graph.boxes.get(id)!;
  const many = model.selectedBoxes().length > 1;
  const links = [...outgoing(model.graph, id), ...incoming(model.graph, id)].filter(edge => edge.kind !== "trigger");
  return [
    { label: "Open", glyph: "Enter", keys: "Enter", act: () => host.open(id) },
    { label: "Rename", glyph: "Pencil", keys: "F2", act: () => acts.startRename(id) },
    ...(box.kind === "step" ? [{ label: "Connect to…", glyph: "Link", keys: "C", act: () => connectTo(id) }] : []),
    { label: many ? "Copy selection" : "Copy", glyph: "Copy", keys: "Ctrl C", apart: true, act: () => void acts.copy() },
    { label: many ? "Cut selection" : "Cut", glyph: "Cut", keys: "Ctrl X", act: () => void acts.cut() },
    { label: many ? "Duplicate selection" : "Duplicate", glyph: "Plus", keys: "Ctrl D", act: () => acts.duplicate() },
    { label: "Group", glyph: "Group", keys: "Ctrl G", act: () => acts.group() },
    ...links.slice(0, 8).map((edge, index): MenuItem => ({
      label: edge.from === id ? `Disconnect from ${model.nameOf(edge.to)}` : `Disconnect from ${model.nameOf(edge.from)}`,
      glyph: "Close",
      apart: index === 0,
      act: () => acts.remove([edge.id]),
    })),
    { label: many ? "Delete selection" : "Delete", glyph: "Trash", keys: "Delete", danger: true, apart: true, act: () => acts.remove() },
  ];
}

function edgeItems(session: Session, id: string, place: Point): MenuItem[] {
  const edge = session.model.graph.edges.get(id)!;
  if (edge.kind === "trigger") return paneItems(session);
  return [
    { label: "Insert a step here", glyph: "Plus", act: () => session.acts.insert(id, place) },
    { label: "Remove this connection", glyph: "Trash", keys: "Delete", danger: true, act: () => session.acts.remove([id]) },
  ];
}

function noteItems(session: Session, id: string): MenuItem[] {
  return [
    { label: "Edit the text", glyph: "Pencil", keys: "F2", act: () => session.acts.startRename(id) },
    { label: "Duplicate", glyph: "Plus", keys: "Ctrl D", act: () => session.acts.duplicate() },
    { label: "Delete", glyph: "Trash", keys: "Delete", danger: true, apart: true, act: () => session.acts.remove([id]) },
  ];
}

function groupItems(session: Session, id: string): MenuItem[] {
  const group = session.model.graph.groups.get(id)!;
  return [
    { label: "Rename", glyph: "Pencil", keys: "F2", act: () => session.acts.startRename(id) },
    { label: group.collapsed ? "Expand" : "Collapse", glyph: group.collapsed ? "Right" : "Down", keys: "Enter", act: () => session.acts.fold(id) },
    { label: "Select its steps", act: () => session.acts.select(group.boxes) },
    { label: "Ungroup", glyph: "Close", keys: "Ctrl Shift G", apart: true, act: () => session.acts.remove([id]) },
  ];
}

function paneItems(session: Session): MenuItem[] {
  return [
    { label: "Select everything", keys: "Ctrl A", apart: true, act: () => session.acts.selectAll() },
    { label: "Lay out", glyph: "Workflow", act: () => void session.acts.tidy() },
    { label: "Fit to view", glyph: "Fit", keys: "Shift 1", act: () => session.acts.fit() },
  ];
}
