import assert from "node:assert/strict";
import { test } from "node:test";
import { align, distribute } from "../src/core/align.ts";
import { find } from "../src/core/find.ts";
import { readingOrder, walk } from "../src/core/walk.ts";
import { boxWords } from "../src/core/words.ts";
import { box, graph } from "./kit.ts";

const placed = [
  { id: "a", x: 0, y: 0, width: 224, height: 64 },
  { id: "b", x: 300, y: 90, width: 224, height: 112 },
  { id: "c", x: 900, y: 40, width: 224, height: 64 },
];

test("Aligning moves one coordinate only", () => {
  const right = align(placed, "right");
  assert.deepEqual([...right.values()].map(p => p.x), [900, 900, 900]);
  assert.deepEqual([...right.values()].map(p => p.y), [0, 90, 40]);
  assert.deepEqual([...align(placed, "bottom").values()].map(p => p.y), [138, 90, 138]);
});

test("Distributing keeps the ends and makes the gaps equal", () => {
  const points = distribute(placed, "horizontal");
  assert.equal(points.get("a")?.x, 0);
  assert.equal(points.get("c")?.x, 900);
  assert.equal(points.get("b")?.x, 448);
  assert.equal(points.get("b")?.y, 90);
});

test("Arrows follow the connections sideways and the drawing up and down", () => {
  const g = graph("a > b, a > c");
  const points = new Map([["a", { x: 0, y: 0 }], ["b", { x: 300, y: 10 }], ["c", { x: 300, y: 120 }]]);
  assert.equal(walk(g, points, "a", "right"), "b");
  assert.equal(walk(g, points, "b", "down"), "c");
  assert.equal(walk(g, points, "c", "up"), "b");
  assert.equal(walk(g, points, "c", "left"), "a");
  assert.equal(walk(g, points, "c", "right"), null);
});

test("Tab goes column by column", () => {
  assert.deepEqual(readingOrder(new Map([["late", { x: 300, y: 0 }], ["below", { x: 0, y: 90 }], ["first", { x: 0, y: 0 }]])), ["first", "below", "late"]);
});

test("Finding prefers beginnings and forgives gaps", () => {
  const names = ["load_data", "data_load", "reload", "validate"];
  assert.deepEqual(find(names, "lo", n => n), ["load_data", "data_load", "reload"]);
  assert.deepEqual(find(names, "vld", n => n), ["validate"]);
  assert.deepEqual(find(names, "", n => n), names);
});

test("A box is spoken with its type, line, badges, problem and status", () => {
  const b = box("data_extraction", { typeTitle: "Agent", line: "researcher", badges: [{ kind: "retry", text: "3 retries" }], problem: "No agent.", problemLevel: "error" });
  assert.equal(
    boxWords(b, { id: "data_extraction", status: "completed", text: "12 s", attempt: 2 }, () => "Completed"),
    "data_extraction, Agent, researcher, 3 retries, error: No agent., completed, attempt 2, 12 s");
});
