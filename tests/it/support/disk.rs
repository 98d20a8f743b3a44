//! Small disks of their own kind, for tests that may mount one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a test says that needs a disk and cannot have one.
pub(crate) const NO_DISK: &str = "skipped: this machine lets no test mount a small disk";

/// A disk, gone when this is dropped.
pub(crate) struct Disk(PathBuf);

impl Disk {
    /// A disk of so many kilobytes at `place`; `None` where this machine does not let a test make one.
    pub(crate) fn of(place: &Path, kilobytes: u32) -> Option<Disk> {
        fs::create_dir_all(place).unwrap();
        let size = format!("size={kilobytes}k");
        let made =
            run(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(place));
        made.then(|| Disk(place.to_owned()))
    }

    /// A disk at `place` that keeps whole seconds, as many do that are older or are not ours.
    pub(crate) fn of_whole_seconds(place: &Path) -> Option<Disk> {
        let image = place.with_extension("image");
        fs::create_dir_all(place).unwrap();
        File::create(&image).unwrap().set_len(8 << 20).unwrap();
        let made = run(Command::new("mkfs.ext2").args(["-q", "-I", "128"]).arg(&image))
            && run(Command::new("mount").args(["-o", "loop"]).arg(&image).arg(place));
        made.then(|| Disk(place.to_owned()))
    }

    /// The same disk with another option.
    pub(crate) fn remount(&self, option: &str) {
        let option = format!("remount,{option}");
        assert!(run(Command::new("mount").args(["-o", &option]).arg(&self.0)));
    }
}

fn run(command: &mut Command) -> bool {
    command.output().is_ok_and(|run| run.status.success())
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
