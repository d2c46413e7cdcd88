// For whom pages are looked at: nobody in particular, and people who are signed in.

import { ADMINISTRATOR, CITIZEN, OFFICER, UNVERIFIED, addresses } from './addresses.mjs';
import { visitor } from './browser.mjs';
import { atWork, signIn } from './people.mjs';

// Signs one after the other in, each when it is their turn: the sessions of staff do not outlast a quarter of an hour in
// which nothing is done. What a browser keeps of signing in can be given to many.
export async function* guests({ browser, base, portal, postBox, register }) {
  const as = async (enter, list) => {
    const context = await visitor(browser, base);
    try {
      const page = await context.newPage();
      await enter(page);
      return { addresses: await list(page), options: { storageState: await context.storageState() } };
    } finally {
      await context.close();
    }
  };
  const citizen = (name, list) => as((page) => signIn(page, portal.person(register[name].name)), () => list);
  const staff = (purpose, list) => as((page) => atWork(page, postBox, portal.staff(purpose)), list);
  yield as(() => {}, addresses);
  yield citizen('parent', CITIZEN);
  yield citizen('unverified', UNVERIFIED);
  yield staff('works an agency', () => OFFICER);
  yield staff('runs the city', async (page) => {
    await page.goto('/admin/people');
    const one = await page.locator('main a[href^="/admin/people/"]:not([href$="/invite"])').first().getAttribute('href');
    return [...ADMINISTRATOR, { path: one, kind: 'staff-member', status: 200 }];
  });
}
