//! What systemd, launchd or cron must read to run `ties` each morning without a terminal: texts only, pure.

pub mod plan;
pub mod seal;
pub mod systemd;
pub mod launchd;
pub mod cron;
