// Asks a warehouse questions as an auditor would: from the start page, by clicking what is there to be clicked.
// Usage: node ask.mjs START_PAGE < QUESTIONS; prints one JSON object per question, in their order.
// A question: {clicks: [{link|open: text, within?: css}], read: css}. Told: where it ended and what stands there.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const start = pathToFileURL(process.argv[2]).href;
const questions = JSON.parse(readFileSync(0, "utf-8"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
page.setDefaultTimeout(5_000);

async function click({ link, open, within }) {
  const place = within ? page.locator(within).first() : page;
  const target = open ? place.locator("summary").filter({ hasText: open }) : place.locator("a").filter({ hasText: link });
  await target.first().click();
  await page.waitForLoadState();
}

const told = [];
for (const { clicks, read } of questions) {
  const seen = { done: 0, why: null, text: "" };
  try {
    await page.goto(start);
    for (const each of clicks) {
      await click(each);
      seen.done += 1;
    }
    seen.text = await page.locator(read).first().innerText();
  } catch (error) {
    seen.why = String(error).slice(0, 400);
  }
  seen.at = page.url();
  told.push(seen);
}
await browser.close();
console.log(JSON.stringify(told));
