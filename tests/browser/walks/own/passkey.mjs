// A passkey on a device that Chrome simulates: added, then the only thing needed to sign in.

import { mustBeAt, press, register, signIn, signOut } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function passkey({ postBox, ...world }) {
  await inEveryWay(world, 'passkey', async (page, { context, mustBeSound }) => {
    const device = await authenticator(context, page);
    const person = await register(page, postBox);
    await page.goto('/me/security');
    await page.locator('#label').fill('Blue telephone');
    await page.locator('[data-passkey="add"]').click();
    await page.locator('main .notice.ok').waitFor();
    mustBeAt(page, '/me/security', 'after adding it');
    must(/Blue telephone/.test(await page.locator('section[aria-labelledby="passkeys"]').innerText()), 'the passkey is not listed');
    must((await device.credentials()).length === 1, 'the device has no passkey');
    await mustBeSound();

    await signOut(page);
    await page.goto('/sign-in?next=%2Fme%2Fprivacy');
    await mustBeSound();
    await page.locator('[data-passkey="enter"]').click();
    await page.waitForURL('**/me/privacy');

    // The device refuses: the page says so and lets one try again.
    await signOut(page);
    await device.refuse();
    await page.locator('[data-passkey="enter"]').click();
    await page.locator('#passkey-failed').waitFor();
    await mustBeSound();
    must(await page.locator('[data-passkey="enter"]').isEnabled(), 'one cannot try again');

    // Taken back.
    await signIn(page, person, '/me/security');
    await press(page.locator('section[aria-labelledby="passkeys"] form button'));
    mustBeAt(page, '/me/security', 'after taking it back');
    must(!/Blue telephone/.test(await page.locator('section[aria-labelledby="passkeys"]').innerText()), 'the passkey is still listed');
  }, [true]);

  await inEveryWay(world, 'passkeys without script', async (page) => {
    await page.goto('/sign-in');
    must(!(await page.locator('[data-passkey]').isVisible()), 'a button is shown that does nothing');
    await register(page, postBox);
    await page.goto('/me/security');
    must(!(await page.locator('[data-passkey]').isVisible()), 'a button is shown that does nothing');
    must(await page.locator('section[aria-labelledby="passkeys"] noscript').isVisible(), 'nothing says why there is none');
  }, [false]);
}

async function authenticator(context, page) {
  const chrome = await context.newCDPSession(page);
  await chrome.send('WebAuthn.enable');
  const { authenticatorId } = await chrome.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () => (await chrome.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    refuse: () => chrome.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
  };
}
