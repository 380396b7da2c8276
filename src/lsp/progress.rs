//! Tells the editor how far the reading of a folder is.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use super::folder::Folder;
use super::wire::Outbox;

/// Time between two reports. Shorter work shows no progress at all, so that nothing flickers.
const TICK: Duration = Duration::from_millis(200);

/// Reads a folder, and reports progress under `token` where the editor shows it.
pub fn load(folder: &mut Folder, outbox: &Outbox, token: Option<&str>) {
    let done = AtomicUsize::new(0);
    let Some(token) = token else {
        folder.load(&done);
        return;
    };
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let ticker = scope.spawn(|| tick(outbox, token, &done, &ended));
        folder.load(&done);
        ended.store(true, Ordering::Release);
        ticker.thread().unpark();
    });
}

/// Reports until the work has ended.
fn tick(outbox: &Outbox, token: &str, done: &AtomicUsize, ended: &AtomicBool) {
    let tell =
        |value: serde_json::Value| outbox.notify("$/progress", &json!({ "token": token, "value": value }));
    let mut begun = false;
    loop {
        std::thread::park_timeout(TICK);
        if ended.load(Ordering::Acquire) {
            break;
        }
        let message = format!("{} files read", done.load(Ordering::Relaxed));
        if begun {
            tell(json!({ "kind": "report", "message": message }));
        } else {
            outbox.ask(token, "window/workDoneProgress/create", &json!({ "token": token }));
            tell(json!({ "kind": "begin", "title": "sayso", "message": message }));
            begun = true;
        }
    }
    if begun {
        tell(json!({ "kind": "end", "message": format!("{} files read", done.load(Ordering::Relaxed)) }));
    }
}
