import assert from "node:assert/strict";
import { test } from "node:test";
import { applyPatch } from "../src/core/patch.ts";
import { box, graph } from "./kit.ts";

test("A patch changes what it names and leaves the rest the same object", () => {
  const before = graph("a > b, c");
  const after = applyPatch(before, { base: 1, version: 2, full: false, boxes: [box("b", { name: "renamed" })] });
  assert.equal(after.boxes.get("b")?.name, "renamed");
  assert.equal(after.boxes.get("a"), before.boxes.get("a"));
  assert.equal(after.edges, before.edges);
});

test("Places travel alone", () => {
  const after = applyPatch(graph("a"), { base: 1, version: 2, full: false, positions: [{ id: "a", x: 8, y: 16 }, { id: "gone", x: 0, y: 0 }] });
  assert.deepEqual({ x: after.boxes.get("a")?.x, y: after.boxes.get("a")?.y }, { x: 8, y: 16 });
  assert.equal(after.boxes.size, 1);
});

test("What is removed goes, whatever it is", () => {
  const after = applyPatch(graph("a > b", { notes: [{ id: "n", text: "", x: 0, y: 0, width: 1, height: 1 }] }), { base: 1, version: 2, full: false, removed: ["a", "a > b", "n"] });
  assert.deepEqual([...after.boxes.keys()], ["b"]);
  assert.equal(after.edges.size + after.notes.size, 0);
});

test("A full patch forgets what was there", () => {
  const after = applyPatch(graph("a > b"), { base: 0, version: 9, full: true, boxes: [box("z")] });
  assert.deepEqual([...after.boxes.keys()], ["z"]);
  assert.equal(after.edges.size, 0);
});
