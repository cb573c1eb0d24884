import { useSession } from "./session.ts";

/** The page's own icons, drawn once each and referred to. */
export function GlyphSheet() {
  const { options, key } = useSession();
  const symbols = Object.entries(options.glyphs).map(([name, shapes]) => `<symbol id="${key}-${name}" viewBox="0 0 24 24">${shapes}</symbol>`).join("");
  return <svg className="fc-sheet" aria-hidden="true" dangerouslySetInnerHTML={{ __html: symbols }} />;
}

export function Glyph({ name, size = 16, className }: { name: string; size?: number; className?: string }) {
  const { options, key } = useSession();
  const known = name in options.glyphs ? name : "Workflow";
  return <svg className={className} width={size} height={size} aria-hidden="true"><use href={`#${key}-${known}`} /></svg>;
}
