import assert from "node:assert/strict";
import { JSDOM } from "jsdom";

/** Texts that come alive in a page that does not escape them. */
export const planted: readonly string[] = [
  `<script>window.planted = 1</script>`,
  `</script><script>window.planted = 1</script>`,
  `</title></textarea></caption><script>window.planted = 1</script>`,
  `"><img src=x onerror="window.planted = 1">`,
  `' onmouseover='window.planted = 1`,
  `<svg onload=window.planted=1><a href="javascript:window.planted=1">x</a></svg>`,
  `<iframe srcdoc="&lt;script&gt;parent.planted = 1&lt;/script&gt;"></iframe>`,
  "${(window.planted = 1)} `${(window.planted = 1)}`",
  `--><script>window.planted = 1</script><!--`,
  `&lt;script&gt;window.planted = 1&lt;/script&gt;`,
];

/** All of them in one text. */
export const everything: string = planted.join(" ");

/**
 * Opens HTML as a page whose scripts run, and finds nothing in it that data could have brought to life.
 * @param own selector of the scripts that belong to the page
 */
export function assertInert(html: string, own: string = "no-script"): JSDOM {
  const dom = new JSDOM(html, { runScripts: "dangerously" });
  const { document } = dom.window;
  assert.equal((dom.window as unknown as { planted?: unknown }).planted, undefined, "a planted script ran");
  const live = [...document.querySelectorAll("script, iframe, object, embed, base, meta[http-equiv]")];
  assert.deepEqual(
    live.filter((element) => !element.matches(own)).map((element) => element.outerHTML),
    [],
  );
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      assert.doesNotMatch(name, /^on/i, element.outerHTML);
      assert.ok(!/^\s*(javascript|vbscript):/i.test(value), `${name}="${value}"`);
    }
  }
  return dom;
}

/** Finds every planted text whole among what a reader sees or hears. */
export function assertToldWhole(dom: JSDOM, texts: readonly string[] = planted): void {
  const { document } = dom.window;
  const attributes = [...document.querySelectorAll("*")].flatMap((element) =>
    [...element.attributes].map(({ value }) => value),
  );
  const told = [document.documentElement.textContent, ...attributes];
  for (const text of texts)
    assert.ok(
      told.some((one) => one.includes(text)),
      `not told: ${text}`,
    );
}
