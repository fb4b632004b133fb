// Opens every page of a folder with the network cut, and tells what each tried to do.
// Usage: node open_pages.mjs FOLDER PICTURES_FOLDER; prints one JSON object per page, by name.
import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, pictures] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
const told = {};
for (const name of readdirSync(folder).filter((each) => each.endsWith(".html")).sort()) {
  const own = pathToFileURL(`${folder}/${name}`).href;
  const context = await browser.newContext({ offline: true });
  const seen = { asked: [], dialogs: [], said: [], ran: false, handlers: [], addresses: [] };
  await context.route("**/*", (route) => {
    if (route.request().url() === own) return route.continue();
    seen.asked.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => { seen.dialogs.push(dialog.message()); dialog.dismiss().catch(() => {}); });
  page.on("console", (message) => seen.said.push(message.text()));
  page.on("pageerror", (error) => seen.said.push(String(error)));
  await page.goto(own);
  await page.mouse.move(300, 300);
  await page.waitForTimeout(300);
  seen.ran = await page.evaluate(() => "hostileScriptRan" in window);
  seen.text = await page.evaluate(() => document.body.innerText);
  seen.language = await page.evaluate(() => document.documentElement.lang);
  const attributes = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap(
    (element) => [...element.attributes].map((each) => [each.name, each.value])));
  seen.handlers = attributes.filter(([key]) => key.startsWith("on")).map(([key]) => key);
  seen.addresses = attributes.filter(([key]) => ["href", "src", "srcset", "action", "data"].includes(key)).map(([, value]) => value);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  await context.close();
  told[name] = seen;
}
await browser.close();
console.log(JSON.stringify(told));
