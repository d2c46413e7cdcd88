// Without script every page shows the same headings and links.

import { DESKTOP, visitor, watched } from '../browser.mjs';
import { outline } from './inside.mjs';

export async function checkWithoutScript({ browser, base, report, addresses, options }) {
  const contexts = [];
  const visit = async (javaScriptEnabled) => {
    const context = await visitor(browser, base, { ...options, javaScriptEnabled, viewport: DESKTOP });
    contexts.push(context);
    return watched(context);
  };
  try {
    const [scripted, plain] = [await visit(true), await visit(false)];
    const compare = async (path) => {
      await Promise.all([scripted.page.goto(path), plain.page.goto(path)]);
      const [withScript, without] = [await scripted.page.evaluate(outline), await plain.page.evaluate(outline)];
      return {
        headings: differences(without.headings, withScript.headings),
        links: differences(without.links, withScript.links),
      };
    };
    for (const { path } of addresses) {
      const place = `${path} [without script]`;
      try {
        let found = await compare(path);
        // What is used most changes while the city runs, perhaps just between two visits.
        if (found.headings.length + found.links.length > 0) found = await compare(path);
        report.check(place, 'headings', found.headings);
        report.check(place, 'links', found.links);
        report.check(place, 'clean', plain.troubles());
      } catch (error) {
        report.check(place, 'visit', [error.message]);
      }
    }
  } finally {
    for (const context of contexts) await context.close();
  }
}

function differences(without, withScript) {
  const missing = withScript.filter((entry) => !without.includes(entry)).map((entry) => `missing: ${entry}`);
  const added = without.filter((entry) => !withScript.includes(entry)).map((entry) => `only without: ${entry}`);
  const order = missing.length + added.length === 0 && without.join('\n') !== withScript.join('\n');
  return [...missing, ...added, ...(order ? ['another order'] : [])];
}
