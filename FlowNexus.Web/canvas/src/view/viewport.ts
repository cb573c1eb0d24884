import type { Viewport } from "@xyflow/react";
import type { Rect } from "../core/geometry.ts";

const padding = 40;
const readable = 0.5;

export function opening(key: string | undefined, all: Rect, width: number, height: number): Viewport {
  const kept = key ? read(key) : null;
  if (kept) return kept;
  const whole = Math.min(1, (width - 2 * padding) / all.width, (height - 2 * padding) / all.height);
  if (whole >= readable) return { zoom: whole, x: (width - all.width * whole) / 2 - all.x * whole, y: (height - all.height * whole) / 2 - all.y * whole };
  const tall = all.height * readable;
  return { zoom: readable, x: padding - all.x * readable, y: tall > height - 2 * padding ? padding - all.y * readable : (height - tall) / 2 - all.y * readable };
}

export function keepViewport(key: string | undefined, viewport: Viewport): void {
  if (key) sessionStorage.setItem(`canvas:${key}`, JSON.stringify(viewport));
}

function read(key: string): Viewport | null {
  const text = sessionStorage.getItem(`canvas:${key}`);
  return text ? JSON.parse(text) as Viewport : null;
}
