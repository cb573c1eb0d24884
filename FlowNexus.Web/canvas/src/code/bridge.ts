import { json as jsonLanguage } from "@codemirror/lang-json";
import { yaml as yamlLanguage } from "@codemirror/lang-yaml";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import { EditorView, basicSetup } from "codemirror";
import { colours } from "./colours.ts";
import { placeOf, read, rewrite, stepAt, write, type Format } from "./text.ts";

/** What the page offers to the editor. */
interface Page {
  invokeMethodAsync(name: string, ...given: unknown[]): Promise<unknown>;
}

/** A text that comes in pieces from the page. */
interface Stream {
  arrayBuffer(): Promise<ArrayBuffer>;
}

const pause = 400;

// One message stays well below what a circuit takes at once.
const piece = 12_000;

export function mount(page: Page, element: HTMLElement, label: string) {
  let format: Format = "yaml";
  let timer = 0;
  let step: string | null = null;
  const language = new Compartment();
  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      extensions: [
        basicSetup,
        language.of(yamlLanguage()),
        colours,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label }),
        // Who clicks Run or presses Ctrl+S at once means the text as it stands.
        EditorView.domEventHandlers({
          blur: flush,
          keydown: event => {
            if (event.ctrlKey || event.metaKey) flush();
          },
        }),
        EditorView.updateListener.of(update => {
          if (update.docChanged && update.transactions.some(one => one.annotation(Transaction.userEvent))) typed();
          if (update.selectionSet && !update.docChanged) moved();
        }),
      ],
    }),
  });

  function text(): string {
    return view.state.doc.toString();
  }

  function typed(): void {
    clearTimeout(timer);
    timer = window.setTimeout(send, pause);
  }

  function flush(): void {
    if (timer === 0) return;
    clearTimeout(timer);
    send();
  }

  function moved(): void {
    const here = stepAt(text(), view.state.selection.main.head);
    if (here === step) return;
    step = here;
    if (here !== null) void page.invokeMethodAsync("CodeStep", here);
  }

  function send(): void {
    timer = 0;
    const reading = read(text(), format);
    const wrong = "problem" in reading ? [{ from: Math.min(reading.at, text().length), to: Math.min(reading.at + 1, text().length), severity: "error" as const, message: reading.problem }] : [];
    view.dispatch(setDiagnostics(view.state, wrong));
    if ("problem" in reading) {
      void page.invokeMethodAsync("CodeWrong", reading.problem);
      return;
    }
    deliver([format, reading.json === text() ? "" : text(), reading.json]);
  }

  // A lost piece would make half a definition: the page takes the whole or nothing. They go one behind the other without waiting, so that no click comes between.
  function deliver(parts: string[]): void {
    const whole = JSON.stringify(parts);
    for (let at = 0; at < whole.length; at += piece) {
      void page.invokeMethodAsync("CodePiece", whole.slice(at, at + piece), at === 0, at + piece >= whole.length);
    }
  }

  function replace(next: string): void {
    if (next === text()) return;
    let from = 0;
    const before = text();
    while (from < before.length && from < next.length && before[from] === next[from]) from++;
    let end = 0;
    while (end < before.length - from && end < next.length - from && before[before.length - 1 - end] === next[next.length - 1 - end]) end++;
    view.dispatch({ changes: { from, to: before.length - end, insert: next.slice(from, next.length - end) } });
    view.dispatch(setDiagnostics(view.state, []));
  }

  return {
    /** Shows a definition; the text written by hand, where there is one, goes on from there. */
    async show(stream: Stream): Promise<void> {
      const [wanted, source, json] = JSON.parse(new TextDecoder().decode(await stream.arrayBuffer())) as [Format, string | null, string];
      if (timer !== 0) {
        // What is being typed goes first; the page merges it and shows what came of that.
        flush();
        return;
      }
      if (wanted !== format || source !== null) {
        format = wanted;
        view.dispatch({ effects: language.reconfigure(format === "json" ? jsonLanguage() : yamlLanguage()) });
      }
      const here = source === null && text().length > 0 && !("problem" in read(text(), format)) ? text() : source;
      replace(here ? rewrite(here, json, format) : write(json, format));
    },
    focusStep(name: string): void {
      const at = placeOf(text(), name);
      if (at === null || view.hasFocus) return;
      step = name;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    },
    text,
    stop(): void {
      clearTimeout(timer);
      view.destroy();
    },
  };
}
