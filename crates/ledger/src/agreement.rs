//! How far coders agree: Krippendorff's alpha for nominal values (K. Krippendorff, *Content Analysis*, 4th ed. 2018, ch. 12).

use std::collections::BTreeMap;

/// Alpha over units, each the values that its coders gave; units with one value say nothing. `None` when nothing was judged
/// twice, or all values are the same, so that no disagreement was possible.
///
/// ```
/// use tawatur_ledger::agreement::alpha;
/// assert_eq!(alpha(&[vec!["a", "a"], vec!["b", "b"]]), Some(1.0));
/// assert_eq!(alpha(&[vec!["a"], vec!["b"]]), None);
/// ```
pub fn alpha<T: Ord + Clone>(units: &[Vec<T>]) -> Option<f64> {
    // the coincidence matrix: each pair of values of a unit counts 1 / (values of the unit - 1)
    let mut together: BTreeMap<(T, T), f64> = BTreeMap::new();
    let mut each: BTreeMap<T, f64> = BTreeMap::new();
    for u in units.iter().filter(|u| u.len() > 1) {
        for (i, a) in u.iter().enumerate() {
            *each.entry(a.clone()).or_default() += 1.0;
            for (_, b) in u.iter().enumerate().filter(|(j, _)| *j != i) {
                *together.entry((a.clone(), b.clone())).or_default() += 1.0 / (u.len() - 1) as f64;
            }
        }
    }
    let n: f64 = each.values().sum();
    let observed: f64 = together.iter().filter(|((a, b), _)| a != b).map(|(_, x)| x).sum();
    let expected: f64 = (n * n - each.values().map(|x| x * x).sum::<f64>()) / (n - 1.0);
    (n > 1.0 && expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of Krippendorff's "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers,
    /// twelve units, missing values; nominal alpha 0.743.
    #[test]
    fn the_example_of_the_book() {
        let rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."];
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.split(' ').collect()).collect();
        let units: Vec<Vec<&str>> = (0..12).map(|u| rows.iter().map(|r| r[u]).filter(|v| *v != ".").collect()).collect();
        assert!((alpha(&units).unwrap() - 0.743).abs() < 0.0005, "{:?}", alpha(&units));
    }

    #[test]
    fn chance_is_zero_and_unanimity_tells_nothing() {
        let units = [vec![1, 1], vec![1, 1]];
        assert_eq!(alpha(&units), None);
        let units = [vec![1, 2], vec![2, 1], vec![1, 1], vec![2, 2]];
        assert!(alpha(&units).unwrap().abs() < 0.2);
    }
}
