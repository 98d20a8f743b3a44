#!/usr/bin/env python3
"""long_watch.py - a watcher under some thousand changes: its memory, file handles and threads must stay where they are.

    long_watch.py [--ties target/release/ties] [--notes 500] [--rounds 20] [--changes 250]

Makes a vault in a scratch folder, watches it, and in each round saves, renames, moves and deletes notes and folders in
the ways of editors and sync tools; waits until the watcher has seen it all, and reads /proc. The first quarter of the
rounds warms up; after it neither handles nor threads nor watches may grow, and memory by a tenth at most. Exit 0 if so,
1 if not. Linux, standard library only.
"""
import argparse, os, random, re, shutil, signal, subprocess, sys, tempfile, time

a = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
a.add_argument('--ties', default='target/release/ties')
a.add_argument('--notes', type=int, default=500)
a.add_argument('--rounds', type=int, default=20)
a.add_argument('--changes', type=int, default=250)
a = a.parse_args()
R = random.Random(1)
world = tempfile.mkdtemp(prefix='ties-long-watch-')
vault = os.path.join(world, 'vault')
os.makedirs(vault)
with open(os.path.join(vault, 'ties.toml'), 'w') as f:
    f.write('[agenda]\nsettle = "0s"\n')


def note(n):
    talk = '- 2026-01-02 call: the garden, the move, the concert\n' * R.randint(1, 30)
    return f'---\nname: Person {n}\ncircle: friends\n---\n- [ ] Bring thing {R.getrandbits(30)}\n\n## Log\n{talk}'


def place(n):
    return os.path.join(vault, 'people', 'abcdefgh'[n % 8], f'p{n}.md')


def save(n):
    path = place(n)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    how = R.randrange(4)
    if how == 0:
        with open(path, 'w') as f:
            f.write(note(n))
    elif how == 1:
        with open(path + '.tmp', 'w') as f:
            f.write(note(n))
        os.replace(path + '.tmp', path)
    elif how == 2:
        if os.path.exists(path):
            os.replace(path, path + '~')
        with open(path, 'w') as f:
            f.write(note(n))
    elif os.path.exists(path):
        os.unlink(path)


def churn():
    for _ in range(a.changes):
        save(R.randrange(a.notes))
    deep = os.path.join(vault, 'people', f'new{R.getrandbits(20)}', 'deep', 'er')
    os.makedirs(deep)
    with open(os.path.join(deep, 'x.md'), 'w') as f:
        f.write(note(0))
    moved = os.path.join(vault, 'moved')
    os.replace(os.path.dirname(os.path.dirname(deep)), moved)
    shutil.rmtree(moved)


def measured(process):
    status = open(f'/proc/{process}/status').read()
    number = lambda key: int(re.search(key + r':\s+(\d+)', status).group(1))
    watches = 0
    for handle in os.listdir(f'/proc/{process}/fdinfo'):
        try:
            watches += open(f'/proc/{process}/fdinfo/{handle}').read().count('inotify wd')
        except OSError:
            pass
    return {'RSS kB': number('VmRSS'), 'handles': len(os.listdir(f'/proc/{process}/fd')),
            'threads': number('Threads'), 'watches': watches}


for n in range(a.notes):
    path = place(n)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as f:
        f.write(note(n))
home = os.path.join(world, 'home')
log = open(os.path.join(world, 'log'), 'w+')
watcher = subprocess.Popen([os.path.abspath(a.ties), '--vault', vault, 'watch', '--log-level', 'debug'],
                           stderr=log, stdin=subprocess.DEVNULL, env={'HOME': home, 'PATH': os.environ['PATH']})
good = True
try:
    rounds = []
    for _ in range(a.rounds):
        churn()
        size = -1
        while size != os.path.getsize(log.name):
            size = os.path.getsize(log.name)
            time.sleep(1.5)
        if watcher.poll() is not None:
            sys.exit(f'the watcher ended by itself, {watcher.returncode}\n' + open(log.name).read()[-2000:])
        rounds.append(measured(watcher.pid))
    warm = rounds[len(rounds) // 4:]
    for what in warm[0]:
        values = [one[what] for one in warm]
        first, last = sorted(values[:3])[len(values[:3]) // 2], sorted(values[-3:])[len(values[-3:]) // 2]
        flat = last <= first * 1.1 if what == 'RSS kB' else last <= first
        good &= flat
        print(f'{what:8} first {rounds[0][what]:7} warm {first:7} end {last:7} most {max(values):7} {"flat" if flat else "GROWS"}')
finally:
    watcher.send_signal(signal.SIGTERM)
    try:
        code = watcher.wait(30)
    except subprocess.TimeoutExpired:
        code = 'none: it does not end'
        watcher.kill()
looks = sum('looked because' in line for line in open(log.name))
if code != 0:
    print(f'exit {code}')
print(f'{a.rounds * a.changes} changes, {looks} looks -> {"ok" if good and code == 0 else "NOT FLAT"}')
shutil.rmtree(world)
sys.exit(0 if good and code == 0 else 1)
