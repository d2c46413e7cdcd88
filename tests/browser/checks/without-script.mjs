// Without script every page shows the same headings and links.

import { DESKTOP, visitor, watched } from '../browser.mjs';
import { outline } from './inside.mjs';

export async function checkWithoutScript({ browser, base, report, addresses, seen }) {
  const context = await visitor(browser, base, { javaScriptEnabled: false, viewport: DESKTOP });
  try {
    const { page, troubles } = await watched(context);
    for (const { path } of addresses) {
      const place = `${path} [without script]`;
      try {
        await page.goto(path);
        const [without, withScript] = [await page.evaluate(outline), seen.outlines.get(path)];
        report.check(place, 'headings', differences(without.headings, withScript?.headings ?? []));
        report.check(place, 'links', differences(without.links, withScript?.links ?? []));
        report.check(place, 'clean', troubles());
      } catch (error) {
        report.check(place, 'visit', [error.message]);
      }
    }
  } finally {
    await context.close();
  }
}

function differences(without, withScript) {
  const missing = withScript.filter((entry) => !without.includes(entry)).map((entry) => `missing: ${entry}`);
  const added = without.filter((entry) => !withScript.includes(entry)).map((entry) => `only without: ${entry}`);
  const order = missing.length + added.length === 0 && without.join('\n') !== withScript.join('\n');
  return [...missing, ...added, ...(order ? ['another order'] : [])];
}
