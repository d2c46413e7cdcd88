// An appointment: a day and a time chosen, the form filled in, booked, shown as a ticket, and given back. Once in a
// calendar of the portal's own, where the answer is there at once, and once in a hospital's.

import { press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const OWN = '/services/YZ15014/start';
const HOSPITAL = '/services/YZ07011/start';

export async function booking(world) {
  const { portal, register } = world;
  await inEveryWay(world, 'an appointment', async (page, { mustBeSound }) => {
    await page.goto(OWN);
    must(new URL(page.url()).pathname === '/sign-in', 'nobody is asked who they are');
    await signIn(page, portal.person(register.rare.name), OWN);
    must((await page.locator('#days + ul a').count()) > 3, 'there are no days');
    await mustBeSound();
    await press(page.locator('main form button.large').first());
    must((await page.locator('.field-error').count()) > 0, 'that nothing was chosen is not said');
    await mustBeSound();
    await press(page.locator('#days + ul a').nth(1));
    await page.locator('main input[name="slot"]').first().check();
    await press(page.locator('main form button.large').first());
    must(new URL(page.url()).pathname.includes('/apply/'), `chosen, at ${page.url()}`);
    await fillIn(page);
    must(new URL(page.url()).pathname.endsWith('/review'), `filled in, at ${page.url()}`);
    await mustBeSound();
    await press(page.locator('form[action$="/book"] button'));
    must(/\/me\/bookings\/\d{4}-/.test(page.url()), `booked, at ${page.url()}`);
    must((await page.locator('.big-code').count()) === 1, 'there is no code to show');
    await mustBeSound();
    await press(page.locator('form[action$="/cancel"] button'));
    must((await page.locator('form[action$="/cancel"]').count()) === 0, 'it can be given back twice');
    await mustBeSound();
    await page.goto('/me/bookings?show=past');
    must((await page.locator('main .line').count()) > 0, 'what was booked is forgotten');
    await mustBeSound();
    await page.goto(HOSPITAL);
    must((await page.locator('#places + ul a').count()) > 2, 'there are no departments');
    await mustBeSound();
  });
}

// Answers a form page by page: the first of every choice, a word in every line.
async function fillIn(page) {
  for (let pages = 0; pages < 10 && page.url().includes('/pages/'); pages += 1) {
    const names = await page.locator('main input[type="radio"]').evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
    for (const name of names) await page.locator(`main input[type="radio"][name="${name}"]`).first().check();
    for (const select of await page.locator('main select').all()) await select.selectOption({ index: 1 });
    for (const line of await page.locator('main input[type="text"], main textarea').all()) await line.fill('房屋租赁合同');
    await press(page.locator('main form button.large'));
  }
}
