import assert from "node:assert/strict";
import { mendedPage } from "../../tools/course/feedback-page";
import { assertInert, planted } from "./planted";

/** A page of nbgrader's, into which a student's answer came as the HTML that Markdown allows. */
const page = (answer: string): string =>
  `<!DOCTYPE html><html><head><title>one</title><meta charset="utf-8"></head><body><div>${answer}</div><p>Mark: 1</p></body></html>`;

/** What the page says of itself: that nothing runs in it. */
const own = "meta[http-equiv='Content-Security-Policy']";

const answers: readonly string[] = [
  ...planted,
  `<img src="data:image/png;base64,AAAA" onerror="window.planted = 1" alt="curve">`,
  `<a href="javascript:window.planted=1">x</a><a href=" JaVaScRiPt:window.planted=1">y</a>`,
  `<a href="java&#10;script:window.planted=1">z</a><form action="javascript:1"><button formaction="javascript:1">b</button></form>`,
  `<base href="https://elsewhere.example/"><meta http-equiv="refresh" content="0;url=https://elsewhere.example">`,
  `<object data="https://elsewhere.example"></object><embed src="https://elsewhere.example">`,
  `<math><mtext onclick="1"></mtext></math><svg><script>window.planted = 1</script><use href="https://elsewhere.example#a"/></svg>`,
  `<template><script>window.planted = 1</script></template><noscript><img src=x onerror=1></noscript>`,
  `<noscript><p title="</noscript><img src=x onerror=window.planted=1>"></p></noscript>`,
  `<style>p { display: none }</style><link rel="stylesheet" href="https://elsewhere.example/a.css">`,
  `<img srcset="https://elsewhere.example/a.png 2x" src="https://elsewhere.example/a.png">`,
  `<svg><animate attributeName="href" values="javascript:1"/></svg>`,
];

describe("a page of feedback", () => {
  for (const answer of answers) {
    it(`brings nothing of a student's answer to life: ${answer.slice(0, 60)}`, () => {
      const mended = mendedPage(page(answer));
      const { document } = assertInert(mended, own).window;
      // A comment that a student opens and does not close swallows what follows, here and in nbgrader's own page.
      if (!answer.includes("<!--")) assert.match(document.body.textContent, /Mark: 1/);
      for (const element of document.querySelectorAll("[src], [data], [action], use[href]")) {
        assert.doesNotMatch(element.outerHTML, /elsewhere/);
      }
      assertInert(mendedPage(mended), own);
    });
  }

  it("reads formulas without bringing HTML inside them to life", () => {
    for (const text of planted) {
      const escaped = text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign);
      assertInert(mendedPage(page(`<p>$\\text{${escaped}}$ and $\\href{javascript:window.planted=1}{x}$</p>`)), own);
      assertInert(mendedPage(page(`<p>$\\htmlData{a=${escaped}}{x}$ $\\url{javascript:1}$</p>`)), own);
    }
  });

  it("says itself that nothing may run in it or be loaded", () => {
    const { document } = assertInert(mendedPage(page("text")), own).window;
    const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /script-src|https?:/);
  });

  it("keeps a student's picture, table and link", () => {
    const kept =
      `<img src="data:image/png;base64,AAAA" alt="curve"><table><tbody><tr><td>1</td></tr></tbody></table>` +
      `<a href="https://arxiv.org/abs/1606.05340">paper</a>`;
    assert.ok(mendedPage(page(kept)).includes(kept));
  });
});
