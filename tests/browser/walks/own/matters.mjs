// A matter of an agency without a system, from applying to what was decided, for walks that begin where it ends.

import { mustBeAt, press } from '../../people.mjs';

// Asks for information that the government keeps, from the form's first page on. Where the case is.
export async function apply(page) {
  await press(page.locator('main form button.large[type="submit"]').first());
  for (let at = 0; at < 5 && !new URL(page.url()).pathname.endsWith('/review'); at += 1) {
    for (const box of await page.locator('main textarea, main input[type="text"]').all()) await box.fill('文澜路改造工程的施工合同');
    const radio = page.locator('main input[type="radio"]').first();
    if (await radio.count()) await radio.check();
    await press(page.locator('main form button.large'));
  }
  await press(page.locator('form[action$="/submit"] button'));
  return new URL(page.url()).pathname;
}

// Takes it on and grants it.
export async function grant(desk, mine) {
  const there = mine.replace('/me/cases', '/agency/cases');
  for (const [act, reason] of [['accept', ''], ['grant', '准予公开']]) {
    await desk.goto(`${there}/do/${act}`);
    const box = desk.locator('main textarea[name="reason"]');
    if (await box.count()) await box.fill(reason);
    await press(desk.locator('main form[method="post"] button.large'));
    mustBeAt(desk, there, act);
  }
}

// From the page of the case to its rating, which is written down by a job. Where the rating is.
export async function toRating(page, mine) {
  await page.goto(mine);
  const way = page.locator('main a[href^="/me/ratings/case/"]');
  for (let at = 0; at < 40 && (await way.count()) === 0; at += 1) {
    await page.waitForTimeout(250);
    await page.goto(mine);
  }
  await press(way.first());
  return new URL(page.url()).pathname;
}
