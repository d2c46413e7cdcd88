// A walk: one visitor with something to do, from a fresh browser on.

import { visitor, watched } from '../browser.mjs';

// Runs a walk and reports it as one check, and what went wrong on the way as another.
export async function walk({ browser, base, report }, name, options, steps) {
  const context = await visitor(browser, base, options);
  try {
    const { page, troubles } = await watched(context);
    try {
      await steps(page, context);
      report.check(name, 'walk', []);
    } catch (error) {
      report.check(name, 'walk', [`${error.message} (at ${page.url()})`]);
    }
    report.check(name, 'clean', troubles());
  } finally {
    await context.close();
  }
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
