//! Work on many items at once: on all cores where the feature `threads` is on, one after the other where it is not.
//! The order of the results is that of the items, whatever the number of threads. `rayon` lives here, and only here.

#[cfg(feature = "threads")]
use rayon::prelude::*;

/// What `work` makes of each item.
#[cfg(feature = "threads")]
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// What `work` makes of each item.
#[cfg(not(feature = "threads"))]
pub fn map<T, R>(items: &[T], work: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(work).collect()
}

/// What `work` makes of each item, which it may change.
#[cfg(feature = "threads")]
pub fn map_mut<T: Send, R: Send>(items: &mut [T], work: impl Fn(&mut T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter_mut().map(work).collect()
}

/// What `work` makes of each item, which it may change.
#[cfg(not(feature = "threads"))]
pub fn map_mut<T, R>(items: &mut [T], work: impl Fn(&mut T) -> R) -> Vec<R> {
    items.iter_mut().map(work).collect()
}

/// Sets how many threads work, this one included; 0 stands for as many as there are cores. Only the first call counts.
#[cfg(feature = "threads")]
pub fn use_threads(threads: usize) {
    // It fails only where a pool exists already; then that one is used.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread().build_global();
}
