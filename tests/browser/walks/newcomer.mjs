// Someone who comes for the first time, with script switched off, finds out how to get a driving licence.

import { press } from '../people.mjs';
import { PHONE } from '../browser.mjs';
import { must, walk } from './walk.mjs';

export function newcomer(world) {
  return walk(world, 'newcomer without script', { javaScriptEnabled: false, viewport: PHONE }, async (page) => {
    await page.goto('/');
    await page.locator('form[role="search"] input[name="q"]').first().fill('驾照');
    await press(page.locator('form[role="search"] button[type="submit"]').first());
    must(new URL(page.url()).searchParams.get('q') === '驾照', 'the search did not arrive at the results');

    const first = page.locator('main ol a[href^="/services/"], main ul a[href^="/services/"]').first();
    const name = (await first.innerText()).trim();
    must(/驾/.test(name), `the first result for 驾照 is “${name}”`);
    await press(first);

    const heading = (await page.locator('h1').innerText()).trim();
    must(heading === name, `the result “${name}” led to “${heading}”`);
    must(await page.locator('#papers').isVisible(), 'the guide shows no papers');
    must((await page.locator('section[aria-labelledby="steps"] ol > li').count()) > 0, 'the guide shows no steps');

    const guide = new URL(page.url()).pathname;
    await press(page.locator(`main a[href="${guide}/start"]`).first());
    // It is applied for online, which somebody does who is known: at once, and not after the form is filled in.
    const led = new URL(page.url());
    must(led.pathname === '/sign-in', 'whoever begins is not asked who they are');
    must(led.searchParams.get('next') === `${guide}/start`, 'signing in does not lead back');

    // What officers answer beforehand says whom to ask about the rest.
    await page.goto('/services/YZ03005/start');
    must((await page.locator('main a[href^="tel:"]').count()) > 0, 'the answer names no number to call');
    must((await page.locator('main h2').count()) > 0, 'the answer has nothing under a heading');
    must((await page.locator('main a[href="/services/YZ03005"]').count()) > 0, 'the answer does not lead back to the guide');
  });
}
