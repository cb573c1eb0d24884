import assert from "node:assert/strict";
import { test } from "node:test";
import { overlaps, type Rect, sizeOf } from "../src/core/geometry.ts";
import type { Graph } from "../src/core/graph.ts";
import { layers } from "../src/core/layers.ts";
import { layout } from "../src/core/layout.ts";
import { places } from "../src/core/places.ts";
import { box, graph, numbered } from "./kit.ts";

function check(g: Graph, points: ReadonlyMap<string, { x: number; y: number }>): void {
  const rects: (Rect & { id: string })[] = [...points].map(([id, point]) => ({ id, ...point, ...sizeOf(g.boxes.get(id)!) }));
  for (const [i, a] of rects.entries()) {
    assert.ok(a.x % 8 === 0 && a.y % 8 === 0, `${a.id} is off the grid`);
    for (const b of rects.slice(i + 1)) assert.ok(!overlaps(a, b), `${a.id} lies on ${b.id}`);
  }
  for (const edge of g.edges.values()) assert.ok(points.get(edge.from)!.x < points.get(edge.to)!.x, `${edge.id} runs backwards`);
}

test("Every box has a place of its own on the grid and every edge runs to the right", () => {
  for (const g of [graph("a > b, a > c, b > d, c > d, d > e, x > e"), numbered(60)]) check(g, layout(g));
});

test("A large graph too", () => {
  const g = numbered(600);
  const points = layout(g);
  assert.equal(points.size, 600);
  check(g, points);
});

test("Two thousand boxes take less than a second", () => {
  const g = numbered(2000);
  const start = performance.now();
  check(g, layers(g));
  const checked = performance.now();
  layers(g);
  assert.ok(performance.now() - checked < 1000, `${Math.round(checked - start)} ms`);
});

test("A circle in a draft does not stop the drawing", () => {
  const g = graph("a > b, b > c, c > a, c > d");
  assert.equal(layers(g).size, 4);
  assert.equal(layout(g).size, 4);
});

test("What leaves by the upper port stands above", () => {
  const g = graph("if.then > x, if.else > y", { boxes: [box("if", { hasPlainOut: false, ports: [{ id: "then", label: "then" }, { id: "else", label: "else" }] })] });
  const points = layout(g);
  assert.ok(points.get("x")!.y < points.get("y")!.y);
});

test("Nothing that has a place is moved by what has none", () => {
  const g = graph("a > b, b > c", { boxes: [box("a", { x: 0, y: 0 }), box("b", { x: 304, y: 40 })] });
  const points = places(g, new Map());
  assert.deepEqual(points.get("b"), { x: 304, y: 40 });
  assert.deepEqual(points.get("c"), { x: 608, y: 40 });
});

test("A new box does not lie on another one", () => {
  const g = graph("a > b, a > c", { boxes: [box("a", { x: 0, y: 0 }), box("b", { x: 304, y: 0 })] });
  check(g, places(g, new Map()));
});

test("A box without a place stays where the canvas put it first", () => {
  const known = new Map([["a", { x: 800, y: 800 }]]);
  assert.deepEqual(places(graph("a"), known).get("a"), { x: 800, y: 800 });
});
