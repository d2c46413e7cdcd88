// A gas bill: looked up, paid at the provider, settled at the gas works, with a receipt that anybody can check.

import { press, register } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const START = '/services/YZ17010/start';
const SETTLED = 60_000;

export async function paying(world) {
  const { postBox } = world;
  await inEveryWay(world, 'a payment', async (page, { mustBeSound }) => {
    await page.goto(START);
    must(new URL(page.url()).pathname === '/sign-in', 'nobody is asked who they are');
    // Everybody has bills of their own.
    await register(page, postBox, START);
    await mustBeSound();
    await page.locator('#gas_account').fill('9900128846');
    await press(page.locator('main form button.large'));
    must((await page.locator('.found-record').count()) > 0, 'nothing is owed');
    await mustBeSound();
    await press(page.locator('form[action$="/pay"] button').first());
    must(/\/me\/payments\/P-/.test(page.url()), `ordered, at ${page.url()}`);
    const order = new URL(page.url()).pathname;
    await mustBeSound();
    await press(page.locator('main a.button.large'));
    must(page.url().includes('/pay/'), `at the provider, at ${page.url()}`);
    await press(page.locator('button[value="poor"]'));
    must((await page.locator('[role="alert"]').count()) === 1, 'that there is not enough money is not said');
    await press(page.locator('button[value="pay"]'));
    must(new URL(page.url()).pathname === order, `back, at ${page.url()}`);
    const receipt = page.locator('main a[href$="/receipt"]');
    const deadline = Date.now() + SETTLED;
    while ((await receipt.count()) === 0 && Date.now() < deadline) {
      await page.waitForTimeout(500);
      await page.goto(order);
    }
    must((await receipt.count()) === 1, 'it is not settled');
    await mustBeSound();
    await press(receipt);
    await mustBeSound();
    await press(page.locator('main a[href^="/verify/"]'));
    must((await page.locator('.notice.ok').count()) === 1, 'the receipt is not found to be good');
    await mustBeSound();
    await page.goto('/me/payments');
    must((await page.locator(`main a[href="${order}"]`).count()) === 1, 'it is not in the list');
    await mustBeSound();
  });
}
