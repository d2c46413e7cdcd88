// Someone with an address that leads nowhere is offered ways on.

import { must, walk } from './walk.mjs';

export async function lost(world) {
  await walk(world, 'an address that leads nowhere', {}, async (page) => {
    for (const path of ['/nothing-here', '/services/YZ99999', '/agencies/nobody', '/domains/D99']) {
      const answer = await page.goto(path);
      must(answer.status() === 404, `${path} answered ${answer.status()}`);
      must(await page.locator('main form[role="search"] input[name="q"]').isVisible(), `${path} offers no search`);
      must(await page.locator('main a[href="/"]').first().isVisible(), `${path} does not offer the home page`);
    }
    await page.locator('main form[role="search"] input[name="q"]').fill('医保');
    await Promise.all([page.waitForURL('**/search?*'), page.keyboard.press('Enter')]);
    must((await page.locator('main a[href^="/services/"]').count()) > 0, 'searching from there finds nothing');
  });

  await walk(world, 'words that nothing fits', {}, async (page) => {
    await page.goto('/search?q=zzzzqqq');
    const results = await page.locator('main .hits a').allInnerTexts();
    must(results.length === 0, `zzzzqqq finds ${results.length} services, first ${results[0]}`);
    must((await page.locator('main a[href^="tel:"]').count()) > 0, 'nobody to ask is named');
    must((await page.locator('main a[href^="/domains/"]').count()) > 0, 'no other way to find a service is offered');
  });
}
