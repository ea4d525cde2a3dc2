import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import katex from "katex";
import { writeAtomically } from "../run/write-atomically";

/** Texts in which a dollar sign is a dollar sign. */
const literal = "pre, code, script, style, textarea, .highlight";
const formula = /\$\$([\s\S]+?)\$\$|\$([^\s$](?:[^$\n]*[^\s$])?)\$/g;

/** What runs, loads, or shows a page within the page; what a browser parses otherwise than jsdom; what hides marks. */
const removed =
  "script, iframe, frame, frameset, object, embed, applet, portal, base, link, meta[http-equiv], template, noscript, noembed, " +
  "noframes, xmp, plaintext, foreignObject, animate, animateMotion, animateTransform, set, body style";
/** Attributes whose values are addresses. */
const addresses = ["href", "xlink:href", "src", "action", "formaction", "data", "poster", "background", "cite", "ping"];
/** Nothing runs and nothing is loaded, even where the page holds what was overlooked here. */
const policy =
  "default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * Makes a page of nbgrader's readable anywhere: formulas become MathML, which browsers show by themselves, and what the
 * page would load from the network goes. What a student wrote, HTML in its Markdown or its outputs, runs nothing.
 */
export function mendFeedback(file: string): void {
  writeAtomically(file, mendedPage(readFileSync(file, "utf8")));
}

export function mendedPage(html: string): string {
  const dom = new JSDOM(html);
  const { document } = dom.window;
  // nbgrader's own scripts do nothing but load MathJax; its styles stand in the head.
  for (const element of document.querySelectorAll(removed)) element.remove();
  for (const element of document.querySelectorAll("*")) disarm(element);
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy;
  document.head.prepend(meta);
  const walker = document.createTreeWalker(document.body, dom.window.NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.data.includes("$") && text.parentElement?.closest(literal) == null) texts.push(text);
  }
  for (const text of texts) typeset(document, text);
  return dom.serialize();
}

/** Takes away what runs when something happens to an element, and addresses that run or load. */
function disarm(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    const runs = /^on|^srcdoc$|^srcset$/i.test(name);
    if (runs || (addresses.includes(name.toLowerCase()) && !isHarmless(element, value))) element.removeAttribute(name);
  }
}

/** Links may lead anywhere on the web; the page itself shows only what it holds. */
function isHarmless(element: Element, address: string): boolean {
  // Browsers leave out white space and control characters.
  const plain = [...address]
    .filter((sign) => sign > " ")
    .join("")
    .toLowerCase();
  if (plain.startsWith("#")) return true;
  if (element.localName === "a") return /^(https?:|mailto:)/.test(plain) || !/^[^/?#]*:/.test(plain);
  return element.localName === "img" && /^data:image\//.test(plain);
}

function typeset(document: Document, text: Text): void {
  const parts: Node[] = [];
  let end = 0;
  for (const found of text.data.matchAll(formula)) {
    const span = document.createElement("span");
    const displayed = found[1] !== undefined;
    span.innerHTML = katex.renderToString(found[1] ?? found[2] ?? "", {
      displayMode: displayed,
      output: "mathml",
      throwOnError: false,
      strict: "ignore",
      trust: false,
    });
    parts.push(document.createTextNode(text.data.slice(end, found.index)), span);
    end = found.index + found[0].length;
  }
  text.replaceWith(...parts, document.createTextNode(text.data.slice(end)));
}
