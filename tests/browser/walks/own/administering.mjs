// What administrators look after: the queue and its dead, what staff did, this node, the calendar. Nobody else gets there.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { visitor, watched } from '../../browser.mjs';
import { atWork, badge, colleague, fill, mustBeAt, mustTellMistakes, press, signIn, taken } from '../../people.mjs';
import { cityTime } from '../../totp.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const PAGES = ['/admin', '/admin/jobs', '/admin/audit', '/admin/health', '/admin/calendar'];
// A kind that does no harm.
const CHORE = 'acting.end-over';
// One that the portal does not know, with what nobody is to read.
const STRANGE = 'acting.other';
const CARRIED = '13812345678';
const LOGIN = 'second.administrator';

export async function administering(world) {
  const { portal, postBox, browser, base } = world;
  const contexts = [];
  const sit = async (enter) => {
    const context = await visitor(browser, base, {});
    contexts.push(context);
    const { page } = await watched(context);
    await enter(page);
    return page;
  };
  try {
    await refused(world, sit);
    const chief = await sit((page) => atWork(page, postBox, portal.staff('runs the city')));
    const second = await sit((page) => colleague(page, chief, { name: '周二', login: LOGIN }));
    const chiefs = await badge(chief);
    await inBothLanguages(world, 'administration', async (page, { context, mustBeSound }) => {
      await context.addCookies(chiefs);
      bury(portal);
      await page.goto('/admin');
      await mustBeSound();
      for (const link of await page.locator('main a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
        const answer = await context.request.get(link);
        must(answer.ok(), `/admin leads to ${link}, which answers ${answer.status()}`);
      }
      must((await page.locator('main .tag.danger').count()) >= 1, 'the dead jobs are not among what waits');
      await page.goto('/admin/jobs');
      const dead = page.locator('main ul.lines > li.line');
      must((await dead.count()) === 2, `${await dead.count()} dead jobs are listed, not two`);
      must(!(await page.content()).includes(CARRIED), 'what a job carries is shown');
      await mustBeSound();
      const list = await taken(page, 'main form[action="/admin/jobs/dead.csv"] button');
      must(list.includes(CHORE) && list.includes(STRANGE) && !list.includes(CARRIED), 'the list of the dead is not right');

      // One lives again.
      await press(dead.filter({ hasText: CHORE }).locator('form[action="/admin/jobs/redrive"] button'));
      must((await page.locator('main .notice.ok').count()) === 1, 'that it lives again is not said');
      must((await dead.count()) === 1, 'it is still among the dead');

      // The other is thrown away: one asks, another says yes.
      const here = await dead.first().locator('a.line-name').getAttribute('href');
      await page.goto(here);
      await mustBeSound();
      await press(page.locator('main form:has(input[name="act"][value="ask"]) button'));
      await mustTellMistakes(page, ['reason']);
      await mustBeSound();
      await fill(page, { reason: '服务商已停用' });
      await press(page.locator('main form:has(input[name="act"][value="ask"]) button'));
      mustBeAt(page, here, 'after asking');
      must((await page.locator('main form:has(input[name="act"][value="confirm"])').count()) === 0, 'one confirms one’s own wish');
      await mustBeSound();
      await second.goto('/admin');
      await second.goto(here);
      must((await second.locator('main').innerText()).includes('服务商已停用'), 'the other does not read why');
      await mustBeSound(second);
      await press(second.locator('main form:has(input[name="act"][value="confirm"]) button'));
      mustBeAt(second, '/admin/jobs', 'after confirming');
      must((await second.locator('main .notice.ok').count()) === 1, 'that it is gone is not said');
      await mustBeSound(second);
      must((await page.goto(here)).status() === 404, 'it is still there');

      // All of it is on record, and can be taken away.
      await page.goto(`/admin/audit?who=${LOGIN}`);
      must((await page.locator('main tbody tr').count()) >= 1, 'what the other did is not on record');
      await mustBeSound();
      must((await taken(page, 'main form[action="/admin/audit.csv"] button')).includes(LOGIN), 'the list of acts is not right');
      for (const path of ['/admin/audit?source=looks', '/admin/audit?source=packages', '/admin/audit?source=backends', '/admin/audit?who=nobody.at.all', '/admin/health', '/admin/calendar?year=2027']) {
        await page.goto(path);
        await mustBeSound();
      }
      must((await page.goto('/admin/calendar?year=2026')).ok() && (await page.locator('main tbody tr').count()) > 3, 'there are no holidays');
    });
  } finally {
    for (const context of contexts) await context.close();
  }
}

// Whoever is no administrator.
async function refused(world, sit) {
  const { portal, postBox, register, report } = world;
  const nobody = async () => {};
  const citizen = (page) => signIn(page, portal.person(register.parent.name));
  const staff = (purpose) => (page) => atWork(page, postBox, portal.staff(purpose));
  const all = [
    ['a guest', nobody, []],
    ['a citizen', citizen, []],
    ['an officer', staff('decides cases of an agency without a system'), []],
    ['a manager', staff('manages an agency'), ['/admin', '/admin/calendar']],
    ['an auditor', staff('reads the records'), ['/admin', '/admin/audit', '/admin/calendar']],
  ];
  for (const [who, enter, allowed] of all) {
    const problems = [];
    try {
      const page = await sit(enter);
      for (const path of PAGES) {
        const status = (await page.goto(path)).status();
        const inside = status === 200 && new URL(page.url()).pathname === path;
        if (inside !== allowed.includes(path)) problems.push(`${path} answers ${status} at ${page.url()}`);
      }
      await page.context().close();
    } catch (error) {
      problems.push(error.message);
    }
    report.check(`administration as ${who}`, 'refused', problems);
  }
}

// Two jobs that the portal gave up, as it writes them down. Another program that opens and closes the database beside it
// takes nothing away from it.
function bury(portal) {
  const at = new Date(cityTime() - 60_000).toISOString().slice(0, 19).replace('T', ' ');
  const row = (kind, carried) => [randomBytes(16).toString('hex'), kind, JSON.stringify(carried), 10, 3, '服务商没有应答', at, at];
  const rows = [row(CHORE, null), row(STRANGE, CARRIED)];
  const script = [
    'import json, sqlite3, sys',
    'base = sqlite3.connect(sys.argv[1], timeout=30)',
    'base.execute("DELETE FROM dead_jobs")',
    'base.executemany("INSERT INTO dead_jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [[bytes.fromhex(row[0]), *row[1:]] for row in json.loads(sys.argv[2])])',
    'base.commit()',
    'base.close()',
  ].join('\n');
  const done = spawnSync('python3', ['-c', script, join(portal.data, 'yimen.sqlite'), JSON.stringify(rows)], { encoding: 'utf8' });
  must(done.status === 0, `no job could be buried: ${done.stderr ?? done.error}`);
}
