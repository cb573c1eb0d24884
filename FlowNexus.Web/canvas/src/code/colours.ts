import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { EditorView } from "codemirror";

// Every colour is one of the page's, so that the themes need nothing of their own here.
const look = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--fn-text)", backgroundColor: "var(--fn-surface)" },
  "&.cm-focused": { outline: "2px solid var(--fn-accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--fn-mono)", lineHeight: "20px" },
  ".cm-content": { caretColor: "var(--fn-text)" },
  ".cm-cursor": { borderLeftColor: "var(--fn-text)" },
  ".cm-gutters": { color: "var(--fn-muted)", backgroundColor: "var(--fn-surface)", borderRight: "1px solid var(--fn-border)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--fn-subtle) 60%, transparent)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": { backgroundColor: "color-mix(in srgb, var(--fn-accent) 24%, transparent) !important" },
  ".cm-tooltip, .cm-panels": { color: "var(--fn-text)", backgroundColor: "var(--fn-raised)", border: "1px solid var(--fn-border)" },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--fn-paused) 30%, transparent)" },
  ".cm-foldPlaceholder": { color: "var(--fn-muted)", backgroundColor: "var(--fn-subtle)", border: "0" },
});

const words = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--fn-family-agent)" },
  { tag: tags.string, color: "var(--fn-family-output)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--fn-family-code)" },
  { tag: tags.comment, color: "var(--fn-muted)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--fn-muted)" },
]);

export const colours = [look, syntaxHighlighting(words)];
