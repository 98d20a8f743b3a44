#!/usr/bin/env python3
"""Compares whole `ties` commands with find, cat, ripgrep and recoll, on the same notes, in one run.

Times drift with the machine and its neighbours, so each promise is a ratio: the jobs run in turn, round after round,
and the medians over the rounds are compared. F is `find VAULT -type f -size +0`, R is reading every byte on one thread
into one buffer (`cat` makes a buffer for each note, which takes it three times as long; it stands beside R). Processor
time (user and system, children included) is the gate; the time on the wall stands beside it.

The vaults come from `cargo bench --bench vault -- generate`; three notes get a rare word. HOME and the XDG folders are
of this run's own, the day is fixed, the page cache is warm. A tool that is not installed is named and left out.
Standard library only.
"""
import argparse
import glob
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field

TODAY = '2026-11-21'
SEED = '1'
COMMON, RARE, PHRASE, PREFIX = 'choir', 'xylotheque', 'broken loom', 'archiv'
# A name of the generator, with two letters turned round.
MISSPELT, MEANT = 'Ashwroth', 'Ashworth'
# For so long after a change a note is read again, because one more change could leave the same time stamp.
RACY = 0.3
# The watcher waits for so long a quiet before it looks.
DEBOUNCE = 0.1
MEGABYTE = 1_000_000


# What runs.

@dataclass
class Sample:
    """What one run took: seconds, and bytes at most."""
    cpu: float
    wall: float
    peak: int
    code: int


@dataclass
class Job:
    """Something that is measured, again and again."""
    name: str
    argv: list
    stdin: str = os.devnull
    # The exit codes that are right.
    codes: tuple = (0,)
    # What must happen before each run, unmeasured.
    before: object = None
    # What is measured inside this process instead of a program.
    work: object = None
    samples: list = field(default_factory=list)

    def cpu(self):
        return statistics.median(sample.cpu for sample in self.samples)

    def wall(self):
        return statistics.median(sample.wall for sample in self.samples)

    def peak(self):
        return max(sample.peak for sample in self.samples)


class World:
    """A scratch folder with a home of its own, and the ways to start a program in it."""

    def __init__(self, folder, ties):
        self.folder = folder
        self.ties = ties
        home = os.path.join(folder, 'home')
        self.cache = os.path.join(home, 'cache')
        self.environment = {
            'HOME': home, 'PATH': os.environ.get('PATH', ''), 'LANG': 'C.UTF-8', 'TIES_TODAY': TODAY,
            'XDG_CACHE_HOME': self.cache, 'XDG_CONFIG_HOME': os.path.join(home, 'config'),
            'XDG_STATE_HOME': os.path.join(home, 'state'), 'XDG_DATA_HOME': os.path.join(home, 'data'),
        }
        os.makedirs(home, exist_ok=True)

    def run(self, argv, stdin=os.devnull, stdout=os.devnull):
        """Runs a program to its end. The samples are those of the kernel for this child and its children."""
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, os.path.join(self.folder, 'stderr'),
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        ]
        begun = time.perf_counter()
        process = os.posix_spawnp(argv[0], argv, self.environment, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - begun
        return Sample(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status))

    def text(self, argv):
        """What a program prints, which must not fail."""
        done = subprocess.run(argv, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            stop(f'{" ".join(argv)} ended with {done.returncode}: {done.stderr.strip()}')
        return done.stdout

    def measure(self, job):
        """One sample of a job."""
        if job.before:
            job.before()
        if job.work:
            job.samples.append(job.work())
            return
        sample = self.run(job.argv, job.stdin)
        if sample.code not in job.codes:
            with open(os.path.join(self.folder, 'stderr'), errors='replace') as said:
                stop(f'{job.name}: {" ".join(job.argv)} ended with {sample.code}: {said.read().strip()}')
        job.samples.append(sample)

    def rounds(self, jobs, count, name):
        """So many rounds, each with all the jobs in turn. The page cache is warm already."""
        for number in range(count):
            progress(f'{name}, round {number + 1} of {count}')
            for job in jobs:
                self.measure(job)


class Vault:
    """A generated vault, and what is changed in it and put back."""

    def __init__(self, world, generator, count):
        self.root = os.path.join(world.folder, f'vault-{count}')
        self.count = count
        self.list = os.path.join(world.folder, f'notes-{count}')
        progress(f'{count:,} notes')
        world.text([generator, '--bench', 'generate', self.root, str(count), SEED])
        find = ['find', self.root, '-name', '*.md', '-type', 'f']
        world.run([*find, '-print0'], stdout=self.list)
        notes = sorted(path for path in world.text([*find, '-path', '*/people/*']).splitlines() if '\r' not in path)
        # Spread over the vault, and never the very first and last.
        self.some = [notes[(2 * n + 1) * len(notes) // 200] for n in range(100)]
        self.bytes = sum(os.path.getsize(path) for path in self.paths())
        for path in self.some[10], self.some[50], self.some[90]:
            append(path, f'\nWe went to the {RARE} in Padua.\n')
        self.before = {}
        for path in self.some:
            with open(path, 'rb') as note:
                self.before[path] = (note.read(), os.stat(path))
        self.edits = 0

    def paths(self):
        with open(self.list, 'rb') as listed:
            return listed.read().split(b'\0')[:-1]

    def read(self):
        """Reads every byte of all notes on one thread, into one buffer."""
        paths, buffer = self.paths(), bytearray(1 << 18)
        cpu, wall = time.process_time(), time.perf_counter()
        for path in paths:
            note = os.open(path, os.O_RDONLY)
            while os.readv(note, (buffer,)):
                pass
            os.close(note)
        return Sample(time.process_time() - cpu, time.perf_counter() - wall, 0, 0)

    def relative(self, path):
        return os.path.relpath(path, self.root)

    def edit(self, count):
        """Gives so many notes one line more than they had at first, each time another. What is in it is a word."""
        self.edits += 1
        word = 'edited' + ''.join(chr(ord('a') + int(digit)) for digit in str(self.edits))
        for path in self.some[:count]:
            with open(path, 'wb') as note:
                note.write(self.before[path][0] + f'\nTalked about the {word}.\n'.encode())
        return word

    def restore(self):
        for path, (text, status) in self.before.items():
            with open(path, 'wb') as note:
                note.write(text)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


# What comes of it.

@dataclass
class Row:
    """A line of the table; `kept` is None where nothing is promised."""
    job: str
    cpu: str = ''
    wall: str = ''
    ratio: str = ''
    promise: str = ''
    kept: object = None


class Table:
    """All lines, and whether everything promised was kept."""

    def __init__(self, caption):
        self.rows = []
        self.skipped = []
        print(f'{caption}\n\n| job | processor | wall | measured | promise | |\n|---|---:|---:|---:|---|---|', flush=True)

    def add(self, job, cpu='', wall='', ratio='', promise='', kept=None):
        """Prints the line at once: a long run that is cut off has told something."""
        self.rows.append(Row(job, cpu, wall, ratio, promise, kept))
        verdict = {None: '', True: 'kept', False: '**not kept**'}[kept]
        print(f'| {job} | {cpu} | {wall} | {ratio} | {promise} | {verdict} |', flush=True)

    def heading(self, words):
        self.add(f'**{words}**')

    def job(self, job, ratio='', promise='', kept=None, name=None):
        self.add(name or job.name, duration(job.cpu()), duration(job.wall()), ratio, promise, kept)

    def skip(self, what, why):
        self.skipped.append(f'{what}: {why}')
        self.add(what, ratio='left out', promise=why)

    def broken(self):
        return [row for row in self.rows if row.kept is False]


def duration(seconds):
    milliseconds = seconds * 1000
    return f'{milliseconds:.0f} ms' if milliseconds >= 100 else f'{milliseconds:.1f} ms'


def size(number):
    return f'{number / MEGABYTE:.1f} MB'


def append(path, text):
    with open(path, 'a', newline='') as note:
        note.write(text)


def size_of(folder):
    return sum(os.lstat(os.path.join(at, name)).st_size for at, _, names in os.walk(folder) for name in names)


def progress(words):
    print(f'  {words}', file=sys.stderr, flush=True)


def stop(words):
    sys.exit(f'compare.py: {words}')


# The comparison.

class Comparison:
    """All that is measured on one vault."""

    def __init__(self, world, vault, table, options):
        self.world, self.vault, self.table = world, vault, table
        self.large = vault.count > 10_000
        self.count = rounds_of(vault.count, options)
        self.cold_count = max(1, options.cold_rounds // 3) if self.large else options.cold_rounds
        self.recoll_folder = os.path.join(world.folder, f'recoll-{vault.count}')
        self.rg = shutil.which('rg')
        self.recoll = shutil.which('recollindex') and shutil.which('recollq')
        self.f = Job('F: `find VAULT -type f -size +0`', ['find', vault.root, '-type', 'f', '-size', '+0'])
        self.r = Job('R: every byte read, one thread', [], work=vault.read)
        self.cat = Job('`cat` of all notes', ['xargs', '-0', '-s', '1500000', 'cat'], stdin=vault.list)
        # What grows with the vault, by name.
        self.growing = {}

    def ties(self, name, *arguments, codes=(0,), before=None):
        return Job(name, [self.world.ties, '--vault', self.vault.root, *arguments], codes=codes, before=before)

    def all(self):
        vault = self.vault
        self.table.heading(f'{vault.count:,} notes, {size(vault.bytes)}')
        self.warm_up()
        self.cold()
        self.steady()
        self.changes()
        self.watcher()

    def warm_up(self):
        """Reads everything once, and gives the generated notes time to be old enough."""
        for job in self.f, self.cat, self.r:
            self.world.measure(job)
            job.samples.clear()
        time.sleep(RACY)

    # Nothing is known yet.

    def cold(self):
        def nothing_known():
            shutil.rmtree(self.world.cache, ignore_errors=True)

        cold = self.ties('first search: facts and index of all notes', 'search', RARE, before=nothing_known)
        again = self.ties('`ties index rebuild`, facts known', 'index', 'rebuild')
        true = Job('/bin/true', ['true'])
        recoll = self.recoll_jobs()
        self.world.rounds([true, self.r, self.cat, cold, again], self.cold_count, 'cold index')
        if recoll:
            self.world.rounds(recoll[:1], 1 if self.large else min(3, self.cold_count), 'recoll')
        self.cold_rows(cold, again, true.peak(), recoll)

    def recoll_jobs(self):
        if not self.recoll:
            return None
        os.makedirs(self.recoll_folder, exist_ok=True)
        with open(os.path.join(self.recoll_folder, 'recoll.conf'), 'w') as settings:
            settings.write(f'topdirs = {self.vault.root}\n')
        index = ['recollindex', '-c', self.recoll_folder]
        return [Job('recollindex, from nothing', [*index, '-z']), Job('recollindex, nothing changed', index)]

    def cold_rows(self, cold, again, floor, recoll):
        table, r = self.table, self.r
        times = cold.cpu() / r.cpu()
        table.job(r)
        table.job(self.cat, f'{self.cat.cpu() / r.cpu():.1f} R')
        table.job(cold, f'{times:.1f} R', '≤ 20 R', times <= 20)
        most = 200 if self.large else 100
        note = '' if cold.peak() > floor * 1.1 else ' at most'
        table.add('its peak memory', ratio=f'{size(cold.peak())}{note}', promise=f'≤ {most} MB',
                  kept=cold.peak() <= most * MEGABYTE)
        cache = size_of(self.world.cache)
        table.add('facts and index on disk', ratio=f'{size(cache)}, {cache / self.vault.bytes:.2f} of the notes')
        table.job(again, f'{again.cpu() / r.cpu():.1f} R')
        self.growing['first search'] = cold.cpu()
        if not recoll:
            table.skip('recoll, notmuch, mu', 'recoll is not installed; notmuch and mu index mail, not notes')
            return
        index = recoll[0]
        table.job(index, f'{index.cpu() / r.cpu():.1f} R, {size(index.peak())} peak, '
                         f'{size(size_of(self.recoll_folder))} on disk')
        table.add('recollindex, processor, to the first search', ratio=f'{index.cpu() / cold.cpu():.1f} times',
                  promise='≥ 10 times', kept=index.cpu() >= 10 * cold.cpu())
        if not self.large:
            table.add('notmuch, mu', ratio='left out', promise='they index mail, not notes')

    # Nothing has changed.

    def steady(self):
        show = self.vault.relative(self.vault.some[49])
        self.noop = self.ties('nothing changed: `ties show PATH`', 'show', show)
        # Each finds paths, as `rg -l` does; the last shows lines.
        searches = {
            'a common word': self.search(COMMON, ['-l', '-i', COMMON]),
            'a rare word': self.search(RARE, ['-l', '-i', RARE]),
            'a phrase': self.search(f'"{PHRASE}"', ['-l', '-i', PHRASE]),
            'a prefix': self.search(f'{PREFIX}*', ['-l', '-i', rf'\b{PREFIX}']),
            'a common word, lines shown': (self.ties(f'`ties search {COMMON}`', 'search', COMMON), ['-n', '-i', COMMON]),
        }
        misspelt = self.ties(f'`ties search {MISSPELT}`, a name with a slip', 'search', MISSPELT)
        reading = self.reading(show)
        self.check_answers()
        others = self.others(searches)
        ours = [self.noop, *(job for job, _ in searches.values()), misspelt, *reading]
        warm = [job for job in [self.f, *ours, *others.values()] if job]
        self.world.rounds(warm, 1, 'warm up')
        for job in warm:
            job.samples.clear()
        self.world.rounds(warm, self.count, 'nothing changed')
        self.steady_rows(searches, misspelt, reading, others, ours)

    def search(self, query, pattern):
        """A search for paths, and the options of rg for the same."""
        return self.ties(f"`ties search -0 '{query}'`", 'search', '-0', query), pattern

    def reading(self, show):
        """The other commands that read, as a person calls them."""
        return [
            self.ties('`ties agenda --stdout`', 'agenda', '--stdout'),
            self.ties('`ties due`', 'due'),
            self.ties('`ties list`', 'list'),
            self.ties('`ties list circle:inner`', 'list', 'circle:inner'),
            self.ties("`ties search 'choir circle:inner last:>3mo'`", 'search', f'{COMMON} circle:inner last:>3mo',
                      codes=(0, 1)),
            self.ties('`ties why PATH`', 'why', show),
            self.ties('`ties status`', 'status'),
            self.ties('`ties check`', 'check', codes=(0, 1)),
        ]

    def others(self, searches):
        found = {}
        for what, (_, pattern) in searches.items():
            if self.rg:
                found[what] = Job(f'`rg -j2 {pattern[0]}`, {what}', ['rg', '-j2', *pattern, self.vault.root])
        if self.recoll:
            found['recollq'] = Job(f'`recollq {COMMON}`, which does not look for changes',
                                   ['recollq', '-c', self.recoll_folder, '-b', '-n', '0-200000', COMMON])
            found['recollindex'] = self.recoll_jobs()[1]
        return found

    def check_answers(self):
        """What is fast and wrong does not count."""
        search = [self.world.ties, '--vault', self.vault.root, 'search']
        rare = self.world.text([*search, '--format', '{path}', RARE]).split('\n')[:-1]
        wanted = {self.vault.relative(self.vault.some[n]) for n in (10, 50, 90)}
        if set(rare) != wanted:
            stop(f'search {RARE} finds {rare}, not {sorted(wanted)}')
        if MEANT not in self.world.text([*search, MISSPELT]):
            stop(f'search {MISSPELT} does not find {MEANT}')
        if 'fresh' not in self.world.text([self.world.ties, '--vault', self.vault.root, 'index', 'status']):
            stop('the index is not fresh after a search')

    def steady_rows(self, searches, misspelt, reading, others, ours):
        table, f = self.table, self.f
        table.job(f)
        cpu, wall = self.noop.cpu() / f.cpu(), self.noop.wall() / f.wall()
        table.job(self.noop, f'{cpu:.2f} F', '≤ 1.5 F', cpu <= 1.5)
        table.add('the same on the wall', ratio=f'{wall:.2f} F', promise='≤ 1.2 F', kept=wall <= 1.2)
        if 'recollindex' in others:
            index = others['recollindex']
            table.job(index, f'{index.cpu() / self.noop.cpu():.1f} times ties')
        for what, (job, _) in searches.items():
            self.search_row(what, job, others.get(what))
        over = misspelt.cpu() - self.noop.cpu()
        table.job(misspelt, f'{over * 1000:+.1f} ms to nothing changed', '≤ +6 ms', over <= 0.006)
        if 'recollq' in others:
            query = others['recollq']
            table.job(query, f'{query.cpu() / searches["a common word"][0].cpu():.2f} of ties')
        for job in reading:
            warm = job.argv[3] in ('agenda', 'due')
            times = job.cpu() / f.cpu()
            table.job(job, f'{times:.2f} F', '≤ 1.7 F' if warm else '', times <= 1.7 if warm else None)
        self.budget(ours)
        for job in ours:
            self.growing[job.name] = job.cpu()

    def search_row(self, what, job, rg):
        name = f'{job.name}, {what}'
        if not rg:
            self.table.job(job, name=name)
            self.table.skip(f'ripgrep, {what}', 'rg is not installed')
            return
        self.table.job(rg)
        times = job.cpu() / rg.cpu()
        self.table.job(job, f'{times:.2f} rg; wall {job.wall() / rg.wall():.2f} rg', '≤ 0.9 rg', times <= 0.9, name=name)

    def budget(self, ours):
        """The promise is about ten thousand notes."""
        slowest = max(ours, key=Job.cpu)
        promised = self.vault.count == 10_000
        self.table.add(f'the slowest of these: {slowest.name}', ratio=duration(slowest.cpu()),
                       promise='≤ 100 ms' if promised else '', kept=slowest.cpu() <= 0.1 if promised else None)

    # Some notes have changed.

    def changes(self):
        show = self.noop.argv[3:]
        kinds = {'`ties show PATH`': show, f'`ties search {RARE}`': ['search', RARE]}
        jobs, settle = {}, self.ties('settle', 'search', RARE)

        def rest():
            time.sleep(RACY)
            self.world.measure(settle)

        def changed(count):
            rest()
            self.vault.edit(count)

        for name, arguments in kinds.items():
            jobs[name] = [
                self.ties(name, *arguments, before=rest),
                self.ties(f'{name} after 1 note changed', *arguments, before=lambda: changed(1)),
                self.ties(f'{name} after 100 notes changed', *arguments, before=lambda: changed(100)),
            ]
        self.world.rounds([job for group in jobs.values() for job in group], max(3, self.count // 2), 'some changed')
        self.vault.restore()
        rest()
        for nothing, *some in jobs.values():
            for job, most in zip(some, (25, 60)):
                over = (job.cpu() - nothing.cpu()) * 1000
                self.table.job(job, f'{over:+.1f} ms', f'≤ +{most} ms', over <= most)

    # While a watcher runs.

    def watcher(self):
        log = Watcher(self.world, self.vault)
        try:
            if not log.wait_for('looked because', 0, 120):
                stop('the watcher did not look')
            looks, finds = [], []
            for number in range(max(5, self.count // 2)):
                progress(f'watcher, save {number + 1}')
                time.sleep(1.5)
                looks.append(self.seen_by(log))
                time.sleep(1.5)
                finds.append(self.found_at_once())
            time.sleep(1.5)
            behind = self.world.text([self.world.ties, '--vault', self.vault.root, 'index', 'status'])
        finally:
            code = log.stop()
            self.vault.restore()
        if code != 0:
            stop(f'the watcher ended with {code}')
        self.watcher_rows([look for look in looks if look is not None], finds, behind)

    def seen_by(self, log):
        """Seconds from a save until the watcher has looked at the notes, less its waiting for quiet."""
        mark = len(log.lines)
        self.vault.edit(1)
        saved = time.perf_counter()
        looked = log.wait_for('looked because', mark, 20)
        return looked - saved - DEBOUNCE if looked else None

    def found_at_once(self):
        """Seconds from a save until searches, one after the other, find it."""
        word = self.vault.edit(1)
        job = self.ties('search', 'search', word, codes=(0, 1))
        saved = time.perf_counter()
        while time.perf_counter() < saved + 20:
            self.world.measure(job)
            if job.samples[-1].code == 0:
                break
        return time.perf_counter() - saved

    def watcher_rows(self, looks, finds, status):
        table, last = self.table, statistics.median(finds)
        table.add('a watcher runs: from save to found by `ties search`', wall=duration(last),
                  ratio=f'{(last - DEBOUNCE) * 1000:+.0f} ms to its waiting for quiet', promise='≤ +50 ms',
                  kept=last - DEBOUNCE <= 0.05)
        if looks:
            look = statistics.median(looks)
            state = re.search(r'State\s+(.*)', status)
            table.add('from save to the watcher having looked', wall=duration(look + DEBOUNCE),
                      ratio=f'{look * 1000:+.0f} ms to its waiting for quiet', promise='≤ +50 ms', kept=look <= 0.05)
            table.add('the index while it runs', ratio=state.group(1) if state else 'unknown')


class Watcher:
    """`ties watch` in the background; each line of its log with the moment it came."""

    def __init__(self, world, vault):
        self.lines = []
        self.process = subprocess.Popen([world.ties, '--vault', vault.root, 'watch', '--log-level', 'debug'],
                                        env=world.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stderr:
            self.lines.append((time.perf_counter(), line))

    def wait_for(self, words, since, seconds):
        """When a line with these words came, of those after the first `since`; None where none comes."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for moment, line in self.lines[since:]:
                if words in line:
                    return moment
            time.sleep(0.001)
        return None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return 'none: it does not end'


def rounds_of(count, options):
    return max(3, options.rounds // 3) if count > 10_000 else options.rounds


def growth(table, small, large):
    """How much more the same job takes for more notes."""
    times = large.vault.count / small.vault.count
    table.heading(f'{small.vault.count:,} to {large.vault.count:,} notes, processor')
    for name, before in small.growing.items():
        if name in large.growing:
            ratio = large.growing[name] / before
            most = 11 * times / 10
            table.add(name, ratio=f'{ratio:.1f} times', promise=f'≤ {most:.1f} times', kept=ratio <= most)


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open('/proc/cpuinfo') as lines:
            model = next((line.split(':')[1].strip() for line in lines if line.startswith('model name')), model)
    except OSError:
        pass
    busy = ', '.join(f'{load:.1f}' for load in os.getloadavg())
    return f'{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; load averages {busy}'


def arguments():
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    parser.add_argument('--ties', default='target/release/ties', help='the program (default: %(default)s)')
    parser.add_argument('--generator', help='the vault bench (default: the newest target/release/deps/vault-*)')
    parser.add_argument('--notes', type=int, nargs='+', default=[10_000], help='how many (default: 10000)')
    parser.add_argument('--large', action='store_true', help='100,000 notes too, and what grows how')
    parser.add_argument('--rounds', type=int, default=21, help='a third of it for more than 10,000 notes (default: 21)')
    parser.add_argument('--cold-rounds', type=int, default=5, help='the same for the cold index (default: 5)')
    parser.add_argument('--work', help='a folder for vaults and caches, on the disk to be measured (default: a temporary '
                                       'one); all is removed at the end')
    parser.add_argument('--gate', action='store_true', help='exit 1 where a promise is not kept')
    options = parser.parse_args()
    options.ties = os.path.abspath(options.ties)
    if not options.generator:
        built = [path for path in glob.glob('target/release/deps/vault-*') if os.access(path, os.X_OK)]
        options.generator = max(built, key=os.path.getmtime, default=None)
    for path, how in (options.ties, 'cargo build --release'), (options.generator, 'cargo bench --bench vault --no-run'):
        if not path or not os.access(path, os.X_OK):
            stop(f'{path or "the vault bench"} is not there; make it with `{how}`')
    for tool in 'find', 'xargs', 'cat':
        if not shutil.which(tool):
            stop(f'{tool} is the yardstick and is not installed')
    options.notes = sorted({*options.notes, *([100_000] if options.large else [])})
    return options


def main():
    options = arguments()
    folder = tempfile.mkdtemp(prefix='ties-compare-', dir=options.work)
    rounds = ', '.join(f'{rounds_of(count, options)} rounds of {count:,} notes' for count in options.notes)
    table, done = Table(f'{machine()}; {rounds}, medians'), []
    try:
        world = World(folder, options.ties)
        for count in options.notes:
            comparison = Comparison(world, Vault(world, options.generator, count), table, options)
            comparison.all()
            done.append(comparison)
        for small, large in zip(done, done[1:]):
            growth(table, small, large)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for what in table.skipped:
        progress(f'left out: {what}')
    if table.broken():
        progress(f'{len(table.broken())} promises are not kept')
    return 1 if options.gate and table.broken() else 0


if __name__ == '__main__':
    sys.exit(main())
