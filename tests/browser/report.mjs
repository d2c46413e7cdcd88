// Counts what passed and says what failed, one line each.

export class Report {
  passed = 0;
  failed = 0;

  // One check of one place. `problems` are sentences; none means it passed.
  check(place, what, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return;
    }
    for (const problem of problems) {
      this.failed += 1;
      console.log(`FAIL ${place} · ${what}: ${oneLine(problem)}`);
    }
  }

  // Passed, but only the second time: worth a look when it is always the same place.
  wavered(place, problems) {
    console.log(`WAVERED ${place}: ${problems.map(oneLine).join('; ')}`);
  }

  end() {
    console.log(`browser: ${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0;
  }
}

export function oneLine(text) {
  // Playwright colours its messages and adds a log of what it tried; its first line says what was looked for.
  const [said, log = ''] = String(text).replace(/\u001b\[[0-9;]*m/g, '').split('\nCall log:');
  return `${said} ${log.trim().split('\n')[0]}`.replace(/\s+/g, ' ').trim().slice(0, 600);
}
