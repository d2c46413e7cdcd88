// A traffic violation: found, looked at, agreed to with two ticks, decided, paid and settled, on five pages of ours.

import { mustBeAt, press, send, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { sayYes } from './national.mjs';
import { inBothLanguages } from './ways.mjs';

const VIOLATIONS = '/services/YZ02001/start';
const DECISION = 20_000;
const SETTLED = 60_000;
const PAGES = 5;

export async function violation(world) {
  const { portal, register, base } = world;
  await inBothLanguages(world, 'a traffic violation', async (page, { turn, again, mustBeSound }) => {
    // Nobody answers for the same record twice.
    const driver = again ? register.pensioner : [register.owner, register.parent][turn];
    const seen = [];
    page.on('framenavigated', (frame) => seen.push(frame.url()));
    await signIn(page, portal.person(driver.name), VIOLATIONS);
    await page.locator('#a-plate').fill('测A12345');
    await page.locator('main input[type="radio"]').first().check();
    await send(page);
    const record = page.locator('.found-record', { has: page.locator('form') }).first();
    await record.locator('summary').click();
    const picture = record.locator('img');
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await picture.elementHandle());
    await mustBeSound();

    await press(record.locator('form button').first());
    // Penalties ask for more than a password; whoever proves it goes on where they were.
    mustBeAt(page, '/me/verify', 'with a password alone');
    await mustBeSound();
    await sayYes(page, driver, 'name');
    if (new URL(page.url()).pathname.endsWith('/choose')) await press(page.locator('form[action$="/link"] button'));
    if (new URL(page.url()).pathname.startsWith('/resume/')) await send(page);
    must(new URL(page.url()).pathname.includes('/apply/'), `begun, at ${page.url()}`);
    must((await page.locator('.checks .tag').count()) === 5, 'not everything is checked');
    await mustBeSound();
    await press(page.locator('main form button.large'));
    must((await page.locator('.field-error').count()) === 4, 'what is to be agreed to is not asked for');
    await page.locator('main input[type="radio"]').first().check();
    for (const box of await page.locator('main input[type="checkbox"]').all()) await box.check();
    await press(page.locator('main form button.large'));
    must(/\/me\/cases\/\d{4}-/.test(page.url()), `handed in, at ${page.url()}`);
    // The page looks again by itself, also without script.
    const due = page.locator('main a.button[href^="/services/YZ02016/due"]');
    await due.waitFor({ timeout: DECISION });
    await mustBeSound();
    await press(due);
    await mustBeSound();
    await press(page.locator('form[action$="/pay"] button').first());
    must(/\/me\/payments\/P-/.test(page.url()), `ordered, at ${page.url()}`);
    const order = new URL(page.url()).pathname;
    await press(page.locator('main a.button.large'));
    await press(page.locator('button[value="pay"]'));
    must(new URL(page.url()).pathname === order, `back, at ${page.url()}`);
    const receipt = page.locator('main a[href$="/receipt"]');
    for (const until = Date.now() + SETTLED; (await receipt.count()) === 0 && Date.now() < until; ) {
      await page.waitForTimeout(500);
      await page.goto(order);
    }
    must((await receipt.count()) === 1, 'it is not settled');
    await mustBeSound();
    // The list, the form, the decision, the bill and the receipt's order; proving who one is comes before.
    const here = new URL(base).origin;
    const ours = new Set(seen.map((url) => new URL(url)).filter((url) => url.origin === here).map((url) => url.pathname));
    const pages = [...ours].filter((path) => !/^\/(sign-in|me\/verify|resume)/.test(path));
    must(pages.length <= PAGES, `it takes ${pages.length} pages: ${pages.join(' ')}`);
  });
}
