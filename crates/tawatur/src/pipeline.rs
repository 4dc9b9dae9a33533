//! Work on several threads whose results come back in order.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many workers: as asked for, else one a core.
pub fn jobs(asked: Option<u16>) -> usize {
    asked.map_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get()), usize::from)
}

/// Feeds what `produce` makes to `jobs` workers and gives their results to `consume` in the order of production. At most
/// `4 × jobs` items are under way, so memory does not depend on how many there are.
///
/// `worker` makes the state of one worker; `produce` is given a function that hands an item over and tells whether to go on.
///
/// # Errors
/// The first error of `consume`, which ends the work.
pub fn ordered<I: Send, O: Send, W>(
    jobs: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, I) -> O + Sync,
    produce: impl FnOnce(&mut dyn FnMut(I) -> bool) + Send,
    mut consume: impl FnMut(O) -> std::io::Result<()>,
) -> std::io::Result<()> {
    if jobs <= 1 {
        let mut state = worker();
        let mut result = Ok(());
        produce(&mut |item| {
            result = consume(work(&mut state, item));
            result.is_ok()
        });
        return result;
    }
    std::thread::scope(|scope| {
        let (to_work, from_producer): (SyncSender<(usize, I)>, Receiver<(usize, I)>) = sync_channel(2 * jobs);
        let (to_consumer, results): (SyncSender<(usize, O)>, Receiver<(usize, O)>) = sync_channel(2 * jobs);
        let from_producer = std::sync::Arc::new(Mutex::new(from_producer));
        for _ in 0..jobs {
            let (from, to) = (from_producer.clone(), to_consumer.clone());
            let (worker, work) = (&worker, &work);
            scope.spawn(move || {
                let mut state = worker();
                loop {
                    // a poisoned lock means that another worker died; its panic ends the scope
                    let Ok(next) = from.lock().map(|r| r.recv()) else { return };
                    let Ok((n, item)) = next else { return };
                    if to.send((n, work(&mut state, item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop((to_consumer, from_producer));
        scope.spawn(move || {
            let mut n = 0;
            produce(&mut |item| {
                n += 1;
                to_work.send((n - 1, item)).is_ok()
            });
        });
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (n, o) in results {
            waiting.insert(n, o);
            while let Some(o) = waiting.remove(&next) {
                consume(o)?;
                next += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_their_order() {
        for jobs in [1, 2, 7] {
            let mut got = Vec::new();
            super::ordered(
                jobs,
                || (),
                |(), i: u64| {
                    std::thread::sleep(std::time::Duration::from_micros((i * 7919) % 300));
                    i
                },
                |send| {
                    (0..200).all(send);
                },
                |o| {
                    got.push(o);
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(got, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_of_the_consumer_ends_the_work() {
        let r = super::ordered(3, || (), |(), i: u32| i, |send| while send(1) {}, |_| Err(std::io::Error::other("full")));
        assert_eq!(r.unwrap_err().to_string(), "full");
    }
}
