//! An allocator that counts: how many bytes are in use, how many were in use at most, and how many were asked for in all. The
//! last is a measure of work that is the same on every machine.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
static ASKED: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counted over all threads.
pub struct Counting;

/// Bytes of memory that some work took.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// In use at one time at most, above what was in use before.
    pub most: usize,
    /// Asked for in all, whether given back or not.
    pub asked: usize,
}

/// Does the work, and says what memory it took. Threads that do something else at the same time are counted too.
pub fn counted<R>(work: impl FnOnce() -> R) -> (R, Memory) {
    let (before, asked) = (IN_USE.load(Relaxed), ASKED.load(Relaxed));
    let outer = MOST.swap(before, Relaxed);
    let done = work();
    // Work that is counted may be a part of other work that is counted.
    let most = MOST.fetch_max(outer, Relaxed).saturating_sub(before);
    (done, Memory { most, asked: ASKED.load(Relaxed).wrapping_sub(asked) })
}

fn taken(bytes: usize) {
    ASKED.fetch_add(bytes, Relaxed);
    MOST.fetch_max(IN_USE.fetch_add(bytes, Relaxed) + bytes, Relaxed);
}

fn given_back(bytes: usize) {
    IN_USE.fetch_sub(bytes, Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged; the counters touch no memory of the caller.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        given_back(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        taken(size.saturating_sub(layout.size()));
        given_back(layout.size().saturating_sub(size));
        // SAFETY: as the caller promises.
        unsafe { System.realloc(memory, layout, size) }
    }
}
