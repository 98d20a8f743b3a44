//! Which run of the machine this is.

use std::sync::OnceLock;

/// The mark of this run of the machine, another one each time it starts; `None` where the system gives none.
///
/// What a process has written is there for every other until the machine stops, even where the process was killed. So
/// a file that was written in this run is whole, and one of another run need not be.
pub fn boot_mark() -> Option<&'static str> {
    static MARK: OnceLock<Option<String>> = OnceLock::new();
    MARK.get_or_init(read).as_deref()
}

fn read() -> Option<String> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let mark = text.trim();
    let is_mark = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    (mark.len() == 36 && mark.bytes().all(is_mark)).then(|| mark.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::effects::boot::{boot_mark, read};

    #[test]
    fn a_run_of_the_machine_has_one_mark() {
        assert_eq!(boot_mark().map(str::to_owned), read());
        assert_eq!(boot_mark().is_some(), cfg!(target_os = "linux"));
    }
}
