import { Document, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";

export type Format = "yaml" | "json";

/** What a text says, or why it says nothing yet. */
export type Reading = { json: string } | { problem: string; at: number };

const indent = 2;

/** A definition written out as text. */
export function write(json: string, format: Format): string {
  const value: unknown = JSON.parse(json);
  return format === "json" ? JSON.stringify(value, null, indent) + "\n" : new Document(value).toString({ lineWidth: 0 });
}

/** The same text saying something else: what did not change keeps its comments, its order and its look. */
export function rewrite(text: string, json: string, format: Format): string {
  if (format === "json") return write(json, format);
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return write(json, format);
  const before = JSON.stringify(document.toJS());
  const after: unknown = JSON.parse(json);
  if (before === JSON.stringify(after)) return text;
  follow(document, document.contents, after as Record<string, unknown>);
  return document.toString({ lineWidth: 0 });
}

export function read(text: string, format: Format): Reading {
  return format === "json" ? readJson(text) : readYaml(text);
}

/** The name of the step that stands at a place in the text. */
export function stepAt(text: string, at: number): string | null {
  for (const step of steps(text)) if (at >= step.from && at <= step.to) return step.name;
  return null;
}

/** Where a step begins in the text. */
export function placeOf(text: string, name: string): number | null {
  return steps(text).find(step => step.name === name)?.from ?? null;
}

function readJson(text: string): Reading {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return { problem: "A definition is a JSON object: { \"name\": …, \"steps\": [ … ] }.", at: 0 };
    return { json: text };
  } catch (error) {
    const message = (error as Error).message;
    const position = /position (\d+)/.exec(message);
    return { problem: message, at: position ? Number(position[1]) : 0 };
  }
}

function readYaml(text: string): Reading {
  const document = parseDocument(text, { prettyErrors: true });
  const error = document.errors[0];
  if (error) return { problem: error.message.split("\n")[0] ?? "", at: error.pos[0] };
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isObject(value)) return { problem: "A definition has fields: name: …, steps: …", at: 0 };
  return { json: JSON.stringify(value) };
}

// YAML reads JSON too, so one way finds the places in both.
function steps(text: string): { name: string; from: number; to: number }[] {
  const document = parseDocument(text);
  const list = isMap(document.contents) ? document.contents.get("steps", true) : null;
  if (!isSeq(list)) return [];
  return list.items.flatMap(item => {
    const name = isMap(item) ? item.get("name") : isScalar(item) ? item.value : null;
    const range = (item as Node).range;
    return typeof name === "string" && range ? [{ name, from: range[0], to: range[1] }] : [];
  });
}

function follow(document: Document, map: YAMLMap, value: Record<string, unknown>): void {
  for (const pair of [...map.items] as Pair[]) {
    const key = keyOf(pair);
    if (!(key in value)) map.delete(pair.key);
  }
  for (const [key, next] of Object.entries(value)) {
    const node = map.get(key, true) as Node | undefined;
    if (isMap(node) && isObject(next)) follow(document, node, next);
    else if (isSeq(node) && Array.isArray(next)) followList(document, node, next);
    else if (!map.has(key) || !same(node, next)) set(document, map, key, node, next);
  }
}

function followList(document: Document, list: YAMLSeq, values: unknown[]): void {
  const named = new Map(list.items.flatMap(item => (isMap(item) && typeof item.get("name") === "string" ? [[item.get("name") as string, item] as const] : [])));
  const before = [...list.items];
  list.items = values.map((value, index) => {
    const name = isObject(value) && typeof value["name"] === "string" ? value["name"] : null;
    const known = name !== null ? (named.get(name) ?? renamed(before[index], values)) : before[index];
    if (isMap(known) && isObject(value)) {
      follow(document, known, value);
      return known;
    }
    return known !== undefined && same(known as Node, value) ? known : document.createNode(value);
  });
}

// An item whose name nobody has any more was renamed in place.
function renamed(item: unknown, values: unknown[]): unknown {
  if (!isMap(item)) return undefined;
  const name = item.get("name");
  return values.some(value => isObject(value) && value["name"] === name) ? undefined : item;
}

function set(document: Document, map: YAMLMap, key: string, node: Node | undefined, value: unknown): void {
  if (isScalar(node) && (value === null || typeof value !== "object")) node.value = value;
  else map.set(key, document.createNode(value));
}

function same(node: Node | undefined, value: unknown): boolean {
  return node !== undefined && JSON.stringify(node.toJSON()) === JSON.stringify(value);
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
