import assert from "node:assert/strict";
import { test } from "node:test";
import { path, targets, whyNot } from "../src/core/guards.ts";
import { box, graph } from "./kit.ts";

test("A connection that closes a circle is refused with the circle", () => {
  const why = whyNot(graph("a > b, b > c"), { from: "c", to: "a" });
  assert.equal(why, "That would close a circle: c → a → b → c.");
});

test("A circle through a branch or an error path is a circle too", () => {
  assert.match(whyNot(graph("a.then > b, b.error > c", { boxes: [box("a", { ports: [{ id: "then", label: "then" }] })] }), { from: "c", to: "a" }) ?? "", /circle/);
});

test("A step cannot wait for itself", () => {
  assert.equal(whyNot(graph("a"), { from: "a", to: "a" }), "a cannot wait for itself.");
});

test("The same connection twice is refused, by another port it is not", () => {
  const g = graph("a > b", { boxes: [box("a", { ports: [{ id: "error", label: "on error" }] })] });
  assert.equal(whyNot(g, { from: "a", to: "b" }), "b already follows a.");
  assert.equal(whyNot(g, { from: "a", port: "error", to: "b" }), null);
});

test("A trigger takes no input and is not connected by hand", () => {
  const g = graph("a", { boxes: [box("t", { kind: "trigger" })] });
  assert.match(whyNot(g, { from: "a", to: "t" }) ?? "", /takes no input/);
  assert.match(whyNot(g, { from: "t", to: "a" }) ?? "", /needs no connection/);
});

test("A step that only branches has to be left by a branch", () => {
  const g = graph("b", { boxes: [box("if", { hasPlainOut: false, ports: [{ id: "then", label: "then" }] })] });
  assert.match(whyNot(g, { from: "if", to: "b" }) ?? "", /by its paths only \(then\)/);
  assert.equal(whyNot(g, { from: "if", port: "then", to: "b" }), null);
});

test("An edge does not stand in its own way when it is led elsewhere", () => {
  const g = graph("a > b, b > c");
  assert.equal(whyNot(g, { from: "a", to: "b", instead: "a > b" }), null);
  assert.equal(whyNot(g, { from: "c", to: "b", instead: "b > c" }), null);
});

test("Targets leave out what comes before, what follows already, triggers and the step itself", () => {
  const g = graph("a > b, b > c, d", { boxes: [box("t", { kind: "trigger" })] });
  assert.deepEqual(targets(g, "b"), ["d"]);
  assert.deepEqual(targets(g, "a").sort(), ["c", "d"]);
});

test("The path is the shortest one", () => {
  assert.deepEqual(path(graph("a > b, b > c, a > c, c > d"), "a", "d"), ["a", "c", "d"]);
  assert.equal(path(graph("a > b"), "b", "a"), null);
});
