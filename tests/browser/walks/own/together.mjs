// An event of a life: two applications that ask the same once, handed in with one button.

import { mustBeAt, press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { sayYes } from './national.mjs';
import { inBothLanguages } from './ways.mjs';

const EVENT = '/events/new-car';
const VEHICLE = 'LFVTEST0000009901';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n');

export async function together(world) {
  const { portal, register } = world;
  await inBothLanguages(world, 'an event of a life', async (page, { mustBeSound }) => {
    await signIn(page, portal.person(register.parent.name), EVENT);
    await press(page.locator(`main a[href="${EVENT}/apply"]`));
    // Such applications ask for more than a password.
    mustBeAt(page, '/me/verify', 'with a password alone');
    await sayYes(page, register.parent, 'name');
    if (new URL(page.url()).pathname.endsWith('/choose')) await press(page.locator('form[action$="/link"] button'));
    mustBeAt(page, `${EVENT}/apply`, 'after proving it');
    await mustBeSound();
    for (const box of await page.locator('main input[type="checkbox"]').all()) await box.uncheck();
    await press(page.locator('main form button.large'));
    must((await page.locator('.errors a').count()) === 1, 'that nothing is chosen is not said');
    await mustBeSound();
    for (const code of ['YZ02042', 'YZ02041']) await page.locator(`main input[value="${code}"]`).check();
    await press(page.locator('main form button.large'));
    const list = new URL(page.url()).pathname;
    must(list.startsWith('/me/together/'), `begun, at ${page.url()}`);
    await mustBeSound();
    await through(page, list);
    must((await page.locator('main ol .tag').count()) === 2, 'the list does not say how each stands');
    await mustBeSound();
    // What was answered is there.
    await press(page.locator('main .buttons a.large'));
    must((await page.locator('[name="vehicle_id"]').inputValue()) === VEHICLE, 'the same is asked again');
    await page.goto(list);
    await through(page, list);
    await press(page.locator('form[action$="/hand-in"] button'));
    must((await page.locator('main .notice.ok').count()) === 1, 'that it is handed in is not said');
    must((await page.locator('main ol.numbered a[href^="/me/cases/"]').count()) === 2, 'not both are cases');
    await mustBeSound();
  });
}

// Goes on from the list through the next part and back.
async function through(page, list) {
  await press(page.locator('main .buttons a.large'));
  for (let pages = 0; pages < 12 && !page.url().endsWith('/review'); pages += 1) {
    if (page.url().includes('/papers')) {
      await press(page.locator('button[value="next"]'));
      const missing = page.locator('section.block', { has: page.locator('.field-error') });
      while ((await missing.count()) > 0) {
        await missing.first().locator('input[type="file"]').setInputFiles({ name: '材料.pdf', mimeType: 'application/pdf', buffer: PDF });
        await press(missing.first().locator('form[action$="/add"] button[type="submit"]'));
        await press(page.locator('button[value="next"]'));
      }
      continue;
    }
    const vehicle = page.locator('[name="vehicle_id"]');
    if (await vehicle.count()) await vehicle.fill(VEHICLE);
    const wish = page.locator('[name="wish"]');
    if (await wish.count()) await wish.fill('D1234');
    const radios = page.locator('main fieldset', { has: page.locator('input[type="radio"]') });
    for (const group of await radios.all()) await group.locator('input[type="radio"]').first().check();
    await press(page.locator('main form button.large'));
  }
  must(page.url().endsWith('/review'), `a part has no end: ${page.url()}`);
  await press(page.locator('main .buttons a.large'));
  mustBeAt(page, list, 'after the summary');
}
