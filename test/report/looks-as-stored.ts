import assert from "node:assert/strict";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { picture, type Figure } from "fathom/report";

/**
 * Asserts that a figure's picture is the one that lies in a folder under the figure's id. If it is not, the new picture
 * is left beside the stored one, to be looked at.
 */
export async function looksAsStored(figure: Figure, folder: string): Promise<void> {
  const [stored, changed] = [join(folder, `${figure.id}.png`), join(folder, `${figure.id}.changed.png`)];
  const png = await picture(figure);
  rmSync(changed, { force: true });
  const difference = existsSync(stored) ? await differingPixels(readFileSync(stored), png) : Infinity;
  if (difference === 0) return;
  writeFileSync(changed, png);
  assert.fail(`${difference} pixels differ. Look at ${changed}; if it is right, move it onto ${figure.id}.png.`);
}

/** How many pixels differ; the compression of the files does not matter. */
export async function differingPixels(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = [await decoded(one), await decoded(other)];
  if (a.length !== b.length) return Infinity;
  return a.reduce((count, pixel, index) => count + (pixel === b[index] ? 0 : 1), 0);
}

async function decoded(png: Uint8Array): Promise<Uint32Array> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  return new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
}
