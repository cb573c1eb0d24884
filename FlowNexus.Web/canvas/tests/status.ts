import assert from "node:assert/strict";
import { test } from "node:test";
import { StatusBoard } from "../src/core/status.ts";

test("Only the boxes whose status changed are told", () => {
  const board = new StatusBoard();
  const told: string[] = [];
  board.watch("a", () => told.push("a"));
  const stop = board.watch("b", () => told.push("b"));
  board.set([{ id: "a", status: "completed" }]);
  assert.deepEqual(told, ["a"]);
  stop();
  board.set([{ id: "b", status: "failed" }]);
  assert.deepEqual(told, ["a"]);
});

test("A whole set takes the status from those that are not in it", () => {
  const board = new StatusBoard();
  board.set([{ id: "a", status: "completed" }, { id: "b", status: "failed" }]);
  let told = 0;
  board.watch("a", () => told++);
  board.set([{ id: "b", status: "failed" }], true);
  assert.equal(board.get("a"), undefined);
  assert.equal(told, 1);
});
