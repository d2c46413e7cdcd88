// A walk: one visitor with something to do, from a fresh browser on.

import { visitor, watched } from '../browser.mjs';
import { oneLine } from '../report.mjs';

// Runs a walk and reports it as one check, and what went wrong on the way as another. A walk that stumbles is walked
// once more from the start: a busy machine passes the second time, and is named in the report; a mistake of ours does not.
export async function walk(world, name, options, steps) {
  const first = await once(world, options, steps);
  const last = first.problems.length === 0 ? first : await once(world, options, steps);
  if (last.problems.length === 0 && first !== last) world.report.wavered(name, first.problems);
  world.report.check(name, 'walk', last.problems);
  world.report.check(name, 'clean', last.troubles);
}

async function once({ browser, base }, options, steps) {
  const context = await visitor(browser, base, options);
  try {
    const { page, troubles } = await watched(context);
    const problems = await steps(page, context).then(() => [], async (error) => [`${oneLine(error.message)} (at ${await where(page)})`]);
    return { problems, troubles: troubles() };
  } finally {
    await context.close();
  }
}

// Where somebody is, and what the page says there.
async function where(page) {
  const said = await page.locator('h1, .errors, .notice').allInnerTexts().catch(() => []);
  return [page.url(), ...said].join(' | ');
}

export function must(right, problem) {
  if (!right) throw new Error(problem);
}

// How the page looks: language, text size, appearance.
export function look(page) {
  return page.evaluate(() => {
    const { lang, dataset } = document.documentElement;
    return `${lang} ${dataset.mode ?? 'normal'} ${dataset.theme ?? 'auto'}`;
  });
}

export async function mustLook(page, wanted, when) {
  const now = await look(page);
  must(now === wanted, `${when}: the page is ${now}, not ${wanted}`);
}
