// The ways a visitor may have the portal: two languages, two text sizes.

import { press } from './people.mjs';
export const MODES = [
  { name: 'zh', lang: 'zh-CN', large: false },
  { name: 'zh large', lang: 'zh-CN', large: true },
  { name: 'en', lang: 'en', large: false },
  { name: 'en large', lang: 'en', large: true },
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
