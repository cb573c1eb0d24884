// Shared by the canvases of a page, for browsers that keep the clipboard from pages without TLS.
let last = "";

export async function writeClipboard(text: string): Promise<void> {
  last = text;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The copy in this page remains.
  }
}

export async function readClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText() || last;
  } catch {
    return last;
  }
}
