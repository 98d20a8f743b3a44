//! How much time something takes: by the clock of the processor, which is the gate, and by that of the wall.

use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The time that one run took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spent {
    /// Of all processors together, user and system.
    pub(crate) cpu: Duration,
    /// On the wall.
    pub(crate) wall: Duration,
}

/// What `work` gives and takes; its result is not thrown away within that time.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let (cpu, wall) = (cpu(), Instant::now());
    let result = black_box(work());
    let spent = Spent { wall: wall.elapsed(), cpu: self::cpu().saturating_sub(cpu) };
    (result, spent)
}

/// What this process has used so far.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Something that is measured once in every round.
pub(crate) type Job<'a> = Box<dyn FnMut() -> Result<Spent, Box<dyn std::error::Error>> + 'a>;

/// Runs all jobs in turn, so many times, after one round that does not count. For each job its runs.
pub(crate) fn interleaved(
    jobs: &mut [Job<'_>],
    rounds: usize,
) -> Result<Vec<Vec<Spent>>, Box<dyn std::error::Error>> {
    let mut runs = vec![Vec::with_capacity(rounds); jobs.len()];
    for round in 0..=rounds {
        for (job, runs) in jobs.iter_mut().zip(&mut runs) {
            let spent = job()?;
            if round > 0 {
                runs.push(spent);
            }
        }
    }
    Ok(runs)
}

/// The median; nothing for no runs.
pub(crate) fn median(runs: &[Spent], of: fn(&Spent) -> Duration) -> Duration {
    let mut times = runs.iter().map(of).collect::<Vec<_>>();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The median over the rounds of how often `unit` fits into `runs` of the same round, by processor time.
pub(crate) fn ratio(runs: &[Spent], unit: &[Spent]) -> f64 {
    let pairs = runs.iter().zip(unit);
    let mut ratios = pairs.map(|(run, unit)| run.cpu.as_secs_f64() / unit.cpu.as_secs_f64());
    let mut ratios = ratios.by_ref().collect::<Vec<_>>();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or_default()
}
