//! Maps and sets that are asked for every word: hashed fast, and alike in every run.

/// Hashes the same in every run and on every machine of one kind.
pub type State = foldhash::fast::FixedState;

/// A map for look-ups; made with `default()`. Its order must never be seen.
pub type Map<K, V> = std::collections::HashMap<K, V, State>;

/// A set for look-ups; made with `default()`. Its order must never be seen.
pub type Set<K> = std::collections::HashSet<K, State>;
