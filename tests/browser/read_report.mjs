// Opens one validation report with the network cut, as an auditor would read it: checks it with axe, filters it,
// prints it. Usage: node read_report.mjs PAGE PICTURES_FOLDER; prints one JSON object.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const own = pathToFileURL(file).href;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
const context = await browser.newContext({ offline: true, bypassCSP: true, viewport: { width: 1280, height: 900 } });
const told = { asked: [], said: [], dialogs: 0 };
await context.route("**/*", (route) => {
  if (route.request().url() === own) return route.continue();
  told.asked.push(route.request().url());
  return route.abort();
});
const page = await context.newPage();
page.on("console", (message) => told.said.push(message.text()));
page.on("dialog", (dialog) => { told.dialogs += 1; dialog.dismiss().catch(() => {}); });
await page.goto(own);
await page.waitForTimeout(300);
told.ran = await page.evaluate(() => "hostileScriptRan" in window);
told.handlers = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap(
  (element) => [...element.attributes].map((each) => each.name)).filter((name) => name.startsWith("on")).length);
await page.screenshot({ path: `${pictures}/report.png` });

// Shown rows and groups of findings, as the style sheet leaves them.
const shown = () => page.evaluate(() => {
  const visible = (element) => element.offsetParent !== null && element.checkVisibility({ contentVisibilityAuto: true });
  const groups = [...document.querySelectorAll("#findings-list .group")].filter(visible);
  return groups.map((group) => [group.id, [...group.querySelectorAll("tbody tr")].filter(visible).length]);
});
const wide = () => page.evaluate(() => [...document.querySelectorAll(".scroll")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.getAttribute("aria-label")));
told.first = await shown();
if (await page.locator("#file-1").count() && told.first.length) {
  await page.locator("#file-1").check();
  told.firstFile = await page.locator("label:has(#file-1)").innerText().then((text) => text.trim());
  told.files = await page.evaluate(() => [...document.querySelectorAll("#findings-list tbody tr")]
    .filter((row) => row.offsetParent !== null).map((row) => row.querySelector(".file").innerText.split("\n")[0]));
  await page.locator("#findings-list fieldset input").first().check();
}
await page.emulateMedia({ media: "print" });
told.printed = await shown();
await page.pdf({ path: `${pictures}/report.pdf`, preferCSSPageSize: true });
await page.emulateMedia({ media: "screen" });
await page.evaluate(() => { for (const each of document.querySelectorAll("details")) each.open = true; });
told.wide = await wide();
await page.addScriptTag({ content: axe });
const violations = async () => (await page.evaluate(
  () => window.axe.run(document, { resultTypes: ["violations"] }))).violations.map(
  (each) => `${each.id}: ${each.help} (${each.nodes.length}) ${each.nodes[0].target}`);
told.violations = await violations();
told.overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
await page.setViewportSize({ width: 390, height: 800 });
told.violations.push(...await violations());
told.narrowOverflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
await page.screenshot({ path: `${pictures}/narrow.png` });
await browser.close();
console.log(JSON.stringify(told));
