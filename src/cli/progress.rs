//! A progress line on standard error, for runs that take long enough to wonder.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_millis(100);

/// What a run is doing, and what it does after the last file is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doing {
    pub now: &'static str,
    pub after: &'static str,
}

/// Reading files.
pub(super) const READING: Doing = Doing { now: "reading", after: "reading" };
/// Judging files: each by itself, then all of them together.
pub(super) const JUDGING: Doing = Doing { now: "judging", after: "comparing" };

/// Does `work`, which counts in the number it is given; shows how far it is of `total` files where `show` says so and
/// it takes longer than a second.
pub(super) fn with_progress<T>(
    doing: Doing,
    total: usize,
    show: bool,
    work: impl FnOnce(&AtomicUsize) -> T,
) -> T {
    match show {
        true => drawn_on(ProgressDrawTarget::stderr(), doing, total, work),
        false => work(&AtomicUsize::new(0)),
    }
}

fn drawn_on<T>(
    target: ProgressDrawTarget,
    doing: Doing,
    total: usize,
    work: impl FnOnce(&AtomicUsize) -> T,
) -> T {
    let done = AtomicUsize::new(0);
    let (finished, waiting) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let waiting = waiting;
            if waiting.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(Some(total as u64), target);
            if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len} files") {
                bar.set_style(style);
            }
            loop {
                let count = done.load(Ordering::Relaxed);
                bar.set_message(if count < total { doing.now } else { doing.after });
                bar.set_position(count as u64);
                if waiting.recv_timeout(STEP) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            bar.finish_and_clear();
        });
        let result = work(&done);
        // The watcher ends when the channel closes.
        drop(finished);
        result
    })
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread::sleep;

    use indicatif::TermLike;

    use super::*;

    /// A terminal that keeps what is written to it.
    #[derive(Clone, Debug, Default)]
    struct Screen(Arc<Mutex<String>>);

    impl TermLike for Screen {
        fn width(&self) -> u16 {
            80
        }

        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn write_line(&self, words: &str) -> io::Result<()> {
            self.write_str(words)
        }

        fn write_str(&self, words: &str) -> io::Result<()> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push_str(words);
            Ok(())
        }

        fn clear_line(&self) -> io::Result<()> {
            self.write_str("\r")
        }

        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn shown(doing: Doing, work: impl FnOnce(&AtomicUsize)) -> String {
        let screen = Screen::default();
        drawn_on(ProgressDrawTarget::term_like(Box::new(screen.clone())), doing, 3, work);
        screen.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[test]
    fn a_long_run_says_what_it_is_doing_and_a_short_one_nothing() {
        assert_eq!(shown(READING, |done| done.store(3, Ordering::Relaxed)), "");
        let screen = shown(JUDGING, |done| {
            done.store(2, Ordering::Relaxed);
            sleep(PATIENCE + STEP * 4);
            done.store(3, Ordering::Relaxed);
            sleep(STEP * 4);
        });
        assert!(screen.contains("judging") && screen.contains("2 of 3 files"), "{screen}");
        assert!(screen.contains("comparing") && screen.contains("3 of 3 files"), "{screen}");
    }
}
