// How an agency's system does, as its own people see it and as the city does: calls, maintenance, bindings, sanctions.

import { visitor } from '../../browser.mjs';
import { atWork, fill, mustBeAt, mustTellMistakes, press, send } from '../../people.mjs';
import { cityTime } from '../../totp.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const AGENCY = 'gas-supply';

export async function backends(world) {
  const agency = await entered(world, 'connects an agency');
  const city = await entered(world, 'runs the city');
  let day = 0;
  await inBothLanguages(world, 'an agency’s system', async (page, { context, mustBeSound }) => {
    day += 1;
    await context.addCookies(agency);
    for (const path of ['/agency/health', '/agency/calls', '/agency/bindings', '/agency/maintenance']) {
      await page.goto(path);
      mustBeAt(page, path, 'the only agency is not chosen by itself');
      must((await page.locator('h1 code, h1').first().innerText()).length > 0, `${path} has no heading`);
      await mustBeSound();
    }
    await page.goto(`/agency/calls?agency=${AGENCY}&outcome=answered`);
    await mustBeSound();

    // Too soon, then in time, then taken back.
    await page.goto('/agency/maintenance');
    const blocks = page.locator('main section.block');
    const before = await blocks.count();
    await press(page.locator(`main a[href="/agency/maintenance/${AGENCY}/announce"]`));
    await send(page);
    await mustTellMistakes(page, ['from']);
    await mustBeSound();
    const at = (hours) => new Date(cityTime() + (hours + 8) * 3_600_000).toISOString().slice(0, 16);
    const words = { reason_zh: '系统升级', reason_en: 'Upgrade' };
    await fill(page, { from: at(1), to: at(2), ...words });
    await send(page);
    await mustTellMistakes(page, ['from'], words);
    await fill(page, { from: at(48 + day), to: at(49 + day) });
    await send(page);
    mustBeAt(page, '/agency/maintenance', 'after announcing');
    must((await page.locator('main .notice.ok').count()) === 1, 'it is not confirmed');
    await mustBeSound();
    await press(page.locator('form[action$="/cancel"] button').first());
    must((await blocks.count()) === before, 'it was not taken back');

    // Another binding is proposed; nothing of the secret comes back.
    await page.goto('/agency/bindings');
    await press(page.locator('main a[href$="/propose"]'));
    await mustBeSound();
    await send(page);
    must((await page.locator('.errors li').count()) >= 1, 'nothing is said to be missing');
    await mustBeSound();

    // The city looks at the same, orders a drill and ends it.
    await context.clearCookies({ name: 'staff' });
    await context.addCookies(city);
    await page.goto('/admin/agencies');
    await mustBeSound();
    await press(page.locator(`main a[href="/admin/agencies/${AGENCY}/health"]`));
    await mustBeSound();
    await press(page.locator(`main a[href="/admin/agencies/${AGENCY}/outage"]`));
    await send(page);
    must((await page.locator('.errors li').count()) === 2, 'the mistakes are not told');
    await mustBeSound();
    await page.locator('input[name="lasting"][value="30m"]').check();
    await fill(page, { reason: 'A drill' });
    await send(page);
    mustBeAt(page, `/admin/agencies/${AGENCY}/health`, 'after ordering an outage');
    await mustBeSound();
    await press(page.locator('form[action$="/outage/end"] button'));
    must((await page.locator('form[action$="/outage/end"]').count()) === 0, 'the outage goes on');
    for (const form of ['suspend', 'sanction']) {
      await page.goto(`/admin/agencies/${AGENCY}/${form}`);
      await mustBeSound();
    }
  });
}

// The cookies of somebody at work. A code counts once, so they sign in once for all ways.
async function entered({ browser, base, postBox, portal }, purpose) {
  const context = await visitor(browser, base, {});
  try {
    const page = await context.newPage();
    await atWork(page, postBox, portal.staff(purpose));
    return (await context.cookies()).filter((cookie) => cookie.name.includes('staff'));
  } finally {
    await context.close();
  }
}
