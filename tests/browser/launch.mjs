// Launches the yearly job in the Dagster UI as a data engineer would, and reads from the page where the outputs lie.
// Usage: node launch.mjs BASE_URL ROUND|All PICTURES_FOLDER RUNS; prints one JSON object.
import { chromium } from "playwright-core";

const [base, round, pictures, runs] = process.argv.slice(2);
const MINUTE = 60_000;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(MINUTE / 2);
const elsewhere = [];
page.on("request", (request) => {
  if (![base, "data:", "blob:"].some((own) => request.url().startsWith(own))) elsewhere.push(request.url());
});
const picture = (name) => page.screenshot({ path: `${pictures}/${name}.png` });

async function choose(value) {
  const dialog = page.locator("[role=dialog]");
  if (value === "All") {
    await dialog.getByRole("button", { name: "All", exact: true }).click();
    return;
  }
  await dialog.getByText("Select a partition or create one").click();
  await page.locator("label, [role=menuitem]").filter({ hasText: value }).locator("visible=true").last().click();
  await page.keyboard.press("Escape");
}

// The statuses of all runs, once none is left that is queued or going on.
async function statuses() {
  const query = "{ runsOrError { ... on Runs { results { status } } } }";
  const body = JSON.stringify({ query });
  const answer = await fetch(`${base}/graphql`, { method: "POST", headers: { "Content-Type": "application/json", Origin: base }, body });
  return (await answer.json()).data.runsOrError.results.map((run) => run.status);
}

async function allEnded(expected) {
  for (let second = 0; second < 300; second += 1) {
    const now = await statuses();
    if (now.length >= expected && now.every((status) => ["SUCCESS", "FAILURE"].includes(status))) return now;
    await page.waitForTimeout(1000);
  }
  throw new Error(`runs did not end: ${await statuses()}`);
}

const before = (await statuses()).length;
await page.goto(`${base}/locations/statsbidrag/jobs/annual_evaluation`);
await page.getByRole("button", { name: /Materialize all/ }).click();
const firstRunDialog = await page.getByText("Join the Dagster community").count();
await choose(round);
await picture("launch");
await page.getByRole("button", { name: /^Launch (1 run|backfill|\d+.*)$/ }).click();
const ended = await allEnded(before + Number(runs));
await page.goto(`${base}/runs`);
await page.getByRole("link", { name: "View", exact: true }).first().click();
await page.waitForTimeout(3000);
await picture("run");
await page.goto(`${base}/assets/published_version?view=events`);
await page.getByText("statsbidrag.sqlite").first().waitFor();
await page.waitForTimeout(1000);
await picture("published");
const database = await page.getByText(/statsbidrag\.sqlite$/).first().innerText();
await page.goto(`${base}/asset-groups`);
await page.waitForTimeout(3000);
await picture("lineage");
await page.goto(`${base}/assets/core_reconciliation`);
await page.getByText("difference_sek").first().waitFor();
await page.waitForTimeout(1000);
await picture("asset");
// What the checks of a table say, and where they lead.
await page.goto(`${base}/assets/raw_row?view=checks&checkDetail=warnings`);
await page.getByText("name_by_likeness").first().waitFor();
await page.waitForTimeout(3000);
await picture("checks");
const report = await page.locator("a[href*='/statsbidrag/report/']").first().getAttribute("href");
await page.goto(`${base}${report}`);
await picture("report");
const led = page.url();
await browser.close();
console.log(JSON.stringify({ ended, database, elsewhere, firstRunDialog, report: led }));
