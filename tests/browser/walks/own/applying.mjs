// An application: begun, left with a mistake, gone on with, summed up and handed in; and taken back.

import { press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

// One red dot.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
const START = '/services/YZ13022/start';

export async function applying(world) {
  const { portal, register } = world;
  await inEveryWay(world, 'an application', async (page, { script, mustBeSound }) => {
    await page.goto(START);
    must(new URL(page.url()).pathname === '/sign-in', 'nobody is asked who they are');
    await signIn(page, portal.person(register.rare.name), START);
    must((await page.locator('.told').count()) === 1, 'what the agency is told is not said');
    await mustBeSound();
    await press(page.locator('main form button.large[type="submit"]').first());
    must(new URL(page.url()).pathname.includes('/apply/'), `begun, at ${page.url()}`);
    await mustBeSound();
    if (script) {
      // What is wrong is said as soon as the box is left.
      await page.locator('#cert_number').fill('证'.repeat(101));
      await page.locator('#cert_number').press('Tab');
      await page.locator('#cert_number-error').waitFor();
      must((await page.locator('#cert_number').getAttribute('aria-invalid')) === 'true', 'the box is not marked');
      await mustBeSound();
      await page.locator('#cert_number').fill('');
    }
    await press(page.locator('main form button.large'));
    must((await page.locator('.field-error').count()) > 0, 'what is missing is not said');
    await mustBeSound();
    await page.locator('#cert_number').fill('TS990100118823');
    await press(page.locator('button[value="later"]'));
    must(new URL(page.url()).pathname === '/me/cases', `left, at ${page.url()}`);
    await mustBeSound();
    await press(page.locator('main a[href*="/apply/"]').first());
    must((await page.locator('#cert_number').inputValue()) === 'TS990100118823', 'what was typed is gone');
    await page.locator('main input[type="radio"]').first().check();
    await press(page.locator('main form button.large'));
    must(new URL(page.url()).pathname.endsWith('/papers'), `filled in, at ${page.url()}`);
    await mustBeSound();
    await press(page.locator('button[value="next"]'));
    must((await page.locator('.errors a[href^="#p-"]').count()) === 1, 'the paper that is missing is not named');
    await mustBeSound();
    const upload = async (name, buffer) => {
      await page.locator('section.block input[type="file"]').last().setInputFiles({ name, mimeType: 'image/png', buffer });
      await press(page.locator('section.block form[action$="/add"] button[type="submit"]').last());
    };
    await upload('脚本.png', Buffer.from('<script>alert(1)</script>'));
    must((await page.locator('.field-error').count()) === 1, 'what is no picture is taken');
    await mustBeSound();
    await page.goto(page.url().replace(/\/papers\/.*$/, '/papers'));
    await upload('证件照.png', PICTURE);
    must((await page.locator('section.block a[download]').count()) === 1, 'the paper is not there');
    await mustBeSound();
    await press(page.locator('button[value="next"]'));
    must(new URL(page.url()).pathname.endsWith('/review'), `done, at ${page.url()}`);
    must((await page.locator('a[download]').count()) === 1, 'the summary does not show the paper');
    await mustBeSound();
    await press(page.locator('form[action$="/submit"] button'));
    must(/\/me\/cases\/\d{4}-/.test(page.url()), `handed in, at ${page.url()}`);
    await mustBeSound();
    // On paper: the number, what was answered and handed in, and nothing that one can only click.
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['form[action$="/withdraw"]', '.crumbs', '[data-print]']) {
      for (const element of await page.locator(selector).all()) must(!(await element.isVisible()), `${selector} is printed`);
    }
    must((await page.locator('main').innerText()).includes('TS990100118823'), 'what was answered is not printed');
    must(await page.locator('.print-only').first().isVisible(), 'the receipt does not say what it is');
    await page.emulateMedia({ media: null });
    await page.locator('details summary').last().click();
    await page.locator('form[action$="/withdraw"] #reason').fill('不办了');
    await press(page.locator('form[action$="/withdraw"] button'));
    must((await page.locator('form[action$="/withdraw"]').count()) === 0, 'it can be taken back twice');
    await mustBeSound();
  });
}
