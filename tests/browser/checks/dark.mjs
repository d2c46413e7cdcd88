// Contrast on a device that is set to dark. Nothing else depends on the colours.

import { DESKTOP, visitor, watched } from '../browser.mjs';
import { violations } from './axe.mjs';

const CONTRAST = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

export async function checkDark({ browser, base, report, addresses, options }) {
  const context = await visitor(browser, base, { ...options, colorScheme: 'dark', viewport: DESKTOP });
  try {
    const { page } = await watched(context);
    for (const { path } of addresses) {
      await page.goto(path);
      report.check(`${path} [dark]`, 'contrast', await violations(page, CONTRAST));
    }
  } finally {
    await context.close();
  }
}
