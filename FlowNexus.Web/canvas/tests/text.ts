import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, read, rewrite, stepAt, write, type Reading } from "../src/code/text.ts";

const source = `# Ours, since 2026
name: w # the name
steps:
  # first
  - name: a
    type: transform
    value: 1   # one
  - name: b
    type: delay
    duration: 5m
`;

function json(reading: Reading): string {
  assert.ok("json" in reading);
  return reading.json;
}

function edited(change: (value: any) => void): string {
  const value = JSON.parse(json(read(source, "yaml")));
  change(value);
  return rewrite(source, JSON.stringify(value), "yaml");
}

test("Rewrite_NothingChanged_IsTheSameText", () => {
  assert.equal(edited(() => {}), source);
});

test("Rewrite_OneValueChanged_KeepsEveryComment", () => {
  const text = edited(value => { value.steps[0].value = 2; });
  assert.match(text, /# Ours, since 2026/);
  assert.match(text, /# first/);
  assert.match(text, /value: 2 # one/);
});

test("Rewrite_StepRenamed_KeepsItsComments", () => {
  const text = edited(value => { value.steps[0].name = "z"; });
  assert.match(text, /# first\n\s+- name: z/);
});

test("Rewrite_StepAddedBefore_KeepsTheOthersAsTheyAre", () => {
  const text = edited(value => { value.steps.splice(1, 0, { name: "n", type: "end" }); });
  assert.match(text, /value: 1 # one\n\s+- name: n\n\s+type: end\n\s+- name: b/);
});

test("Rewrite_FieldRemoved_IsGone", () => {
  assert.doesNotMatch(edited(value => { delete value.steps[1].duration; }), /duration/);
});

test("Rewrite_EachWay_SaysTheSame", () => {
  const text = edited(value => { value.triggers = [{ type: "schedule", cron: "0 9 * * 1" }]; value.steps.reverse(); });
  const reading = read(text, "yaml");
  assert.ok("json" in reading);
  assert.deepEqual(JSON.parse(reading.json).steps.map((step: { name: string }) => step.name), ["b", "a"]);
});

test("Read_WrongText_SaysWhere", () => {
  const yaml = read("name: [1", "yaml");
  assert.ok("problem" in yaml);
  const wrong = read('{"name": }', "json");
  assert.ok("problem" in wrong && wrong.problem.length > 0);
  assert.ok("problem" in read("just words", "yaml"));
});

test("Step_AtAPlace_IsFoundInBothFormats", () => {
  assert.equal(stepAt(source, source.indexOf("duration")), "b");
  assert.equal(stepAt(source, 3), null);
  const text = write(json(read(source, "yaml")), "json");
  assert.equal(stepAt(text, text.indexOf("duration")), "b");
  assert.ok((placeOf(text, "b") ?? 0) > (placeOf(text, "a") ?? 0));
});
