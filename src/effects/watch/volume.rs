//! What kind of file system a folder lies on, and what can be expected of it.
//!
//! The numbers are those of `statfs(2)` and of `include/uapi/linux/magic.h` in Linux.

use std::path::Path;

/// A file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// What people call it: `ext4`, `NFS`; where it is not known, its number.
    pub name: String,
    /// Whether it tells of every change. A network file system does not tell of what other machines change.
    pub tells: bool,
    /// Whether it exchanges two files in one step; `None` where that is not known.
    pub exchanges: Option<bool>,
}

/// Number, name, whether it tells of every change, whether it exchanges files.
#[cfg(target_os = "linux")]
const VOLUMES: &[(u32, &str, bool, Option<bool>)] = &[
    (0x0000_ef53, "ext4", true, Some(true)),
    (0x9123_683e, "btrfs", true, Some(true)),
    (0x5846_5342, "xfs", true, Some(true)),
    (0xf2f5_2010, "f2fs", true, Some(true)),
    (0xca45_1a4e, "bcachefs", true, None),
    (0x2fc1_2fc1, "zfs", true, None),
    (0x0102_1994, "tmpfs", true, Some(true)),
    (0x8584_58f6, "ramfs", true, None),
    (0x794c_7630, "overlayfs", true, None),
    (0x0000_f15f, "ecryptfs", true, None),
    (0x2405_1905, "ubifs", true, Some(true)),
    (0x3153_464a, "jfs", true, None),
    (0x5265_4973, "reiserfs", true, None),
    (0x0000_3434, "nilfs2", true, None),
    (0x0000_4d44, "FAT", true, None),
    (0x2011_bab0, "exFAT", true, Some(false)),
    (0x7366_746e, "NTFS", true, Some(false)),
    (0x5346_544e, "NTFS", true, Some(false)),
    (0x0000_482b, "HFS+", true, None),
    (0x1501_3346, "UDF", true, None),
    (0x7371_7368, "squashfs", true, None),
    (0x0000_9660, "ISO 9660", true, None),
    (0x0000_6969, "NFS", false, Some(false)),
    (0xff53_4d42, "CIFS", false, Some(false)),
    (0xfe53_4d42, "SMB", false, Some(false)),
    (0x0000_517b, "SMB", false, Some(false)),
    // Also the drives of Windows as Linux sees them there.
    (0x0102_1997, "9p", false, Some(false)),
    (0x5346_4846, "WSL", false, Some(false)),
    // sshfs, rclone, the shared folders of virtual machines, and some local ones too: nobody can tell from here.
    (0x6573_5546, "FUSE", false, None),
    (0x786f_4256, "vboxsf", false, None),
    (0xbacb_acbc, "vmhgfs", false, None),
    (0x00c3_6400, "Ceph", false, None),
    (0x5346_414f, "AFS", false, None),
    (0x6b41_4653, "AFS", false, None),
    (0x7375_7245, "Coda", false, None),
    (0x0116_1970, "GFS2", false, None),
    (0x7461_636f, "OCFS2", false, None),
    (0x0bd0_0bd0, "Lustre", false, None),
];

/// The file system on which `folder` lies. Where it cannot be found out, one that tells of nothing is assumed.
#[cfg(target_os = "linux")]
pub fn volume_of(folder: &Path) -> Volume {
    match rustix::fs::statfs(folder) {
        Ok(found) => of_number(found.f_type as u32),
        Err(_) => Volume { name: "unknown".to_owned(), tells: false, exchanges: None },
    }
}

/// The file system on which `folder` lies: not looked at on this system.
#[cfg(not(target_os = "linux"))]
pub fn volume_of(_: &Path) -> Volume {
    Volume { name: "local".to_owned(), tells: true, exchanges: None }
}

#[cfg(target_os = "linux")]
fn of_number(number: u32) -> Volume {
    match VOLUMES.iter().find(|(known, ..)| *known == number) {
        Some((_, name, tells, exchanges)) => {
            Volume { name: (*name).to_owned(), tells: *tells, exchanges: *exchanges }
        }
        None => Volume { name: format!("unknown ({number:#x})"), tells: false, exchanges: None },
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use crate::effects::watch::volume::{VOLUMES, of_number, volume_of};
    use std::path::Path;

    #[test]
    fn a_network_file_system_is_never_believed_to_tell_of_changes() {
        for number in [0x6969, 0xff53_4d42, 0xfe53_4d42, 0x0102_1997, 0x6573_5546, 0xdead_beef] {
            assert!(!of_number(number).tells, "{number:#x}");
        }
        for number in [0xef53, 0x9123_683e, 0x5846_5342, 0x0102_1994] {
            assert!(of_number(number).tells, "{number:#x}");
        }
        assert_eq!(of_number(0xdead_beef).name, "unknown (0xdeadbeef)");
    }

    #[test]
    fn no_number_stands_twice() {
        for (at, (number, ..)) in VOLUMES.iter().enumerate() {
            assert!(VOLUMES.iter().skip(at + 1).all(|(other, ..)| other != number), "{number:#x}");
        }
    }

    #[test]
    fn the_file_system_of_processes_is_not_one_for_notes() {
        assert!(!volume_of(Path::new("/proc")).tells);
        assert!(!volume_of(Path::new("/no/such/folder")).tells);
    }
}
