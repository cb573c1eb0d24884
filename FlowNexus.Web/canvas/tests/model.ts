import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../src/core/model.ts";
import { box } from "./kit.ts";

function model(): Model {
  const m = new Model();
  m.apply({ base: 0, version: 1, full: true, boxes: [box("a", { x: 0, y: 0 }), box("b", { x: 320, y: 0 })] });
  return m;
}

test("A patch for another version is refused and changes nothing", () => {
  const m = model();
  assert.equal(m.apply({ base: 5, version: 6, full: false, removed: ["a"] }), false);
  assert.equal(m.graph.boxes.size, 2);
  assert.equal(m.version, 1);
});

test("What is held stays where it was dragged until it is released", () => {
  const m = model();
  const by = m.hold(new Map([["a", { x: 80, y: 8 }]]));
  m.apply({ base: 1, version: 2, full: false, positions: [{ id: "a", x: 16, y: 16 }] });
  assert.deepEqual(m.placeOf("a"), { x: 80, y: 8 });
  m.release(["a"], by);
  assert.deepEqual(m.placeOf("a"), { x: 16, y: 16 });
});

test("An answer to an earlier gesture does not let go of a later one", () => {
  const m = model();
  const first = m.hold(new Map([["a", { x: 8, y: 0 }]]));
  m.hold(new Map([["a", { x: 16, y: 0 }]]));
  m.release(["a"], first);
  assert.deepEqual(m.placeOf("a"), { x: 16, y: 0 });
});

test("A box that goes away leaves the selection", () => {
  const m = model();
  m.select(["a", "b"]);
  m.apply({ base: 1, version: 2, full: false, removed: ["a"] });
  assert.deepEqual([...m.selection], ["b"]);
});

test("A frame surrounds its boxes, and folded it has a box's size", () => {
  const m = model();
  const group = { id: "g", label: "G", boxes: ["a", "b"], collapsed: false };
  const frame = m.frameOf(group)!;
  assert.ok(frame.x < 0 && frame.y < 0 && frame.x + frame.width > 544 && frame.y + frame.height > 64);
  assert.deepEqual({ ...m.frameOf({ ...group, collapsed: true }), x: 0, y: 0 }, { x: 0, y: 0, width: 224, height: 64 });
});

test("Places that the document does not know are told with the first move", () => {
  const m = model();
  m.apply({ base: 1, version: 2, full: false, boxes: [box("c")], edges: [{ id: "e", from: "b", to: "c", kind: "flow" }] });
  assert.deepEqual(m.unsaved(), [{ id: "c", x: 624, y: 0 }]);
});

test("A box whose first move is undone goes back to where the canvas had put it", () => {
  const m = new Model();
  m.apply({ base: 0, version: 1, full: true, boxes: [box("a"), box("b")], edges: [{ id: "e", from: "a", to: "b", kind: "flow" }] });
  const first = m.placeOf("b");
  m.apply({ base: 1, version: 2, full: false, positions: [{ id: "a", x: 0, y: 0 }, { id: "b", x: 800, y: 800 }] });
  assert.deepEqual(m.placeOf("b"), { x: 800, y: 800 });
  m.apply({ base: 2, version: 3, full: false, boxes: [box("a"), box("b")] });
  assert.deepEqual(m.placeOf("b"), first);
});
