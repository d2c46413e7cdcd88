// A decision as a file: its receiver takes it away, somebody without an account finds it genuine, and a copy in which a name
// was changed is not. What its picture leads to stands beside it in words.

import { readFile } from 'node:fs/promises';
import { visitor, watched } from '../../browser.mjs';
import { atWork, mustBeAt, press, signIn } from '../../people.mjs';
import { must } from '../walk.mjs';
import { apply, grant } from './matters.mjs';
import { inBothLanguages } from './ways.mjs';

const START = '/services/YZ27007/start';

export async function checking(world) {
  const { portal, postBox, register, browser, base, report } = world;
  const context = await visitor(browser, base, {});
  const { page: desk, troubles } = await watched(context);
  await atWork(desk, postBox, portal.staff('decides cases of an agency without a system'));
  try {
    await inBothLanguages(world, 'a decision that anybody checks', async (page, { script, tag, mustBeSound }) => {
      const { name } = register.owner;
      await signIn(page, portal.person(name), START);
      const mine = await apply(page);
      await grant(desk, mine);

      // On paper, the page of the case carries a picture that leads back to it.
      await page.goto(mine);
      await page.emulateMedia({ media: 'print' });
      const scan = page.locator('main img.scan').first();
      must(await scan.isVisible(), 'there is no picture on paper');
      must((await scan.evaluate((picture) => picture.naturalWidth)) > 0, 'the picture is not drawn');
      must((await scan.getAttribute('alt')).includes(mine.split('/').at(-1)), 'what the picture leads to is not said');
      await page.emulateMedia({ media: null });

      await press(page.locator('main a[href$="/decision"]'));
      await mustBeSound();
      const code = await page.locator('main code').first().innerText();
      const link = page.locator('main a[href$="/decision/file"]');
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      must(/^decision-.+\.html$/.test(download.suggestedFilename()), `the file is called ${download.suggestedFilename()}`);
      const file = await readFile(await download.path(), 'utf8');
      must(file.includes(name), 'the file does not say for whom it is');
      must(file.includes('<img src="data:image/svg+xml;base64,'), 'the file has no picture to be scanned');
      const [address] = /https?:\/\/[^\s"<]+\/verify\/[0-9A-Z-]+/.exec(file) ?? [];
      must(address?.endsWith(code), `the file leads to ${address}, not to ${code}`);

      // Somebody else, who is not signed in.
      const elsewhere = await visitor(browser, base, { javaScriptEnabled: script, locale: tag === 'en' ? 'en-GB' : tag });
      try {
        const { page: guest, troubles: theirs } = await watched(elsewhere);
        await upload(guest, file);
        must((await guest.locator('main .notice.ok').count()) > 0, 'the file is not found genuine');
        must((await guest.locator('main .notice.warn').count()) === 0, 'there is a doubt about a genuine file');
        must(!(await guest.locator('main').innerText()).includes(name), 'whoever checks learns whose it is');
        await mustBeSound(guest);
        await upload(guest, file.replace(name, '王强'));
        must((await guest.locator('main .notice.warn').count()) === 1, 'a changed copy is not refused');
        must((await guest.locator('main .notice.ok').count()) === 0, 'a changed copy is found genuine');
        await mustBeSound(guest);
        await guest.goto(new URL(address).pathname);
        must((await guest.locator('main .notice.ok').count()) === 1, 'the address in the file does not lead to the decision');
        await mustBeSound(guest);
        must(theirs().length === 0, 'something went wrong on the pages of checking');
      } finally {
        await elsewhere.close();
      }
    });
    report.check('decisions that are checked', 'clean', troubles());
  } finally {
    await context.close();
  }
}

async function upload(page, file) {
  await page.goto('/verify');
  await page.locator('#file').setInputFiles({ name: 'decision.html', mimeType: 'text/html', buffer: Buffer.from(file) });
  await press(page.locator('main form[enctype="multipart/form-data"] button'));
  mustBeAt(page, '/verify', 'after checking a file');
}
