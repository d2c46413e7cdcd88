// The ways a visitor may have the portal: two languages, two text sizes. Each is looked at on one device with the whole
// set of accessibility rules, so that every language and every text size is on both.

import { press } from './people.mjs';
export const MODES = [
  { name: 'zh', deep: 'desktop', lang: 'zh-CN', large: false },
  { name: 'zh large', deep: 'phone', lang: 'zh-CN', large: true },
  { name: 'en', deep: 'phone', lang: 'en', large: false },
  { name: 'en large', deep: 'desktop', lang: 'en', large: true },
];

// Chooses a mode as a visitor does, by the links in the header; the cookie keeps it.
export async function choose(page, mode) {
  await page.goto('/');
  if ((await page.locator('html').getAttribute('lang')) !== mode.lang) {
    await press(page.locator(`header a[hreflang="${mode.lang}"]`));
  }
  if (mode.large) {
    await press(page.locator('header a[href*="mode=large"]'));
  }
}
