// Every link of the visited pages leads to a page that is there.

const AT_ONCE = 4;

export async function checkLinks({ base, report, links, options }) {
  const waiting = [...links];
  const cookie = (options.storageState?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join('; ');
  const worker = async () => {
    for (let link = waiting.shift(); link; link = waiting.shift()) {
      report.check(link, 'link', await follow(new URL(link, base), cookie));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function follow(url, cookie) {
  try {
    const headers = { 'accept-language': 'zh-CN', cookie };
    const answer = await fetch(url, { signal: AbortSignal.timeout(15_000), headers });
    await answer.arrayBuffer();
    return answer.ok ? [] : [`answered ${answer.status}`];
  } catch (error) {
    return [error.cause?.message ?? error.message];
  }
}
