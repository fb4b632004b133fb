// Opens pages with the network cut on a wide and a narrow screen: checks each with axe, and whether it is wider than
// the screen. Usage: node look.mjs PICTURES_FOLDER PAGE...; prints one JSON object per page, by path.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [pictures, ...pages] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
const told = {};
const context = await browser.newContext({ offline: true, bypassCSP: true });
const page = await context.newPage();
const asked = [];
page.on("request", (request) => asked.push(request.url()));
for (const each of pages) {
  told[each] = { violations: [], wider: {} };
  for (const width of [1280, 390]) {
    asked.length = 0;
    await page.setViewportSize({ width, height: 900 });
    await page.goto(pathToFileURL(each).href);
    told[each].wider[width] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    told[each].asked = asked.length - 1;
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const said = found.violations.map((one) => `${width}: ${one.id}: ${one.help} (${one.nodes.length}) ${one.nodes[0].target}`);
    told[each].violations.push(...said);
    await page.screenshot({ path: `${pictures}/${basename(each)}.${width}.png` });
  }
}
await browser.close();
console.log(JSON.stringify(told));
